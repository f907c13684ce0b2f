/** API: what failed for good, and its replay. */
import { listed, type Operation, operation, workspaceOf } from '../kernel/operation.ts';
import { cursorQuery, idParams, pageOf } from '../organizers/schema.ts';
import { listParked, replayParked } from './parked.ts';
import { parkedSchema } from './schema.ts';

export const operations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/parked',
    summary: 'Work that failed for good, newest first.',
    query: cursorQuery,
    answers: { 200: { description: 'The parked work.', schema: pageOf(parkedSchema) } },
    run: async (ports, { principal, query }) => {
      return listed(await listParked(ports, workspaceOf(principal), query.cursor));
    },
  }),
  operation({
    method: 'post',
    path: '/parked/:id/replay',
    summary: 'Runs parked work again; a second replay does nothing more.',
    params: idParams,
    answers: { 202: { description: 'It is in the queue again.', schema: parkedSchema } },
    run: async (ports, { principal, params }) => ({
      status: 202,
      json: await replayParked(ports, { workspace: workspaceOf(principal), id: params.id }),
    }),
  }),
];

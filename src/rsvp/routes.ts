/** API: replies that fit no invite, and booking one on the invite it belongs to. */
import { listed, type Operation, operation, workspaceOf } from '../kernel/operation.ts';
import { cursorQuery, idParams, pageOf } from '../organizers/schema.ts';
import { acceptedSchema, acceptSchema, unmatchedSchema } from './schema.ts';
import { acceptUnmatched, listUnmatched } from './unmatched.ts';

export const operations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/unmatched',
    summary: 'Replies that fit no invite, newest first.',
    query: cursorQuery,
    answers: { 200: { description: 'The replies.', schema: pageOf(unmatchedSchema) } },
    run: async (ports, { principal, query }) => {
      return listed(await listUnmatched(ports, workspaceOf(principal), query.cursor));
    },
  }),
  operation({
    method: 'post',
    path: '/unmatched/:id/accept',
    summary: 'Books a reply on an invite and remembers the address as its alias.',
    params: idParams,
    body: acceptSchema,
    answers: { 200: { description: 'Booked.', schema: acceptedSchema } },
    run: async (ports, { principal, params, body }) => {
      const accepted = await acceptUnmatched(ports, {
        workspace: workspaceOf(principal),
        id: params.id,
        invite: body.invite,
      });
      return { status: 200, json: accepted };
    },
  }),
];

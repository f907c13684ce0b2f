/** API: events with their counts, their people, the detailed report. */
import { z } from 'zod';
import { eventFor } from '../events/access.ts';
import { listEvents } from '../events/store.ts';
import { listed, type Operation, operation, workspaceOf } from '../kernel/operation.ts';
import { cursorQuery, idParams, pageOf } from '../organizers/schema.ts';
import { detailedReport } from './detailed.ts';
import { eventView } from './event-view.ts';
import { peopleOf } from './people.ts';
import { eventSchema, inviteSchema } from './schema.ts';

const PAGE = 50;

export const operations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/events',
    summary: 'Events, newest first.',
    query: cursorQuery,
    answers: { 200: { description: 'The events.', schema: pageOf(eventSchema) } },
    run: async (ports, { principal, query }) => {
      const page = await listEvents(ports, workspaceOf(principal), { limit: PAGE, ...query });
      const items = await Promise.all(page.items.map(record => eventView(ports, record)));
      return listed({ ...page, items });
    },
  }),
  operation({
    method: 'get',
    path: '/events/:id',
    summary: 'One event and its counts.',
    params: idParams,
    answers: { 200: { description: 'The event.', schema: eventSchema } },
    run: async (ports, { principal, params }) => {
      const record = await eventFor(ports, principal, params.id);
      return { status: 200, json: await eventView(ports, record) };
    },
  }),
  operation({
    method: 'get',
    path: '/events/:id/invites',
    summary: 'The people of an event: address, state, answer, origin.',
    params: idParams,
    query: cursorQuery.extend({
      limit: z.coerce.number().int().min(1).max(1000).optional(),
      answer: inviteSchema.shape.answer.optional().describe('Only those who answered so.'),
      state: inviteSchema.shape.state.optional().describe('Only invites in this state.'),
    }),
    answers: { 200: { description: 'The invites.', schema: pageOf(inviteSchema) } },
    run: async (ports, { principal, params, query }) => {
      const record = await eventFor(ports, principal, params.id);
      const limit = query.limit ?? ports.settings.limits.PAGE_SIZE;
      return listed(await peopleOf(ports, record, { ...query, limit }));
    },
  }),
  operation({
    method: 'get',
    path: '/events/:id/report.csv',
    summary: 'The detailed report, one line a person.',
    params: idParams,
    answers: { 200: { description: 'CSV in UTF-8, every field quoted.', contentType: 'text/csv' } },
    run: async (ports, { principal, params }) => {
      const record = await eventFor(ports, principal, params.id);
      return {
        status: 200,
        contentType: 'text/csv; charset=utf-8',
        filename: `${record.slug}.csv`,
        chunks: detailedReport(ports, record),
      };
    },
  }),
];

/** API: the arrival journal. */
import { listed, type Operation, operation, workspaceOf } from '../kernel/operation.ts';
import { cursorQuery, pageOf } from '../organizers/schema.ts';
import { listArrivals } from './journal.ts';
import { arrivalSchema } from './schema.ts';

export const operations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/arrivals',
    summary: 'Every accepted mail and its one outcome, newest first.',
    query: cursorQuery,
    answers: { 200: { description: 'The arrivals.', schema: pageOf(arrivalSchema) } },
    run: async (ports, { principal, query }) => {
      const page = await listArrivals(ports, { workspace: workspaceOf(principal), ...query });
      const items = page.items.map(arrival => ({
        id: arrival.id,
        receivedAt: arrival.receivedAt,
        from: arrival.from,
        to: arrival.to,
        subject: arrival.subject,
        messageId: arrival.messageId,
        method: arrival.method,
        uid: arrival.uid,
        outcome: arrival.outcome,
        reason: arrival.reason,
        evidence: arrival.evidence,
        event: arrival.event,
      }));
      return listed({ ...page, items });
    },
  }),
];

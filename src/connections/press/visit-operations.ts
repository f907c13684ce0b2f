/** API: who opened an event's buttons and what became of it; instant mode of an audience. */
import { z } from 'zod';
import { eventFor } from '../../events/access.ts';
import { MissingError } from '../../kernel/errors.ts';
import { type Operation, operation, workspaceOf } from '../../kernel/operation.ts';
import { idParams } from '../../organizers/schema.ts';
import { connectionById } from '../account/store.ts';
import { setInstant } from './instant.ts';
import { visitCounts } from './visit.ts';

const visitsSchema = z
  .object({
    people: z.int().describe('Visits that look like a person’s.'),
    machines: z.int().describe('Visits of mail scanners and prefetches: never answered.'),
    byMachine: z.object({ head: z.int(), prefetch: z.int(), scanner: z.int(), decoy: z.int() }),
    presses: z.object({
      committed: z.int(),
      provisional: z.int().describe('Looked like a machine’s: kept, nothing sent.'),
      askedAgain: z.int().describe('Without script: asked for a second press.'),
      conflict: z.int().describe('Contradicted another answer within a minute: neither is kept.'),
      refused: z.int(),
      otherAddress: z.int().describe('“Not you?”: another address, checked by mail.'),
      instant: z.int(),
      instantDropped: z.int(),
    }),
  })
  .meta({ id: 'Visits' });

const instantSchema = z.strictObject({ audience: z.string().min(1).max(200), on: z.boolean() });

export const visitOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/events/:id/visits',
    summary: 'Visits of the event’s campaign buttons, people and machines apart.',
    params: idParams,
    answers: { 200: { description: 'The counts.', schema: visitsSchema } },
    run: async (ports, { principal, params }) => {
      const event = await eventFor(ports, principal, params.id);
      const { open, head, prefetch, scanner, decoy, ...presses } = await visitCounts(ports, event.id);
      const { asked_again: askedAgain, other_address: otherAddress, ...rest } = presses;
      const { instant_dropped: instantDropped, ...others } = rest;
      return {
        status: 200,
        json: {
          people: open,
          machines: head + prefetch + scanner + decoy,
          byMachine: { head, prefetch, scanner, decoy },
          presses: { ...others, askedAgain, otherAddress, instantDropped },
        },
      };
    },
  }),
  operation({
    method: 'post',
    path: '/connections/:id/instant',
    summary: 'Instant mode of an audience: buttons made from then on answer without a press, after a hold.',
    params: idParams,
    body: instantSchema,
    answers: { 204: { description: 'Taken; the contacts’ tokens are written in the background.' } },
    run: async (ports, { principal, params, body }) => {
      const connection = await connectionById(ports, params.id);
      const own = workspaceOf(principal);
      if (connection === null || (own !== null && connection.workspace !== own)) {
        throw new MissingError('unknown_connection', 'There is no such connection.');
      }
      const { workspace, id } = connection;
      await setInstant(ports, { workspace, connection: id, audience: body.audience }, body.on);
      return { status: 204 };
    },
  }),
];

/** API: how many people fit, and who waits. */
import { z } from 'zod';
import { eventFor } from '../events/access.ts';
import { InputError } from '../kernel/errors.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { idParams } from '../organizers/schema.ts';
import { seatingOf, setCapacity, waitingFor } from './seats.ts';

const capacitySchema = z
  .object({
    capacity: z.number().nullable().describe('Null: anybody may come.'),
    taken: z.number(),
    waiting: z.number(),
  })
  .meta({ id: 'Capacity' });

export const capacityOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/events/:id/capacity',
    summary: 'How many people fit, how many seats are taken, and how many people wait.',
    params: idParams,
    answers: { 200: { description: 'The seats.', schema: capacitySchema } },
    run: async (ports, { principal, params }) => {
      const { id } = await eventFor(ports, principal, params.id);
      return { status: 200, json: await capacityOf(ports, id) };
    },
  }),
  operation({
    method: 'post',
    path: '/events/:id/capacity',
    summary:
      'Sets how many people fit; who comes later waits until a No frees a seat. Null takes the limit away.',
    params: idParams,
    body: z.strictObject({ capacity: z.int().min(1).nullable() }).meta({ id: 'NewCapacity' }),
    answers: { 200: { description: 'The seats as they are now.', schema: capacitySchema } },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const most = ports.settings.limits.CAPACITY_MOST;
      if (body.capacity !== null && body.capacity > most) {
        throw new InputError('bad_input', `capacity: at most ${most}, or null for no limit.`, {
          field: 'capacity',
        });
      }
      await setCapacity(ports, event, body.capacity);
      return { status: 200, json: await capacityOf(ports, event.id) };
    },
  }),
];

async function capacityOf(ports: Pick<Ports, 'table'>, event: string) {
  const seating = await seatingOf(ports, event);
  const waiting = seating === null ? 0 : await waitingFor(ports, event);
  return { capacity: seating?.capacity ?? null, taken: seating?.taken ?? 0, waiting };
}

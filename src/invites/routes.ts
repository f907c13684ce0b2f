/** API: invite by address (a VIP list). */
import { eventFor } from '../events/access.ts';
import { InputError } from '../kernel/errors.ts';
import { type Operation, operation } from '../kernel/operation.ts';
import { idParams } from '../organizers/schema.ts';
import { capacityOperations } from './capacity-operations.ts';
import { pageOperations } from './page-operations.ts';
import { requestInvite } from './request.ts';
import { vipAnswerSchema, vipSchema } from './schema.ts';
import { upcomingOperations } from './upcoming-operations.ts';

export const operations: readonly Operation[] = [
  ...capacityOperations,
  ...pageOperations,
  ...upcomingOperations,
  operation({
    method: 'post',
    path: '/events/:id/invites',
    summary: 'Invites a VIP list; a result per address, in the order sent.',
    params: idParams,
    body: vipSchema,
    answers: { 200: { description: 'What became of each address.', schema: vipAnswerSchema } },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const most = ports.settings.limits.VIP_ADDRESSES;
      if (body.emails.length > most) {
        throw new InputError('too_many_addresses', `A VIP list has at most ${most} addresses.`, {
          field: 'emails',
        });
      }
      const items = [];
      for (const email of body.emails) {
        const { outcome, reason, invite } = await requestInvite(ports, { event, email, door: 'vip' });
        items.push({ email, outcome, reason, invite: invite?.id ?? null });
      }
      return { status: 200, json: { items } };
    },
  }),
];

/** API shapes of the VIP call. */
import { z } from 'zod';

/** Addresses are checked one by one, so that one bad line doesn't refuse the others. */
export const vipSchema = z
  .strictObject({ emails: z.array(z.string().max(1000)).min(1).describe('At most 500 addresses.') })
  .meta({ id: 'VipList' });

export const vipAnswerSchema = z
  .object({
    items: z.array(
      z.object({
        email: z.string(),
        outcome: z.enum([
          'planned',
          'already',
          'again',
          'unconfirmed',
          'skipped',
          'limited',
          'invalid',
          'closed',
        ]),
        reason: z.string().nullable(),
        invite: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'VipAnswer' });

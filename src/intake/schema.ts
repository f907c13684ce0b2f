/** API shapes of arrivals. */
import { z } from 'zod';

export const arrivalSchema = z
  .object({
    id: z.string(),
    receivedAt: z.string(),
    from: z.string().nullable(),
    to: z.array(z.string()),
    subject: z.string().nullable(),
    messageId: z.string().nullable(),
    method: z.string().nullable(),
    uid: z.string().nullable(),
    outcome: z
      .enum([
        'applied',
        'draft',
        'duplicate',
        'rejected',
        'quarantined',
        'reply',
        'bounce',
        'automatic',
        'list',
        'message',
      ])
      .nullable()
      .describe('Null while it is still being read.'),
    reason: z.string().nullable(),
    evidence: z.string().nullable(),
    event: z.string().nullable(),
  })
  .meta({ id: 'Arrival' });

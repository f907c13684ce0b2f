/** API shapes of replies that fit no invite. */
import { z } from 'zod';

export const unmatchedSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    event: z.string().nullable(),
    title: z.string().nullable(),
    from: z.string().nullable(),
    answeredAs: z.string().nullable().describe('The ATTENDEE of the reply.'),
    answer: z.enum(['yes', 'no', 'maybe', 'none']).nullable(),
    reason: z.string(),
    candidate: z
      .string()
      .nullable()
      .describe('The invite it was sent for, where its UID names one: the same person?'),
  })
  .meta({ id: 'UnmatchedReply' });

export const acceptSchema = z.strictObject({ invite: z.string().max(100) }).meta({ id: 'AcceptReply' });

export const acceptedSchema = z
  .object({ outcome: z.string(), invite: z.string() })
  .meta({ id: 'AcceptedReply' });

/** API shapes of events, people and their numbers (contract.md, "API"). */
import { z } from 'zod';

export const countsSchema = z
  .object({
    invited: z.int(),
    sent: z.int(),
    yes: z.int(),
    no: z.int(),
    maybe: z.int(),
    noAnswer: z.int(),
    bounced: z.int(),
    unsubscribed: z.int(),
  })
  .meta({ id: 'Counts' });

export const eventSchema = z
  .object({
    id: z.string(),
    workspace: z.string(),
    slug: z.string(),
    uid: z.string().describe("The organizer's UID."),
    title: z.string(),
    start: z.string().nullable().describe('RFC 3339 in UTC; a date for an all-day event.'),
    end: z.string().nullable().describe('As start; exclusive for an all-day event.'),
    timeZone: z.string().nullable().describe('IANA zone; null for a custom zone that fits none.'),
    allDay: z.boolean(),
    recurrence: z.string().nullable().describe('RRULE text.'),
    location: z.string().nullable(),
    status: z.enum(['draft', 'live', 'cancelled', 'ended']),
    revision: z.int(),
    pageUrl: z.string(),
    organizer: z.object({ name: z.string(), email: z.string(), address: z.string() }),
    counts: countsSchema,
    asOf: z.string(),
  })
  .meta({ id: 'Event' });

export const inviteSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    door: z.enum(['page', 'upcoming', 'widget', 'vip', 'list', 'mail', 'stream', 'button', 'audience']),
    state: z.enum([
      'planned',
      'sent',
      'delivered',
      'bounced',
      'ambiguous',
      'failed',
      'skipped',
      'withdrawn',
      'unsubscribed',
      'complained',
      'unconfirmed',
      'waitlisted',
    ]),
    answer: z.enum(['yes', 'no', 'maybe', 'none']),
    previousAnswer: z.enum(['yes', 'no', 'maybe']).nullable(),
    answeredAt: z.string().nullable(),
    origin: z.string().nullable(),
    prodId: z.string().nullable(),
    revision: z.int().describe('The revision this person should hold.'),
    revisionSent: z.int().nullable().describe('The newest revision that was sent.'),
    reason: z.string().nullable().describe('Why it was skipped, where it was.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Invite' });

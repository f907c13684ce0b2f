/** API shapes of reporting and of audience invites. */
import { z } from 'zod';
import { COUNTS } from '../audience/audience-run.ts';

export const inviteAudienceSchema = z
  .strictObject({
    connection: z.string().max(100),
    audience: z.string().min(1).max(200).describe('An id of `/connections/:id/audiences`.'),
    dryRun: z.boolean().optional().describe('Only counts; nobody is invited.'),
  })
  .meta({ id: 'InviteAudience' });

export const audienceRunSchema = z
  .object({
    id: z.string(),
    event: z.string(),
    connection: z.string(),
    audience: z.string(),
    dryRun: z.boolean(),
    state: z.enum(['running', 'waiting', 'done', 'failed']),
    counts: z
      .object(
        Object.fromEntries(COUNTS.map(count => [count, z.int()])) as Record<
          (typeof COUNTS)[number],
          z.ZodInt
        >,
      )
      .describe('Contacts so far. `seen` is the sum of the others.'),
    skipped: z.record(z.string(), z.int()).describe('How many were left out, by reason.'),
    problem: z.string().nullable(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'AudienceRun' });

export const reportsQuery = z.strictObject({
  outcome: z
    .enum(['absent', 'failed'])
    .describe('People who are no contacts there, or whose answer was refused.'),
  cursor: z.string().max(2000).optional().describe('`next` of the page before.'),
});

export const reportSchema = z
  .object({
    event: z.string(),
    invite: z.string().nullable(),
    outcome: z.enum(['open', 'written', 'absent', 'failed']),
    written: z.string().nullable().describe('The state that was written last.'),
    problem: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: 'Report' });

export const namesQuery = z.strictObject({
  workspace: z.string().max(100).optional().describe('For the operator only: whose.'),
});

export const namesSchema = z
  .strictObject({
    tag: z.string().min(1).max(200).describe('With `{event}` and `{state}`, once each.'),
    workspace: z.string().max(100).optional().describe('For the operator only: whose.'),
  })
  .meta({ id: 'NewNames' });

export const namesAnswerSchema = z
  .object({
    tag: z.string().describe('How tags at Mailchimp are called, for events that nothing was written of yet.'),
    example: z.string(),
  })
  .meta({ id: 'Names' });

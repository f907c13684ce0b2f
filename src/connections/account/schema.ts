/** API shapes of connections. */
import { z } from 'zod';

export const connectionSchema = z
  .object({
    id: z.string(),
    workspace: z.string(),
    platform: z.enum(['mailchimp', 'klaviyo']),
    account: z.object({ id: z.string(), name: z.string() }),
    state: z.enum(['connected', 'needs_reconnect', 'disconnected']),
    lastSyncAt: z.string().nullable().describe('When something was last written there or heard from there.'),
    problem: z.string().nullable().describe('A sentence that says what is wrong and how to mend it.'),
    audience: z
      .string()
      .nullable()
      .describe('The home audience: where people are looked for who came by other doors.'),
    connectedAt: z.string(),
    reconnect: z.string().describe('The page that connects this account (anew), for a signed-in browser.'),
  })
  .meta({ id: 'Connection' });

export const healthSchema = connectionSchema
  .extend({
    notices: z
      .object({
        watched: z.number().int().describe('Audiences, or accounts, whose changes the platform tells us.'),
        lastHeardAt: z.string().nullable(),
        refused: z
          .number()
          .int()
          .describe('Deliveries whose signature did not hold: nothing of them is kept.'),
        lastRefusedAt: z.string().nullable(),
        unreadable: z.number().int(),
      })
      .describe('What the platform tells us unasked: unsubscribes, changes of address, merges.'),
  })
  .meta({ id: 'ConnectionHealth' });

export const homeAudienceSchema = z
  .strictObject({
    audience: z.string().min(1).max(200).nullable().describe('An id of `/connections/:id/audiences`.'),
  })
  .meta({ id: 'HomeAudience' });

export const audienceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['audience', 'list', 'segment']),
    members: z.number().int().nullable(),
  })
  .meta({ id: 'Audience' });

export const platformSchema = z
  .object({
    platform: z.enum(['mailchimp', 'klaviyo']),
    title: z.string(),
    available: z.boolean().describe('Whether this installation has an app there.'),
    sandbox: z.boolean().describe('A server of this machine stands in the vendor’s place.'),
    connect: z.string().describe('The page that connects an account.'),
  })
  .meta({ id: 'Platform' });

export const problemSchema = z
  .object({ code: z.string(), sentence: z.string() })
  .meta({ id: 'ConnectProblem' });

/** API shapes of sessions, members and workspaces. */
import { z } from 'zod';

const roleSchema = z.enum(['owner', 'member', 'operator', 'key']);

export const workspaceSchema = z
  .object({ id: z.string(), name: z.string(), role: roleSchema })
  .meta({ id: 'Workspace' });

export const sessionSchema = z
  .object({
    id: z.string().nullable().describe('Of the session; null where a key asks.'),
    role: roleSchema,
    email: z.string().nullable(),
    workspace: workspaceSchema.nullable().describe('Null: the operator, who has entered none.'),
    workspaces: z.array(workspaceSchema).describe('Those that this person may enter; the first 50.'),
    installation: z.object({
      baseUrl: z.string(),
      mailDomain: z.string(),
      mailbox: z.string().describe('Invite this address to an event to register it.'),
      local: z.boolean(),
    }),
  })
  .meta({ id: 'Session' });

export const endSchema = z
  .strictObject({
    everywhere: z.boolean().optional().describe('All sessions of this person. Default: this one.'),
  })
  .meta({ id: 'EndSession' });

export const endedSchema = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' });

export const enterSchema = z
  .strictObject({
    workspace: z.string().max(100).nullable().describe('Null: the operator leaves the workspace he entered.'),
  })
  .meta({ id: 'EnterWorkspace' });

export const openSessionSchema = z
  .object({
    id: z.string(),
    agent: z.string().describe('Browser and system, as the browser says.'),
    createdAt: z.string(),
    seenAt: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'OpenSession' });

export const memberSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(['owner', 'member']),
    since: z.string(),
  })
  .meta({ id: 'Member' });

export const newMemberSchema = z
  .strictObject({
    email: z.string().max(1000),
    workspace: z.string().max(100).optional().describe('The operator only: whose.'),
  })
  .meta({ id: 'NewMember' });

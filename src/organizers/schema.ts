/** Shapes that every room's API shares, and those of keys and the audit. */
import { z } from 'zod';

export const cursorQuery = z.strictObject({
  cursor: z.string().max(2000).optional().describe('`next` of the page before.'),
});

export const idParams = z.strictObject({ id: z.string().max(100) });

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the next page; null on the last.'),
  });
}

export const newKeySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100).describe('What the key is for, in your words.'),
    scopes: z
      .array(z.enum(['read', 'write']))
      .min(1)
      .optional()
      .describe('Default: read and write.'),
    workspace: z.string().max(100).optional().describe('With the operator key only: whose key it is.'),
  })
  .meta({ id: 'NewKey' });

export const keySchema = z
  .object({
    id: z.string(),
    workspace: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.string(),
  })
  .meta({ id: 'Key' });

export const madeKeySchema = keySchema
  .extend({ key: z.string().describe('The key itself, shown this once.') })
  .meta({ id: 'MadeKey' });

export const auditSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    workspace: z.string().nullable(),
    what: z.string(),
    who: z.string(),
    evidence: z.string(),
    about: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry' });

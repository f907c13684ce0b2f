/** What a caller of the API reads when a field doesn't fit. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { fieldProblem } from '../../../src/platform/http/field-problem.ts';

const schema = z.strictObject({
  tag: z.string().min(2).max(5),
  platform: z.enum(['mailchimp', 'klaviyo', 'other']).optional(),
  kind: z.literal('event').optional(),
  emails: z.array(z.string()).min(1).max(2).optional(),
  seats: z.number().int().min(0).max(10).optional(),
  shown: z.boolean().optional(),
  at: z.iso.datetime().optional(),
  site: z.url().optional(),
  color: z
    .string()
    .refine(text => text.startsWith('#'), 'Write the colour as #rrggbb.')
    .optional(),
  text: z.string().regex(/^#/, 'must look like #0b6353').optional(),
  either: z.union([z.string(), z.number()]).optional(),
});

test.each([
  [{}, 'tag', '“tag” is missing. It has to be a text.'],
  [{ tag: 7 }, 'tag', '“tag” has to be a text.'],
  [{ tag: 'a' }, 'tag', '“tag” has to have at least 2 characters.'],
  [{ tag: 'abcdef' }, 'tag', '“tag” has to have at most 5 characters.'],
  [{ tag: 'abc', platform: 'x' }, 'platform', '“platform” has to be one of: mailchimp, klaviyo, other.'],
  [{ tag: 'abc', kind: 'x' }, 'kind', '“kind” has to be event.'],
  [{ tag: 'abc', emails: [] }, 'emails', '“emails” has to have at least 1 item.'],
  [{ tag: 'abc', emails: ['a', 'b', 'c'] }, 'emails', '“emails” has to have at most 2 items.'],
  [{ tag: 'abc', emails: ['a', 3] }, 'emails.1', '“emails.1” has to be a text.'],
  [{ tag: 'abc', seats: -1 }, 'seats', '“seats” has to be at least 0.'],
  [{ tag: 'abc', seats: 1.5 }, 'seats', '“seats” has to be a whole number.'],
  [{ tag: 'abc', shown: 'yes' }, 'shown', '“shown” has to be true or false.'],
  [{ tag: 'abc', at: 'noon' }, 'at', '“at” is not written as a moment, such as 2026-03-01T09:00:00Z.'],
  [
    { tag: 'abc', site: 'here' },
    'site',
    '“site” is not written as a web address, such as https://example.com.',
  ],
  [{ tag: 'abc', color: 'red' }, 'color', 'Write the colour as #rrggbb.'],
  [{ tag: 'abc', text: 'red' }, 'text', '“text” must look like #0b6353.'],
  [{ tag: 'abc', either: true }, 'either', '“either” does not fit.'],
  [{ tag: 'abc', extra: 1 }, 'extra', '“extra” is no field here. Please leave it out.'],
  ['text', 'body', '“body” has to be an object.'],
])('%j names %s and says: %s', (given, field, sentence) => {
  const result = schema.safeParse(given);
  const error = fieldProblem(result.error?.issues[0], given, 'body');
  expect([error.code, error.field, error.message]).toEqual(['bad_input', field, sentence]);
});

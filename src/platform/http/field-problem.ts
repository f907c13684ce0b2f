/** Why a value doesn't fit its schema, as a sentence: the field, what it has to be, and nothing of the library that found it. */
import type { z } from 'zod';
import { InputError } from '../../kernel/errors.ts';

type Issue = z.core.$ZodIssue;

/** Longer lists of allowed words help nobody. */
const MOST_VALUES = 20;

/** For the first thing that doesn't fit. `place`: what the whole is called where no field is to blame, such as `body`. */
export function fieldProblem(issue: Issue | undefined, given: unknown, place: string): InputError {
  if (issue === undefined) return new InputError('bad_input', `The ${place} does not fit.`, { field: place });
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])];
  const field = path.length === 0 ? place : path.map(String).join('.');
  return new InputError('bad_input', sentenceOf(issue, field, valueAt(given, issue.path)), { field });
}

function sentenceOf(issue: Issue, field: string, value: unknown): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `“${field}” is no field here. Please leave it out.`;
    case 'invalid_type':
      return value === undefined
        ? `“${field}” is missing. It has to be ${withArticle(issue.expected)}.`
        : `“${field}” has to be ${withArticle(issue.expected)}.`;
    case 'invalid_value':
      return issue.values.length > MOST_VALUES
        ? `“${field}” is none of the values that are taken.`
        : `“${field}” has to be ${issue.values.length > 1 ? 'one of: ' : ''}${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return `“${field}” ${bound(issue.origin, 'at least', Number(issue.minimum))}.`;
    case 'too_big':
      return `“${field}” ${bound(issue.origin, 'at most', Number(issue.maximum))}.`;
    case 'invalid_format':
      // A pattern says itself, where its schema stands, what it asks for.
      if (issue.format === 'regex') return `“${field}” ${issue.message}.`;
      return `“${field}” is not written as ${FORMATS[issue.format] ?? 'this field is'}.`;
    case 'custom':
      // Written by us, for people.
      return issue.message;
    default:
      return `“${field}” does not fit.`;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a web address, such as https://example.com',
  email: 'an email address',
  datetime: 'a moment, such as 2026-03-01T09:00:00Z',
  date: 'a date, such as 2026-03-01',
};

const COUNTED: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  set: ['item', 'items'],
};

function bound(origin: string, word: string, count: number): string {
  const unit = COUNTED[origin];
  if (unit === undefined) return `has to be ${word} ${count}`;
  return `has to have ${word} ${count} ${unit[count === 1 ? 0 : 1]}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function withArticle(expected: string): string {
  return KINDS[expected] ?? expected;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    given,
  );
}

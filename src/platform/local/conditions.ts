/** Judges a write's condition against the row as it stands; an expired row arrives here as undefined. */
import { isDeepStrictEqual } from 'node:util';
import type { Condition, Json, Row } from '../../kernel/ports.ts';

export function holds(condition: Condition | undefined, row: Row | undefined): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every(one => holds(one, row));
  if ('any' in condition) return condition.any.some(one => holds(one, row));
  if ('row' in condition) return (row !== undefined) === (condition.row === 'present');
  return holdsFor(condition, row?.[condition.attribute]);
}

type AttributeCondition = Extract<Condition, { attribute: string }>;

function holdsFor(condition: AttributeCondition, value: Json | undefined): boolean {
  if ('missing' in condition) return (value === undefined) === condition.missing;
  if ('isNot' in condition) return value === undefined || !isDeepStrictEqual(value, condition.isNot);
  if (value === undefined) return false;
  if ('is' in condition) return isDeepStrictEqual(value, condition.is);
  const order = 'below' in condition ? compare(value, condition.below) : compare(value, condition.atMost);
  if (order === undefined) return false;
  return 'below' in condition ? order < 0 : order <= 0;
}

/** Text by the bytes of its UTF-8, as DynamoDB and SQLite order it; undefined: values of two kinds have no order. */
function compare(value: Json, bound: string | number): number | undefined {
  if (typeof value === 'number' && typeof bound === 'number') return value - bound;
  if (typeof value === 'string' && typeof bound === 'string') {
    return Buffer.compare(Buffer.from(value), Buffer.from(bound));
  }
  return undefined;
}

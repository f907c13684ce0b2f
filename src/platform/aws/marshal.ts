/** Rows to DynamoDB items and back. Refuses what DynamoDB would change on the way: numbers it cannot hold, hidden names. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Json, Key, Row } from '../../kernel/ports.ts';

export type Item = Record<string, AttributeValue>;

/**
 * Attributes of the adapter's own, never shown outside: the id of the last write, and the outbox (shard, since when, the jobs).
 * `_due` and `_since` are the keys of the sparse index `outbox`.
 */
export const HIDDEN = { write: '_write', due: '_due', since: '_since', jobs: '_jobs' } as const;

const HIDDEN_NAMES: ReadonlySet<string> = new Set(Object.values(HIDDEN));

const PARTITION_KEY_BYTES = 2_048;
const SORT_KEY_BYTES = 1_024;
const INDEX_KEYS = [
  ['i1pk', 'i1sk'],
  ['i2pk', 'i2sk'],
] as const;

/** A whole row. What DynamoDB would refuse, or silently leave out of an index, is refused here with the local adapter's words. */
export function toItem(row: Row): Item {
  for (const [pk, sk] of INDEX_KEYS) {
    if (row[pk] === undefined && row[sk] === undefined) continue;
    keyText(pk, row[pk], PARTITION_KEY_BYTES);
    keyText(sk, row[sk], SORT_KEY_BYTES);
  }
  if (row.expires !== undefined && typeof row.expires !== 'number') {
    throw new TypeError('expires must be epoch seconds');
  }
  const item: Item = toKey(row);
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    item[ownName(name)] = toValue(value);
  }
  return item;
}

export function toKey({ pk, sk }: Key): { pk: { S: string }; sk: { S: string } } {
  return {
    pk: { S: keyText('pk', pk, PARTITION_KEY_BYTES) },
    sk: { S: keyText('sk', sk, SORT_KEY_BYTES) },
  };
}

function keyText(name: string, value: Json | undefined, bytes: number): string {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${name} must be a text that is not empty`);
  }
  if (Buffer.byteLength(value) > bytes) throw new TypeError(`${name} is longer than ${bytes} octets`);
  return value;
}

export function toRow(item: Item): Row {
  const row: Record<string, Json> = {};
  for (const [name, value] of Object.entries(item)) {
    if (!HIDDEN_NAMES.has(name)) row[name] = fromValue(value);
  }
  return row as Row;
}

/** The name, unless it is one of the adapter's own. */
export function ownName(name: string): string {
  if (HIDDEN_NAMES.has(name))
    throw new TypeError(`The attribute name ${name} is taken by the table adapter.`);
  return name;
}

export function toValue(value: Json): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') return { N: numberText(value) };
  if (isList(value)) return { L: value.map(toValue) };
  const map: Item = {};
  for (const [name, inner] of Object.entries(value)) {
    // An optional field that is not there is left out, as in JSON text.
    if (inner !== undefined) map[name] = toValue(inner);
  }
  return { M: map };
}

function fromValue(value: AttributeValue): Json {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(fromValue);
  if (value.M !== undefined) {
    return Object.fromEntries(Object.entries(value.M).map(([name, inner]) => [name, fromValue(inner)]));
  }
  throw new TypeError('An item of the table holds a type that no row can have.');
}

/** Array.isArray does not narrow readonly arrays. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const LARGEST = 9.999e125;
const SMALLEST = 1e-130;

function numberText(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size > LARGEST || (size > 0 && size < SMALLEST)) {
    throw new RangeError('A number of this size cannot be stored.');
  }
  return String(value);
}

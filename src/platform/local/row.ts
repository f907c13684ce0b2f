/** A row on its way into SQLite and back: the columns that are searched, and the whole row as JSON. Holds DynamoDB's rules for keys. */
import type { Json, Row } from '../../kernel/ports.ts';

const PARTITION_KEY_BYTES = 2_048;
const SORT_KEY_BYTES = 1_024;

export type PackedRow = [
  pk: string,
  sk: string,
  i1pk: string | null,
  i1sk: string | null,
  i2pk: string | null,
  i2sk: string | null,
  expires: number | null,
  body: string,
];

export function packRow(row: Row): PackedRow {
  return [
    keyText('pk', row.pk, PARTITION_KEY_BYTES),
    keyText('sk', row.sk, SORT_KEY_BYTES),
    ...indexKeys(row, 'i1pk', 'i1sk'),
    ...indexKeys(row, 'i2pk', 'i2sk'),
    expiry(row.expires),
    JSON.stringify(row, refuseNoNumber),
  ];
}

export function unpackRow(body: string): Row {
  return JSON.parse(body) as Row;
}

function indexKeys(row: Row, pk: string, sk: string): [string | null, string | null] {
  if (row[pk] === undefined && row[sk] === undefined) return [null, null];
  return [keyText(pk, row[pk], PARTITION_KEY_BYTES), keyText(sk, row[sk], SORT_KEY_BYTES)];
}

function keyText(name: string, value: Json | undefined, bytes: number): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`${name} must be a text that is not empty`);
  if (Buffer.byteLength(value) > bytes) throw new TypeError(`${name} is longer than ${bytes} octets`);
  return value;
}

function expiry(value: Json | undefined): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number') throw new TypeError('expires must be epoch seconds');
  return value;
}

/** JSON would turn NaN and Infinity into null without a word. */
function refuseNoNumber(name: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${name} is no finite number`);
  return value;
}

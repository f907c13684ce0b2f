/** Pages of rows, by the table's keys or one of its two indexes, in byte order of the sort key. Filters what is past its expiry. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InputError } from '../../kernel/errors.ts';
import type { Page, Query, Row } from '../../kernel/ports.ts';
import { notExpired, Placeholders, textOf } from './conditions.ts';
import { type Item, toRow } from './marshal.ts';

/** Without a limit a page still ends, as the local adapter's does. */
const PAGE_ROWS = 1_000;

interface Keys {
  readonly index: string | undefined;
  readonly pk: string;
  readonly sk: string;
}

const TABLE: Keys = { index: undefined, pk: 'pk', sk: 'sk' };

function keysOf(index: 1 | 2 | undefined): Keys {
  return index === undefined ? TABLE : { index: `index${index}`, pk: `i${index}pk`, sk: `i${index}sk` };
}

export async function query(
  client: DynamoDBClient,
  tableName: string,
  nowSeconds: number,
  asked: Query,
): Promise<Page<Row>> {
  if (asked.begins !== undefined && (asked.from !== undefined || asked.before !== undefined)) {
    throw new TypeError('begins does not go together with from and before');
  }
  if (matchesNothing(asked)) return { items: [] };
  const keys = keysOf(asked.index);
  const x = new Placeholders();
  const condition = keyCondition(x, keys, asked);
  const filter = textOf(notExpired(x, nowSeconds));
  const limit = asked.limit ?? PAGE_ROWS;
  if (!Number.isInteger(limit) || limit < 1) throw new TypeError('limit must be a whole number from 1');
  const found: Item[] = [];
  let start = asked.cursor === undefined ? undefined : startOf(keys, asked.pk, asked.cursor);
  // One more than asked for tells whether a next page holds anything.
  while (found.length <= limit) {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: keys.index,
        ConsistentRead: keys.index === undefined,
        KeyConditionExpression: condition,
        FilterExpression: filter,
        ScanIndexForward: asked.newestFirst !== true,
        Limit: limit + 1 - found.length,
        ...(start !== undefined && { ExclusiveStartKey: start }),
        ...x.of(condition, filter),
      }),
    );
    // BETWEEN takes both ends in; `before` is outside.
    found.push(...(page.Items ?? []).filter(item => item[keys.sk]?.S !== asked.before));
    start = page.LastEvaluatedKey;
    if (start === undefined) break;
  }
  const items = found.length > limit ? found.slice(0, limit) : found;
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items: items.map(toRow), ...(last !== undefined && { cursor: cursorOf(keys, last) }) };
}

/** DynamoDB refuses a range that ends before it starts. */
function matchesNothing({ from, before }: Query): boolean {
  if (before === '') return true;
  return from !== undefined && before !== undefined && Buffer.compare(bytes(from), bytes(before)) >= 0;
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** An empty text bounds nothing, and DynamoDB takes none. */
function keyCondition(x: Placeholders, keys: Keys, { pk, begins, from, before }: Query): string {
  const partition = `${x.name(keys.pk)} = ${x.value({ S: pk })}`;
  const sk = x.name(keys.sk);
  const value = (text: string) => x.value({ S: text });
  if (begins) return `${partition} AND begins_with(${sk}, ${value(begins)})`;
  if (from && before) return `${partition} AND ${sk} BETWEEN ${value(from)} AND ${value(before)}`;
  if (from) return `${partition} AND ${sk} >= ${value(from)}`;
  if (before) return `${partition} AND ${sk} < ${value(before)}`;
  return partition;
}

function cursorOf(keys: Keys, item: Item): string {
  const parts = keys.index === undefined ? [item.sk?.S] : [item[keys.sk]?.S, item.pk?.S, item.sk?.S];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function startOf(keys: Keys, pk: string, cursor: string): Item {
  const parts = readCursor(cursor, keys.index === undefined ? 1 : 3);
  const [sort = '', tablePk = '', tableSk = ''] = parts;
  if (keys.index === undefined) return { pk: { S: pk }, sk: { S: sort } };
  return { [keys.pk]: { S: pk }, [keys.sk]: { S: sort }, pk: { S: tablePk }, sk: { S: tableSk } };
}

function readCursor(cursor: string, count: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(parts) &&
      parts.length === count &&
      parts.every(part => typeof part === 'string' && part !== '')
    )
      return parts;
  } catch {
    // Answered below, like every other damage.
  }
  throw new InputError('invalid_cursor', 'The cursor does not belong to this list.', { field: 'cursor' });
}

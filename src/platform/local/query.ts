/** One page of a Query as SQL. Sort keys that are equal in an index come in the order in which their rows were first written. */
import { InputError } from '../../kernel/errors.ts';
import type { Page, Query, Row } from '../../kernel/ports.ts';
import type { Database } from './database.ts';
import { unpackRow } from './row.ts';

/** Without a limit a page still ends: DynamoDB ends one too, so whoever forgets the cursor notices here. */
const PAGE_ROWS = 1_000;

const COLUMNS = { table: ['pk', 'sk'], 1: ['i1pk', 'i1sk'], 2: ['i2pk', 'i2sk'] } as const;

interface Position {
  readonly sort: string;
  readonly id: number;
}

export function queryPage(database: Database, query: Query, nowSeconds: number): Page<Row> {
  const limit = query.limit ?? PAGE_ROWS;
  if (!Number.isInteger(limit) || limit < 1) throw new TypeError('limit must be a whole number from 1');
  const { sql, values } = statementOf(query, nowSeconds);
  const found = database.prepare(sql).all(...values, limit + 1);
  const items = found.slice(0, limit).map(({ body }) => unpackRow(String(body)));
  const last = found[limit - 1];
  if (found.length <= limit || last === undefined) return { items };
  return { items, cursor: packCursor(query, { sort: String(last.sort), id: Number(last.id) }) };
}

function statementOf(query: Query, nowSeconds: number): { sql: string; values: (string | number)[] } {
  const [pk, sk] = COLUMNS[query.index ?? 'table'];
  const parts = [`${pk} = ?`, '(expires IS NULL OR expires > ?)'];
  const values: (string | number)[] = [query.pk, nowSeconds];
  const and = (part: string, ...more: (string | number)[]) => {
    parts.push(part);
    values.push(...more);
  };
  const { from, before } = rangeOf(query);
  if (from !== undefined) and(`${sk} >= ?`, from);
  if (before !== undefined) and(`${sk} < ?`, before);
  if (query.cursor !== undefined) {
    const { sort, id } = unpackCursor(query, query.cursor);
    and(`(${sk}, id) ${query.newestFirst ? '<' : '>'} (?, ?)`, sort, id);
  }
  const way = query.newestFirst ? 'DESC' : 'ASC';
  const sql = `SELECT id, ${sk} AS sort, body FROM rows WHERE ${parts.join(' AND ')} ORDER BY ${sk} ${way}, id ${way} LIMIT ?`;
  return { sql, values };
}

function rangeOf(query: Query): { from: string | undefined; before: string | undefined } {
  if (query.begins === undefined) return { from: query.from, before: query.before };
  if (query.from !== undefined || query.before !== undefined) {
    throw new TypeError('begins does not go together with from and before');
  }
  return { from: query.begins, before: afterPrefix(query.begins) };
}

/** The first text, by UTF-8 bytes, that no longer starts with the prefix: its last code point raised by one. */
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, char => char.codePointAt(0) ?? 0);
  for (let point = points.pop(); point !== undefined; point = points.pop()) {
    if (point === 0x10ffff) continue;
    const next = point === 0xd7ff ? 0xe000 : point + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

function packCursor(query: Query, position: Position): string {
  return Buffer.from(JSON.stringify([query.index ?? 0, position.sort, position.id])).toString('base64url');
}

function unpackCursor(query: Query, cursor: string): Position {
  try {
    const [index, sort, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (index === (query.index ?? 0) && typeof sort === 'string' && typeof id === 'number')
      return { sort, id };
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw new InputError('invalid_cursor', 'The cursor does not belong to this list.', { field: 'cursor' });
}

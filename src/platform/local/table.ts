/**
 * The Table port over SQLite. SQLite compares text by its UTF-8 bytes, as DynamoDB does; conditions are judged inside the
 * transaction; a row past its `expires` is absent for reads, conditions and updates alike, swept or not.
 */
import type { Clock, Key, Page, Query, Row, Table, Write, WriteOptions } from '../../kernel/ports.ts';
import { applyChange } from './change.ts';
import { holds } from './conditions.ts';
import type { Database } from './database.ts';
import type { LocalJobs } from './jobs.ts';
import { queryPage } from './query.ts';
import { packRow, unpackRow } from './row.ts';

export const TABLE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS rows (
    id INTEGER PRIMARY KEY,
    pk TEXT NOT NULL, sk TEXT NOT NULL,
    i1pk TEXT, i1sk TEXT, i2pk TEXT, i2sk TEXT,
    expires REAL, body TEXT NOT NULL,
    UNIQUE (pk, sk)
  );
  CREATE INDEX IF NOT EXISTS rows_index1 ON rows (i1pk, i1sk) WHERE i1pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS rows_index2 ON rows (i2pk, i2sk) WHERE i2pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS rows_expires ON rows (expires) WHERE expires IS NOT NULL;
`;

const SELECT = 'SELECT body FROM rows WHERE pk = ? AND sk = ? AND (expires IS NULL OR expires > ?)';
const UPSERT = `
  INSERT INTO rows (pk, sk, i1pk, i1sk, i2pk, i2sk, expires, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (pk, sk) DO UPDATE SET i1pk = excluded.i1pk, i1sk = excluded.i1sk, i2pk = excluded.i2pk,
    i2sk = excluded.i2sk, expires = excluded.expires, body = excluded.body`;
const DELETE = 'DELETE FROM rows WHERE pk = ? AND sk = ?';
const SWEEP =
  'DELETE FROM rows WHERE id IN (SELECT id FROM rows WHERE expires <= ? ORDER BY expires LIMIT ?)';

export interface LocalTable extends Table {
  /** Frees the room of expired rows, oldest first; answers how many. Correctness never waits for it. */
  sweepExpired(max?: number): Promise<number>;
}

export function tableOn(database: Database, jobs: LocalJobs, clock: Clock): LocalTable {
  const nowSeconds = () => Math.floor(clock.now() / 1000);

  const read = ({ pk, sk }: Key): Row | undefined => {
    const found = database.prepare(SELECT).get(pk, sk, nowSeconds());
    return found === undefined ? undefined : unpackRow(String(found.body));
  };

  /** Checks and packs before the transaction, so that what is thrown concerns this write alone. */
  const putter = (row: Row, options: WriteOptions): (() => boolean) => {
    const packed = packRow(row);
    const planned = jobs.pack(options.jobs ?? []);
    return () => {
      if (options.if !== undefined && !holds(options.if, read(row))) return false;
      database.prepare(UPSERT).run(...packed);
      planned();
      return true;
    };
  };

  return {
    get: async key => read(key),
    put: async (row, options = {}) => database.write(putter(row, options)),
    putAll: async (writes: readonly Write[]) => {
      const putters = writes.map(write => putter(write.row, write));
      return database.write(() => putters.map(put => put()));
    },
    update: async (key, change, options = {}) => {
      const planned = jobs.pack(options.jobs ?? []);
      return database.write(() => {
        const row = read(key);
        if (row === undefined && options.orCreate !== true) return undefined;
        if (!holds(options.if, row)) return undefined;
        const packed = packRow(applyChange(key, row, change));
        database.prepare(UPSERT).run(...packed);
        planned();
        return unpackRow(packed[7]);
      });
    },
    remove: async (key, options = {}) =>
      database.write(() => {
        if (options.if !== undefined && !holds(options.if, read(key))) return false;
        database.prepare(DELETE).run(key.pk, key.sk);
        return true;
      }),
    query: async (query: Query): Promise<Page<Row>> => queryPage(database, query, nowSeconds()),
    sweepExpired: async (max = 1_000) =>
      database.write(() => Number(database.prepare(SWEEP).run(nowSeconds(), max).changes)),
  };
}

/**
 * The Table port over SQLite. SQLite compares text by its UTF-8 bytes, as DynamoDB does; conditions are judged inside the
 * transaction; a row past its `expires` is absent for reads, conditions and updates alike, swept or not.
 */
import type { Change, Clock, Key, Page, Query, Row, Table, Write, WriteOptions } from '../../kernel/ports.ts';
import { applyChange } from './change.ts';
import { holds } from './conditions.ts';
import type { Database } from './database.ts';
import { hintsTo } from './hints.ts';
import type { LocalJobs } from './jobs.ts';
import { keptRows } from './kept-rows.ts';
import { queryPage } from './query.ts';
import { type PackedRow, packRow, unpackRow } from './row.ts';

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

const SELECT = 'SELECT body, expires FROM rows WHERE pk = ? AND sk = ?';
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
  /** Hints that wait join the next commit. */
  writeHints(): void;
}

export function tableOn(database: Database, jobs: LocalJobs, clock: Clock): LocalTable {
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  const kept = keptRows();
  database.onRollback(() => kept.clear());

  const read = (key: Key): Row | undefined => {
    let row = kept.get(key);
    if (row === undefined) {
      const found = database.prepare(SELECT).get(key.pk, key.sk);
      row =
        found === undefined
          ? { body: null, expires: null }
          : { body: String(found.body), expires: found.expires === null ? null : Number(found.expires) };
      kept.set(key, row);
    }
    const { body, expires } = row;
    return body === null || (expires !== null && expires <= nowSeconds()) ? undefined : unpackRow(body);
  };

  const store = (packed: PackedRow): void => {
    database.prepare(UPSERT).run(...packed);
    const [pk, sk, , , , , expires, body] = packed;
    kept.set({ pk, sk }, { body, expires });
  };

  const changed = (key: Key, row: Row | undefined, change: Change): PackedRow => {
    const packed = packRow(applyChange(key, row, change));
    store(packed);
    return packed;
  };

  // Whoever gave the hint has gone on: what fails here is told by the disk's own listener.
  const hints = hintsTo(
    (key, hint) => void database.write(() => changed(key, read(key), hint)).catch(() => undefined),
  );
  /** Hints come before what reads or changes their row. */
  const afterHints = (key?: Key): void => {
    if (!hints.waitFor(key)) return;
    hints.write();
    database.flush();
  };

  /** Checks and packs before the transaction, so that what is thrown concerns this write alone. */
  const putter = (row: Row, options: WriteOptions): (() => boolean) => {
    const packed = packRow(row);
    const planned = jobs.pack(options.jobs ?? []);
    return () => {
      if (options.if !== undefined && !holds(options.if, read(row))) return false;
      store(packed);
      planned();
      return true;
    };
  };

  return {
    get: async key => {
      afterHints(key);
      return read(key);
    },
    put: async (row, options = {}) => {
      afterHints(row);
      return database.write(putter(row, options));
    },
    putAll: async (writes: readonly Write[]) => {
      for (const { row } of writes) afterHints(row);
      const putters = writes.map(write => putter(write.row, write));
      return database.write(() => putters.map(put => put()));
    },
    update: async (key, change, options = {}) => {
      afterHints(key);
      const planned = jobs.pack(options.jobs ?? []);
      return database.write(() => {
        const row = read(key);
        if (row === undefined && options.orCreate !== true) return undefined;
        if (!holds(options.if, row)) return undefined;
        const packed = changed(key, row, change);
        planned();
        return unpackRow(packed[7]);
      });
    },
    hint: async (key, hint) => hints.add(key, hint),
    writeHints: () => hints.write(),
    remove: async (key, options = {}) => {
      afterHints(key);
      return database.write(() => {
        if (options.if !== undefined && !holds(options.if, read(key))) return false;
        database.prepare(DELETE).run(key.pk, key.sk);
        kept.set(key, { body: null, expires: null });
        return true;
      });
    },
    query: async (query: Query): Promise<Page<Row>> => {
      afterHints();
      return queryPage(database, query, nowSeconds());
    },
    sweepExpired: async (max = 1_000) =>
      database.write(() => {
        kept.clear();
        return Number(database.prepare(SWEEP).run(nowSeconds(), max).changes);
      }),
  };
}

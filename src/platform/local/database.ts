/**
 * One SQLite file with group commit: writes asked for in one turn of the event loop share a transaction and its fsync,
 * each judged in order, and none is answered before COMMIT has returned. WAL with synchronous=FULL survives a power cut.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export interface Database {
  /** Statements are kept: one parse each. */
  prepare(sql: string): StatementSync;
  /** Runs `work` inside the next transaction. It must check before it changes: what it throws by itself rejects this write alone. */
  write<T>(work: () => T): Promise<T>;
  /** Commits at once what waits. */
  flush(): void;
  onCommit(listener: () => void): void;
  /** What writes of a group have seemed to do was undone. */
  onRollback(listener: () => void): void;
  /** Commits what waits, then closes. */
  close(): Promise<void>;
}

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Verdict = { readonly value: unknown } | { readonly error: unknown };

export interface DatabaseOptions {
  readonly file: string;
  readonly schema: string;
  /** A sync or write error of the disk: nothing may be trusted from here on; the process should end and start anew. */
  readonly onBroken?: (error: unknown) => void;
}

export function openDatabase(options: DatabaseOptions): Database {
  const sqlite = openFile(options.file, options.schema);
  const statements = new Map<string, StatementSync>();
  const listeners: (() => void)[] = [];
  const undone: (() => void)[] = [];
  let waiting: Waiting[] = [];
  let broken: unknown;
  let flushing: NodeJS.Immediate | undefined;

  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  const transact = (group: readonly Waiting[]): readonly Verdict[] => {
    prepare('BEGIN IMMEDIATE').run();
    try {
      const verdicts = group.map(({ work }) => judge(work));
      prepare('COMMIT').run();
      return verdicts;
    } catch (error) {
      if (sqlite.isTransaction) prepare('ROLLBACK').run();
      for (const listener of undone) listener();
      throw error;
    }
  };

  const commit = (group: readonly Waiting[]): void => {
    let verdicts: readonly Verdict[];
    try {
      verdicts = transact(group);
    } catch (error) {
      if (isDiskError(error)) {
        broken = error;
        options.onBroken?.(error);
      }
      const [only] = group;
      // One bad write must not fail its neighbours: alone, each gets its own verdict.
      if (group.length > 1 && broken === undefined) for (const one of group) commit([one]);
      else if (group.length > 1) for (const one of group) one.reject(error);
      else only?.reject(error);
      return;
    }
    for (const listener of listeners) listener();
    for (const [index, verdict] of verdicts.entries()) settle(group[index], verdict);
  };

  const flush = (): void => {
    if (flushing !== undefined) clearImmediate(flushing);
    flushing = undefined;
    const group = waiting;
    waiting = [];
    if (group.length > 0) commit(group);
  };

  return {
    prepare,
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        if (!sqlite.isOpen) return reject(new Error('the store is closed'));
        waiting.push({ work, resolve: value => resolve(value as T), reject });
        flushing ??= setImmediate(flush);
      }),
    flush,
    onCommit: listener => void listeners.push(listener),
    onRollback: listener => void undone.push(listener),
    close: async () => {
      flush();
      if (sqlite.isOpen) sqlite.close();
    },
  };
}

function openFile(file: string, schema: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new DatabaseSync(file, { timeout: 5_000 });
  chmodSync(file, 0o600);
  sqlite.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA journal_size_limit = 67108864;',
  );
  sqlite.exec(schema);
  return sqlite;
}

function judge(work: () => unknown): Verdict {
  try {
    return { value: work() };
  } catch (error) {
    if (isSqliteError(error)) throw error;
    return { error };
  }
}

function settle(waiting: Waiting | undefined, verdict: Verdict): void {
  if ('error' in verdict) waiting?.reject(verdict.error);
  else waiting?.resolve(verdict.value);
}

function isSqliteError(error: unknown): error is Error & { errcode?: number } {
  return (error as { code?: string }).code === 'ERR_SQLITE_ERROR';
}

/** SQLITE_IOERR with any extension, SQLITE_CORRUPT: after a failed fsync nobody knows what the disk holds. */
function isDiskError(error: unknown): boolean {
  if (!isSqliteError(error)) return false;
  const primary = (error.errcode ?? 0) & 0xff;
  return primary === 10 || primary === 11;
}

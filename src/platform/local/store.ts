/** The one SQLite file of a data folder: the table and the jobs, which commit together. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/ports.ts';
import { openDatabase } from './database.ts';
import { JOBS_SCHEMA, jobsOn, type LocalJobs } from './jobs.ts';
import { type LocalTable, TABLE_SCHEMA, tableOn } from './table.ts';

export interface Store {
  readonly table: LocalTable;
  readonly jobs: LocalJobs;
  /** Commits what waits, then closes the file. */
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** The disk failed under a commit: end the process, the next start goes on from what is on disk. */
  readonly onBroken?: (error: unknown) => void;
}

export function openStore({ folder, clock, onBroken }: StoreOptions): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = openDatabase({
    file: join(folder, 'sis.db'),
    schema: TABLE_SCHEMA + JOBS_SCHEMA,
    ...(onBroken === undefined ? {} : { onBroken }),
  });
  const jobs = jobsOn(database, clock);
  const table = tableOn(database, jobs, clock);
  const close = (): Promise<void> => {
    table.writeHints();
    return database.close();
  };
  return { table, jobs, close };
}

/**
 * One process a data folder. The lock is the kernel's own (through SQLite's file lock), so it ends with the process however that
 * died, and a pid that was given to somebody else can't keep the folder shut. The file `pid` only tells people who holds it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type LockOutcome =
  | { readonly outcome: 'locked'; release(): void }
  | { readonly outcome: 'held'; readonly pid: number | null };

export function lockFolder(folder: string): LockOutcome {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pidFile = join(folder, 'pid');
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return { outcome: 'held', pid: readPid(pidFile) };
    throw error;
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    outcome: 'locked',
    release: () => {
      if (!lock.isOpen) return;
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

function readPid(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

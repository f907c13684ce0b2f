import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { lockFolder } from '../../../src/platform/local/lock.ts';
import { inTemporaryFolder } from '../../support/temporary.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('the lock of a data folder', () => {
  test('is held by one, who is named to the second', () =>
    inTemporaryFolder(async folder => {
      const first = lockFolder(folder);
      expect(first.outcome).toBe('locked');
      expect(lockFolder(folder)).toEqual({ outcome: 'held', pid: process.pid });
      expect(lockFolder(folder)).toEqual({ outcome: 'held', pid: process.pid });
      if (first.outcome === 'locked') first.release();
    }));

  test('can be taken again after its release, which may come twice', () =>
    inTemporaryFolder(async folder => {
      const first = lockFolder(folder);
      if (first.outcome === 'locked') {
        first.release();
        first.release();
      }
      expect(existsSync(join(folder, 'pid'))).toBe(false);
      const second = lockFolder(folder);
      expect(second.outcome).toBe('locked');
      if (second.outcome === 'locked') second.release();
    }));

  test('is held against another process, and free the moment that one is killed', () =>
    inTemporaryFolder(async folder => {
      const child = await holder(folder);
      expect(lockFolder(folder)).toEqual({ outcome: 'held', pid: child.pid });
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(existsSync(join(folder, 'pid'))).toBe(true);
      const mine = lockFolder(folder);
      expect(mine.outcome).toBe('locked');
      if (mine.outcome === 'locked') mine.release();
    }));

  test('is not fooled by a pid file whose number belongs to somebody else by now', () =>
    inTemporaryFolder(async folder => {
      writeFileSync(join(folder, 'pid'), `${process.ppid}\n`);
      const mine = lockFolder(folder);
      expect(mine.outcome).toBe('locked');
      if (mine.outcome === 'locked') mine.release();
    }));

  test('makes the folder where there is none', () =>
    inTemporaryFolder(async folder => {
      const mine = lockFolder(join(folder, 'a', 'b'));
      expect(mine.outcome).toBe('locked');
      if (mine.outcome === 'locked') mine.release();
    }));
});

async function holder(folder: string) {
  const script = join(import.meta.dirname, '../../support/lock-holder.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

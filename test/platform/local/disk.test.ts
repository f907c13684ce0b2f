import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openBlobs } from '../../../src/platform/local/blobs.ts';
import { makeFolderDurably, writeDurably } from '../../../src/platform/local/disk.ts';
import { recordingDisk } from '../../support/recording-disk.ts';
import { inTemporaryFolder } from '../../support/temporary.ts';

describe('a durable write', () => {
  test('syncs the bytes before the file gets its name, and the folder after', () =>
    inTemporaryFolder(async folder => {
      const disk = recordingDisk(folder);
      await writeDurably(disk, join(folder, 'secret'), Buffer.from('abc'));
      expect(disk.calls).toEqual([
        'create draft',
        'write draft 3',
        'sync draft',
        'rename draft secret',
        'syncFolder .',
      ]);
      expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('abc');
    }));

  test.each(['create', 'write', 'sync', 'rename'])(
    'that fails at %s leaves the old file and no draft',
    step =>
      inTemporaryFolder(async folder => {
        const disk = recordingDisk(folder);
        await writeFile(join(folder, 'secret'), 'old');
        disk.failNext(step, 'ENOSPC');
        await expect(writeDurably(disk, join(folder, 'secret'), Buffer.from('new'))).rejects.toMatchObject({
          code: 'ENOSPC',
        });
        expect(await readdir(folder)).toEqual(['secret']);
        expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('old');
      }),
  );

  test('whose folder cannot be synced is not acknowledged', () =>
    inTemporaryFolder(async folder => {
      const disk = recordingDisk(folder);
      disk.failNext('syncFolder', 'EIO');
      await expect(writeDurably(disk, join(folder, 'secret'), Buffer.from('new'))).rejects.toMatchObject({
        code: 'EIO',
      });
    }));

  test('syncs every new folder in its parent, from the innermost outwards', () =>
    inTemporaryFolder(async folder => {
      const disk = recordingDisk(folder);
      await makeFolderDurably(disk, join(folder, 'a', 'b', 'c'));
      expect(disk.calls).toEqual(['makeFolder a/b/c', 'syncFolder a/b', 'syncFolder a', 'syncFolder .']);
      disk.calls.length = 0;
      await makeFolderDurably(disk, join(folder, 'a', 'b', 'c'));
      expect(disk.calls).toEqual(['makeFolder a/b/c']);
    }));
});

describe('blobs on disk', () => {
  test('are synced before they bear their key, and their folder is synced after', () =>
    inTemporaryFolder(async folder => {
      const disk = recordingDisk(folder);
      const blobs = openBlobs({ folder, disk });
      await blobs.put('raw/2026/a.eml', Buffer.from('12345'));
      expect(disk.calls).toEqual([
        'makeFolder drafts~',
        'syncFolder .',
        'makeFolder raw/2026',
        'syncFolder raw',
        'syncFolder .',
        'create drafts~/draft',
        'write drafts~/draft 5',
        'sync drafts~/draft',
        'rename drafts~/draft raw/2026/a.eml~',
        'syncFolder raw/2026',
      ]);
    }));

  test('bear the time of the given clock', () =>
    inTemporaryFolder(async folder => {
      const blobs = openBlobs({ folder, clock: { now: () => 1_772_442_000_000 } });
      await blobs.put('a', Buffer.from('1'));
      expect((await blobs.list('')).items).toEqual([{ key: 'a', storedAt: 1_772_442_000_000 }]);
    }));

  test('do not list or keep what a process left that died while writing', () =>
    inTemporaryFolder(async folder => {
      const disk = recordingDisk(folder);
      disk.failNext('sync drafts', 'EIO');
      disk.failNext('remove', 'EIO');
      await expect(openBlobs({ folder, disk }).put('a', Buffer.from('1'))).rejects.toMatchObject({
        code: 'EIO',
      });
      expect(await readdir(join(folder, 'drafts~'))).toHaveLength(1);
      const blobs = openBlobs({ folder });
      expect((await blobs.list('')).items).toEqual([]);
      await blobs.put('b', Buffer.from('2'));
      expect(await readdir(join(folder, 'drafts~'))).toEqual([]);
      expect((await blobs.list('')).items.map(({ key }) => key)).toEqual(['b']);
    }));
});

/**
 * The Blobs port as files, one folder for each `/` of the key. A file ends in `~` and a folder never does, so the keys `a` and
 * `a/b` may both stand; a folder for each part keeps folders small where keys carry dates. Keys with `..`, `//` or an end `/` are refused.
 */
import { dirname, join } from 'node:path';
import { InputError } from '../../kernel/errors.ts';
import type { Blobs, Clock } from '../../kernel/ports.ts';
import { type Disk, makeFolderDurably, openDrafts, realDisk, writeDurably } from './disk.ts';

const KEY = /^[a-z0-9._-]+(\/[a-z0-9._-]+)*$/;
const PREFIX = /^[a-z0-9/._-]*$/;
const KEY_CHARS = 512;
/** File systems take 255 octets a name. */
const PART_CHARS = 200;
const PAGE_KEYS = 1_000;

export interface BlobsOptions {
  readonly folder: string;
  readonly disk?: Disk;
  /** `storedAt` by this clock; left out: by the file system's. */
  readonly clock?: Clock;
}

export function openBlobs({ folder, disk = realDisk(), clock }: BlobsOptions): Blobs {
  const madeFolders = new Set<string>();
  let drafts: Promise<void> | undefined;

  const makeFolderOnce = async (path: string): Promise<void> => {
    if (madeFolders.has(path)) return;
    await makeFolderDurably(disk, path);
    if (madeFolders.size > 10_000) madeFolders.clear();
    madeFolders.add(path);
  };

  return {
    put: async (key, bytes) => {
      const path = pathOf(folder, key);
      drafts ??= openDrafts(disk, folder);
      await drafts;
      await makeFolderOnce(dirname(path));
      await writeDurably(disk, path, bytes, { root: folder, ...(clock && { at: clock.now() }) });
    },
    get: async key => disk.read(pathOf(folder, key)),
    remove: async key => {
      const path = pathOf(folder, key);
      if ((await disk.modifiedAt(path)) !== undefined) await disk.remove(path);
    },
    list: async (prefix, cursor) => {
      if (!PREFIX.test(prefix)) throw badKey();
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
      const items: { key: string; storedAt: number }[] = [];
      for await (const key of walk(disk, folder, '', { prefix, after })) {
        if (items.length === PAGE_KEYS) {
          return { items, cursor: Buffer.from(items.at(-1)?.key ?? '').toString('base64url') };
        }
        const storedAt = await disk.modifiedAt(pathOf(folder, key));
        if (storedAt !== undefined) items.push({ key, storedAt: Math.round(storedAt) });
      }
      return { items };
    },
  };
}

interface Range {
  readonly prefix: string;
  readonly after: string | undefined;
}

/** Keys in byte order: a folder counts as its name with `/` behind it. */
async function* walk(disk: Disk, root: string, inside: string, range: Range): AsyncGenerator<string> {
  const entries = await disk.list(join(root, inside));
  const names = entries.filter(entry => entry.folder !== entry.name.endsWith('~')).map(keyPart);
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
    const key = inside + name;
    if (!mayLead(key, range)) continue;
    if (name.endsWith('/')) yield* walk(disk, root, key, range);
    else yield key;
  }
}

function keyPart({ name, folder }: { name: string; folder: boolean }): string {
  return folder ? `${name}/` : name.slice(0, -1);
}

function mayLead(key: string, { prefix, after }: Range): boolean {
  if (!key.endsWith('/')) return key.startsWith(prefix) && (after === undefined || key > after);
  const fits = key.startsWith(prefix) || prefix.startsWith(key);
  return fits && (after === undefined || key > after || after.startsWith(key));
}

function pathOf(folder: string, key: string): string {
  const parts = key.split('/');
  const wrong = parts.some(part => part === '.' || part === '..' || part.length > PART_CHARS);
  if (key.length > KEY_CHARS || !KEY.test(key) || wrong) throw badKey();
  return `${join(folder, ...parts)}~`;
}

function badKey(): InputError {
  return new InputError(
    'invalid_blob_key',
    'A blob key is made of a-z, 0-9, dot, dash, underscore and single slashes.',
  );
}

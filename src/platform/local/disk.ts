/**
 * The few file calls that durability hangs on, behind an interface so that a test can record their order or let one fail.
 * What counts as written: the file's bytes are synced, it bears its final name, and the folder that holds the name is synced.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface OpenFile {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

export interface Disk {
  /** A new, empty file; rejects with EEXIST where one stands. */
  create(path: string): Promise<OpenFile>;
  read(path: string): Promise<Uint8Array | undefined>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes the folder and its missing parents; answers the topmost one made. */
  makeFolder(path: string): Promise<string | undefined>;
  syncFolder(path: string): Promise<void>;
  /** A folder that does not exist is empty. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /** Epoch milliseconds; undefined when there is no such file. */
  modifiedAt(path: string): Promise<number | undefined>;
  setModifiedAt(path: string, at: number): Promise<void>;
}

export function realDisk(): Disk {
  return {
    create: async path => openFile(await open(path, 'wx', 0o600)),
    read: path => orUndefined(readFile(path)),
    rename,
    remove: path => rm(path, { force: true }),
    makeFolder: path => mkdir(path, { recursive: true, mode: 0o700 }),
    syncFolder: shared(syncFolder),
    list: async path => {
      const entries = await orUndefined(readdir(path, { withFileTypes: true }));
      return (entries ?? []).map(entry => ({ name: entry.name, folder: entry.isDirectory() }));
    },
    modifiedAt: async path => (await orUndefined(stat(path)))?.mtimeMs,
    setModifiedAt: (path, at) => utimes(path, at / 1000, at / 1000),
  };
}

/** Ends in `~`, as no folder of keys does. Emptied when the store opens: what lies there was never accepted. */
const DRAFTS = 'drafts~';

/** Two processes of one number, the second after a crash of the first, must not meet in a draft's name. */
const STARTED = Date.now().toString(36);

let draft = 0;

export interface WriteOptions {
  /** The root whose folder of drafts is used, see `openDrafts`; left out: the draft lies beside the file. */
  readonly root?: string;
  /** The time that the file bears, epoch milliseconds. */
  readonly at?: number;
}

/** A reader sees the old file or the whole new one; after a resolve, a power cut changes nothing. */
export async function writeDurably(
  disk: Disk,
  path: string,
  bytes: Uint8Array,
  { root, at }: WriteOptions = {},
): Promise<void> {
  draft += 1;
  const folder = root === undefined ? dirname(path) : join(root, DRAFTS);
  const drafted = join(folder, `draft-${process.pid}-${STARTED}-${draft}~`);
  const file = await disk.create(drafted);
  try {
    await writeAndSync(file, bytes);
    if (at !== undefined) await disk.setModifiedAt(drafted, at);
    await disk.rename(drafted, path);
  } catch (error) {
    await disk.remove(drafted).catch(() => undefined);
    throw error;
  }
  await disk.syncFolder(dirname(path));
}

/** Makes the room for drafts and drops what a process that died left there. */
export async function openDrafts(disk: Disk, root: string): Promise<void> {
  const folder = join(root, DRAFTS);
  await makeFolderDurably(disk, folder);
  for (const { name } of await disk.list(folder)) await disk.remove(join(folder, name));
}

/** A new folder is durable once its parent is synced, and so up to the first parent that was there. */
export async function makeFolderDurably(disk: Disk, path: string): Promise<void> {
  const topmost = await disk.makeFolder(path);
  if (topmost === undefined) return;
  for (let folder = path; ; folder = dirname(folder)) {
    await disk.syncFolder(dirname(folder));
    if (folder === topmost || folder === dirname(folder)) return;
  }
}

async function writeAndSync(file: OpenFile, bytes: Uint8Array): Promise<void> {
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function openFile(handle: Awaited<ReturnType<typeof open>>): OpenFile {
  return {
    write: bytes => handle.writeFile(bytes),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; its file system journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Callers that come while a sync runs share the next one: a running sync may have missed their change, the next cannot. */
function shared(sync: (path: string) => Promise<void>): (path: string) => Promise<void> {
  const running = new Map<string, { now: Promise<void>; next: Promise<void> | undefined }>();
  const start = (path: string): Promise<void> => {
    const state = { now: sync(path), next: undefined };
    running.set(path, state);
    const settle = () => {
      if (running.get(path) === state) running.delete(path);
    };
    state.now.then(settle, settle);
    return state.now;
  };
  return path => {
    const state = running.get(path);
    if (state === undefined) return start(path);
    state.next ??= state.now.then(
      () => start(path),
      () => start(path),
    );
    return state.next;
  };
}

async function orUndefined<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

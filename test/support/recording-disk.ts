/** The real disk, noting every call in order; a test may let one fail. */
import { relative } from 'node:path';
import { type Disk, realDisk } from '../../src/platform/local/disk.ts';

export interface RecordingDisk extends Disk {
  readonly calls: string[];
  /** The next call that begins so rejects with this code. */
  failNext(call: string, code: string): void;
}

export function recordingDisk(root: string): RecordingDisk {
  const disk = realDisk();
  const calls: string[] = [];
  const failures: { call: string; code: string }[] = [];
  const shown = (path: string) => (relative(root, path) || '.').replace(/draft-[^/]*~/, 'draft');
  const note = (call: string): void => {
    calls.push(call);
    const at = failures.findIndex(failure => call.startsWith(failure.call));
    if (at < 0) return;
    const [failure] = failures.splice(at, 1);
    throw Object.assign(new Error('the disk failed'), { code: failure?.code });
  };
  return {
    calls,
    failNext: (call, code) => void failures.push({ call, code }),
    create: async path => {
      note(`create ${shown(path)}`);
      const file = await disk.create(path);
      return {
        write: async bytes => {
          note(`write ${shown(path)} ${bytes.length}`);
          await file.write(bytes);
        },
        sync: async () => {
          note(`sync ${shown(path)}`);
          await file.sync();
        },
        close: () => file.close(),
      };
    },
    read: path => disk.read(path),
    rename: async (from, to) => {
      note(`rename ${shown(from)} ${shown(to)}`);
      await disk.rename(from, to);
    },
    remove: async path => {
      note(`remove ${shown(path)}`);
      await disk.remove(path);
    },
    makeFolder: async path => {
      note(`makeFolder ${shown(path)}`);
      return disk.makeFolder(path);
    },
    syncFolder: async path => {
      note(`syncFolder ${shown(path)}`);
      await disk.syncFolder(path);
    },
    list: path => disk.list(path),
    modifiedAt: path => disk.modifiedAt(path),
    setModifiedAt: (path, at) => disk.setModifiedAt(path, at),
  };
}

/** A process that dies right after its n-th write, which stays written; the writes behind it never happen. */
import type { Blobs, Ports, Table } from '../../src/kernel/ports.ts';

export function crashAt<P extends Pick<Ports, 'table'> & Partial<Pick<Ports, 'blobs'>>>(
  ports: P,
  n: number,
): P {
  return withWrites(ports, async (count, write) => {
    if (count > n) throw new Error('crash');
    const result = await write();
    if (count === n) throw new Error('crash');
    return result;
  });
}

/** How many writes `work` makes. */
export async function writesOf<P extends Pick<Ports, 'table'> & Partial<Pick<Ports, 'blobs'>>>(
  ports: P,
  work: (ports: P) => Promise<unknown>,
): Promise<number> {
  let writes = 0;
  await work(
    withWrites(ports, async (count, write) => {
      writes = count;
      return write();
    }),
  );
  return writes;
}

type Around = <T>(count: number, write: () => Promise<T>) => Promise<T>;

function withWrites<P extends Pick<Ports, 'table'> & Partial<Pick<Ports, 'blobs'>>>(
  ports: P,
  around: Around,
): P {
  let count = 0;
  const counted = <T>(write: () => Promise<T>): Promise<T> => {
    count += 1;
    return around(count, write);
  };
  const { table, blobs } = ports;
  const crashing: Table = {
    get: key => table.get(key),
    query: query => table.query(query),
    put: (row, options) => counted(() => table.put(row, options)),
    putAll: writes => counted(() => table.putAll(writes)),
    update: (key, change, options) => counted(() => table.update(key, change, options)),
    hint: (key, hint) => counted(() => table.hint(key, hint)),
    remove: (key, options) => counted(() => table.remove(key, options)),
  };
  const crashingBlobs: Blobs | undefined = blobs && {
    get: key => blobs.get(key),
    list: (prefix, cursor) => blobs.list(prefix, cursor),
    put: (key, bytes) => counted(() => blobs.put(key, bytes)),
    remove: key => counted(() => blobs.remove(key)),
  };
  return { ...ports, table: crashing, ...(crashingBlobs === undefined ? {} : { blobs: crashingBlobs }) };
}

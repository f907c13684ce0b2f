/** What every Blobs adapter must do. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Blobs } from '../../src/kernel/ports.ts';

export interface BlobsSubject {
  readonly blobs: Blobs;
  close(): Promise<void>;
}

export function blobsBattery(name: string, make: () => Promise<BlobsSubject>): void {
  describe(`blobs: ${name}`, () => {
    let subject: BlobsSubject;
    let blobs: Blobs;
    beforeEach(async () => {
      subject = await make();
      blobs = subject.blobs;
    });
    afterEach(async () => subject.close());

    const keysOf = async (prefix: string): Promise<string[]> => {
      const keys: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await blobs.list(prefix, cursor);
        keys.push(...page.items.map(item => item.key));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return keys;
    };

    test('give back every byte value', async () => {
      const bytes = Uint8Array.from({ length: 512 }, (_, n) => n % 256);
      await blobs.put('raw/2026/03/arr_1.eml', bytes);
      const found = await blobs.get('raw/2026/03/arr_1.eml');
      expect(found).toBeInstanceOf(Uint8Array);
      expect(Buffer.compare(found ?? new Uint8Array(), bytes)).toBe(0);
    });

    test('give back five megabytes', async () => {
      const bytes = Uint8Array.from({ length: 5 * 1024 * 1024 }, (_, n) => (n * 31 + (n >> 8)) % 256);
      await blobs.put('big', bytes);
      expect(Buffer.compare((await blobs.get('big')) ?? new Uint8Array(), bytes)).toBe(0);
    });

    test('give back nothing as nothing, and no bytes as no bytes', async () => {
      await blobs.put('empty', new Uint8Array());
      expect((await blobs.get('empty'))?.length).toBe(0);
      expect(await blobs.get('never')).toBeUndefined();
      expect(await blobs.get('empty/never')).toBeUndefined();
    });

    test('are replaced by a second put', async () => {
      await blobs.put('k', Buffer.from('first, and longer'));
      await blobs.put('k', Buffer.from('second'));
      expect(Buffer.from((await blobs.get('k')) ?? []).toString()).toBe('second');
      expect(await keysOf('')).toEqual(['k']);
    });

    test('are gone after remove, and removing again is no error', async () => {
      await blobs.put('k', Buffer.from('x'));
      await blobs.remove('k');
      expect(await blobs.get('k')).toBeUndefined();
      await blobs.remove('k');
      expect(await keysOf('')).toEqual([]);
    });

    test('may have a key that is the folder of another', async () => {
      await blobs.put('a', Buffer.from('1'));
      await blobs.put('a/b', Buffer.from('2'));
      await blobs.put('a/b/c', Buffer.from('3'));
      expect(await keysOf('')).toEqual(['a', 'a/b', 'a/b/c']);
      expect(Buffer.from((await blobs.get('a/b')) ?? []).toString()).toBe('2');
    });

    test('are listed by prefix in the order of their keys, with the time they were stored', async () => {
      for (const key of ['raw/b', 'raw/a/1', 'raw/a-1', 'raw/a.1', 'raw/a', 'rawest', 'other', 'raw/a0']) {
        await blobs.put(key, Buffer.from(key));
      }
      expect(await keysOf('raw/')).toEqual(['raw/a', 'raw/a-1', 'raw/a.1', 'raw/a/1', 'raw/a0', 'raw/b']);
      expect(await keysOf('raw/a')).toEqual(['raw/a', 'raw/a-1', 'raw/a.1', 'raw/a/1', 'raw/a0']);
      expect(await keysOf('raw')).toHaveLength(7);
      expect(await keysOf('none/')).toEqual([]);
      const [first] = (await blobs.list('other')).items;
      expect(first?.storedAt).toBeGreaterThan(Date.parse('2020-01-01T00:00:00Z'));
    });

    test('more than a page are all listed, once each', async () => {
      const keys = Array.from(
        { length: 1_050 },
        (_, n) => `raw/${String(n % 7)}/${String(n).padStart(5, '0')}`,
      );
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(keys.slice(at, at + 50).map(key => blobs.put(key, Buffer.from('x'))));
      }
      expect((await blobs.list('raw/')).cursor).toEqual(expect.any(String));
      expect(await keysOf('raw/')).toEqual([...keys].sort());
    }, 60_000);

    test('put at once under one key end as one of them, whole', async () => {
      const bodies = Array.from({ length: 8 }, (_, n) => Buffer.alloc(20_000, n));
      await Promise.all(bodies.map(body => blobs.put('same', body)));
      const found = Buffer.from((await blobs.get('same')) ?? []);
      expect(bodies.some(body => body.equals(found))).toBe(true);
    });

    const refused = [
      '',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      './a',
      'a/.',
      'A',
      'a b',
      'ä',
      'a\\b',
      'a\0',
      'a~',
      `a${'/b'.repeat(256)}`,
    ];
    test.each(refused)('refuse the key %j', async key => {
      await expect(blobs.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'invalid_blob_key' });
      await expect(blobs.get(key)).rejects.toMatchObject({ code: 'invalid_blob_key' });
      await expect(blobs.remove(key)).rejects.toMatchObject({ code: 'invalid_blob_key' });
    });

    test('take a key of 512 characters', async () => {
      const key = `${'a'.repeat(127)}/${'b'.repeat(127)}/${'c'.repeat(127)}/${'d'.repeat(128)}`;
      await blobs.put(key, Buffer.from('x'));
      expect(await keysOf('')).toEqual([key]);
    });
  });
}

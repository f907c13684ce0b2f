/** What every KeyWrap adapter must do. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KeyWrap } from '../../src/kernel/ports.ts';

export interface KeyWrapSubject {
  readonly wrap: KeyWrap;
  /** The same adapter under another root key. */
  readonly other: KeyWrap;
  close(): Promise<void>;
}

const KEY = Uint8Array.from({ length: 32 }, (_, n) => (n * 37) % 256);
const CONTEXT = { purpose: 'test', workspace: 'ws_1' };

export function keyWrapBattery(name: string, make: () => Promise<KeyWrapSubject>): void {
  describe(`key wrap: ${name}`, () => {
    let subject: KeyWrapSubject;
    beforeEach(async () => {
      subject = await make();
    });
    afterEach(async () => subject.close());

    test('a wrapped key opens to the same octets', async () => {
      const wrapped = await subject.wrap.wrap(KEY, CONTEXT);
      expect(Buffer.from(await subject.wrap.unwrap(wrapped, CONTEXT))).toEqual(Buffer.from(KEY));
    });

    test('the order of a context’s names doesn’t matter', async () => {
      const wrapped = await subject.wrap.wrap(KEY, CONTEXT);
      const turned = { workspace: 'ws_1', purpose: 'test' };
      expect(Buffer.from(await subject.wrap.unwrap(wrapped, turned))).toEqual(Buffer.from(KEY));
    });

    test('a wrapped key is text for an attribute, without the key in it, and new each time', async () => {
      const one = await subject.wrap.wrap(KEY, CONTEXT);
      const two = await subject.wrap.wrap(KEY, CONTEXT);
      expect(one).toMatch(/^[A-Za-z0-9_-]{40,1000}$/);
      expect(one).not.toBe(two);
      expect(Buffer.from(one, 'base64url').includes(Buffer.from(KEY))).toBe(false);
    });

    test.each([
      ['another workspace', { purpose: 'test', workspace: 'ws_2' }],
      ['one name less', { workspace: 'ws_1' }],
      ['one name more', { ...CONTEXT, more: 'x' }],
      ['no context', {}],
    ])('opens with no other context: %s', async (_, context: { readonly [name: string]: string }) => {
      const wrapped = await subject.wrap.wrap(KEY, CONTEXT);
      await expect(subject.wrap.unwrap(wrapped, context)).rejects.toThrow();
    });

    test('a changed or cut text does not open', async () => {
      const wrapped = Buffer.from(await subject.wrap.wrap(KEY, CONTEXT), 'base64url');
      for (const at of [0, 13, Math.floor(wrapped.length / 2), wrapped.length - 1]) {
        const changed = Buffer.from(wrapped);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(subject.wrap.unwrap(changed.toString('base64url'), CONTEXT)).rejects.toThrow();
      }
      const cut = wrapped.subarray(0, wrapped.length - 1).toString('base64url');
      await expect(subject.wrap.unwrap(cut, CONTEXT)).rejects.toThrow();
      await expect(subject.wrap.unwrap('', CONTEXT)).rejects.toThrow();
    });

    test('another root key opens nothing', async () => {
      const wrapped = await subject.wrap.wrap(KEY, CONTEXT);
      await expect(subject.other.unwrap(wrapped, CONTEXT)).rejects.toThrow();
    });

    test('a refusal shows neither the key nor the wrapped text', async () => {
      const wrapped = await subject.wrap.wrap(KEY, CONTEXT);
      const said = await subject.wrap.unwrap(wrapped, {}).then(
        () => 'opened',
        (error: unknown) => `${error}${JSON.stringify(error)}`,
      );
      expect(said).not.toBe('opened');
      expect(said).not.toContain(wrapped);
      expect(said).not.toContain(Buffer.from(KEY).toString('base64'));
    });
  });
}

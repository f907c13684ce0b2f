/** Tokens are standard ones: what signs them here is checked against the library that opens them. */
import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { open, readWith, sign, signWith } from '../../src/kernel/signing.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const keys = { derive: () => key };
const END = 1_800_000_000;

describe('a signed token', () => {
  test.each([
    ['plain', { e: 'evt_1', p: 'abc' }, undefined],
    [
      'with words of any script',
      { n: 'Grüße 日本語 🎈 "quoted" \\ \u2028', list: [1, null, { a: true }] },
      undefined,
    ],
    ['with the name of its key', { w: 'ws_1' }, 'ws_1.2'],
    ['empty', {}, undefined],
  ])('%s has the bytes that jsonwebtoken makes', (_, claims, id) => {
    const made = signWith(id === undefined ? { key } : { key, id }, 'answer', claims, END + 0.7);
    const reference = jwt.sign({ ...claims, exp: END }, key, {
      algorithm: 'HS256',
      issuer: 'sis',
      audience: 'answer',
      noTimestamp: true,
      ...(id === undefined ? {} : { keyid: id }),
    });
    expect(made).toBe(reference);
    expect(readWith(key, 'answer', made)).toEqual({ claims, expiresAt: END });
  });

  test('opens for its purpose alone, unchanged, until its last second', () => {
    const token = sign({ keys }, 'unsubscribe', { e: 'evt_1' }, END);
    const at = (seconds: number) => ({ keys, clock: { now: () => seconds * 1000 } });
    expect(open(at(END - 1), 'unsubscribe', token)).toEqual({ ok: true, claims: { e: 'evt_1' } });
    expect(open(at(END), 'unsubscribe', token)).toEqual({ ok: false, reason: 'expired' });
    expect(open(at(END - 1), 'answer', token)).toEqual({ ok: false, reason: 'damaged' });
    expect(open(at(END - 1), 'unsubscribe', `${token.slice(0, -2)}AA`)).toEqual({
      ok: false,
      reason: 'damaged',
    });
  });
});

/** Tokens are standard ones: what signs them here is checked against the library that opens them. */
import { createHmac, createSecretKey } from 'node:crypto';
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

  /** Signed by our own key, whatever it says. */
  const signed = (header: object, body: unknown): string => {
    const text = [header, body]
      .map(each => Buffer.from(JSON.stringify(each)).toString('base64url'))
      .join('.');
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  const head = { alg: 'HS256', typ: 'JWT' };
  const body = { e: 'evt_1', exp: END, aud: 'answer', iss: 'sis' };

  test('by our own key is read', () => {
    expect(readWith(key, 'answer', signed(head, body))).toEqual({ claims: { e: 'evt_1' }, expiresAt: END });
  });

  test.each([
    ['another algorithm of the family', { ...head, alg: 'HS512' }, body],
    ['what must be understood and is not', { ...head, crit: ['x'] }, body],
    ['a beginning', head, { ...body, nbf: 1 }],
    ['no algorithm', { ...head, alg: 'none' }, body],
    ['a list of algorithms', { ...head, alg: ['HS256'] }, body],
    ['another issuer', head, { ...body, iss: 'somebody' }],
    ['another audience', head, { ...body, aud: 'unsubscribe' }],
    ['two audiences', head, { ...body, aud: ['answer', 'unsubscribe'] }],
    ['no audience', head, { ...body, aud: undefined }],
    ['no end', head, { ...body, exp: undefined }],
    ['an end that is no number', head, { ...body, exp: '2030' }],
    ['a list in place of claims', head, [body]],
    ['nothing in place of claims', head, null],
  ])('with %s is none, though our key has signed it', (_, header, claims) => {
    expect(readWith(key, 'answer', signed(header, claims))).toBeUndefined();
  });

  test('is none when any one character differs, as for the library', () => {
    const token = signWith({ key }, 'answer', { e: 'evt_1' }, END);
    expect(jwt.verify(token, key, { algorithms: ['HS256'] })).toMatchObject({ e: 'evt_1' });
    for (let at = 0; at < token.length; at += 1) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect([at, readWith(key, 'answer', changed)]).toEqual([at, undefined]);
      expect(() => jwt.verify(changed, key, { algorithms: ['HS256'] })).toThrow();
    }
  });

  test.each([
    ['', 'nothing'],
    ['.', 'one dot'],
    ['..', 'two dots'],
    ['a.b.c', 'letters'],
  ])('%j is none', token => {
    expect(readWith(key, 'answer', token)).toBeUndefined();
  });

  test('with anything after it, or without its signature, is none', () => {
    const token = signWith({ key }, 'answer', { e: 'evt_1' }, END);
    const bare = token.slice(0, token.lastIndexOf('.'));
    for (const other of [`${token}.`, `${token}.x`, `${token}=`, ` ${token}`, bare, `${bare}.`]) {
      expect(readWith(key, 'answer', other)).toBeUndefined();
    }
  });
});

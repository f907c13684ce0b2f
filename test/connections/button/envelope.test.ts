import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { revokeButtonKey, rotateButtonKey } from '../../../src/connections/button/button-keys.ts';
import {
  buttonUrl,
  type Envelope,
  openEnvelope,
  sealEnvelope,
} from '../../../src/connections/button/envelope.ts';
import { sign } from '../../../src/kernel/signing.ts';
import { localWorld, type TestWorld } from '../../support/world.ts';

const HERE = 'ws_00000000000000000000000001';
const THERE = 'ws_00000000000000000000000002';
const NOW = Date.parse('2026-03-01T09:00:00Z') / 1000;
const DAY = 86_400;

const BUTTON: Envelope = {
  workspace: HERE,
  connection: 'con_00000000000000000000000007',
  audience: 'abc123',
  event: 'evt_00000000000000000000000009',
  answer: 'yes',
  expiresAt: NOW + 30 * DAY,
};

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

describe('the envelope of a button', () => {
  test('opens as it was sealed, with and without a connection', async () => {
    expect(await openEnvelope(world, await sealEnvelope(world, BUTTON))).toEqual({
      ok: true,
      envelope: BUTTON,
    });
    const plain: Envelope = { ...BUTTON, connection: null, audience: null, answer: 'ask' };
    expect(await openEnvelope(world, await sealEnvelope(world, plain))).toEqual({
      ok: true,
      envelope: plain,
    });
  });

  test('is a JWT with algorithm, key id, audience and expiry, and no address', async () => {
    const token = await sealEnvelope(world, BUTTON);
    expect(jwt.decode(token, { complete: true })).toMatchObject({
      header: { alg: 'HS256', typ: 'JWT', kid: `${HERE}.1` },
      payload: {
        iss: 'sis',
        aud: 'button',
        w: HERE,
        c: BUTTON.connection,
        a: 'abc123',
        e: BUTTON.event,
        ans: 'yes',
        exp: NOW + 30 * DAY,
      },
    });
    expect(token.length).toBeLessThan(500);
  });

  test('says that it has expired, and what it was for', async () => {
    const token = await sealEnvelope(world, BUTTON);
    world.clock.advance(30 * DAY * 1000);
    expect(await openEnvelope(world, token)).toEqual({ ok: false, reason: 'expired', envelope: BUTTON });
  });

  test('stays good over a rotation; new ones are sealed with the new key', async () => {
    const old = await sealEnvelope(world, BUTTON);
    expect(await rotateButtonKey(world, HERE)).toEqual({ workspace: HERE, number: 2 });
    const fresh = await sealEnvelope(world, BUTTON);
    expect(jwt.decode(fresh, { complete: true })?.header.kid).toBe(`${HERE}.2`);
    expect((await openEnvelope(world, old)).ok).toBe(true);
    expect((await openEnvelope(world, fresh)).ok).toBe(true);
  });

  test('is nothing any more once its key is revoked; the others stay', async () => {
    const leaked = await sealEnvelope(world, BUTTON);
    await revokeButtonKey(world, { workspace: HERE, number: 1 });
    const fresh = await sealEnvelope(world, BUTTON);
    expect(await openEnvelope(world, leaked)).toEqual({ ok: false, reason: 'damaged' });
    expect((await openEnvelope(world, fresh)).ok).toBe(true);
  });

  test('is refused under another workspace’s key id, even rightly signed with that key', async () => {
    await sealEnvelope(world, BUTTON);
    await sealEnvelope(world, { ...BUTTON, workspace: THERE });
    const theirs = jwt.sign({ w: HERE, e: BUTTON.event, ans: 'yes', exp: NOW + DAY }, keyOf(THERE, 1), {
      algorithm: 'HS256',
      keyid: `${THERE}.1`,
      issuer: 'sis',
      audience: 'button',
    });
    expect(await openEnvelope(world, theirs)).toEqual({ ok: false, reason: 'damaged' });
  });

  test('is refused for another purpose, without an end, and under a key that was never given out', async () => {
    await sealEnvelope(world, BUTTON);
    const claims = { w: HERE, e: BUTTON.event, ans: 'yes' };
    const options = { algorithm: 'HS256', issuer: 'sis', audience: 'button' } as const;
    const key = keyOf(HERE, 1);
    const refused = [
      jwt.sign({ ...claims, exp: NOW + DAY }, key, {
        ...options,
        keyid: `${HERE}.1`,
        audience: 'unsubscribe',
      }),
      jwt.sign({ ...claims, exp: NOW + DAY }, key, { ...options, keyid: `${HERE}.1`, issuer: 'other' }),
      jwt.sign(claims, key, { ...options, keyid: `${HERE}.1` }),
      jwt.sign({ ...claims, exp: NOW + DAY }, keyOf(HERE, 2), { ...options, keyid: `${HERE}.2` }),
      jwt.sign({ ...claims, exp: NOW + DAY }, key, options),
      jwt.sign({ ...claims, ans: 'perhaps', exp: NOW + DAY }, key, { ...options, keyid: `${HERE}.1` }),
      sign(world, 'unsubscribe', claims, NOW + DAY),
      sign(world, 'button', { ...claims }, NOW + DAY),
    ];
    for (const token of refused) {
      expect(await openEnvelope(world, token)).toEqual({ ok: false, reason: 'damaged' });
    }
    const right = jwt.sign({ ...claims, exp: NOW + DAY }, key, { ...options, keyid: `${HERE}.1` });
    expect((await openEnvelope(world, right)).ok).toBe(true);
  });

  test('is refused after any single changed character', async () => {
    const token = await sealEnvelope(world, BUTTON);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      const opened = await openEnvelope(world, changed);
      // The last character of the signature holds two bits that mean nothing.
      if (at < token.length - 1) expect(opened).toEqual({ ok: false, reason: 'damaged' });
    }
  });

  test('is refused without a signature, with another algorithm, with an empty key', async () => {
    const [header = '', payload = '', signature = ''] = (await sealEnvelope(world, BUTTON)).split('.');
    const withHeader = (change: object) => {
      const old = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as object;
      return Buffer.from(JSON.stringify({ ...old, ...change })).toString('base64url');
    };
    const hs512 = withHeader({ alg: 'HS512' });
    const tokens = [
      `${withHeader({ alg: 'none' })}.${payload}.`,
      `${withHeader({ alg: 'None' })}.${payload}.${signature}`,
      `${withHeader({ alg: 'RS256' })}.${payload}.${signature}`,
      `${hs512}.${payload}.${createHmac('sha512', keyOf(HERE, 1)).update(`${hs512}.${payload}`).digest('base64url')}`,
      `${header}.${payload}.${createHmac('sha256', '').update(`${header}.${payload}`).digest('base64url')}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${withHeader({ kid: `../../${HERE}.1` })}.${payload}.${signature}`,
      `${withHeader({ kid: ['a'] })}.${payload}.${signature}`,
      '',
      '.',
      '..',
      'null',
      'x'.repeat(5000),
    ];
    for (const token of tokens)
      expect(await openEnvelope(world, token)).toEqual({ ok: false, reason: 'damaged' });
  });

  test('a moment in milliseconds is a mistake of ours', async () => {
    await expect(sealEnvelope(world, { ...BUTTON, expiresAt: NOW * 1000 })).rejects.toThrow('in seconds');
  });
});

describe('the link of a button', () => {
  test('ends with the merge tag as the platform wants it, unencoded', () => {
    const settings = { baseUrl: 'https://invites.example.com' };
    expect(buttonUrl(settings, 'abc.def.ghi', '*|UNIQID|*')).toBe(
      'https://invites.example.com/r/abc.def.ghi?c=*|UNIQID|*',
    );
    expect(buttonUrl(settings, 'abc.def.ghi', '*|RSVPTOK|*', 't')).toBe(
      'https://invites.example.com/r/abc.def.ghi?t=*|RSVPTOK|*',
    );
    expect(buttonUrl(settings, 'abc.def.ghi', null)).toBe('https://invites.example.com/r/abc.def.ghi');
  });
});

function keyOf(workspace: string, number: number) {
  return world.keys.derive(`button:${workspace}.${number}`);
}

/** Five hundred links and forms that nobody of ours made, or that were made for something else: none is accepted (T27, T28). */
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { visitCounts } from '../../src/connections/press/visit.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { listInvites } from '../../src/invites/store.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import {
  type Account,
  BY_HAND,
  buttonLink,
  CHROME,
  connectAccount,
  headingOf,
  knowContact,
  nonceIn,
} from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let foreign: EventRecord;
let account: Account;
let token: string;

beforeAll(async () => {
  world = await localWorld({
    limits: { PRESSES_PER_NETWORK_MINUTE: 100_000, PRESSES_PER_NETWORK_DAY: 100_000 },
  });
  event = await mailEvent(world);
  foreign = await mailEvent(world, { uid: 'other@example.net', from: 'eve@example.net', name: 'Eve' });
  account = await connectAccount(world, event.workspace);
  await knowContact(world, account, { reference: 'a1b2c3', address: 'jo@gmail.com' });
  token = (await buttonLink(world, event, account)).slice('/r/'.length);
  await buttonLink(world, foreign, null);
});
afterAll(() => world.close());

function header(change: object): string {
  const old = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')) as object;
  return Buffer.from(JSON.stringify({ ...old, ...change })).toString('base64url');
}

function signed(head: string, payload: string, hash: string, key: string | Buffer | KeyObject): string {
  return `${head}.${payload}.${createHmac(hash, key).update(`${head}.${payload}`).digest('base64url')}`;
}

function forgeries(): readonly string[] {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  const own = world.keys.derive(`button:${event.workspace}.1`);
  const theirs = world.keys.derive(`button:${foreign.workspace}.1`);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const recoded = (change: object) =>
    Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
  const made: string[] = [];
  for (const alg of [
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    'HS1',
    'HS384',
    'HS512',
    'RS256',
    'ES256',
    'PS256',
  ]) {
    made.push(`${header({ alg })}.${payload}.`, `${header({ alg })}.${payload}.${signature}`);
    made.push(signed(header({ alg }), payload, 'sha256', ''));
    made.push(signed(header({ alg }), payload, 'sha512', own));
    if (alg !== 'none') made.push(signed(header({ alg }), payload, 'sha256', String(pem)));
  }
  made.push(jwt.sign(claims, privateKey, { algorithm: 'RS256', keyid: `${event.workspace}.1` }));
  for (const kid of [
    `${foreign.workspace}.1`,
    `${event.workspace}.2`,
    `${event.workspace}.0`,
    `${event.workspace}.01`,
    `${event.workspace}.1e0`,
    `${event.workspace}`,
    `../${event.workspace}.1`,
    'ws_unknown.1',
    '',
    null,
    1,
    ['a'],
    { toString: 'x' },
  ]) {
    made.push(`${header({ kid })}.${payload}.${signature}`);
    made.push(signed(header({ kid }), payload, 'sha256', theirs));
    // Rightly signed with the key of this workspace, but named as another's.
    if (kid !== `${event.workspace}.1`) made.push(signed(header({ kid }), payload, 'sha256', own));
  }
  for (const change of [
    { aud: 'unsubscribe' },
    { aud: ['button', 'x'].slice(1) },
    { aud: undefined },
    { iss: 'other' },
    { iss: undefined },
    { w: foreign.workspace },
    { e: undefined },
    { e: 7 },
    { ans: 'perhaps' },
    { ans: undefined },
    { exp: undefined },
    { exp: '9999999999' },
    { exp: 1 },
    { nbf: 9_999_999_999 },
    { c: 7 },
    { a: {} },
  ]) {
    made.push(signed(head, recoded(change), 'sha256', own));
    made.push(`${head}.${recoded(change)}.${signature}`);
    made.push(signed(head, recoded(change), 'sha256', theirs));
  }
  for (let at = 1; at < token.length; at += 2) made.push(token.slice(0, at));
  for (let at = 0; made.length < 500; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A';
    made.push(token.slice(0, at) + other + token.slice(at + 1));
  }
  return made;
}

test('500 forged links open nothing, and no press through them counts', async () => {
  const forged = forgeries();
  expect(forged.length).toBeGreaterThanOrEqual(500);
  const page = await visit(world, `/r/${token}?c=a1b2c3`, { headers: CHROME });
  const nonce = nonceIn(page);
  world.clock.advance(4_000);
  const form = { nonce, answer: 'yes', ...BY_HAND };
  const headers = { ...CHROME, 'content-type': 'application/x-www-form-urlencoded' };
  const accepted: string[] = [];
  for (const one of forged) {
    const path = `/r/${one}?c=a1b2c3`;
    const seen = await visit(world, path, { headers: CHROME });
    const pressed = await submit(world, path, form, { headers });
    if (![404, 410].includes(seen.status) || ![404, 410].includes(pressed.status)) accepted.push(one);
  }
  expect(accepted).toEqual([]);
  await world.runJobs();
  expect((await listInvites(world, event.id, { limit: 10 })).items).toEqual([]);
  expect(world.outbox().filter(({ about }) => about.kind === 'request')).toEqual([]);
});

test('a nonce counts once: replayed, bent, or of another link, contact or time, it commits nothing', async () => {
  const path = `/r/${token}?c=a1b2c3`;
  const headers = { ...CHROME, 'content-type': 'application/x-www-form-urlencoded' };
  const nonce = nonceIn(await visit(world, path, { headers: CHROME }));
  world.clock.advance(20_000);
  const other = `/r/${(await buttonLink(world, event, account, { answer: 'maybe' })).slice('/r/'.length)}?c=a1b2c3`;
  const foreignNonce = nonceIn(await visit(world, other, { headers: CHROME }));
  const someoneElse = nonceIn(await visit(world, `/r/${token}?c=zz`, { headers: CHROME }));
  world.clock.advance(4_000);
  const send = (value: string, answer = 'yes') =>
    submit(
      world,
      path,
      { nonce: value, answer, ...BY_HAND },
      { headers, pause: async () => void (await world.runJobs()) },
    );
  for (const bad of [
    foreignNonce,
    someoneElse,
    '',
    'x',
    `${nonce}x`,
    nonce.replace(/\.\d\./, '.3.'),
    nonce.slice(1),
  ]) {
    expect([bad, (await send(bad)).status]).toEqual([bad, 400]);
  }
  expect(headingOf(await send(nonce))).toBe('Thank you. Your answer: Yes');
  const before = await visitCounts(world, event.id);
  for (let count = 0; count < 20; count += 1) await send(nonce);
  for (const answer of ['no', 'maybe']) expect((await send(nonce, answer)).status).toBe(400);
  const after = await visitCounts(world, event.id);
  expect(after.committed).toBe(before.committed);
  await world.runJobs();
  expect(world.outbox().filter(({ to }) => to === 'jo@gmail.com')).toHaveLength(1);
});

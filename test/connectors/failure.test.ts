/** What each answer of a platform means, for a read and for a write; what is never done: follow, wait, repeat, read without end. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PlatformClient, PlatformError } from '../../connectors/contract.ts';
import { connectorFor, isPlatform, PLATFORMS } from '../../connectors/registry.ts';
import { type FarSide, openFarSide, type Told } from '../support/far-side.ts';

const HOUR_MS = 3_600_000;
/** Long enough for a machine that is busy; the hasty client is for far sides that say nothing. */
const TIMEOUT_MS = 20_000;
const HASTY_MS = 200;
const SILENCE_MS = 60_000;

let far: FarSide;
let elsewhere: FarSide;
const clients = new Map<string, PlatformClient>();
beforeAll(async () => {
  [far, elsewhere] = await Promise.all([openFarSide(), openFarSide()]);
  for (const platform of PLATFORMS) {
    const app = { clientId: 'id', clientSecret: 'secret', url: far.url };
    const grant = {
      tokens: { access: 'token', refresh: null, expiresAt: null },
      account: { id: 'a', name: 'a', endpoint: null },
    };
    clients.set(platform, await connectorFor(platform, app, { timeoutMs: TIMEOUT_MS }).open(grant));
    clients.set(`hasty ${platform}`, await connectorFor(platform, app, { timeoutMs: HASTY_MS }).open(grant));
  }
});
afterAll(async () => {
  await Promise.all([far.close(), elsewhere.close()]);
});

async function failed(call: () => Promise<unknown>): Promise<PlatformError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

function clientOf(name: string): PlatformClient {
  const client = clients.get(name);
  if (client === undefined) throw new Error('not opened');
  return client;
}

const read = (name: string) => clientOf(name).contacts('abc123');
const write = (name: string) => clientOf(name).saveButton({ name: 'RSVP', html: '<a>', standing: null });

const problem = (title: string): object => ({
  type: 'about:blank',
  title,
  status: 400,
  detail: 'x',
  instance: '',
});
const errors = (code: string): object => ({ errors: [{ id: '1', code, title: code, detail: 'x' }] });
const spoken = { ...problem('Forbidden'), ...errors('permission_denied') };

/** Answer, kind and code of a read, kind of a write. */
const ANSWERS: readonly (readonly [string, Told, kind: string, code: string, ofWrite: string])[] = [
  ['429', { status: 429, body: spoken }, 'again', 'rate_limited', 'again'],
  ['429 without a body', { status: 429 }, 'again', 'rate_limited', 'again'],
  ['500', { status: 500, body: spoken }, 'again', 'unavailable', 'again'],
  ['502 with HTML', { status: 502, body: '<html></html>' }, 'again', 'unavailable', 'again'],
  ['503', { status: 503 }, 'again', 'unavailable', 'again'],
  ['504', { status: 504 }, 'again', 'unavailable', 'again'],
  ['524', { status: 524 }, 'again', 'unavailable', 'again'],
  ['403 without a body', { status: 403 }, 'again', 'blocked', 'again'],
  ['403 with HTML', { status: 403, body: '<html></html>' }, 'again', 'blocked', 'again'],
  ['403 with a reason', { status: 403, body: spoken }, 'final', 'forbidden', 'final'],
  ['401', { status: 401, body: spoken }, 'reconnect', 'unauthorized', 'reconnect'],
  ['404', { status: 404, body: spoken }, 'absent', 'not_found', 'absent'],
  ['400', { status: 400, body: { ...problem('Bad'), ...errors('bad') } }, 'final', 'refused', 'final'],
  ['409', { status: 409, body: spoken }, 'final', 'conflict', 'final'],
  ['410', { status: 410, body: spoken }, 'final', 'retired', 'final'],
  ['422', { status: 422 }, 'final', 'refused', 'final'],
  ['a cut connection', { cut: true }, 'again', 'connection_lost', 'unknown'],
  ['silence', { delayMs: SILENCE_MS }, 'again', 'timeout', 'unknown'],
  ['200 that is no JSON', { status: 200, body: 'hello' }, 'again', 'unreadable_answer', 'unknown'],
  ['200 of another shape', { status: 200, body: [1, 2] }, 'again', 'unreadable_answer', 'unknown'],
  ['9 MB', { status: 200, body: `"${'x'.repeat(9_000_000)}"` }, 'final', 'answer_too_large', 'unknown'],
];

describe.each(PLATFORMS)('%s', platform => {
  test.each(ANSWERS)('%s', async (_name, told, kind, code, ofWrite) => {
    far.answer(told);
    const before = far.heard.length;
    const name = told.delayMs === undefined ? platform : `hasty ${platform}`;
    const reading = await failed(() => read(name));
    expect([reading.platform, reading.kind, reading.code]).toEqual([platform, kind, code]);
    expect((await failed(() => write(name))).kind).toBe(ofWrite);
    // One attempt each: repeating is the caller's.
    if (told.delayMs === undefined) expect(far.heard.length - before).toBe(2);
    expect(reading.status).toBe(told.status === undefined || told.status === 200 ? null : told.status);
    expect(reading.message).toContain(platform === 'mailchimp' ? 'Mailchimp' : 'Klaviyo');
  });

  test('a refused connection is surely not done', async () => {
    const closed = await openFarSide();
    await closed.close();
    const app = { clientId: 'id', clientSecret: 'secret', url: closed.url };
    const client = await connectorFor(platform, app, { timeoutMs: TIMEOUT_MS }).open({
      tokens: { access: 'token', refresh: null, expiresAt: null },
      account: { id: 'a', name: 'a', endpoint: null },
    });
    const error = await failed(() => client.saveButton({ name: 'RSVP', html: '<a>', standing: null }));
    expect([error.kind, error.code]).toEqual(['again', 'unreachable']);
  });

  test.each([301, 302, 303, 307, 308])('a %d is not followed: nobody else sees the token', async status => {
    far.answer({ status, headers: { location: `${elsewhere.url}/3.0/lists` } });
    expect((await failed(() => read(platform))).code).toBe('redirected');
    expect((await failed(() => write(platform))).code).toBe('redirected');
    const { oauth } = connectorFor(
      platform,
      { clientId: 'id', clientSecret: 'secret', url: far.url },
      { timeoutMs: TIMEOUT_MS },
    );
    const ask = { code: 'code', redirectUri: 'http://127.0.0.1/', verifier: 'v', now: 0 };
    expect((await failed(() => oauth.exchange(ask))).code).toBe('redirected');
    expect(elsewhere.heard).toHaveLength(0);
  });

  test.each([
    ['7', 7_000],
    ['0', 0],
    ['1.5', 1_500],
    ['999999999', HOUR_MS],
    ['Sun, 01 Mar 2026 09:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 08:00:00 GMT', 0],
    ['Mon, 01 Mar 2027 09:00:00 GMT', HOUR_MS],
    ['soon', null],
    ['-5', null],
    ['', null],
  ])('Retry-After "%s" is %s ms', async (retryAfter, wait) => {
    far.answer({
      status: 429,
      headers: { 'retry-after': retryAfter, date: 'Sun, 01 Mar 2026 09:00:00 GMT' },
    });
    expect((await failed(() => read(platform))).retryAfterMs).toBe(wait);
  });

  test('a far side that says nothing is given up in time', async () => {
    far.answer({ delayMs: SILENCE_MS });
    const started = performance.now();
    await failed(() => read(`hasty ${platform}`));
    expect(performance.now() - started).toBeLessThan(SILENCE_MS / 4);
  });
});

describe('Mailchimp’s titles', () => {
  test.each([
    ['Member In Compliance State', 400, 'compliance_state'],
    ['Forgotten Email Not Subscribed', 400, 'forgotten'],
    ['Member Exists', 400, 'member_exists'],
    ['Invalid Resource', 400, 'invalid_resource'],
    ['User Disabled', 403, 'user_disabled'],
    ['Something New', 400, 'refused'],
  ])('%s is final', async (title, status, code) => {
    far.answer({ status, body: { ...problem(title), status } });
    const error = await failed(() => write('mailchimp'));
    expect([error.kind, error.code, error.status]).toEqual(['final', code, status]);
  });
});

describe('Klaviyo', () => {
  test.each([
    ['/data/attributes/profile/data/id', 'absent', 'no_such_profile'],
    ['/data/attributes/metric', 'final', 'refused'],
  ])('a 400 that points at %s is %s', async (pointer, kind, code) => {
    const body = {
      errors: [{ id: '1', code: 'invalid', title: 'Invalid', detail: 'x', source: { pointer } }],
    };
    far.answer({ status: 400, body });
    const error = await failed(() => write('klaviyo'));
    expect([error.kind, error.code]).toEqual([kind, code]);
  });

  test('a window that is used up asks for a pause before the next page', async () => {
    const page = { data: [], links: { self: 'https://a.klaviyo.com/api/lists' } };
    far.answer({ body: page, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '12' } });
    expect(await clientOf('klaviyo').contacts('abc123')).toEqual({ items: [], next: null, pauseMs: 12_000 });
    far.answer({ body: page, headers: { 'ratelimit-remaining': '1', 'ratelimit-reset': '12' } });
    expect(await clientOf('klaviyo').contacts('abc123')).toEqual({ items: [], next: null });
  });
});

test('the platforms there are', () => {
  expect(PLATFORMS).toEqual(['mailchimp', 'klaviyo']);
  expect(['mailchimp', 'klaviyo', 'constructor', 'other', ''].map(isPlatform)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

/** Tokens, secrets and addresses stay where they are: not in an error, not in what the log makes of an SDK's own error, not in a client. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PlatformError, type PlatformName } from '../../connectors/contract.ts';
import { connectorFor } from '../../connectors/registry.ts';
import { openLog } from '../../src/platform/local/log.ts';
import { type FarSide, openFarSide, type Told } from '../support/far-side.ts';

const TOKEN = 'tok3n-that-must-stay-secret';
const SECRET = 'client-s3cret-that-must-stay';
const ADDRESS = 'private.person@example.com';
const BASIC = Buffer.from(`client:${SECRET}`).toString('base64');
const KEPT = [TOKEN, SECRET, BASIC, ADDRESS, encodeURIComponent(ADDRESS)];

let far: FarSide;
beforeAll(async () => {
  far = await openFarSide();
});
afterAll(() => far.close());

/** All ways in which somebody may write an error down. */
function written(error: unknown): string {
  const lines: string[] = [];
  const log = openLog({ now: () => 0 }, line => lines.push(line));
  log.error('a platform failed', { platform: 'x' }, error);
  const shown = inspect(error, { depth: 12, showHidden: true, getters: true });
  const stack = error instanceof Error ? `${error.message} ${error.stack} ${error.cause}` : '';
  return `${lines.join('')} ${shown} ${stack} ${asJson(error)}`;
}

function logged(error: unknown): string {
  const lines: string[] = [];
  openLog({ now: () => 0 }, line => lines.push(line)).error('a platform failed', {}, error);
  return lines.join('');
}

function asJson(value: unknown): string {
  try {
    return `${JSON.stringify(value)} ${JSON.stringify({ error: value })}`;
  } catch {
    return '';
  }
}

function leaksIn(text: string): string[] {
  return KEPT.filter(kept => text.includes(kept));
}

async function thrownBy(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const ECHO = { detail: `${ADDRESS} with ${TOKEN}`, title: 'Invalid Resource', errors: [{ detail: TOKEN }] };
const DAYS: readonly (readonly [string, Told])[] = [
  ['400', { status: 400, body: ECHO }],
  ['401', { status: 401, body: ECHO }],
  ['403', { status: 403, body: ECHO }],
  ['bare 403', { status: 403 }],
  ['404', { status: 404, body: ECHO }],
  ['409', { status: 409, body: ECHO }],
  ['429', { status: 429, headers: { 'retry-after': TOKEN }, body: ECHO }],
  ['500', { status: 500, body: `<html>${TOKEN}</html>` }],
  ['redirect', { status: 307, headers: { location: `http://127.0.0.1:1/?token=${TOKEN}` } }],
  ['no JSON', { status: 200, body: `${TOKEN} ${ADDRESS}` }],
  ['cut', { cut: true }],
  ['slow', { delayMs: 400 }],
];

const PLATFORMS: readonly PlatformName[] = ['mailchimp', 'klaviyo'];

describe.each(PLATFORMS)('%s: what is written down', platform => {
  test.each(DAYS)('after %s nothing that must stay is in an error', async (_day, told) => {
    far.answer(told);
    const app = { clientId: 'client', clientSecret: SECRET, url: far.url };
    const connector = connectorFor(platform, app, { timeoutMs: 150 });
    const tokens = { access: TOKEN, refresh: TOKEN, expiresAt: 0 };
    const account = { id: 'a', name: 'a', endpoint: 'https://us1.api.mailchimp.com' };
    const client = await connector.open({ tokens, account });
    const report = {
      contact: { id: '01AAAAAAAAAAAAAAAAAAAAAAAA', address: ADDRESS },
      audience: 'abc123',
      event: { id: 'e', name: 'e', title: 'e', start: null, timeZone: null, location: null, pageUrl: '' },
      state: 'yes' as const,
      previous: null,
      answer: 'yes' as const,
      tags: { on: ['on'], off: ['off'] },
      at: '2026-03-01T09:00:00Z',
      uniqueId: 'u',
      backfill: false,
    };
    const calls = [
      () => client.audiences(),
      () => client.contacts('abc123'),
      async () => {
        for (const step of client.reportSteps(report)) await step.run();
      },
      () => client.writeTokens('abc123', [{ contact: '01AB', address: ADDRESS, token: TOKEN }]),
      () => client.saveButton({ name: ADDRESS, html: TOKEN, standing: null }),
      () => client.watch({ audience: 'abc123', url: `https://x.example/${SECRET}`, secret: SECRET }),
      () =>
        connector.oauth.exchange({ code: TOKEN, redirectUri: 'http://127.0.0.1/', verifier: TOKEN, now: 0 }),
      () => connector.oauth.refresh(TOKEN, 0),
      () => connector.oauth.account(tokens),
    ];
    let errors = 0;
    for (const call of calls) {
      const error = await call().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error === null) continue;
      errors += 1;
      expect(error).toBeInstanceOf(PlatformError);
      expect(leaksIn(written(error))).toEqual([]);
      expect((error as Error).cause).toBeUndefined();
    }
    expect(errors).toBeGreaterThanOrEqual(7);
    expect(leaksIn(`${inspect(client, { depth: 12, showHidden: true })} ${asJson(client)}`)).toEqual([]);
  });
});

describe('the SDKs’ own errors, if one ever came as far as the log', () => {
  async function mailchimpError(): Promise<unknown> {
    const { default: shared } = await import('@mailchimp/mailchimp_marketing');
    const client = new shared.constructor();
    client.basePath = `${far.url}/3.0`;
    client.setConfig({ accessToken: TOKEN });
    return thrownBy(() => client.lists.getListMember('abc', ADDRESS));
  }

  async function klaviyoError(): Promise<unknown> {
    const sdk = await import('klaviyo-api');
    const retry = new sdk.RetryWithExponentialBackoff({ numRetries: 1 });
    const api = new sdk.ProfilesApi(new sdk.OAuthBasicSession(TOKEN, retry));
    api.basePath = far.url;
    return thrownBy(() => api.getProfile(ADDRESS));
  }

  test.each([
    ['Mailchimp', mailchimpError],
    ['Klaviyo', klaviyoError],
  ] as const)('%s’s holds the token, and the log does not write it', async (_platform, errorOf) => {
    far.answer({ status: 401, body: ECHO });
    const error = await errorOf();
    expect(inspect(error, { depth: 12 })).toContain(TOKEN);
    expect(leaksIn(logged(error))).toEqual([]);
    expect(leaksIn(logged({ cause: error }))).toEqual([]);
  });
});

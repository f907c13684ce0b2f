import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { disconnect } from '../../../src/connections/account/disconnect.ts';
import { connectionById, connectionOf, listConnections } from '../../../src/connections/account/store.ts';
import { loadTokens } from '../../../src/connections/account/tokens.ts';
import { isConnected } from '../../../src/organizers/connected.ts';
import { endSession, listSessions } from '../../../src/organizers/session.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  go,
  signedIn,
  walkThrough,
} from '../../support/connected.ts';
import { visit } from '../../support/pages.ts';

const BOTH = ['mailchimp', 'klaviyo'] as const;

describe('connecting an account', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  /** Where the platform sends the browser back to, after a consent. */
  const comeBack = async (platform: 'mailchimp' | 'klaviyo'): Promise<string> => {
    const out = await go(world, browser, `/connect/${platform}`);
    const back = await world[platform].consent(out.headers.location ?? '');
    return back.pathname + back.search;
  };
  const without = (path: string, name: string): string => {
    const url = new URL(path, world.settings.baseUrl);
    url.searchParams.delete(name);
    return url.pathname + url.search;
  };

  test.each(BOTH)(
    'a walk through %s’s page ends on the connection, with its account named',
    async platform => {
      const ended = await walkThrough(world, browser, platform);
      expect(ended).toMatch(/^\/connections\/con_[0-9a-z]{26}$/);
      const connection = await connectionById(world, ended.split('/').at(-1) ?? '');
      const account = world[platform].vendor.account();
      expect(connection).toMatchObject({
        workspace: browser.workspace,
        platform,
        account: { id: account.id, name: account.name },
        state: 'connected',
        problem: null,
        lastSyncAt: null,
        connectedAt: '2026-03-01T09:00:00.000Z',
      });
      expect(await isConnected(world, browser.workspace)).toBe(true);
      expect((await connectionOf(world, browser.workspace, platform))?.id).toBe(connection?.id);
    },
  );

  test('the tokens stand sealed, and open only to what the platform gave', async () => {
    for (const platform of BOTH) {
      const connection = await connected(world, browser, platform);
      const held = await loadTokens(world, connection);
      expect(Object.keys(world[platform].vendor.state.oauth.access)).toContain(held?.tokens.access);
      expect(held?.tokens.refresh === null).toBe(platform === 'mailchimp');
      const row = await world.table.get({ pk: `C#${connection.id}`, sk: 'TOKENS' });
      expect(JSON.stringify(row)).not.toContain(held?.tokens.access);
    }
  });

  test('opening a connection plans its hooks and its backfill', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    const jobs = [...(await world.jobs.take('fast', 10, 1000)), ...(await world.jobs.take('bulk', 10, 1000))];
    expect(jobs.map(({ kind, body }) => [kind, body.connection])).toEqual([
      ['watch', connection.id],
      ['backfill', connection.id],
    ]);
  });

  test('who isn’t signed in goes to the sign-in, and comes back to the link', async () => {
    const told = await go(world, null, '/connect/mailchimp');
    expect([told.status, told.headers.location]).toEqual([303, '/signin?next=%2Fconnect%2Fmailchimp']);
  });

  test.each(BOTH)('an access refused at %s is told as such, and connects nothing', async platform => {
    expect(await walkThrough(world, browser, platform, 'refuse')).toBe('/connections?problem=refused');
    expect((await listConnections(world, browser.workspace)).items).toEqual([]);
  });

  test('a way back without state, or with a made-up one, connects nothing', async () => {
    const back = await comeBack('klaviyo');
    const paths = [
      without(back, 'state'),
      back.replace(/state=[^&]+/, 'state=made-up'),
      back.replace(/state=([^&]+)/, (_, state: string) => `state=${state.slice(0, -2)}xx`),
      back.replace('/klaviyo/', '/mailchimp/'),
    ];
    for (const path of paths) {
      expect((await go(world, browser, path)).headers.location).toBe('/connections?problem=state_missing');
    }
    expect((await listConnections(world, browser.workspace)).items).toEqual([]);
  });

  test('a way back without a code says so, and takes the state with it', async () => {
    const back = await comeBack('klaviyo');
    const first = await go(world, browser, without(back, 'code'));
    expect(first.headers.location).toBe('/connections?problem=code_missing');
    expect((await go(world, browser, back)).headers.location).toBe('/connections?problem=state_used');
  });

  test.each(BOTH)('the same way back from %s twice connects once', async platform => {
    const back = await comeBack(platform);
    expect((await go(world, browser, back)).headers.location).toMatch(/^\/connections\/con_/);
    expect((await go(world, browser, back)).headers.location).toBe('/connections?problem=state_used');
    expect((await listConnections(world, browser.workspace)).items).toHaveLength(1);
  });

  test('ten at once with one state: one connects', async () => {
    const back = await comeBack('mailchimp');
    const ends = await Promise.all(Array.from({ length: 10 }, () => go(world, browser, back)));
    const locations = ends.map(({ headers }) => headers.location ?? '');
    expect(locations.filter(location => location.startsWith('/connections/con_'))).toHaveLength(1);
    expect(locations.filter(location => location === '/connections?problem=state_used')).toHaveLength(9);
  });

  test.each(BOTH)('a code of %s that was used already is refused in a new sign-in', async platform => {
    const code = new URL(await comeBack(platform), 'http://x').searchParams.get('code') ?? '';
    const second = await comeBack(platform);
    await go(world, browser, second.replace(/code=[^&]+/, `code=${encodeURIComponent(code)}`));
    const third = await comeBack(platform);
    const told = await go(world, browser, third.replace(/code=[^&]+/, `code=${encodeURIComponent(code)}`));
    expect(told.headers.location).toBe('/connections?problem=code_refused');
  });

  test('a stolen way back is nothing in another browser, even of the same person; the right one still ends it', async () => {
    const back = await comeBack('klaviyo');
    const other = await signedIn(world);
    const stranger = await signedIn(world, 'sam@example.org');
    for (const thief of [other, stranger, null]) {
      expect((await go(world, thief, back)).headers.location).toBe('/connections?problem=foreign_browser');
    }
    expect((await go(world, browser, back)).headers.location).toMatch(/^\/connections\/con_/);
    expect((await listConnections(world, stranger.workspace)).items).toEqual([]);
  });

  test('who signed out meanwhile connects nothing', async () => {
    const back = await comeBack('klaviyo');
    for (const session of await listSessions(world, 'ada@example.com')) await endSession(world, session);
    expect((await go(world, browser, back)).headers.location).toBe('/connections?problem=foreign_browser');
  });

  test('after ten minutes the way back is too old', async () => {
    const back = await comeBack('mailchimp');
    world.clock.advance(601_000);
    expect((await go(world, browser, back)).headers.location).toBe('/connections?problem=state_expired');
  });

  test('a platform that is away is told as such', async () => {
    const back = await comeBack('klaviyo');
    world.klaviyo.vendor.faults.add({ kind: 'server_error', times: 1 });
    expect((await go(world, browser, back)).headers.location).toBe('/connections?problem=platform_away');
  });

  test('only a GET begins or ends it', async () => {
    const back = await comeBack('klaviyo');
    const headers = { cookie: browser.cookie };
    for (const method of ['HEAD', 'POST']) {
      expect((await visit(world, back, { method, headers })).status).toBe(405);
      expect((await visit(world, '/connect/klaviyo', { method, headers })).status).toBe(405);
    }
    expect((await go(world, browser, back)).headers.location).toMatch(/^\/connections\/con_/);
  });

  test('an unknown platform is no page', async () => {
    expect((await go(world, browser, '/connect/nowhere')).status).toBe(404);
    expect((await go(world, browser, '/connect/constructor')).status).toBe(404);
  });

  test('an installation without an app says so', async () => {
    const without = {
      ...world,
      settings: { ...world.settings, platforms: { mailchimp: null, klaviyo: null } },
    };
    const told = await go(without, browser, '/connect/mailchimp');
    expect(told.headers.location).toBe('/connections?problem=no_app');
  });

  test('the answers carry no token, are kept by nobody and tell nobody where they came from', async () => {
    const back = await comeBack('klaviyo');
    const told = await go(world, browser, back);
    expect(told.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(told.body).toBe('');
  });

  test.each(BOTH)(
    'the same %s account connected again is the same connection with new tokens',
    async platform => {
      const first = await connected(world, browser, platform);
      const before = await loadTokens(world, first);
      world.clock.advance(60_000);
      const second = await connected(world, browser, platform);
      expect(second.id).toBe(first.id);
      expect(second.connectedAt).toBe('2026-03-01T09:01:00.000Z');
      expect((await loadTokens(world, second))?.tokens.access).not.toBe(before?.tokens.access);
      expect((await listConnections(world, browser.workspace)).items).toHaveLength(1);
    },
  );

  test('another account, and the same account in another workspace, are connections of their own', async () => {
    const [one, other] = Object.keys(world.mailchimp.vendor.state.accounts);
    const first = await connected(world, browser, 'mailchimp', one);
    const second = await connected(world, browser, 'mailchimp', other);
    const stranger = await signedIn(world, 'sam@example.org');
    const third = await connected(world, stranger, 'mailchimp', one);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect((await listConnections(world, browser.workspace)).items).toHaveLength(2);
    expect((await listConnections(world, null)).items).toHaveLength(3);
  });

  test('the whole store, file by file, holds no token, verifier, state or hook secret in clear', async () => {
    for (const platform of BOTH) await connected(world, browser, platform);
    await world.runJobs();
    world.clock.advance(3_590_000);
    const connection = await connectionOf(world, browser.workspace, 'klaviyo');
    if (connection === null) throw new Error('not connected');
    const { withClient } = await import('../../../src/connections/account/client.ts');
    await withClient(world, connection, client => client.audiences());
    const secrets = BOTH.flatMap(platform => {
      const { access, refresh, codes } = world[platform].vendor.state.oauth;
      return [...Object.keys(access), ...Object.keys(refresh), ...Object.keys(codes)];
    });
    expect(secrets.length).toBeGreaterThan(4);
    // A hook for each of the two audiences at one, one for the account at the other.
    const hooks = BOTH.flatMap(platform => secretsIn(world[platform].vendor.account()));
    expect(hooks.length).toBe(3);
    secrets.push(...hooks);
    const store = Buffer.concat(filesIn(world.folder).map(file => readFileSync(file)));
    expect(store.includes('connection_opened')).toBe(true);
    expect(secrets.filter(secret => store.includes(secret))).toEqual([]);
    const logged = JSON.stringify(world.lines);
    expect(secrets.filter(secret => logged.includes(secret))).toEqual([]);
  });
});

describe('disconnecting', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  test('the grant is given back, the tokens are forgotten, and nobody can use the account any more', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    await world.runJobs();
    expect(await disconnect(world, connection, 'operator')).toBe(true);
    expect(await connectionById(world, connection.id)).toMatchObject({
      state: 'disconnected',
      problem: null,
    });
    expect(await loadTokens(world, connection)).toBeUndefined();
    expect(world.klaviyo.vendor.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(1);
    const { grants } = world.klaviyo.vendor.state.oauth;
    expect(Object.values(grants).map(({ state }) => state)).toEqual(['ended']);
    const { withClient } = await import('../../../src/connections/account/client.ts');
    await expect(withClient(world, connection, client => client.audiences())).rejects.toMatchObject({
      kind: 'reconnect',
      code: 'disconnected',
    });
    expect(await isConnected(world, browser.workspace)).toBe(false);
  });

  test('a second one changes nothing', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    expect(await disconnect(world, connection, 'operator')).toBe(true);
    expect(await disconnect(world, connection, 'operator')).toBe(false);
  });

  test('a platform that is away keeps nobody connected', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    world.klaviyo.vendor.faults.add({ kind: 'refused' });
    expect(await disconnect(world, connection, 'operator')).toBe(true);
    expect(await loadTokens(world, connection)).toBeUndefined();
  });

  test('what a dead process left is ended by its job; a new connection of the account is left alone', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    const dying = { ...world, table: { ...world.table, remove: () => Promise.reject(new Error('dead')) } };
    await expect(disconnect(dying, connection, 'operator')).rejects.toThrow('dead');
    expect(await loadTokens(world, connection)).toBeDefined();
    world.clock.advance(180_000);
    await world.runJobs();
    expect(await loadTokens(world, connection)).toBeUndefined();
    const again = await connected(world, browser, 'klaviyo');
    await disconnect(world, again, 'operator');
    const third = await connected(world, browser, 'klaviyo');
    world.clock.advance(180_000);
    await world.runJobs();
    expect(await loadTokens(world, third)).toBeDefined();
    expect((await connectionById(world, third.id))?.state).toBe('connected');
  });

  test('the workspace counts as connected as long as one account is left', async () => {
    const first = await connected(world, browser, 'klaviyo');
    const second = await connected(world, browser, 'mailchimp');
    await disconnect(world, first, 'operator');
    expect(await isConnected(world, browser.workspace)).toBe(true);
    await disconnect(world, second, 'operator');
    expect(await isConnected(world, browser.workspace)).toBe(false);
  });
});

/** Every `secret` anywhere in what a fake remembers. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) =>
    name === 'secret' && typeof held === 'string' ? [held] : secretsIn(held),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

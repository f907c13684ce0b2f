import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PlatformError } from '../../../connectors/contract.ts';
import { withClient } from '../../../src/connections/account/client.ts';
import type { Connection } from '../../../src/connections/account/connection.ts';
import { connectionById } from '../../../src/connections/account/store.ts';
import { loadTokens } from '../../../src/connections/account/tokens.ts';
import type { Ports } from '../../../src/kernel/ports.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';

const HOUR = 3_600_000;

describe('a client of Klaviyo, whose tokens end and rotate', () => {
  let world: AccountsWorld;
  let browser: Browser;
  let connection: Connection;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
    connection = await connected(world, browser, 'klaviyo');
  });
  afterEach(async () => world.close());

  const renewals = () => world.klaviyo.vendor.calls.filter(({ path }) => path === '/oauth/token').length - 1;
  const audiences = (ports: Ports = world) => withClient(ports, connection, client => client.audiences());
  const isLive = () =>
    Object.values(world.klaviyo.vendor.state.oauth.grants).every(({ state }) => state === 'live');
  const health = () => connectionById(world, connection.id);
  /** The same table from another process: it shares nothing in memory. */
  const elsewhere = (): Ports => ({ ...world, table: { ...bound(world.table) } });

  test('young tokens are used as they are', async () => {
    expect((await audiences()).items.length).toBeGreaterThan(0);
    expect(renewals()).toBe(0);
  });

  test('tokens are renewed five minutes ahead of their end, and stored', async () => {
    const before = await loadTokens(world, connection);
    world.clock.advance(HOUR - 299_000);
    await audiences();
    expect(renewals()).toBe(1);
    const after = await loadTokens(world, connection);
    expect(after?.tokens.access).not.toBe(before?.tokens.access);
    expect(after?.tokens.refresh).not.toBe(before?.tokens.refresh);
    expect(after?.tokens.expiresAt).toBe(world.clock.now() + HOUR);
    await audiences();
    expect(renewals()).toBe(1);
  });

  test('twenty calls at the end of the hour make one renewal, and the platform sees no token twice', async () => {
    world.clock.advance(HOUR + 1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => audiences()));
    expect(answers.map(({ items }) => items.length > 0)).toEqual(Array.from({ length: 20 }, () => true));
    expect(renewals()).toBe(1);
    expect(isLive()).toBe(true);
  });

  test('twenty processes at the end of the hour make one renewal; who comes late waits for it', async () => {
    world.clock.advance(HOUR + 1);
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => audiences(elsewhere())));
    const failed = ends.flatMap(end => (end.status === 'rejected' ? [end.reason] : []));
    expect(renewals()).toBe(1);
    expect(isLive()).toBe(true);
    expect(failed.length).toBeLessThan(20);
    for (const error of failed) {
      expect(error).toMatchObject({ kind: 'again', code: 'renewal_under_way', retryAfterMs: 1000 });
    }
    expect((await audiences(elsewhere())).items.length).toBeGreaterThan(0);
    expect(renewals()).toBe(1);
    expect((await health())?.state).toBe('connected');
  });

  test('while the old token still works, nobody waits for who renews it', async () => {
    world.clock.advance(HOUR - 60_000);
    const ends = await Promise.all(Array.from({ length: 20 }, () => audiences(elsewhere())));
    expect(ends).toHaveLength(20);
    expect(renewals()).toBe(1);
  });

  test('a token the platform takes back early is renewed once, and only the refused call is repeated', async () => {
    const { oauth } = world.klaviyo.vendor.state;
    let begun = 0;
    const count = await withClient(world, connection, async client => {
      begun += 1;
      await client.audiences();
      for (const token of Object.keys(oauth.access)) delete oauth.access[token];
      return (await Promise.all([client.audiences(), client.audiences(), client.audiences()])).length;
    });
    expect([count, begun, renewals()]).toEqual([3, 1, 1]);
    expect((await health())?.state).toBe('connected');
  });

  test('new tokens are stored before they are used, and the one before is kept until they have worked', async () => {
    const before = await loadTokens(world, connection);
    world.clock.advance(HOUR + 1);
    world.klaviyo.vendor.faults.add({ kind: 'server_error', matching: /\/api\// });
    await expect(audiences()).rejects.toMatchObject({ kind: 'again' });
    const stored = await loadTokens(world, connection);
    expect(stored?.tokens.refresh).not.toBe(before?.tokens.refresh);
    expect(stored?.previous).toBe(before?.tokens.refresh);
    world.klaviyo.vendor.faults.clear();
    await audiences();
    expect((await loadTokens(world, connection))?.previous).toBeNull();
    expect(renewals()).toBe(1);
  });

  test('tokens that never took hold at the platform are renewed from the ones before', async () => {
    const { oauth } = world.klaviyo.vendor.state;
    const before = await loadTokens(world, connection);
    world.clock.advance(HOUR + 1);
    world.klaviyo.vendor.faults.add({ kind: 'server_error', matching: /\/api\// });
    await expect(audiences()).rejects.toMatchObject({ kind: 'again' });
    world.klaviyo.vendor.faults.clear();
    const lost = await loadTokens(world, connection);
    delete oauth.access[lost?.tokens.access ?? ''];
    delete oauth.refresh[lost?.tokens.refresh ?? ''];
    const first = oauth.refresh[before?.tokens.refresh ?? ''];
    if (first !== undefined) first.spent = false;
    expect((await audiences()).items.length).toBeGreaterThan(0);
    expect((await health())?.state).toBe('connected');
  });

  test('a renewal whose answer is lost ends where the platform takes the repeat for theft: said in words, asked no more', async () => {
    world.clock.advance(HOUR + 1);
    world.klaviyo.vendor.faults.add({ kind: 'lost', matching: /\/oauth\/token/, times: 1 });
    await expect(audiences()).rejects.toMatchObject({ kind: 'unknown' });
    expect((await health())?.state).toBe('connected');
    await expect(audiences()).rejects.toMatchObject({ kind: 'reconnect' });
    expect(await health()).toMatchObject({
      state: 'needs_reconnect',
      problem: expect.stringMatching(/^Klaviyo no longer lets us into “.+”: .* Connect the account again/),
    });
    const calls = world.klaviyo.vendor.calls.length;
    await expect(audiences()).rejects.toMatchObject({ kind: 'reconnect', code: 'needs_reconnect' });
    expect(world.klaviyo.vendor.calls.length).toBe(calls);
  });

  test('a platform that is away while tokens are renewed ends nothing', async () => {
    world.clock.advance(HOUR + 1);
    world.klaviyo.vendor.faults.add({ kind: 'server_error', matching: /\/oauth\/token/, times: 1 });
    await expect(audiences()).rejects.toMatchObject({ kind: 'again' });
    expect((await audiences()).items.length).toBeGreaterThan(0);
    expect((await health())?.state).toBe('connected');
  });

  test('the lease of a process that died is free after a minute', async () => {
    world.clock.advance(HOUR + 1);
    const dying: Ports = {
      ...elsewhere(),
      settings: {
        ...world.settings,
        platforms: {
          ...world.settings.platforms,
          klaviyo: { ...world.klaviyo.app, url: 'http://127.0.0.1:1' },
        },
      },
    };
    dying.table.update = diesAfterTaking(world.table);
    await expect(audiences(dying)).rejects.toThrow();
    await expect(audiences(elsewhere())).rejects.toMatchObject({ code: 'renewal_under_way' });
    world.clock.advance(60_001);
    expect((await audiences(elsewhere())).items.length).toBeGreaterThan(0);
    expect(renewals()).toBe(1);
  });

  test('an app removed at the platform is noticed by one call, and connecting again mends it', async () => {
    world.klaviyo.vendor.uninstall();
    await expect(audiences()).rejects.toBeInstanceOf(PlatformError);
    expect(await health()).toMatchObject({ state: 'needs_reconnect' });
    connection = await connected(world, browser, 'klaviyo');
    expect(await health()).toMatchObject({ state: 'connected', problem: null });
    expect((await audiences()).items.length).toBeGreaterThan(0);
  });

  test('news of an old grant does not touch the new one', async () => {
    const old = connection;
    world.clock.advance(60_000);
    connection = await connected(world, browser, 'klaviyo');
    const { noteHealth } = await import('../../../src/connections/account/store.ts');
    await noteHealth(world, old.id, { state: 'needs_reconnect', connectedAt: old.connectedAt });
    expect((await health())?.state).toBe('connected');
  });

  test('neither the rejection nor the log shows a token', async () => {
    const held = await loadTokens(world, connection);
    world.klaviyo.vendor.uninstall();
    const said = await audiences().then(
      () => '',
      (error: unknown) => `${error instanceof Error ? error.stack : error}${JSON.stringify(error)}`,
    );
    expect(said).toContain('Klaviyo');
    for (const token of [held?.tokens.access ?? '?', held?.tokens.refresh ?? '?']) {
      expect(said).not.toContain(token);
      expect(JSON.stringify(world.lines)).not.toContain(token);
    }
  });
});

describe('a client of Mailchimp, whose token never ends', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  test('a token the platform no longer knows is asked about once', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    await withClient(world, connection, client => client.audiences());
    world.mailchimp.vendor.uninstall();
    await expect(withClient(world, connection, client => client.audiences())).rejects.toMatchObject({
      kind: 'reconnect',
    });
    expect(await connectionById(world, connection.id)).toMatchObject({ state: 'needs_reconnect' });
  });

  test('a bare 403 under load is no revocation', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    world.mailchimp.vendor.faults.add({ kind: 'forbidden', times: 1 });
    await expect(withClient(world, connection, client => client.audiences())).rejects.toMatchObject({
      kind: 'again',
    });
    expect(await connectionById(world, connection.id)).toMatchObject({ state: 'connected' });
  });

  test('forty interleaved uses of two workspaces’ accounts each carry their own token', async () => {
    const [one = '', other = ''] = Object.keys(world.mailchimp.vendor.state.accounts);
    const stranger = await signedIn(world, 'sam@example.org');
    const first = await connected(world, browser, 'mailchimp', one);
    const second = await connected(world, stranger, 'mailchimp', other);
    const from = world.mailchimp.vendor.calls.length;
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        withClient(world, n % 2 === 0 ? first : second, client => client.audiences()),
      ),
    );
    const calls = world.mailchimp.vendor.calls
      .slice(from)
      .filter(({ path }) => path.startsWith('/3.0/lists'));
    const tokens = {
      [one]: (await loadTokens(world, first))?.tokens.access,
      [other]: (await loadTokens(world, second))?.tokens.access,
    };
    expect(calls.filter(({ account, token }) => tokens[account ?? ''] !== token)).toEqual([]);
    expect(new Set(calls.map(({ token }) => token)).size).toBe(2);
  });
});

function bound(table: Ports['table']): Ports['table'] {
  return {
    get: key => table.get(key),
    put: (row, options) => table.put(row, options),
    putAll: writes => table.putAll(writes),
    update: (key, change, options) => table.update(key, change, options),
    hint: (key, hint) => table.hint(key, hint),
    remove: (key, options) => table.remove(key, options),
    query: query => table.query(query),
  };
}

/** The lease is taken; nothing that would give it back is written any more. */
function diesAfterTaking(table: Ports['table']): Ports['table']['update'] {
  let writes = 0;
  return (key, change, options) => {
    writes += 1;
    return writes === 1 ? table.update(key, change, options) : Promise.reject(new Error('dead'));
  };
}

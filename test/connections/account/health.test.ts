import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { tellOver } from '../../../src/connections/account/over-mail.ts';
import { connectionById, noteHealth } from '../../../src/connections/account/store.ts';
import { loadTokens } from '../../../src/connections/account/tokens.ts';
import { makeKey } from '../../../src/organizers/api-keys.ts';
import { setBrand } from '../../../src/organizers/brand.ts';
import { addMember } from '../../../src/organizers/members.ts';
import { createApp } from '../../../src/platform/http.ts';
import { everyMinute } from '../../../src/platform/schedule.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';

const DAY = 86_400_000;
const OPERATOR_KEY = 'operator-key-of-the-tests';

describe('looking after connections', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  const renewals = () => world.klaviyo.vendor.calls.filter(({ path }) => path === '/oauth/token').length - 1;
  const aDayGoesBy = async () => {
    world.clock.advance(DAY);
    await everyMinute(world);
    await world.runJobs();
  };

  test('each is looked at once a day, however often the minute comes', async () => {
    await connected(world, browser, 'mailchimp');
    await world.runJobs();
    const looks = () => world.mailchimp.vendor.calls.filter(({ path }) => path === '/oauth2/metadata').length;
    const before = looks();
    await everyMinute(world);
    await world.runJobs();
    expect(looks()).toBe(before);
    world.clock.advance(DAY);
    for (let minute = 0; minute < 5; minute += 1) {
      await everyMinute(world);
      await world.runJobs();
      world.clock.advance(60_000);
    }
    expect(looks()).toBe(before + 1);
  });

  test('a Mailchimp app removed overnight is noticed, and nothing is asked from then on', async () => {
    const { id } = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    world.mailchimp.vendor.uninstall();
    await aDayGoesBy();
    expect(await connectionById(world, id)).toMatchObject({
      state: 'needs_reconnect',
      problem: expect.stringMatching(/Connect the account again/),
    });
    const calls = world.mailchimp.vendor.calls.length;
    await aDayGoesBy();
    expect(world.mailchimp.vendor.calls.length).toBe(calls);
  });

  test('each person of the workspace is mailed once that it has to be connected again, and again when it dies again', async () => {
    const { id } = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    await addMember(world, { workspace: browser.workspace, email: 'member@example.org', by: 'test' });
    const told = () =>
      world.outbox().filter(({ raw }) => /^Subject: Please connect Mailchimp again/m.test(String(raw)));
    world.mailchimp.vendor.uninstall();
    await aDayGoesBy();
    await tellOver(world, { connection: id });
    await world.runJobs();
    expect(
      told()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['ada@example.com', 'member@example.org']);
    expect(Buffer.from(told()[0]?.raw ?? []).toString('utf8')).toContain(`/connections/${id}`);
    await connected(world, browser, 'mailchimp');
    await world.runJobs();
    await tellOver(world, { connection: id });
    await world.runJobs();
    expect(told()).toHaveLength(2);
    world.mailchimp.vendor.uninstall();
    await aDayGoesBy();
    expect(told()).toHaveLength(4);
  });

  test('the mail speaks the workspace’s language', async () => {
    await connected(world, browser, 'mailchimp');
    await world.runJobs();
    await setBrand(world, browser.workspace, { name: null, color: '#0b6353', language: 'de' });
    world.mailchimp.vendor.uninstall();
    await aDayGoesBy();
    const [mail] = world.outbox().slice(-1);
    expect(String(mail?.raw)).toMatch(/^Subject: Mailchimp bitte neu verbinden\r$/m);
    expect(String(mail?.raw)).toContain('<html lang=3D"de" dir=3D"ltr"');
  });

  test('a platform that is away at the daily look is asked again, and nobody is disconnected', async () => {
    const { id } = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    world.mailchimp.vendor.faults.add({ kind: 'server_error', times: 1, matching: /metadata/ });
    await aDayGoesBy();
    expect(await connectionById(world, id)).toMatchObject({ state: 'connected', problem: null });
    world.clock.advance(3_600_000);
    await world.runJobs();
    expect(await connectionById(world, id)).toMatchObject({ state: 'connected', problem: null });
  });

  test('a Klaviyo grant that nobody uses is renewed within thirty days of rest, and lives after a hundred and twenty', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    await world.runJobs();
    world.clock.advance(28 * DAY);
    await aDayGoesBy();
    expect(renewals()).toBe(0);
    await aDayGoesBy();
    expect(renewals()).toBe(1);
    for (let more = 0; more < 3; more += 1) {
      world.clock.advance(23 * DAY);
      await aDayGoesBy();
      world.clock.advance(6 * DAY);
      await aDayGoesBy();
    }
    expect(renewals()).toBe(4);
    expect((await loadTokens(world, connection))?.renewedAt).toBeGreaterThan(world.clock.now() - 31 * DAY);
    const { withClient } = await import('../../../src/connections/account/client.ts');
    expect((await withClient(world, connection, client => client.audiences())).items.length).toBeGreaterThan(
      0,
    );
    expect((await connectionById(world, connection.id))?.state).toBe('connected');
  });

  test('an audience that is new at Mailchimp is watched from the next day on', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    const { lists } = world.mailchimp.vendor.account();
    const [first] = Object.values(lists);
    if (first === undefined) throw new Error('no list');
    lists.newone1234 = { ...structuredClone(first), id: 'newone1234', hooks: [] };
    await aDayGoesBy();
    await aDayGoesBy();
    expect(lists.newone1234.hooks).toHaveLength(1);
    const { countHooks } = await import('../../../src/connections/account/watch.ts');
    expect(await countHooks(world, connection.id)).toBe(Object.keys(lists).length);
  });

  test('a sync is noted twice a minute at most, a problem at once, and good news takes the problem away', async () => {
    const { id, version } = await connected(world, browser, 'mailchimp');
    for (let n = 0; n < 10; n += 1) {
      await noteHealth(world, id, { synced: true, problem: null });
      world.clock.advance(1_000);
    }
    expect(await connectionById(world, id)).toMatchObject({
      lastSyncAt: '2026-03-01T09:00:00.000Z',
      version: version + 1,
    });
    await noteHealth(world, id, { problem: 'Something is wrong there.' });
    expect((await connectionById(world, id))?.problem).toBe('Something is wrong there.');
    await noteHealth(world, id, { synced: true, problem: null });
    expect((await connectionById(world, id))?.problem).toBeNull();
  });
});

describe('the API of connections', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  const app = () => createApp(world, { operatorKey: OPERATOR_KEY });
  const as = async (workspace: string) => {
    const { key } = await makeKey(world, { workspace, name: 'test', scopes: ['read', 'write'] });
    return {
      get: (path: string) => request(app()).get(`/api/v1${path}`).set('Authorization', `Bearer ${key}`),
      post: (path: string, body: object) =>
        request(app()).post(`/api/v1${path}`).set('Authorization', `Bearer ${key}`).send(body),
      delete: (path: string) => request(app()).delete(`/api/v1${path}`).set('Authorization', `Bearer ${key}`),
    };
  };

  test('a workspace sees its own connections with their health, the operator all', async () => {
    const connection = await connected(world, browser, 'klaviyo');
    await world.runJobs();
    const mine = await as(browser.workspace);
    const { baseUrl } = world.settings;
    const shown = {
      id: connection.id,
      workspace: browser.workspace,
      platform: 'klaviyo',
      account: { id: connection.account.id, name: connection.account.name },
      state: 'connected',
      lastSyncAt: null,
      problem: null,
      audience: null,
      connectedAt: '2026-03-01T09:00:00.000Z',
      reconnect: `${baseUrl}/connect/klaviyo`,
    };
    const listed = await mine.get('/connections');
    expect([listed.status, listed.body]).toMatchObject([200, { items: [{ id: connection.id }], next: null }]);
    const one = await mine.get(`/connections/${connection.id}`);
    expect(one.body).toMatchObject({ ...shown, lastSyncAt: one.body.lastSyncAt });
    expect(one.body.notices).toEqual({
      watched: 1,
      lastHeardAt: null,
      refused: 0,
      lastRefusedAt: null,
      unreadable: 0,
    });
    const operator = await request(app())
      .get('/api/v1/connections')
      .set('Authorization', `Bearer ${OPERATOR_KEY}`);
    expect(operator.body.items).toHaveLength(1);
  });

  test('a foreign connection is as missing as an unknown one, in every call', async () => {
    const { id } = await connected(world, browser, 'mailchimp');
    const stranger = await signedIn(world, 'sam@example.org');
    const theirs = await as(stranger.workspace);
    expect((await theirs.get('/connections')).body.items).toEqual([]);
    for (const other of [id, 'con_00000000000000000000000000', 'nonsense']) {
      const answers = [
        await theirs.get(`/connections/${other}`),
        await theirs.get(`/connections/${other}/audiences`),
        await theirs.post(`/connections/${other}`, { audience: 'x' }),
        await theirs.delete(`/connections/${other}`),
      ];
      for (const { status, body } of answers) {
        expect([status, body.code, body.detail]).toEqual([
          404,
          'unknown_connection',
          'There is no such connection.',
        ]);
      }
    }
    expect((await connectionById(world, id))?.state).toBe('connected');
  });

  test('audiences come from the platform, the home audience is kept, and both end with the connection', async () => {
    const { id } = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    const mine = await as(browser.workspace);
    const audiences = await mine.get(`/connections/${id}/audiences`);
    expect(audiences.status).toBe(200);
    expect(audiences.body.items[0]).toEqual({
      id: expect.any(String),
      name: expect.any(String),
      kind: 'audience',
      members: expect.any(Number),
    });
    const audience = audiences.body.items[0].id;
    expect((await mine.post(`/connections/${id}`, { audience })).body).toMatchObject({ id, audience });
    expect((await mine.post(`/connections/${id}`, { audience: 7 })).status).toBe(400);
    expect((await mine.delete(`/connections/${id}`)).status).toBe(204);
    expect((await mine.delete(`/connections/${id}`)).status).toBe(204);
    expect((await mine.get(`/connections/${id}`)).body).toMatchObject({
      state: 'disconnected',
      audience: null,
    });
    expect(await mine.get(`/connections/${id}/audiences`)).toMatchObject({ status: 409 });
    expect(await mine.post(`/connections/${id}`, { audience })).toMatchObject({ status: 409 });
  });

  test('a platform that is away, and one that no longer lets us in, are told apart', async () => {
    const { id } = await connected(world, browser, 'klaviyo');
    await world.runJobs();
    const mine = await as(browser.workspace);
    world.klaviyo.vendor.faults.add({ kind: 'server_error' });
    const away = await mine.get(`/connections/${id}/audiences`);
    expect(away.status).toBe(502);
    world.klaviyo.vendor.faults.clear();
    world.klaviyo.vendor.uninstall();
    const over = await mine.get(`/connections/${id}/audiences`);
    expect(over.status).toBe(409);
    expect((await mine.get(`/connections/${id}`)).body).toMatchObject({
      state: 'needs_reconnect',
      problem: expect.stringMatching(/^Klaviyo no longer lets us into/),
    });
  });

  test('the platforms and the words of a failed connect are listed', async () => {
    const mine = await as(browser.workspace);
    const { baseUrl } = world.settings;
    expect((await mine.get('/platforms')).body.items).toEqual([
      {
        platform: 'mailchimp',
        title: 'Mailchimp',
        available: true,
        sandbox: false,
        connect: `${baseUrl}/connect/mailchimp`,
      },
      {
        platform: 'klaviyo',
        title: 'Klaviyo',
        available: true,
        sandbox: false,
        connect: `${baseUrl}/connect/klaviyo`,
      },
    ]);
    const { items } = (await mine.get('/platforms/problems')).body;
    expect(items.map(({ code }: { code: string }) => code)).toEqual([
      'refused',
      'state_missing',
      'state_expired',
      'state_used',
      'foreign_browser',
      'code_missing',
      'code_refused',
      'platform_error',
      'platform_away',
      'no_app',
      'workspace_missing',
    ]);
    for (const { sentence } of items) expect(sentence).toMatch(/^[A-Z].{40,}[.)]$/);
  });
});

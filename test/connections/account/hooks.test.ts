import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/connections/account/connection.ts';
import { disconnect } from '../../../src/connections/account/disconnect.ts';
import { toldOf } from '../../../src/connections/account/hooks.ts';
import { countHooks, hookSegment, watchConnection } from '../../../src/connections/account/watch.ts';
import {
  contactByAddressOf,
  contactOf,
  rememberContact,
} from '../../../src/connections/contacts/contacts.ts';
import { platformStopOf } from '../../../src/invites/platform-stop.ts';
import { requestInvite } from '../../../src/invites/request.ts';
import { personOf } from '../../../src/invites/rows.ts';
import { uniqueEmailId } from '../../../src/platform/local/vendors/mailchimp/state.ts';
import {
  type AccountsWorld,
  accountsWorld,
  type Browser,
  connected,
  signedIn,
} from '../../support/connected.ts';
import { mailEvent } from '../../support/pages.ts';

const BOTH = ['mailchimp', 'klaviyo'] as const;

describe.each(BOTH)('what %s tells us', platform => {
  let world: AccountsWorld;
  let browser: Browser;
  let connection: Connection;
  let somebody: string;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
    connection = await connected(world, browser, platform);
    await world.runJobs();
    somebody = platform === 'mailchimp' ? memberOf().address : (profiles()[0]?.email ?? '');
  });
  afterEach(async () => world.close());

  const list = () => Object.values(world.mailchimp.vendor.account().lists)[0];
  const memberOf = () => {
    const found = Object.values(list()?.members ?? {}).find(({ status }) => status === 'subscribed');
    if (found === undefined) throw new Error('nobody is subscribed');
    return found;
  };
  const profiles = () =>
    Object.values(world.klaviyo.vendor.account().profiles).filter(({ consent }) => consent === 'SUBSCRIBED');
  const audience = () => (platform === 'mailchimp' ? (list()?.id ?? '') : null);
  const settled = async () => {
    await world[platform].vendor.hooks.settled();
    await world.runJobs();
  };
  const unsubscribe = async () => {
    if (platform === 'mailchimp') world.mailchimp.vendor.people().unsubscribe(list()?.id ?? '', somebody);
    else world.klaviyo.vendor.people().unsubscribe(somebody);
    await settled();
  };
  const subscribe = async () => {
    if (platform === 'mailchimp') {
      world.mailchimp.vendor.people().subscribe(list()?.id ?? '', { address: somebody });
    } else world.klaviyo.vendor.people().subscribe(somebody);
    await settled();
  };
  const stop = () => platformStopOf(world, browser.workspace, personOf(somebody.toLowerCase()));
  const deliveries = () => world[platform].vendor.deliveries;
  const post = async (
    body: NonNullable<RequestInit['body']>,
    headers: Record<string, string>,
    url?: string,
  ) => {
    const target = url ?? deliveries().at(-1)?.url ?? '';
    return (await fetch(target, { method: 'POST', body, headers })).status;
  };
  /** All that the store holds of notices and their effects. */
  const kept = async () => {
    const pages = await Promise.all([
      world.table.query({ pk: `HK#${connection.id}` }),
      world.table.query({ pk: `S#${browser.workspace}#${personOf(somebody.toLowerCase())}` }),
    ]);
    return pages.flatMap(({ items }) => items);
  };

  test('hooks were registered at connect, once, at an address only the platform knows', async () => {
    const count = platform === 'mailchimp' ? Object.keys(world.mailchimp.vendor.account().lists).length : 1;
    expect(await countHooks(world, connection.id)).toBe(count);
    await watchConnection(world, { connection: connection.id });
    const at = (path: string) => world[platform].vendor.calls.filter(call => call.path.includes(path));
    const made = at('webhooks').filter(({ method }) => method === 'POST');
    expect(made).toHaveLength(count);
    expect(made[0]?.body).toContain(hookSegment(world, connection.id, audience()));
  });

  test('an unsubscribe there stops what others ask for him; what he asks for himself is sent', async () => {
    const event = await mailEvent(world);
    const ofOwn = { ...event, workspace: browser.workspace };
    await unsubscribe();
    expect(deliveries().at(-1)?.status).toBe(200);
    expect(await stop()).toBe('unsubscribed');
    for (const door of ['audience', 'list', 'vip'] as const) {
      expect(await requestInvite(world, { event: ofOwn, email: somebody, door })).toMatchObject({
        outcome: 'skipped',
        reason: 'platform_unsubscribed',
      });
    }
    expect(await requestInvite(world, { event: ofOwn, email: somebody, door: 'button' })).toMatchObject({
      outcome: 'planned',
    });
  });

  test('who subscribes again may be invited again', async () => {
    await unsubscribe();
    world.clock.advance(60_000);
    await subscribe();
    expect(await stop()).toBeNull();
  });

  test('the same delivery again, now or an hour later, changes nothing', async () => {
    await unsubscribe();
    const index = deliveries().length - 1;
    world.clock.advance(60_000);
    await subscribe();
    const before = JSON.stringify(await kept());
    const again = await world[platform].vendor.hooks.repeat(index);
    expect(again?.status).toBe(200);
    await world.runJobs();
    expect(await stop()).toBeNull();
    expect(JSON.stringify(await kept())).toBe(before);
    world.clock.advance(3_600_000);
    expect((await world[platform].vendor.hooks.repeat(index))?.status).toBe(401);
    await world.runJobs();
    expect(await stop()).toBeNull();
  });

  test('a bad signature is a 401, counted, and leaves nothing', async () => {
    await unsubscribe();
    const good = deliveries().at(-1);
    if (good === undefined) throw new Error('nothing was delivered');
    await subscribe();
    const before = JSON.stringify(await kept());
    const forged = Object.fromEntries(
      Object.entries(good.headers).map(([name, value]) => [
        name,
        /signature/.test(name)
          ? value.replace(/[0-9a-f](?=[0-9a-f]{3}$)/, digit => (digit === '0' ? '1' : '0'))
          : value,
      ]),
    );
    const unsigned = { 'content-type': good.headers['content-type'] ?? '' };
    const other = `${good.url.slice(0, -4)}AAAA`;
    expect(await post(good.body, forged)).toBe(401);
    expect(await post(good.body, unsigned)).toBe(401);
    expect(await post(`${good.body} `, good.headers)).toBe(401);
    expect(await post(good.body, good.headers, other)).toBe(401);
    expect(await post(Uint8Array.from([0xff, 0xfe, 0]), good.headers)).toBe(401);
    await world.runJobs();
    expect(JSON.stringify(await kept())).toBe(before);
    expect(await toldOf(world, connection.id)).toMatchObject({
      refused: 5,
      lastRefusedAt: '2026-03-01T09:00:00.000Z',
    });
  });

  test('an unknown connection is a 401 and leaves no row, not even a count', async () => {
    const unknown = 'con_00000000000000000000000000';
    expect(await post('x', {}, `${world.settings.baseUrl}/hooks/${platform}/${unknown}/abc`)).toBe(401);
    expect((await world.table.query({ pk: `C#${unknown}` })).items).toEqual([]);
    const other = platform === 'mailchimp' ? 'klaviyo' : 'mailchimp';
    const segment = hookSegment(world, connection.id, audience());
    const crossed = `${world.settings.baseUrl}/hooks/${other}/${connection.id}/${segment}`;
    expect(await post('x', {}, crossed)).toBe(401);
  });

  test('GET and HEAD answer 200 and change nothing; what is too large is a 413', async () => {
    const segment = hookSegment(world, connection.id, audience());
    const url = `${world.settings.baseUrl}/hooks/${platform}/${connection.id}/${segment}`;
    for (const method of ['GET', 'HEAD']) expect((await fetch(url, { method })).status).toBe(200);
    const large = new Uint8Array(world.settings.limits.HOOK_BYTES + 1);
    expect(await post(large, {}, url)).toBe(413);
    expect(await toldOf(world, connection.id)).toMatchObject({ refused: 0 });
  });

  test('after disconnecting the platform hears that nobody listens any more', async () => {
    await unsubscribe();
    const good = deliveries().at(-1);
    await disconnect(world, connection, 'operator');
    expect(await post(good?.body ?? '', good?.headers ?? {}, good?.url)).toBe(410);
    expect(await countHooks(world, connection.id)).toBe(0);
    const left =
      platform === 'mailchimp'
        ? Object.values(world.mailchimp.vendor.account().lists).flatMap(({ hooks }) => hooks)
        : world.klaviyo.vendor.account().webhooks;
    expect(left).toEqual([]);
  });

  test('what was known of a contact does not outlive his change there', async () => {
    const reference =
      platform === 'mailchimp' ? uniqueEmailId(memberOf().address) : (profiles()[0]?.id ?? '');
    const contact = { id: 'x', reference, address: somebody, name: null, consent: 'subscribed' as const };
    await rememberContact(world, { connection: connection.id, audience: audience(), contact });
    const at = { connection: connection.id, audience: audience(), reference };
    expect((await contactOf(world, at)).state).toBe('known');
    await unsubscribe();
    expect((await contactOf(world, at)).state).toBe('unknown');
    const byAddress = await contactByAddressOf(world, { connection: connection.id, address: somebody });
    expect(byAddress).toMatchObject({ reference });
  });
});

describe('what only one of them tells', () => {
  let world: AccountsWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await accountsWorld();
    browser = await signedIn(world);
  });
  afterEach(async () => world.close());

  test('a changed address at Mailchimp takes the old link and the stop along', async () => {
    const connection = await connected(world, browser, 'mailchimp');
    await world.runJobs();
    const list = Object.values(world.mailchimp.vendor.account().lists)[0];
    const member = Object.values(list?.members ?? {}).find(({ status }) => status === 'subscribed');
    if (list === undefined || member === undefined) throw new Error('nobody is subscribed');
    const { address: email } = member;
    const uniqueId = uniqueEmailId(email);
    const at = { connection: connection.id, audience: list.id, reference: uniqueId };
    const contact = {
      id: 'x',
      reference: uniqueId,
      address: email,
      name: null,
      consent: 'subscribed' as const,
    };
    await rememberContact(world, { connection: connection.id, audience: list.id, contact });
    const people = world.mailchimp.vendor.people();
    people.unsubscribe(list.id, email);
    await world.mailchimp.vendor.hooks.settled();
    await world.runJobs();
    world.clock.advance(60_000);
    people.changeAddress(list.id, email, 'newer@example.org');
    await world.mailchimp.vendor.hooks.settled();
    await world.runJobs();
    const { askContact } = await import('../../../src/connections/contacts/contacts.ts');
    await askContact(world, at);
    await world.runJobs();
    expect(await contactOf(world, at)).toMatchObject({ state: 'known', address: 'newer@example.org' });
    const newer = personOf('newer@example.org');
    expect(await platformStopOf(world, browser.workspace, newer)).toBe('unsubscribed');
  });

  test.each([
    ['bounce', 'bounced'],
    ['complain', 'complained'],
  ] as const)('a %s at Klaviyo stops what others ask for', async (what, word) => {
    await connected(world, browser, 'klaviyo');
    await world.runJobs();
    const address = Object.values(world.klaviyo.vendor.account().profiles)[0]?.email ?? '';
    world.klaviyo.vendor.people()[what](address);
    await world.klaviyo.vendor.hooks.settled();
    await world.runJobs();
    expect(await platformStopOf(world, browser.workspace, personOf(address.toLowerCase()))).toBe(word);
  });

  test('no job and no log line of a delivery holds an address', async () => {
    await connected(world, browser, 'klaviyo');
    await world.runJobs();
    const address = Object.values(world.klaviyo.vendor.account().profiles)[0]?.email ?? '';
    world.klaviyo.vendor.people().unsubscribe(address);
    await world.klaviyo.vendor.hooks.settled();
    const jobs = await world.jobs.take('fast', 10, 1);
    expect(jobs.map(({ kind }) => kind)).toEqual(['notices']);
    expect(JSON.stringify(jobs) + JSON.stringify(world.lines)).not.toContain(address);
  });
});

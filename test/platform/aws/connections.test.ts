/** Accounts at platforms on AWS: connected through the API function, tokens under KMS, hooks over API Gateway, work by SQS. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCalendar } from '../../../src/calendar/read.ts';
import { register } from '../../../src/events/register.ts';
import { platformStopOf } from '../../../src/invites/platform-stop.ts';
import { requestInvite } from '../../../src/invites/request.ts';
import { personOf } from '../../../src/invites/rows.ts';
import { inviteOf } from '../../../src/invites/store.ts';
import { SESSION_COOKIE } from '../../../src/organizers/cookie.ts';
import { openSession } from '../../../src/organizers/session.ts';
import { openOrganizer } from '../../../src/organizers/store.ts';
import type { KlaviyoVendor } from '../../../src/platform/local/vendors/open.ts';
import { answer } from '../../../src/rsvp/answer.ts';
import { said } from '../../invites/party.ts';
import { OPERATOR_KEY } from '../../journeys/runtime.ts';
import { type AwsWorld, awsWorld } from '../../support/aws/runner.ts';
import { testClock } from '../../support/clock.ts';
import { type Started, startVendor } from '../../support/vendors.ts';

const NOW = '2026-03-01T09:00:00Z';

describe('an account at Klaviyo, on AWS', () => {
  const vendorClock = testClock(NOW);
  let klaviyo: Started<KlaviyoVendor>;
  let world: AwsWorld;
  beforeAll(async () => {
    klaviyo = await startVendor('klaviyo', {
      clock: vendorClock,
      limits: false,
      redirectUris: ['https://sis.example.com/connect/klaviyo/callback'],
    });
    world = await awsWorld({
      now: NOW,
      env: {
        SIS_KLAVIYO_CLIENT_ID: klaviyo.app.clientId,
        SIS_KLAVIYO_CLIENT_SECRET: klaviyo.app.clientSecret,
        SIS_KLAVIYO_URL: klaviyo.url,
      },
    });
  });
  afterAll(async () => {
    await world.close();
    await klaviyo.close();
  });

  test('is connected, watched, told, heeded and disconnected by the functions of serverless.yml', async () => {
    const { ports } = world;
    const address = 'ada@example.com';
    const organizer = await openOrganizer(ports, { address, name: 'Ada', tier: 1 });
    const { workspace } = organizer;
    const session = await openSession(ports, { workspace, address, role: 'owner', agent: 'a browser' });
    const headers = { cookie: `${SESSION_COOKIE}=${session.cookie}` };

    const out = await world.http('GET', '/connect/klaviyo', { headers });
    expect(out.status).toBe(303);
    expect(out.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const back = await klaviyo.consent(out.headers.location ?? '');
    const ended = await world.http('GET', back.pathname + back.search, { headers });
    expect(ended.headers.location).toMatch(/^\/connections\/con_[0-9a-z]{26}$/);
    const id = ended.headers.location?.split('/').at(-1) ?? '';

    const operator = { authorization: `Bearer ${OPERATOR_KEY}` };
    const shown = async () =>
      JSON.parse((await world.http('GET', `/api/v1/connections/${id}`, { headers: operator })).body);
    await world.settle();
    expect(await shown()).toMatchObject({
      workspace,
      state: 'connected',
      notices: { watched: 1, refused: 0 },
    });

    // KMS saw data keys of this workspace and nothing else.
    const calls = world.kms.calls();
    expect(new Set(calls.map(({ action }) => action))).toEqual(new Set(['Encrypt', 'Decrypt']));
    expect(calls.every(({ context }) => context.workspace === workspace)).toBe(true);
    expect(calls.every(({ context }) => context.purpose === 'sis-data-key')).toBe(true);
    const row = JSON.stringify(await ports.table.get({ pk: `C#${id}`, sk: 'TOKENS' }));
    const { access, refresh } = klaviyo.vendor.state.oauth;
    for (const token of [...Object.keys(access), ...Object.keys(refresh)]) expect(row).not.toContain(token);

    // An answer goes through the table and the queues, one event for each state, in order.
    const [profile] = Object.values(klaviyo.vendor.account().profiles);
    const email = profile?.email ?? '';
    const reading = readCalendar(Buffer.from(said({ summary: 'Open house' })));
    if (!reading.ok) throw new Error(reading.refusal.code);
    const { event } = await register(ports, {
      organizer,
      calendar: reading.calendar,
      arrival: 'arr_1',
      receivedAt: NOW,
      draft: null,
      guests: [],
    });
    if (event === null) throw new Error('no event');
    await requestInvite(ports, { event, email, door: 'vip' });
    const told = async (): Promise<unknown[]> => {
      for (let round = 0; round < 5; round += 1) {
        await world.settle();
        world.pass(30_000);
      }
      const { events } = klaviyo.vendor.account();
      return Object.values(events).map(({ properties }) => properties.answer);
    };
    expect(await told()).toEqual(['invited']);
    for (const word of ['no', 'yes'] as const) {
      const at = new Date(world.clock.now()).toISOString();
      const invite = await inviteOf(ports, event.id, email);
      if (invite === undefined) throw new Error('no invite');
      await answer(ports, {
        event,
        invite,
        component: 'series',
        answer: word,
        at,
        receivedAt: at,
        toRevision: event.state.revision,
        evidence: 'verified',
        origin: null,
        prodId: null,
        note: null,
        guests: 0,
      });
      world.pass(1_000);
    }
    expect(await told()).toEqual(['invited', 'yes']);
    expect(klaviyo.vendor.account().profiles[profile?.id ?? '']?.properties).toMatchObject({
      rsvp_yes: ['Open house'],
    });

    // The vendor's delivery, as API Gateway hands it on: base64 around the signed octets.
    vendorClock.advance(world.clock.now() - vendorClock.now());
    klaviyo.vendor.people().unsubscribe(profile?.email ?? '');
    await klaviyo.vendor.hooks.settled();
    const delivery = klaviyo.vendor.deliveries.at(-1);
    const path = new URL(delivery?.url ?? 'https://none').pathname;
    const body = delivery?.body ?? '';
    expect((await world.http('GET', path)).status).toBe(200);
    expect(
      (await world.http('POST', path, { headers: { ...delivery?.headers }, body: `${body} ` })).status,
    ).toBe(401);
    expect((await world.http('POST', path, { headers: { ...delivery?.headers }, body })).status).toBe(200);
    await world.settle();
    const person = personOf((profile?.email ?? '').toLowerCase());
    expect(await platformStopOf(ports, workspace, person)).toBe('unsubscribed');
    expect((await shown()).notices).toMatchObject({ refused: 1, lastHeardAt: '2026-03-01T09:05:02.000Z' });

    const gone = await world.http('DELETE', `/api/v1/connections/${id}`, { headers: operator });
    expect(gone.status).toBe(204);
    expect(await ports.table.get({ pk: `C#${id}`, sk: 'TOKENS' })).toBeUndefined();
    expect(klaviyo.vendor.account().webhooks).toEqual([]);
    expect((await world.http('POST', path, { headers: { ...delivery?.headers }, body })).status).toBe(410);
  }, 60_000);
});

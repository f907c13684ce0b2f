/** The API of reporting and of audience invites, with the real connector and the fake platform behind it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { setAudience } from '../../../src/connections/account/store.ts';
import { makeKey } from '../../../src/organizers/api-keys.ts';
import { openOrganizer } from '../../../src/organizers/store.ts';
import { createApp } from '../../../src/platform/http.ts';
import { memberHash } from '../../../src/platform/local/vendors/mailchimp/state.ts';
import { ORGANIZER, type Party, party } from '../../invites/party.ts';
import { type AccountsWorld, accountsWorld, connected, signedIn } from '../../support/connected.ts';
import { answerAs } from './reporting.ts';

const OPERATOR = 'operator-key-of-this-test';
const ADA = 'ada.berg@example.com';
const STRANGER = 'stranger@example.net';

let world: AccountsWorld;
let host: Party;
let call: ReturnType<typeof supertest>;
let key: string;
let foreign: string;
let event: string;
let connection: string;
let list: string;

const get = (path: string, bearer = key) =>
  call.get(`/api/v1${path}`).set('Authorization', `Bearer ${bearer}`);
const post = (path: string, body: object, bearer = key) =>
  call.post(`/api/v1${path}`).set('Authorization', `Bearer ${bearer}`).send(body);

beforeAll(async () => {
  world = await accountsWorld({ limits: { COALESCE_SECONDS: 0 } });
  host = await party({ world });
  const account = await connected(world, await signedIn(world, ORGANIZER), 'mailchimp');
  connection = account.id;
  list = Object.keys(world.mailchimp.vendor.account().lists)[0] ?? '';
  await setAudience(world, connection, list);
  await world.runJobs();
  event = (await host.event()).id;
  const made = await makeKey(world, {
    workspace: host.organizer.workspace,
    name: 'k',
    scopes: ['read', 'write'],
  });
  key = made.key;
  const other = await openOrganizer(world, { address: 'other@example.net', name: 'Other', tier: 1 });
  const theirs = await makeKey(world, { workspace: other.workspace, name: 'k', scopes: ['read', 'write'] });
  foreign = theirs.key;
  call = supertest(createApp(world, { operatorKey: OPERATOR }));
}, 60_000);

afterAll(async () => world.close());

async function settled(): Promise<void> {
  await world.runJobs();
  world.clock.advance(10_000);
  await world.runJobs();
}

describe('inviting an audience by the API', () => {
  test('a dry run counts, the real one invites, and its people’s answers become tags', async () => {
    const asked = { connection, audience: list };
    const dry = await post(`/events/${event}/audiences`, { ...asked, dryRun: true });
    expect(dry.status).toBe(202);
    expect(dry.body).toMatchObject({ state: 'running', dryRun: true, event, connection, audience: list });
    await settled();
    const counted = await get(`/audience-runs/${dry.body.id}`);
    expect(counted.body).toMatchObject({
      state: 'done',
      counts: { seen: 12, new: 8, already: 0, suppressed: 0, withoutConsent: 4, invalid: 0 },
      skipped: { unsubscribed: 1, cleaned: 1, pending: 1, transactional: 1 },
      problem: null,
    });
    expect(world.outbox()).toHaveLength(0);
    const real = await post(`/events/${event}/audiences`, asked);
    await settled();
    const done = await get(`/audience-runs/${real.body.id}`);
    expect(done.body.counts).toEqual(counted.body.counts);
    expect(world.outbox()).toHaveLength(8);
    await answerAs(host, ADA, 'yes');
    await settled();
    const audience = world.mailchimp.vendor.account().lists[list];
    const member = audience?.members[memberHash(ADA)];
    const tags = Object.keys(member?.tags ?? {}).map(
      id => audience?.segments.find(segment => String(segment.id) === id)?.name,
    );
    expect(tags.filter(tag => tag?.startsWith('RSVP'))).toEqual(['RSVP Spring webinar: Yes']);
    expect(member?.events.map(({ name }) => name)).toEqual(['rsvp_invited', 'rsvp_yes']);
    expect(member?.status).toBe('subscribed');
  });

  test('another workspace finds neither the event, nor the run, nor the account', async () => {
    const mine = await post(`/events/${event}/audiences`, { connection, audience: list, dryRun: true });
    const answers = await Promise.all([
      post(`/events/${event}/audiences`, { connection, audience: list }, foreign),
      get(`/audience-runs/${mine.body.id}`, foreign),
      get(`/connections/${connection}/reports?outcome=absent`, foreign),
      get('/audience-runs/run_unknown'),
      post(`/events/${event}/audiences`, { connection: 'con_unknown', audience: list }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await get(`/audience-runs/${mine.body.id}`, OPERATOR)).status).toBe(200);
  });

  test('a body that does not fit names its field', async () => {
    const answers = await Promise.all([
      post(`/events/${event}/audiences`, { connection }),
      post(`/events/${event}/audiences`, { connection, audience: list, dryRun: 'yes' }),
      post(`/events/${event}/audiences`, { connection, audience: list, workspace: 'ws_x' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.field])).toEqual([
      [400, 'audience'],
      [400, 'dryRun'],
      [400, 'workspace'],
    ]);
  });
});

describe('what could not be written', () => {
  test('people who are no contacts are listed by their invites, never by address', async () => {
    await host.ask(STRANGER, 'vip');
    await settled();
    const answer = await get(`/connections/${connection}/reports?outcome=absent`);
    const { invite } = await host.person(STRANGER);
    expect(answer.body.items).toMatchObject([
      {
        event,
        invite: invite.id,
        outcome: 'absent',
        written: null,
        problem: expect.stringContaining('not a contact'),
      },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(STRANGER);
    const failed = await get(`/connections/${connection}/reports?outcome=failed`);
    expect(failed.body).toEqual({ items: [], next: null });
    expect(world.lines.some(line => JSON.stringify(line).includes(STRANGER))).toBe(false);
  });
});

describe('what tags are called', () => {
  test('is shown, set, and refused with a reason', async () => {
    expect((await get('/names')).body).toEqual({
      tag: 'RSVP {event}: {state}',
      example: 'RSVP Spring webinar: Yes',
    });
    const set = await post('/names', { tag: '{event} / {state}' });
    expect(set.body).toEqual({ tag: '{event} / {state}', example: 'Spring webinar / Yes' });
    expect((await get('/names', foreign)).body.tag).toBe('RSVP {event}: {state}');
    const refused = await post('/names', { tag: 'RSVP {event}' });
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([400, 'bad_template', 'tag']);
  });
});

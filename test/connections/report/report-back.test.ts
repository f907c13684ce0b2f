/** Write-back: what a contact ends with at the platform, whatever happens on the way (P14, F17, F18). */
import { afterEach, describe, expect, test } from '@jest/globals';
import { setTagTemplate } from '../../../src/connections/report/names.ts';
import { contactAppeared, reportBack } from '../../../src/connections/report/report-back.ts';
import { enqueue } from '../../../src/connections/report/report-queue.ts';
import { listReports, reportRow } from '../../../src/connections/report/report-row.ts';
import { unsubscribeLink } from '../../../src/invites/links.ts';
import { requestInvite } from '../../../src/invites/request.ts';
import { suppress } from '../../../src/invites/suppression.ts';
import { resubscribe, unsubscribe } from '../../../src/invites/unsubscribe.ts';
import { addressHash } from '../../../src/kernel/address.ts';
import { type Fate, problem } from '../stand-in.ts';
import { type Reporting, reporting } from './reporting.ts';

const SAM = 'sam@example.org';
const HOUR = 3_600_000;
const open: Reporting[] = [];

async function host(options: Parameters<typeof reporting>[0] = {}): Promise<Reporting> {
  const made = await reporting({ contacts: [SAM], limits: { COALESCE_SECONDS: 0 }, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.world.close();
});

function told(made: Reporting, step = 'event'): string[] {
  return made.platform.applied.filter(each => each.step === step).map(({ state }) => state);
}

async function rowOf(made: Reporting, email = SAM) {
  const event = await made.event();
  return reportRow(made.world, {
    connection: made.platform.account.id,
    event: event.id,
    person: addressHash(email),
  });
}

describe('an invite at the platform', () => {
  test('is told as invited, then as answered: exactly one tag is on, and each state is one event', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.workFor(10_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Invited']);
    await made.answers(SAM, 'yes');
    await made.workFor(10_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Yes']);
    await made.answers(SAM, 'maybe');
    await made.workFor(10_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Maybe']);
    expect(told(made)).toEqual(['invited', 'yes', 'maybe']);
    expect(made.platform.applied.map(({ previous }) => previous)).toEqual([
      null,
      null,
      'invited',
      'invited',
      'yes',
      'yes',
    ]);
    expect(new Set(made.platform.applied.map(({ uniqueId }) => uniqueId)).size).toBe(3);
  });

  test('asked for and answered with one press is one report', async () => {
    const made = await host();
    await made.ask(SAM, 'button');
    await made.answers(SAM, 'yes');
    await made.workFor(10_000);
    expect(told(made)).toEqual(['yes']);
  });

  test('many changes while nobody worked are one write, of the last', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    for (const each of ['yes', 'no', 'maybe', 'yes', 'no'] as const) {
      await made.answers(SAM, each);
      made.world.clock.advance(1_000);
    }
    await made.workFor(60_000);
    expect(told(made)).toEqual(['no']);
    expect(made.platform.calls()).toBe(3);
  });

  test('the same answer given twice is told once', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes']);
  });

  test('yes, no and yes again are three events with three keys', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    for (const each of ['yes', 'no', 'yes'] as const) {
      await made.answers(SAM, each);
      await made.workFor(60_000);
    }
    expect(told(made)).toEqual(['yes', 'no', 'yes']);
    expect(new Set(made.platform.applied.map(({ uniqueId }) => uniqueId)).size).toBe(3);
  });

  test('a significant change takes the answer back, a text change does not, a cancellation is told to all', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    await made.say({ sequence: 0, dtstamp: '20260301T120000Z', summary: 'Spring webinar, room 5' });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes']);
    await made.say({
      sequence: 1,
      dtstamp: '20260301T130000Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes', 'changed']);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Invited']);
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    await made.say({ method: 'CANCEL', sequence: 2, dtstamp: '20260301T140000Z' });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes', 'changed', 'yes', 'cancelled']);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Cancelled']);
  });

  test('who never answered and was told an older time is changed too', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    await made.say({
      sequence: 1,
      dtstamp: '20260301T130000Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['invited', 'changed']);
  });

  test('an unsubscribe with us is a tag and an event; a later answer counts for more', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    const { invite } = await made.person(SAM);
    await suppress(made.world, { workspace: invite.workspace, address: SAM, reason: 'unsubscribed' });
    await reportBack(made.world, made.platform.accounts, {
      event: invite.event,
      people: [addressHash(SAM)],
    });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes', 'unsubscribed']);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Unsubscribed']);
    await made.answers(SAM, 'no');
    await made.workFor(60_000);
    expect(told(made)).toEqual(['yes', 'unsubscribed', 'no']);
  });

  test('an answer and an unsubscribe that come together are one state, which still says the answer', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    await made.answers(SAM, 'maybe');
    made.world.clock.advance(1_000);
    const { invite } = await made.person(SAM);
    await suppress(made.world, { workspace: invite.workspace, address: SAM, reason: 'unsubscribed' });
    await made.workFor(60_000);
    const events = made.platform.applied.filter(({ step }) => step === 'event');
    expect(events.map(({ state, answer }) => [state, answer])).toEqual([
      ['invited', null],
      ['unsubscribed', 'maybe'],
    ]);
  });

  test('the link in a mail that stops it is told by itself', async () => {
    const made = await host();
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    const { invite } = await made.person(SAM);
    const link = unsubscribeLink(made.world, invite, made.world.clock.now());
    await unsubscribe(made.world, link.split('/').at(-1) ?? '');
    await made.workFor(60_000);
    expect(told(made)).toEqual(['invited', 'unsubscribed']);
    await resubscribe(made.world, link.split('/').at(-1) ?? '');
    await made.workFor(60_000);
    expect(told(made)).toEqual(['invited', 'unsubscribed', 'invited']);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Invited']);
  });

  test('a No that asked for nothing is told, and nothing else of the event is', async () => {
    const made = await host();
    const event = await made.event();
    await requestInvite(made.world, { event, email: SAM, door: 'button', silent: true });
    await made.answers(SAM, 'no');
    await made.workFor(60_000);
    await made.say({ method: 'CANCEL', sequence: 2, dtstamp: '20260301T140000Z' });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['no']);
  });

  test('a workspace without a connection has no job for it', async () => {
    const made = await host();
    const { noteConnected } = await import('../../../src/organizers/connected.ts');
    await noteConnected(made.world, made.organizer.workspace, false);
    await made.ask(SAM, 'vip');
    await made.answers(SAM, 'yes');
    const jobs = [
      ...(await made.world.jobs.take('fast', 50, 1_000)),
      ...(await made.world.jobs.take('bulk', 50, 1_000)),
    ];
    expect(jobs.map(({ kind }) => kind)).toEqual(['deliver']);
    expect(made.nextDue()).toBeGreaterThan(made.world.clock.now());
  });
});

describe('a platform in trouble', () => {
  /** Fates in their order, then everything is done. */
  function script(...fates: Fate[]) {
    return () => fates.shift() ?? ({ kind: 'done' } as const);
  }

  test('a 429 stops the whole connection for the time asked', async () => {
    let calls: number[] = [];
    let clock = () => 0;
    let hit = false;
    const made = await host({
      contacts: [SAM, 'kim@example.org', 'ali@example.org', 'noa@example.org'],
      fate: () => {
        calls.push(clock());
        if (hit) return { kind: 'done' };
        hit = true;
        return { kind: 'refused', error: problem('again', { status: 429, retryAfterMs: 60_000 }) };
      },
    });
    clock = () => made.world.clock.now();
    for (const each of [SAM, 'kim@example.org', 'ali@example.org', 'noa@example.org'])
      await made.ask(each, 'vip');
    made.world.clock.advance(5_000);
    await made.work();
    const first = calls;
    // The one that was told, and the person whom the other slot had in hand.
    expect(first.length).toBeLessThanOrEqual(4);
    calls = [];
    await made.workFor(59_000);
    expect(calls).toEqual([]);
    await made.workFor(60_000);
    expect(told(made)).toEqual(['invited', 'invited', 'invited', 'invited']);
    expect(made.platform.health()).toMatchObject({ problem: null, state: 'connected' });
  });

  test('a Retry-After of a day is obeyed for an hour', async () => {
    const made = await host({
      fate: script({ kind: 'refused', error: problem('again', { status: 429, retryAfterMs: 86_400_000 }) }),
    });
    await made.ask(SAM, 'vip');
    await made.workFor(0.9 * HOUR);
    expect(told(made)).toEqual([]);
    await made.workFor(0.4 * HOUR);
    expect(told(made)).toEqual(['invited']);
  });

  test('an event whose answer was lost is looked for before it is written again', async () => {
    const made = await host({
      fate: script(
        { kind: 'done' },
        { kind: 'done' },
        {
          kind: 'unheard',
          error: problem('unknown'),
          lateMs: 100_000,
        },
      ),
    });
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    await made.workFor(HOUR);
    expect(told(made)).toEqual(['invited']);
    expect((await rowOf(made))?.outcome).toBe('written');
  });

  test('an event refused by a server in trouble, which had written it, is not written twice', async () => {
    const made = await host({
      fate: script(
        { kind: 'done' },
        { kind: 'done' },
        {
          kind: 'unheard',
          error: problem('again', { status: 503 }),
          lateMs: 0,
        },
      ),
    });
    await made.ask(SAM, 'vip');
    await made.workFor(HOUR);
    expect(told(made)).toEqual(['invited']);
  });

  test('a tag call that comes late never overtakes the newer state', async () => {
    const made = await host({
      fate: script({ kind: 'done' }, { kind: 'unheard', error: problem('unknown'), lateMs: 119_000 }),
    });
    await made.ask(SAM, 'vip');
    await made.workFor(20_000);
    await made.answers(SAM, 'no');
    await made.workFor(HOUR);
    expect(made.platform.applied.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'tags invited',
      'tags no',
      'event no',
    ]);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: No']);
  });

  test('what it will never take is parked with its sentence, and a later state still goes out', async () => {
    const made = await host({
      fate: ({ step }) =>
        step === 'event' && told(made, 'tags').at(-1) === 'yes'
          ? { kind: 'refused', error: problem('final', { status: 400, code: 'refused' }) }
          : { kind: 'done' },
    });
    await made.ask(SAM, 'vip');
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    expect(made.parked.map(({ body }) => body)).toEqual([
      expect.objectContaining({ reason: 'refused', sentence: 'The platform said so.' }),
    ]);
    expect(await rowOf(made)).toMatchObject({ outcome: 'failed', problem: { code: 'refused' } });
    const shown = await listReports(made.world, {
      connection: made.platform.account.id,
      outcome: 'failed',
      limit: 10,
    });
    expect(shown.items).toHaveLength(1);
    await made.answers(SAM, 'no');
    await made.workFor(60_000);
    expect(told(made)).toEqual(['no']);
    expect(await rowOf(made)).toMatchObject({ outcome: 'written', problem: null });
  });

  test('parked work that a person tries again is written', async () => {
    let refuses = true;
    const made = await host({
      fate: ({ step }) =>
        refuses && step === 'tags'
          ? { kind: 'refused', error: problem('final', { status: 400 }) }
          : { kind: 'done' },
    });
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    expect(made.parked).toHaveLength(1);
    refuses = false;
    const event = await made.event();
    const people = [addressHash(SAM)];
    await reportBack(made.world, made.platform.accounts, { event: event.id, people });
    await made.workFor(60_000);
    expect(told(made)).toEqual([]);
    await reportBack(made.world, made.platform.accounts, {
      event: event.id,
      people,
      again: made.platform.account.id,
    });
    await made.workFor(60_000);
    expect(told(made)).toEqual(['invited']);
  });

  test('one contact that always fails is parked while its neighbours are written', async () => {
    const people = [SAM, 'kim@example.org', 'ali@example.org', 'noa@example.org', 'eve@example.org'];
    const made = await host({
      contacts: people,
      limits: { COALESCE_SECONDS: 0, REPORT_TRIES: 4 },
      fate: ({ address, step }) =>
        address === SAM && step === 'tags'
          ? { kind: 'refused', error: problem('again', { status: 500 }) }
          : { kind: 'done' },
    });
    for (const each of people) await made.ask(each, 'vip');
    await made.workFor(10_000);
    for (let round = 0; round < 15; round += 1) {
      for (const each of people) await made.answers(each, round % 2 === 0 ? 'yes' : 'no');
      await made.workFor(HOUR);
    }
    expect(made.parked).toHaveLength(1);
    expect(told(made).length).toBeGreaterThan(40);
  });

  test('a revoked grant stops the queue, keeps the work and goes on after the reconnect', async () => {
    let revoked = true;
    const made = await host({
      fate: () =>
        revoked ? { kind: 'refused', error: problem('reconnect', { status: 401 }) } : { kind: 'done' },
    });
    await made.ask(SAM, 'vip');
    await made.workFor(HOUR);
    expect(made.platform.health()).toMatchObject({
      state: 'needs_reconnect',
      problem: 'The platform said so.',
    });
    const calls = made.platform.calls();
    await made.answers(SAM, 'maybe');
    await made.workFor(48 * HOUR);
    expect(made.platform.calls()).toBe(calls);
    revoked = false;
    made.platform.connect('connected');
    const event = await made.event();
    await enqueue(made.world, made.platform.account, event.id, [addressHash(SAM)], false);
    await made.workFor(60_000);
    expect(told(made)).toEqual(['maybe']);
    expect(made.platform.applied.some(({ backfill }) => backfill)).toBe(false);
  });

  test('calls in flight stay within the connection, with people by the dozen', async () => {
    for (const [platform, most] of [
      ['mailchimp', 2],
      ['klaviyo', 5],
    ] as const) {
      const people = Array.from({ length: 40 }, (_, n) => `person${n}@example.org`);
      const made = await host({
        platform,
        contacts: people,
        during: () => new Promise(resolve => setTimeout(resolve, 1)),
      });
      for (const each of people) await made.ask(each, 'vip');
      await made.workFor(60_000);
      expect(made.platform.mostAtOnce()).toBe(most);
      expect(told(made)).toHaveLength(40);
    }
  });
});

describe('somebody who is no contact', () => {
  test('is seen as absent, made by nobody, looked for each day, and written when he appears', async () => {
    const made = await host({ contacts: [] });
    await made.ask(SAM, 'vip');
    await made.workFor(HOUR);
    expect(await rowOf(made)).toMatchObject({ outcome: 'absent', problem: { code: 'absent' } });
    expect(made.platform.calls()).toBe(1);
    await made.workFor(72 * HOUR);
    expect(made.platform.calls()).toBe(4);
    expect(made.platform.contacts.size).toBe(0);
    made.platform.contacts.add(SAM);
    await made.workFor(24 * HOUR);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Invited']);
    expect(await rowOf(made)).toMatchObject({ outcome: 'written', problem: null });
  });

  test('is looked for at once when the platform tells of him', async () => {
    const made = await host({ contacts: [] });
    await made.ask(SAM, 'vip');
    await made.workFor(HOUR);
    made.platform.contacts.add(SAM);
    await contactAppeared(made.world, made.platform.account, [null, 'SAM@example.org', 'other@example.org']);
    await made.workFor(60_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['RSVP Spring webinar: Invited']);
  });

  test('is looked for no more when the event is over', async () => {
    const made = await host({ contacts: [] });
    await made.ask(SAM, 'vip');
    await made.workFor(HOUR);
    made.world.clock.set('2026-04-08T09:00:00Z');
    await made.workFor(24 * HOUR);
    const calls = made.platform.calls();
    await made.workFor(96 * HOUR);
    expect(made.platform.calls()).toBe(calls);
    expect(made.nextDue()).toBeUndefined();
  });
});

describe('what an event is called there', () => {
  test('follows the workspace’s words, and is frozen at the first write', async () => {
    const made = await host();
    await setTagTemplate(made.world, {
      workspace: made.organizer.workspace,
      tag: 'Events / {event} / {state}',
    });
    await made.ask(SAM, 'vip');
    await made.workFor(60_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['Events / Spring webinar / Invited']);
    await setTagTemplate(made.world, { workspace: made.organizer.workspace, tag: 'New {event} {state}' });
    await made.say({ sequence: 0, dtstamp: '20260301T120000Z', summary: 'Another title' });
    await made.answers(SAM, 'yes');
    await made.workFor(60_000);
    expect(made.platform.tagsOf(SAM)).toEqual(['Events / Spring webinar / Yes']);
  });
});

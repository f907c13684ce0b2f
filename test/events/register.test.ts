import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describeEvent } from '../../src/calendar/describe.ts';
import { statusAt } from '../../src/events/event.ts';
import { register } from '../../src/events/register.ts';
import { eventBySlug, listEvents, loadEvent, loadRegistered } from '../../src/events/store.ts';
import type { Organizer } from '../../src/organizers/organizer.ts';
import { organizerById } from '../../src/organizers/store.ts';
import type { Invitation } from '../support/calendar-mail.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { openJane, read, registering } from '../support/register.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let jane: Organizer;
beforeEach(async () => {
  world = await localWorld();
  jane = await openJane(world);
});
afterEach(() => world.close());

const MOVED: Invitation = {
  sequence: 1,
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260310T180000',
  end: ';TZID=Europe/Berlin:20260310T190000',
};
const CANCEL: Invitation = { method: 'CANCEL', sequence: 2, dtstamp: '20260301T084000Z' };

/** Fan-outs that are due that much later. */
async function fanOuts(milliseconds = 3_600_000): Promise<unknown[]> {
  world.clock.advance(milliseconds);
  const taken = await world.jobs.take('bulk', 10, 1000);
  return taken.filter(({ kind }) => kind === 'fan-out').map(({ body }) => body.event);
}

describe('a REQUEST', () => {
  test('makes a live event with a readable, random name', async () => {
    const made = await registering(world, jane, 'arr_1');
    expect(made).toMatchObject({ outcome: 'applied', fresh: true, refusal: null, held: false });
    expect(made.changes.map(({ kind, component }) => [kind, component])).toEqual([['created', 'series']]);
    expect(made.event).toMatchObject({ status: 'live', workspace: jane.workspace, organizer: jane.id });
    expect(made.event?.slug).toMatch(/^spring-picnic-[a-z2-7]{10}$/);
    expect(made.event?.id).toMatch(/^evt_[0-9a-z]{26}$/);
    const found = await eventBySlug(world, made.event?.slug ?? '');
    expect(found?.id).toBe(made.event?.id);
  });

  test('[R-42] of another organizer with the same UID is another event', async () => {
    const other = await openJane(world, 'june@example.org');
    const first = await registering(world, jane, 'arr_1');
    const second = await registering(world, other, 'arr_2', { from: 'june@example.org' });
    expect(second.outcome).toBe('applied');
    expect(second.event?.id).not.toBe(first.event?.id);
    const cancelled = await registering(world, other, 'arr_3', { ...CANCEL, from: 'june@example.org' });
    expect(cancelled.event?.status).toBe('cancelled');
    expect((await loadEvent(world, first.event?.id ?? ''))?.status).toBe('live');
  });

  test('sent twice is a duplicate the second time', async () => {
    const first = await registering(world, jane, 'arr_1');
    const second = await registering(world, jane, 'arr_2');
    expect(second).toMatchObject({ outcome: 'duplicate', fresh: false });
    expect(second.event?.version).toBe(first.event?.version);
  });

  test('that is newer changes the event and tells the people after a pause', async () => {
    const made = await registering(world, jane, 'arr_1');
    const moved = await registering(world, jane, 'arr_2', MOVED);
    expect(moved).toMatchObject({ outcome: 'applied', fresh: false });
    expect(moved.event?.id).toBe(made.event?.id);
    expect(moved.changes).toHaveLength(1);
    expect(moved.changes[0]).toMatchObject({ kind: 'updated', significant: true });
    expect(await fanOuts(59_000)).toEqual([]);
    expect(await fanOuts(1000)).toEqual([made.event?.id]);
  });

  test('that is older changes nothing', async () => {
    await registering(world, jane, 'arr_1', MOVED);
    const late = await registering(world, jane, 'arr_2');
    expect(late.outcome).toBe('stale');
    expect(describeEvent(late.event?.state ?? never(), { now: '2026-03-01T09:00:00Z' }).startUtc).toBe(
      '2026-03-10T17:00:00Z',
    );
    expect(await fanOuts()).toEqual([]);
  });

  test('tells nobody when it only makes the event', async () => {
    await registering(world, jane, 'arr_1');
    expect(await fanOuts()).toEqual([]);
  });

  test('keeps no guest list in the state, and the guests beside it', async () => {
    const of = { attendees: ['ATTENDEE:mailto:canary@example.net', 'ATTENDEE:mailto:create@sis.localhost'] };
    const made = await registering(world, jane, 'arr_1', of, { guests: ['canary@example.net'] });
    expect(JSON.stringify(made.event?.state)).not.toContain('canary');
    expect((await loadEvent(world, made.event?.id ?? ''))?.guests).toEqual(['canary@example.net']);
  });

  test('notes the zone of the event as the organizer’s', async () => {
    await registering(world, jane, 'arr_1');
    expect((await organizerById(world, jane.id))?.zone).toBe('Europe/Berlin');
  });

  test('of the past makes an event that has ended, and tells nobody of its changes', async () => {
    world.clock.set('2026-04-01T00:00:00Z');
    const made = await registering(world, jane, 'arr_1');
    expect(statusAt(made.event ?? never(), world.clock.now())).toBe('ended');
    await registering(world, jane, 'arr_2', MOVED);
    expect(await fanOuts()).toEqual([]);
  });
});

describe('a CANCEL', () => {
  test('ends the event and tells the people at once', async () => {
    const made = await registering(world, jane, 'arr_1');
    const ended = await registering(world, jane, 'arr_2', CANCEL);
    expect(ended.outcome).toBe('applied');
    expect(ended.event?.status).toBe('cancelled');
    expect(await fanOuts(0)).toEqual([made.event?.id]);
  });

  test('of an unknown event is remembered, and shown to nobody', async () => {
    const known = await registering(world, jane, 'arr_1', CANCEL);
    expect(known).toMatchObject({ outcome: 'tombstone', event: null });
    expect((await listEvents(world, null, { limit: 10 })).items).toEqual([]);
    expect(await registering(world, jane, 'arr_1', CANCEL)).toMatchObject({ outcome: 'tombstone' });
  });

  test('[R-40] that came first keeps an older REQUEST from coming to life', async () => {
    await registering(world, jane, 'arr_1', CANCEL);
    const late = await registering(world, jane, 'arr_2');
    expect(late.outcome).toBe('stale');
    expect((await listEvents(world, null, { limit: 10 })).items).toEqual([]);
  });

  test('that came first gives way to a newer REQUEST', async () => {
    await registering(world, jane, 'arr_1', CANCEL);
    const again = await registering(world, jane, 'arr_2', { sequence: 3, dtstamp: '20260301T085000Z' });
    expect(again).toMatchObject({ outcome: 'applied', fresh: true });
    expect(again.event?.status).toBe('live');
    expect((await listEvents(world, jane.workspace, { limit: 10 })).items.map(({ id }) => id)).toEqual([
      again.event?.id,
    ]);
  });

  test('that came first is forgotten after thirty days', async () => {
    await registering(world, jane, 'arr_1', CANCEL);
    world.clock.advance(31 * 86_400_000);
    expect((await registering(world, jane, 'arr_2')).outcome).toBe('applied');
  });

  test('and a newer REQUEST revive the same event', async () => {
    const made = await registering(world, jane, 'arr_1');
    await registering(world, jane, 'arr_2', CANCEL);
    const revived = await registering(world, jane, 'arr_3', { sequence: 3, dtstamp: '20260301T085000Z' });
    expect(revived.event).toMatchObject({ id: made.event?.id, status: 'live' });
    expect(revived.changes[0]?.kind).toBe('revived');
  });
});

describe('an arrival that is worked on twice', () => {
  test('answers the same as the first time, also after newer ones', async () => {
    const made = await registering(world, jane, 'arr_1');
    await registering(world, jane, 'arr_2', MOVED);
    const again = await registering(world, jane, 'arr_1');
    expect(again).toMatchObject({ outcome: 'applied', fresh: true, changes: made.changes });
  });

  test('ends in the same event wherever it broke off', async () => {
    const work = (arrival: string, uid: string) => async (ports: TestWorld) =>
      register(ports, {
        organizer: jane,
        calendar: read({ uid }),
        arrival,
        receivedAt: '2026-03-01T09:00:00.000Z',
        draft: null,
        guests: [],
      });
    const writes = await writesOf(world, work('arr_count', 'count'));
    expect(writes).toBeGreaterThan(3);
    const made = new Set<string>();
    for (let n = 1; n <= writes; n += 1) {
      const run = work(`arr_died_${n}`, `died-${n}`);
      await expect(run(crashAt(world, n))).rejects.toThrow('crash');
      const ended = await run(world);
      expect(ended).toMatchObject({ outcome: 'applied', fresh: true });
      expect((await eventBySlug(world, ended.event?.slug ?? ''))?.id).toBe(ended.event?.id);
      made.add(ended.event?.id ?? '');
    }
    expect(made.size).toBe(writes);
    const listed = await listEvents(world, jane.workspace, { limit: 100 });
    expect(listed.items).toHaveLength(writes + 1);
    expect((await listEvents(world, null, { limit: 100 })).items).toHaveLength(writes + 1);
  });

  test('loses no update and doubles no fan-out when it broke off there', async () => {
    await registering(world, jane, 'arr_0');
    const run = (ports: TestWorld) =>
      register(ports, {
        organizer: jane,
        calendar: read(MOVED),
        arrival: 'arr_1',
        receivedAt: '2026-03-01T09:00:00.000Z',
        draft: null,
        guests: [],
      });
    await expect(run(crashAt(world, 1))).rejects.toThrow('crash');
    expect((await run(world)).outcome).toBe('applied');
    expect(await fanOuts()).toHaveLength(1);
  });
});

describe('arrivals beside each other', () => {
  test('of ten versions the newest stands, whoever came last', async () => {
    const versions = Array.from(
      { length: 10 },
      (_, n): Invitation => ({ sequence: n, summary: `Version ${n}` }),
    );
    const order = [3, 9, 0, 5, 7, 1, 8, 2, 6, 4];
    await Promise.all(order.map(n => registering(world, jane, `arr_${n}`, versions[n] ?? {})));
    const [event] = (await listEvents(world, null, { limit: 10 })).items;
    expect(describeEvent(event?.state ?? never(), { now: '2026-03-01T09:00:00Z' }).title).toBe('Version 9');
    expect((await listEvents(world, null, { limit: 10 })).items).toHaveLength(1);
  });
});

describe('a draft', () => {
  const weakly = { draft: 'unconfirmed' };

  test('is listed as one and has no effect on anybody', async () => {
    const draft = await registering(world, jane, 'arr_1', {}, weakly);
    expect(draft).toMatchObject({ outcome: 'draft', held: false, fresh: true });
    expect(draft.event).toMatchObject({ status: 'draft', draftReason: 'unconfirmed' });
    expect(await fanOuts()).toEqual([]);
  });

  test('gives way to proven mail whatever sequence it claimed', async () => {
    await registering(world, jane, 'arr_1', { sequence: 9999, summary: 'Forged' }, weakly);
    const proven = await registering(world, jane, 'arr_2', { sequence: 0, summary: 'Genuine' });
    expect(proven).toMatchObject({ outcome: 'applied', fresh: true });
    expect(proven.event).toMatchObject({ status: 'live', draftReason: null });
    expect(JSON.stringify(await loadRegistered(world, proven.event?.id ?? ''))).not.toContain('Forged');
  });

  test('never touches a live event: the change waits', async () => {
    const made = await registering(world, jane, 'arr_1');
    const held = await registering(world, jane, 'arr_2', MOVED, weakly);
    expect(held).toMatchObject({ outcome: 'draft', held: true });
    expect(held.changes).toHaveLength(1);
    const cancelled = await registering(world, jane, 'arr_3', CANCEL, weakly);
    expect(cancelled).toMatchObject({ outcome: 'draft', held: true });
    expect(await loadEvent(world, made.event?.id ?? '')).toEqual(made.event);
    expect(await fanOuts()).toEqual([]);
  });

  test('leaves no tombstone that would stop the organizer’s own event', async () => {
    expect(await registering(world, jane, 'arr_1', CANCEL, weakly)).toMatchObject({
      outcome: 'draft',
      held: true,
    });
    expect((await registering(world, jane, 'arr_2')).outcome).toBe('applied');
  });

  test('does not hide a proven cancellation from before', async () => {
    await registering(world, jane, 'arr_1', CANCEL);
    await registering(world, jane, 'arr_2', { sequence: 5, dtstamp: '20260301T085500Z' }, weakly);
    expect((await registering(world, jane, 'arr_3', MOVED)).outcome).toBe('stale');
  });

  test('that nobody confirms is forgotten', async () => {
    const draft = await registering(world, jane, 'arr_1', {}, weakly);
    world.clock.advance(8 * 86_400_000);
    expect(await loadEvent(world, draft.event?.id ?? '')).toBeUndefined();
    expect((await listEvents(world, null, { limit: 10 })).items).toEqual([]);
  });

  test('is what a floating time becomes while the organizer’s zone is unknown', async () => {
    const floating = { start: ':20260310T160000', end: ':20260310T170000' };
    const asked = await registering(world, jane, 'arr_1', floating);
    expect(asked).toMatchObject({ outcome: 'draft', held: false });
    expect(asked.event?.draftReason).toBe('zone');
  });

  test('is not what it becomes when the zone of his other events is known', async () => {
    await registering(world, jane, 'arr_1');
    const floating = { uid: 'two', start: ':20260310T160000', end: ':20260310T170000' };
    const made = await registering(world, jane, 'arr_2', floating);
    expect(made.outcome).toBe('applied');
    expect(made.notes).toContain('floating_in_organizer_zone');
    expect(describeEvent(made.event?.state ?? never(), { now: '2026-03-01T09:00:00Z' }).startUtc).toBe(
      '2026-03-10T15:00:00Z',
    );
  });
});

describe('a refusal', () => {
  test('names its reason and leaves nothing behind', async () => {
    const refused = await registering(world, jane, 'arr_1', {
      start: ';TZID=Nowhere/Land:20260310T160000',
      end: ';TZID=Nowhere/Land:20260310T170000',
    });
    expect(refused).toMatchObject({ outcome: 'rejected', event: null });
    expect(refused.refusal?.code).toBe('unknown_zone');
    expect((await listEvents(world, null, { limit: 10 })).items).toEqual([]);
  });
});

describe('a series with very many changed dates', () => {
  test('is kept whole although its row could not hold it', async () => {
    const text = 'x'.repeat(4000);
    const more = Array.from({ length: 60 }, (_, n) => {
      const day = new Date(Date.UTC(2026, 2, 10 + n)).toISOString().slice(0, 10).replaceAll('-', '');
      return [
        'BEGIN:VEVENT',
        'UID:one@example.com',
        'SEQUENCE:0',
        'DTSTAMP:20260301T080000Z',
        `RECURRENCE-ID;TZID=Europe/Berlin:${day}T160000`,
        `DTSTART;TZID=Europe/Berlin:${day}T170000`,
        `DTEND;TZID=Europe/Berlin:${day}T180000`,
        `SUMMARY:Changed ${n}`,
        `DESCRIPTION:${text}${n}`,
        'ORGANIZER:mailto:jane@example.com',
        'END:VEVENT',
      ].join('\r\n');
    });
    const made = await registering(world, jane, 'arr_1', { lines: ['RRULE:FREQ=DAILY;COUNT=100'], more });
    expect(made.outcome).toBe('applied');
    const row = await world.table.get({ pk: `E#${made.event?.id}`, sk: 'E' });
    expect(JSON.stringify(row).length).toBeLessThan(5000);
    expect((await loadEvent(world, made.event?.id ?? ''))?.state).toEqual(made.event?.state);
    const blobs = await world.blobs.list('events/');
    expect(blobs.items).toHaveLength(1);
    await registering(world, jane, 'arr_2', { ...MOVED, lines: ['RRULE:FREQ=DAILY;COUNT=100'], more });
    expect((await world.blobs.list('events/')).items.length).toBeLessThanOrEqual(1);
  });
});

function never(): never {
  throw new Error('the event is missing');
}

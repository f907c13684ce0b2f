/** "This and following": an organizer's calendar cuts a series and goes on under another UID; the guests' calendars follow. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { choosePageOptions } from '../../src/events/choose-page.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { listEvents } from '../../src/events/store.ts';
import type { Door } from '../../src/invites/invite.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { changeInvite, inviteOf, nameOf } from '../../src/invites/store.ts';
import { suppress } from '../../src/invites/suppression.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { arrive, opened, sent } from '../support/arrive.ts';
import { type Invitation, invitation } from '../support/calendar-mail.ts';
import { strictReceiver } from '../support/receiver.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const SAM = 'sam@recipient.example';
const KIM = 'kim@recipient.example';
const GOOGLE = 'k3v9base@google.com';

const SERIES: Invitation = { uid: GOOGLE, lines: ['RRULE:FREQ=WEEKLY'] };
const CUT: Invitation = {
  uid: GOOGLE,
  sequence: 1,
  dtstamp: '20260301T083000Z',
  lines: ['RRULE:FREQ=WEEKLY;UNTIL=20260323T225959Z'],
};
/** From 24 March on, two hours later. */
const REST: Invitation = {
  uid: 'k3v9base_R20260324T160000@google.com',
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260324T180000',
  end: ';TZID=Europe/Berlin:20260324T190000',
  lines: ['RRULE:FREQ=WEEKLY;COUNT=2'],
};
const RENAMED: Invitation = { ...REST, dtstamp: '20260301T084500Z', summary: 'Evening picnic' };

const FIRST_HALF = [
  '2026-03-10T16:00:00/2026-03-10T17:00:00 Spring picnic',
  '2026-03-17T16:00:00/2026-03-17T17:00:00 Spring picnic',
];
const SECOND_HALF = [
  '2026-03-24T18:00:00/2026-03-24T19:00:00 Spring picnic',
  '2026-03-31T18:00:00/2026-03-31T19:00:00 Spring picnic',
];

async function say(...messages: readonly Invitation[]): Promise<void> {
  for (const message of messages) await arrive(world, invitation(message));
}

async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    world.clock.advance(61_000);
    await world.runJobs();
  }
}

async function eventNamed(uid: string): Promise<EventRecord> {
  const page = await listEvents(world, null, { limit: 20 });
  const found = page.items.find(event => event.state.uid === uid);
  if (found === undefined) throw new Error(`no event ${uid}`);
  return found;
}

async function invite(email: string, door: Door = 'page', uid = GOOGLE): Promise<void> {
  await requestInvite(world, { event: await eventNamed(uid), email, door });
  await world.runJobs();
}

async function held(email: string): Promise<{ dates: string[]; mails: number }> {
  const calendar = strictReceiver();
  const mails = world.outbox().filter(({ to }) => to === email);
  for (const { raw } of mails) {
    const { calendars } = await readMail(raw, world.settings.limits);
    for (const { bytes } of calendars) calendar.take(Buffer.from(bytes).toString('utf8'));
  }
  return { dates: calendar.holds(), mails: mails.length };
}

function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((one, index) => orders(things.toSpliced(index, 1)).map(rest => [one, ...rest]));
}

describe('[R-43] a series that Google splits', () => {
  test('goes on in the calendars of those who hold it, each date once, with one mail for each half', async () => {
    await say(SERIES);
    await invite(SAM);
    await say(CUT, REST);
    await settle();
    expect(await held(SAM)).toEqual({ dates: [...FIRST_HALF, ...SECOND_HALF], mails: 3 });
    const rest = await eventNamed(REST.uid ?? '');
    expect(await inviteOf(world, rest.id, SAM)).toMatchObject({ doors: ['page'], standing: 'open' });
  });

  test.each([[[CUT, REST]], [[REST, CUT]]])('is as private as it was, in either order', async halves => {
    await say(SERIES);
    const choice = { visibility: 'private', label: 'Count me in' } as const;
    const { page } = await choosePageOptions(world, await eventNamed(GOOGLE), choice);
    await say(...halves);
    await settle();
    const rest = await eventNamed(REST.uid ?? '');
    expect(rest.page).toEqual(page);
    // What is chosen for the second half from then on is its own.
    await choosePageOptions(world, rest, { visibility: 'public', label: null });
    await say(RENAMED);
    await settle();
    expect((await eventNamed(REST.uid ?? '')).page.visibility).toBe('public');
  });

  test.each(orders([CUT, REST, RENAMED]).map(order => [order]))(
    'ends in the same calendar, order %#, duplicates and all',
    async order => {
      await say(SERIES);
      await invite(SAM);
      await say(...order, REST, CUT);
      await settle();
      const renamed = SECOND_HALF.map(date => date.replace('Spring', 'Evening'));
      expect(await held(SAM)).toEqual({ dates: [...FIRST_HALF, ...renamed], mails: 3 });
    },
  );

  test('tells nobody of the second half before the first one is cut', async () => {
    await say(SERIES);
    await invite(SAM);
    await say(REST);
    await settle();
    expect((await held(SAM)).mails).toBe(1);
    await say(CUT);
    await settle();
    expect(await held(SAM)).toEqual({ dates: [...FIRST_HALF, ...SECOND_HALF], mails: 3 });
  });

  test('a second time goes on from its second half, also for who joined only there', async () => {
    await say(SERIES);
    await invite(SAM);
    await say(CUT, REST);
    await settle();
    await invite(KIM, 'page', REST.uid);
    const cut = { ...REST, sequence: 1, dtstamp: '20260301T090000Z', lines: ['RRULE:FREQ=WEEKLY;COUNT=1'] };
    const third: Invitation = {
      ...REST,
      uid: 'k3v9base_R20260331T180000@google.com',
      dtstamp: '20260301T090000Z',
      start: ';TZID=Europe/Berlin:20260331T200000',
      end: ';TZID=Europe/Berlin:20260331T210000',
      lines: ['RRULE:FREQ=WEEKLY;COUNT=1'],
    };
    await say(third, cut);
    await settle();
    const last = '2026-03-31T20:00:00/2026-03-31T21:00:00 Spring picnic';
    expect((await held(SAM)).dates).toEqual([...FIRST_HALF, SECOND_HALF[0], last]);
    expect((await held(KIM)).dates).toEqual([SECOND_HALF[0], last]);
  });

  test('whose first half is over by then takes the later dates out of the calendars all the same', async () => {
    await say(SERIES);
    await invite(SAM);
    world.clock.set('2026-03-20T09:00:00Z');
    await say(REST, CUT);
    await settle();
    expect(await held(SAM)).toEqual({ dates: [...FIRST_HALF, ...SECOND_HALF], mails: 3 });
  });

  test('carries over nobody who left, unsubscribed, or was stopped, and keeps the guests of the organizer out', async () => {
    const guest = 'guest@recipient.example';
    await say(SERIES);
    const people = ['left@recipient.example', 'gone@recipient.example', 'stopped@recipient.example'] as const;
    for (const person of [...people, SAM]) await invite(person);
    await invite(guest, 'list');
    const event = await eventNamed(GOOGLE);
    const [left, gone, stopped] = await Promise.all(people.map(person => inviteOf(world, event.id, person)));
    if (left === undefined || gone === undefined || stopped === undefined) throw new Error('not invited');
    await changeInvite(world, nameOf(left), before => ({ invite: { ...before, standing: 'withdrawn' } }));
    await changeInvite(world, nameOf(gone), before => ({ invite: { ...before, stopped: 'unsubscribed' } }));
    await suppress(world, { workspace: event.workspace, address: stopped.address, reason: 'bounced' });
    await say(CUT, { ...REST, attendees: [...ATTENDEES, `ATTENDEE:mailto:${guest}`] });
    await settle();
    const rest = await eventNamed(REST.uid ?? '');
    const standings = await Promise.all(
      [...people, guest, SAM].map(async person => (await inviteOf(world, rest.id, person))?.standing),
    );
    expect(standings).toEqual([undefined, undefined, 'skipped', 'skipped', 'open']);
    for (const person of [...people, guest]) {
      const mails = sent(world, 'request').filter(
        ({ to, about }) => to === person && about.event === rest.id,
      );
      expect([person, mails.length]).toEqual([person, 0]);
    }
  });

  test('spares who said no the same hours once more, and asks him where they are others', async () => {
    for (const [uid, from, sameHours] of [
      ['same', '16', true],
      ['other', '18', false],
    ] as const) {
      await say({ ...SERIES, uid: `${uid}@google.com` });
      await invite(SAM, 'page', `${uid}@google.com`);
      const event = await eventNamed(`${uid}@google.com`);
      const standing = await inviteOf(world, event.id, SAM);
      if (standing === undefined) throw new Error('not invited');
      await changeInvite(world, nameOf(standing), before => ({
        invite: { ...before, answers: { series: { ...NO, toRevision: event.state.revision } } },
      }));
      await say(
        { ...CUT, uid: `${uid}@google.com` },
        {
          ...REST,
          uid: `${uid}_R20260324T160000@google.com`,
          start: `;TZID=Europe/Berlin:20260324T${from}0000`,
          end: `;TZID=Europe/Berlin:20260324T${Number(from) + 1}0000`,
        },
      );
      await settle();
      const rest = await eventNamed(`${uid}_R20260324T160000@google.com`);
      expect([uid, (await inviteOf(world, rest.id, SAM)) === undefined]).toEqual([uid, sameHours]);
    }
  });

  test('is told to the organizer, and is left alone where the operator says so', async () => {
    await say(SERIES, CUT, REST);
    const live = await opened(
      world,
      sent(world, 'organizer').find(({ about }) => about.kind === 'organizer' && about.event !== null),
    );
    expect(live.text).toContain('Spring picnic');
    const texts = await Promise.all(
      sent(world, 'organizer').map(async mail => (await opened(world, mail)).text),
    );
    expect(texts.filter(text => text?.includes('It continues a series that you split.'))).toHaveLength(1);
    await world.close();
    world = await localWorld({ limits: { CARRY_OVER_SPLIT: 0 } });
    await say(SERIES);
    await invite(SAM);
    await say(CUT, REST);
    await settle();
    expect(await held(SAM)).toEqual({ dates: FIRST_HALF, mails: 2 });
  });

  test('of somebody else stays his own', async () => {
    await say(SERIES);
    await invite(SAM);
    await say(CUT, { ...REST, from: 'joan@example.com' });
    await settle();
    expect(await held(SAM)).toEqual({ dates: FIRST_HALF, mails: 2 });
  });

  test('a mark in the UID alone carries nobody: the first half goes on', async () => {
    await say(SERIES, REST);
    await invite(SAM);
    await say({ ...SERIES, sequence: 1, dtstamp: '20260301T084500Z', summary: 'Other words' });
    await settle();
    expect((await held(SAM)).dates.some(date => date.includes('T18:00'))).toBe(false);
  });
});

describe('[R-43] a series that another program splits', () => {
  const SET = 'RELATED-TO;RELTYPE=X-CALENDARSERVER-RECURRENCE-SET:8F1E';
  const apple = (of: Invitation, uid: string): Invitation => ({
    ...of,
    uid,
    lines: [...(of.lines ?? []), SET],
  });

  test.each(orders([apple(CUT, 'apple-1'), apple(REST, 'apple-2')]).map(order => [order]))(
    'by a set of Apple’s goes on, order %#, hours apart',
    async order => {
      await say({ ...SERIES, uid: 'apple-1' });
      await invite(SAM, 'page', 'apple-1');
      for (const message of order) {
        await say(message);
        world.clock.advance(3_600_000);
      }
      await settle();
      expect((await held(SAM)).dates).toEqual([...FIRST_HALF, ...SECOND_HALF]);
    },
  );

  const outlook = { ...REST, uid: 'OUTLOOK-2' };
  const cut = { ...CUT, uid: 'OUTLOOK-1' };

  test.each(orders([cut, outlook]).map(order => [order]))(
    'by nothing but the title goes on within ten minutes, order %#',
    async order => {
      await say({ ...SERIES, uid: 'OUTLOOK-1' });
      await invite(SAM, 'page', 'OUTLOOK-1');
      world.clock.advance(3_600_000);
      for (const message of order) {
        await say(message);
        world.clock.advance(540_000);
      }
      await settle();
      expect((await held(SAM)).dates).toEqual([...FIRST_HALF, ...SECOND_HALF]);
    },
  );

  test.each<[string, Invitation, number]>([
    ['an hour later', outlook, 3_600_000],
    ['another title', { ...outlook, summary: 'Board meeting' }, 1_000],
    [
      'a later term',
      {
        ...outlook,
        start: ';TZID=Europe/Berlin:20260407T180000',
        end: ';TZID=Europe/Berlin:20260407T190000',
      },
      1_000,
    ],
    ['a single event', { ...outlook, lines: [] }, 1_000],
  ])('%s is an event of its own', async (_, rest, pause) => {
    await say({ ...SERIES, uid: 'OUTLOOK-1' });
    await invite(SAM, 'page', 'OUTLOOK-1');
    await say(cut);
    world.clock.advance(pause);
    await say(rest);
    await settle();
    expect((await held(SAM)).dates).toEqual(FIRST_HALF);
  });
});

const ATTENDEES = ['ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:create@sis.localhost'];
const NO = {
  answer: 'no' as const,
  at: '2026-03-01T09:00:30Z',
  evidence: 'verified' as const,
  origin: null,
  prodId: null,
  note: null,
  guests: 0,
  receivedAt: '2026-03-01T09:00:30.000Z',
};

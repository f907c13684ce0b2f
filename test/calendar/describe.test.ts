/** An event as people read it. */
import { describe, expect, test } from '@jest/globals';
import { applyMessage } from '../../src/calendar/apply.ts';
import { describeEvent } from '../../src/calendar/describe.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import type { EventState } from '../../src/calendar/state.ts';
import { event, message, type Told, tuesday, weekly } from '../support/events.ts';

const NOW = '2026-02-02T09:00:00Z';

function stateOf(...events: readonly CalendarEvent[]): EventState {
  const applied = applyMessage(null, message('REQUEST', events), NOW);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  return applied.state;
}

function facts(told: Told = {}, now = NOW) {
  return describeEvent(stateOf(event(told)), { now });
}

describe('when', () => {
  test.each<[string, Told, string]>([
    ['an hour', {}, 'Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)'],
    [
      'over midnight',
      { start: '2026-07-03T22:00', end: '2026-07-04T02:00' },
      'Friday 3 July 2026, 22:00 to Saturday 4 July 2026, 02:00 (Europe/Berlin, UTC+2)',
    ],
    ['no length', { end: null }, 'Tuesday 3 March 2026, 16:00 (Europe/Berlin, UTC+1)'],
    ['a day', { start: '2026-03-03' }, 'Tuesday 3 March 2026, all day'],
    [
      'UTC',
      { start: '2026-03-03T15:00Z', end: '2026-03-03T16:00Z' },
      'Tuesday 3 March 2026, 15:00 to 16:00 (UTC)',
    ],
    [
      'half an hour off',
      { start: '2026-03-03T15:00 Asia/Kathmandu', end: '2026-03-03T16:00 Asia/Kathmandu' },
      'Tuesday 3 March 2026, 15:00 to 16:00 (Asia/Kathmandu, UTC+5:45)',
    ],
    [
      'two zones: all in that of the start',
      { end: '2026-03-03T12:00 America/New_York' },
      'Tuesday 3 March 2026, 16:00 to 18:00 (Europe/Berlin, UTC+1)',
    ],
  ])('%s', (_, told, expected) => {
    expect(facts(told).when).toBe(expected);
  });

  test('several days, the last one included', () => {
    const days = event({ start: '2026-03-03' });
    const three = {
      ...days,
      end: { ...days.end, local: '2026-03-06', value: '20260306' } as CalendarEvent['end'],
    };
    expect(describeEvent(stateOf(three), { now: NOW }).when).toBe(
      'Tuesday 3 March 2026 to Thursday 5 March 2026, all day',
    );
  });

  test('in the zone of whoever looks', () => {
    const { whenIn } = facts();
    expect(whenIn('America/New_York')).toBe('Tuesday 3 March 2026, 10:00 to 11:00 (America/New_York, UTC-5)');
    expect(whenIn('Asia/Tokyo')).toBe('Wednesday 4 March 2026, 00:00 to 01:00 (Asia/Tokyo, UTC+9)');
    expect(whenIn('Mars/Olympus')).toBe('Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)');
    expect(facts({ start: '2026-03-03' }).whenIn('Asia/Tokyo')).toBe('Tuesday 3 March 2026, all day');
  });

  test('an event in UTC is shown in the zone of its organizer, and stays one in UTC', () => {
    const utc = stateOf(event({ start: '2026-03-03T15:00Z', end: '2026-03-03T16:00Z' }));
    const shown = describeEvent(utc, { now: NOW, zone: 'Europe/Berlin' });
    expect([shown.when, shown.zone]).toEqual([
      'Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)',
      'Etc/UTC',
    ]);
  });

  test('a series shows its next date, and its first when it is over', () => {
    const state = stateOf(weekly({ rrule: 'FREQ=WEEKLY;COUNT=3' }));
    expect(describeEvent(state, { now: '2026-03-11T00:00:00Z' }).when).toMatch(
      /^Tuesday 17 March 2026, 16:00/,
    );
    const over = describeEvent(state, { now: '2027-01-01T00:00:00Z' });
    expect([over.when, over.ended]).toEqual([
      'Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)',
      true,
    ]);
  });
});

describe('facts', () => {
  test('of a single event', () => {
    expect(
      facts({ location: 'Room 1', joinUrl: 'https://meet.example.com/a', description: 'Hi' }),
    ).toMatchObject({
      title: 'Spring Webinar',
      allDay: false,
      startUtc: '2026-03-03T15:00:00Z',
      endUtc: '2026-03-03T16:00:00Z',
      zone: 'Europe/Berlin',
      location: 'Room 1',
      joinUrl: 'https://meet.example.com/a',
      description: 'Hi',
      recurrence: null,
      recurrenceWords: null,
      lastEndUtc: '2026-03-03T16:00:00Z',
      ended: false,
      cancelled: false,
      warnings: [],
    });
  });

  test('[R-23] of a day: its end is the day after, and it has no zone', () => {
    const day = facts({ start: '2026-03-03' });
    expect([day.allDay, day.start.local, day.end?.local, day.startUtc, day.zone]).toEqual([
      true,
      '2026-03-03',
      '2026-03-04',
      null,
      null,
    ]);
  });

  test('an event without a title has one', () => {
    expect(facts({ summary: ' \n' }).title).toBe('Untitled event');
  });

  test('it has ended in the second its end is reached', () => {
    expect(facts({}, '2026-03-03T15:59:59Z').ended).toBe(false);
    expect(facts({}, '2026-03-03T16:00:00Z').ended).toBe(true);
  });

  test('an endless series never ends', () => {
    const endless = describeEvent(stateOf(weekly({ rrule: 'FREQ=WEEKLY' })), { now: '2090-01-01T00:00:00Z' });
    expect([endless.lastEndUtc, endless.ended]).toEqual([null, false]);
  });

  test('the next five dates, overrides in their place', () => {
    const state = stateOf(
      weekly({ exdates: ['2026-03-17T16:00'] }),
      tuesday('2026-03-10', { start: '2026-03-12T16:00', end: '2026-03-12T17:00', summary: 'Guest talk' }),
    );
    const { next } = describeEvent(state, { now: NOW });
    expect(next.map(date => [date.start.local, date.title, date.changed])).toEqual([
      ['2026-03-03T16:00:00', 'Spring Webinar', false],
      ['2026-03-12T16:00:00', 'Guest talk', true],
      ['2026-03-24T16:00:00', 'Spring Webinar', false],
      ['2026-03-31T16:00:00', 'Spring Webinar', false],
      ['2026-04-07T16:00:00', 'Spring Webinar', false],
    ]);
    expect(next[1]?.when).toBe('Thursday 12 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)');
  });

  test('a cancelled event says so and keeps its facts', () => {
    const cancelled = applyMessage(stateOf(event()), message('CANCEL', [event({ sequence: 1 })]), NOW);
    if (cancelled.outcome !== 'applied') throw new Error(cancelled.outcome);
    expect(describeEvent(cancelled.state, { now: NOW })).toMatchObject({
      title: 'Spring Webinar',
      cancelled: true,
      next: [],
      when: 'Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)',
    });
  });

  test('a date that stands alone is the event', () => {
    expect(
      describeEvent(stateOf(tuesday('2026-03-10', { summary: 'Guest talk' })), { now: NOW }),
    ).toMatchObject({
      title: 'Guest talk',
      startUtc: '2026-03-10T15:00:00Z',
      cancelled: false,
    });
  });

  test('a CANCEL of an unknown event without any content can be described', () => {
    const applied = applyMessage(
      null,
      message('CANCEL', [event({ start: null, end: null, summary: null })]),
      NOW,
    );
    if (applied.outcome !== 'tombstone') throw new Error(applied.outcome);
    expect(describeEvent(applied.state, { now: NOW })).toMatchObject({
      title: 'Untitled event',
      cancelled: true,
    });
  });
});

describe('rules in words', () => {
  test.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=1', 'every 3 days, once'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['FREQ=WEEKLY', 'every week on Tuesday'],
    ['FREQ=WEEKLY;BYDAY=TH,TU', 'every week on Tuesday and Thursday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO,TU;WKST=SU', 'every 2 weeks on Sunday, Monday and Tuesday'],
    ['FREQ=DAILY;BYDAY=TU,TH', 'every week on Tuesday and Thursday'],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=TU', 'every 2 days on Tuesday'],
    ['FREQ=WEEKLY;UNTIL=20260630T215959Z', 'every week on Tuesday, until Tuesday 30 June 2026'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10', 'every weekday, 10 times'],
    ['FREQ=MONTHLY', 'every month on day 3'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,1', 'every month on day 1 and 15'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYMONTH=1,6;BYMONTHDAY=3', 'every year on day 3 in January and June'],
    ['FREQ=MONTHLY;BYDAY=1TU', 'every month on the first Tuesday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'every month on the first Monday and the third Monday'],
    ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', 'every month on the second Tuesday'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last weekday'],
    ['FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1', 'every month on the first weekend day'],
    ['FREQ=YEARLY', 'every year on 3 March'],
    ['FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', 'every year on 1 May'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 'every year on the fourth Thursday in November'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'every year, by a rule of its own'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', 'every month, by a rule of its own, 3 times'],
  ])('%s', (rrule, words) => {
    expect(facts({ rrule })).toMatchObject({ recurrence: rrule, recurrenceWords: words });
  });

  test('dates without a rule', () => {
    expect(facts({ rdates: ['2026-03-05T16:00'] }).recurrenceWords).toBe('on 2 dates');
  });
});

describe('[R-64] warnings for the organizer', () => {
  test.each([
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'repeats on several days of a month'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'repeats on several weekdays of a month'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'repeats on the last day of a month'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1', 'repeats on the last of several days of a month'],
    ['FREQ=YEARLY;BYYEARDAY=100', 'repeats by the day of the year'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 'repeats by the number of the week'],
    ['FREQ=HOURLY;COUNT=3', 'repeats more often than daily'],
    ['FREQ=DAILY;BYHOUR=9,15', 'repeats at several times of a day'],
    ['FREQ=MONTHLY;BYMONTH=1,2', 'repeats in several months of a year'],
  ])('%s', (rrule, reason) => {
    expect(facts({ rrule }).warnings).toEqual([
      `Outlook may not show this series to some guests: it ${reason}.`,
    ]);
  });

  test.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR;INTERVAL=2',
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2',
    'FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1',
  ])('%s is safe', rrule => {
    expect(facts({ rrule }).warnings).toEqual([]);
  });

  test('single dates instead of a rule', () => {
    expect(facts({ rdates: ['2026-03-05T16:00'] }).warnings).toEqual([
      'Outlook may not show this series to some guests: it lists its dates one by one instead of by a rule.',
    ]);
  });
});

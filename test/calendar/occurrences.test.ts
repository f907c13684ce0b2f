/** What takes place: bounded, in the event's own clock, with overrides and excluded dates applied. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ical from 'node-ical';
import { applyMessage } from '../../src/calendar/apply.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { isKnownDate, lastEnd, occurrences, recurrenceKeyOf } from '../../src/calendar/occurrences.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import { writePublish } from '../../src/calendar/write.ts';
import { at, event, message, type Told, tuesday, weekly } from '../support/events.ts';
import '../support/runs.ts';

const NOW = '2026-02-02T09:00:00Z';

function stateOf(...events: readonly CalendarEvent[]): EventState {
  const applied = applyMessage(null, message('REQUEST', events), NOW);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  return applied.state;
}

function startsOf(state: EventState, limit = 20, from?: string): string[] {
  return occurrences(state, { limit, ...(from === undefined ? {} : { from }) }).map(
    found => found.startUtc ?? found.start.local,
  );
}

describe('dates that take place', () => {
  test('a series keeps its wall clock over a clock change', () => {
    expect(
      startsOf(
        stateOf(weekly({ start: '2026-03-24T16:00', end: '2026-03-24T17:00', rrule: 'FREQ=WEEKLY;COUNT=2' })),
      ),
    ).toEqual(['2026-03-24T15:00:00Z', '2026-03-31T14:00:00Z']);
  });

  test('a wall clock that a change skips is read with the offset before it', () => {
    const series = weekly({
      start: '2026-03-28T02:30',
      end: '2026-03-28T03:30',
      rrule: 'FREQ=DAILY;COUNT=3',
    });
    expect(startsOf(stateOf(series))).toEqual([
      '2026-03-28T01:30:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
  });

  test('DTEND gives every date the same exact length, over a clock change too', () => {
    const nights = weekly({
      start: '2026-03-28T22:00',
      end: '2026-03-29T06:00',
      rrule: 'FREQ=DAILY;COUNT=2',
    });
    expect(occurrences(stateOf(nights), { limit: 5 }).map(found => [found.startUtc, found.endUtc])).toEqual([
      ['2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z'],
      ['2026-03-29T20:00:00Z', '2026-03-30T03:00:00Z'],
    ]);
  });

  test('[R-28] start and end in different zones have the length of their instants', () => {
    const flight = event({
      start: '2026-03-03T10:00 Europe/Berlin',
      end: '2026-03-03T12:00 America/New_York',
    });
    const [found] = occurrences(stateOf(flight), { limit: 1 });
    expect([found?.startUtc, found?.endUtc]).toEqual(['2026-03-03T09:00:00Z', '2026-03-03T17:00:00Z']);
  });

  test.each<[string, Told, [string, string]]>([
    [
      'a day that ends with itself lasts a day',
      { start: '2026-03-03', end: '2026-03-03' },
      ['2026-03-03', '2026-03-04'],
    ],
    [
      'nothing ends before it starts',
      { end: '2026-03-03T15:00' },
      ['2026-03-03T16:00:00', '2026-03-03T16:00:00'],
    ],
    [
      'an end without a zone stands on the wall clock of the start',
      { end: '2026-03-03T18:00 floating' },
      ['2026-03-03T16:00:00', '2026-03-03T18:00:00'],
    ],
  ])('%s', (_, told, expected) => {
    const [found] = occurrences(stateOf(event(told)), { limit: 1 });
    expect([found?.start.local, found?.end.local]).toEqual(expected);
  });

  test('excluded dates are left out, extra dates put in, moved dates put where they are', () => {
    const state = stateOf(
      weekly({ rrule: 'FREQ=WEEKLY;COUNT=4', exdates: ['2026-03-10T16:00'], rdates: ['2026-03-12T11:00'] }),
      tuesday('2026-03-17', { start: '2026-03-26T16:00', end: '2026-03-26T17:00' }),
    );
    expect(startsOf(state)).toEqual([
      '2026-03-03T15:00:00Z',
      '2026-03-12T10:00:00Z',
      '2026-03-24T15:00:00Z',
      '2026-03-26T15:00:00Z',
    ]);
    expect(occurrences(state, { limit: 9 }).map(found => found.changed)).toEqual([false, false, false, true]);
  });

  test('RDATE without a rule adds to the first date', () => {
    expect(startsOf(stateOf(event({ rdates: ['2026-03-05T09:00', '2026-03-03T16:00'] })))).toEqual([
      '2026-03-03T15:00:00Z',
      '2026-03-05T08:00:00Z',
    ]);
  });

  test('what runs now still counts as coming', () => {
    const state = stateOf(weekly({ rrule: 'FREQ=WEEKLY' }));
    expect(startsOf(state, 1, '2026-03-10T15:59:59Z')).toEqual(['2026-03-10T15:00:00Z']);
    expect(startsOf(state, 1, '2026-03-10T16:00:00Z')).toEqual(['2026-03-17T15:00:00Z']);
  });

  test('an endless series costs no more than what is asked for, in any year', () => {
    const state = stateOf(
      weekly({ start: '1990-01-02T16:00', end: '1990-01-02T17:00', rrule: 'FREQ=DAILY' }),
    );
    expect(startsOf(state, 2, '2090-06-01T00:00:00Z')).toEqual([
      '2090-06-01T14:00:00Z',
      '2090-06-02T14:00:00Z',
    ]);
    expect(occurrences(state, { limit: 1_000 })).toHaveLength(1_000);
  });

  test('a cancelled series has no dates', () => {
    const cancelled = applyMessage(stateOf(weekly()), message('CANCEL', [weekly({ sequence: 1 })]), NOW);
    if (cancelled.outcome !== 'applied') throw new Error(cancelled.outcome);
    expect(startsOf(cancelled.state)).toEqual([]);
  });

  test('all-day series run on dates, whatever zone anybody is in', () => {
    const found = occurrences(stateOf(weekly({ start: '2026-03-03', rrule: 'FREQ=DAILY;COUNT=2' })), {
      limit: 5,
    });
    expect(found.map(each => [each.start.local, each.end.local, each.startUtc])).toEqual([
      ['2026-03-03', '2026-03-04', null],
      ['2026-03-04', '2026-03-05', null],
    ]);
  });
});

describe('when the last of it is over', () => {
  test.each<[string, CalendarEvent, string | null]>([
    ['a single event', event(), '2026-03-03T16:00:00Z'],
    ['COUNT', weekly({ rrule: 'FREQ=WEEKLY;COUNT=3' }), '2026-03-17T16:00:00Z'],
    ['UNTIL', weekly({ rrule: 'FREQ=WEEKLY;UNTIL=20260401T000000Z' }), '2026-03-31T15:00:00Z'],
    ['UNTIL as a date', weekly({ rrule: 'FREQ=WEEKLY;UNTIL=20260331' }), '2026-03-31T15:00:00Z'],
    [
      'UNTIL long after a rare date',
      weekly({ rrule: 'FREQ=YEARLY;INTERVAL=3;UNTIL=20340101T000000Z' }),
      '2032-03-03T16:00:00Z',
    ],
    [
      'UNTIL before the start',
      weekly({ rrule: 'FREQ=WEEKLY;UNTIL=20200101T000000Z' }),
      '2026-03-03T16:00:00Z',
    ],
    ['no end', weekly({ rrule: 'FREQ=WEEKLY' }), null],
    ['a day: over when it is over everywhere', event({ start: '2026-03-03' }), '2026-03-04T12:00:00Z'],
    [
      'an extra date after all others',
      weekly({ rrule: 'FREQ=WEEKLY;COUNT=2', rdates: ['2026-06-01T10:00'] }),
      '2026-06-01T09:00:00Z',
    ],
  ])('%s', (_, master, expected) => {
    expect(lastEnd(stateOf(master))).toBe(expected);
  });

  test('a date moved behind the series counts', () => {
    const moved = tuesday('2026-03-10', { start: '2026-05-05T10:00', end: '2026-05-05T11:00' });
    expect(lastEnd(stateOf(weekly({ rrule: 'FREQ=WEEKLY;COUNT=2' }), moved))).toBe('2026-05-05T09:00:00Z');
  });

  test('a CANCEL without times of an unknown event is over since it was said', () => {
    const applied = applyMessage(null, message('CANCEL', [event({ start: null, end: null })]), NOW);
    if (applied.outcome !== 'tombstone') throw new Error(applied.outcome);
    expect(lastEnd(applied.state)).toBe('2026-02-01T10:00:00Z');
  });
});

describe('[R-85] the date that a reply names', () => {
  const state = stateOf(
    weekly(),
    tuesday('2026-03-10', { start: '2026-03-10T18:00', end: '2026-03-10T19:00' }),
  );

  test.each([
    ['UTC', '2026-03-10T15:00Z'],
    ['our zone', '2026-03-10T16:00'],
    ['another zone', '2026-03-11T00:00 Asia/Tokyo'],
    ['a date', '2026-03-10'],
    ['no zone', '2026-03-10T16:00 floating'],
  ])('in %s', (_, written) => {
    expect(recurrenceKeyOf(at(written), state)).toBe('2026-03-10T15:00:00Z');
    expect(isKnownDate(state, '2026-03-10T15:00:00Z')).toBe(true);
  });

  test('a date that is none of the series is not known', () => {
    const key = recurrenceKeyOf(at('2026-03-11T16:00'), state);
    expect([key, isKnownDate(state, key)]).toEqual(['2026-03-11T15:00:00Z', false]);
  });

  test('the own date of a single event is the event', () => {
    expect(recurrenceKeyOf(at('2026-03-03T15:00Z'), stateOf(event()))).toBe(SERIES);
    expect(recurrenceKeyOf(at('2026-03-03'), stateOf(event()))).toBe(SERIES);
  });

  test('local midnight names a day', () => {
    const days = stateOf(weekly({ start: '2026-03-03' }));
    expect(recurrenceKeyOf(at('2026-03-09T23:00Z'), days)).toBe('2026-03-10');
    expect(recurrenceKeyOf(at('2026-03-10T00:00 America/New_York'), days)).toBe('2026-03-10');
  });

  test('a date that stands alone is found in any form', () => {
    const alone = stateOf(tuesday('2026-03-10'));
    expect(recurrenceKeyOf(at('2026-03-10T10:00 America/Chicago'), alone)).toBe('2026-03-10T15:00:00Z');
    expect(recurrenceKeyOf(at('2026-03-10'), alone)).toBe('2026-03-10T15:00:00Z');
  });
});

describe('against node-ical', () => {
  test('the dates of what we write are the dates we count', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=TU,TH',
      'FREQ=WEEKLY;INTERVAL=2',
      'FREQ=MONTHLY;BYDAY=1TU',
      'FREQ=MONTHLY',
    ];
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
    const generated = fc.record({
      rule: fc.constantFrom(...rules),
      zone: fc.constantFrom(...zones),
      count: fc.integer({ min: 1, max: 12 }),
      hour: fc.integer({ min: 8, max: 20 }),
      gone: fc.nat(11),
    });
    fc.assert(
      fc.property(generated, ({ rule, zone, count, hour, gone }) => {
        const clock = (value: number) => `2026-03-03T${String(value).padStart(2, '0')}:00 ${zone}`;
        const told = { start: clock(hour), end: clock(hour + 1), rrule: `${rule};COUNT=${count}` };
        const whole = stateOf(weekly(told));
        const dates = occurrences(whole, { limit: 50 });
        const excluded = dates[gone]?.start.local.slice(0, 16);
        const state =
          excluded === undefined ? whole : stateOf(weekly({ ...told, exdates: [`${excluded} ${zone}`] }));
        const ics = writePublish({
          state,
          uid: 'one@sis.example.com',
          organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
          now: NOW,
          pageUrl: null,
        });
        const read = Object.values(ical.sync.parseICS(ics)).find(each => each?.type === 'VEVENT');
        if (read?.type !== 'VEVENT') throw new Error('no event');
        const theirs = ical
          .expandRecurringEvent(read, {
            from: new Date('2026-01-01T00:00:00Z'),
            to: new Date('2028-01-01T00:00:00Z'),
          })
          .map(each => each.start.toISOString().replace('.000Z', 'Z'));
        expect(startsOf(state, 50)).toEqual(theirs);
      }),
      { numRuns: 60 },
    );
  });
});

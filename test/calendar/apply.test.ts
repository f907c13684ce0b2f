/** The organizer's side of one event: which message wins, what stands after it, what people are told. */
import { describe, expect, test } from '@jest/globals';
import { applyMessage } from '../../src/calendar/apply.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import {
  type Applied,
  type ComponentState,
  type EventState,
  type OrganizerMessage,
  SERIES,
} from '../../src/calendar/state.ts';
import { contentOf } from '../support/calendar-content.ts';
import { event, message, type Told, tuesday, weekly } from '../support/events.ts';

const NOW = '2026-02-02T09:00:00Z';

function apply(state: EventState | null, next: OrganizerMessage, now = NOW): Applied {
  return applyMessage(state, next, now);
}

/** Every message in turn; the outcomes, and what stands at the end. */
function play(...messages: readonly OrganizerMessage[]): { state: EventState; outcomes: string[] } {
  let state: EventState | null = null;
  const outcomes: string[] = [];
  for (const next of messages) {
    const applied = apply(state, next);
    outcomes.push(applied.outcome);
    if ('state' in applied) state = applied.state;
  }
  if (state === null) throw new Error('nothing stands');
  return { state, outcomes };
}

function component(state: EventState, key: string): ComponentState {
  const found = state.components[key];
  if (found === undefined) throw new Error(`no component ${key}`);
  return found;
}

function request(told: Told = {}): OrganizerMessage {
  return message('REQUEST', [event(told)]);
}

function cancel(told: Told = {}): OrganizerMessage {
  return message('CANCEL', [event(told)]);
}

function series(told: Told = {}): OrganizerMessage {
  return message('REQUEST', [weekly(told)]);
}

const LATER = '2026-02-01T10:05:00Z';
const LATEST = '2026-02-01T10:10:00Z';
/** Keys of the Tuesdays of `weekly`. */
const MARCH_10 = '2026-03-10T15:00:00Z';
const MARCH_17 = '2026-03-17T15:00:00Z';

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
  );
}

/** All orders end in the content of the given one; returns that. */
function sameInEveryOrder(messages: readonly OrganizerMessage[]): EventState {
  const { state } = play(...messages);
  for (const order of permutations(messages)) {
    expect(contentOf(play(...order).state)).toEqual(contentOf(state));
  }
  return state;
}

describe('which message wins', () => {
  test('[R-30] a higher SEQUENCE replaces the content', () => {
    const { state, outcomes } = play(request(), request({ sequence: 1, summary: 'Summer Webinar' }));
    expect(outcomes).toEqual(['applied', 'applied']);
    expect(component(state, SERIES).event?.summary).toBe('Summer Webinar');
  });

  test('[R-30] a lower SEQUENCE is stale, tells nobody anything and gives out no revision', () => {
    const { state, outcomes } = play(
      request({ sequence: 2, summary: 'Summer Webinar' }),
      request({ sequence: 1, dtstamp: LATEST }),
    );
    expect(outcomes).toEqual(['applied', 'stale']);
    expect(state.revision).toBe(1);
    expect(component(state, SERIES).event?.summary).toBe('Summer Webinar');
  });

  test('[R-31] with equal SEQUENCE the later DTSTAMP wins, as in a text edit by Google', () => {
    const edited = request({ dtstamp: LATER, summary: 'Summer Webinar' });
    expect(component(play(request(), edited).state, SERIES).event?.summary).toBe('Summer Webinar');
    expect(play(edited, request()).outcomes).toEqual(['applied', 'stale']);
  });

  test('[R-32] X-MICROSOFT-CDO-APPT-SEQUENCE counts where it is higher than SEQUENCE', () => {
    const update = request({ sequence: 0, apptSequence: 2, dtstamp: '2026-01-01T00:00:00Z', summary: 'New' });
    const { state } = play(request({ sequence: 1 }), update);
    expect(component(state, SERIES).event?.summary).toBe('New');
    expect(component(state, SERIES).stamp.sequence).toBe(2);
  });

  test('[R-33] a CANCEL that ties with the REQUEST in SEQUENCE and DTSTAMP cancels, in either order', () => {
    const update = request({ sequence: 1, lastModified: '2026-02-01T10:00:01Z' });
    const end = cancel({ sequence: 1, lastModified: '2026-02-01T10:00:00Z' });
    expect(component(play(update, end).state, SERIES).kind).toBe('cancel');
    const reversed = play(end, update);
    expect(reversed.outcomes).toEqual(['tombstone', 'stale']);
    expect(component(reversed.state, SERIES).kind).toBe('cancel');
  });

  test('with equal SEQUENCE and DTSTAMP the later LAST-MODIFIED wins', () => {
    const older = request({ lastModified: '2026-02-01T10:00:00Z' });
    const newer = request({ lastModified: '2026-02-01T10:00:09Z', summary: 'New' });
    const state = sameInEveryOrder([older, newer]);
    expect(component(state, SERIES).event?.summary).toBe('New');
    expect(state.ambiguousOrder).toBe(false);
  });

  test('messages that tie in all but content end in the same one in either order, and it is flagged', () => {
    const one = request({ summary: 'One', hash: 'aaaa' });
    const other = request({ summary: 'Other', hash: 'bbbb' });
    const state = sameInEveryOrder([one, other]);
    expect(component(state, SERIES).event?.summary).toBe('Other');
    expect(state.ambiguousOrder).toBe(true);
    expect(play(one, other, request({ sequence: 1 })).state.ambiguousOrder).toBe(false);
  });

  test('the same content under the same stamp is a duplicate', () => {
    expect(play(request(), request()).outcomes).toEqual(['applied', 'duplicate']);
  });

  test('the very same arrival answers applied again, with the same words', () => {
    const first = apply(null, series());
    if (first.outcome !== 'applied') throw new Error(first.outcome);
    const moved = series({ sequence: 1, start: '2026-03-03T17:00' });
    const once = apply(first.state, moved);
    if (once.outcome !== 'applied') throw new Error(once.outcome);
    expect(apply(once.state, moved)).toEqual(once);
    const stored: EventState = JSON.parse(JSON.stringify(once.state));
    expect(apply(stored, moved)).toEqual({ ...once, state: stored });
  });

  test('a missing DTSTAMP counts as the moment of receipt', () => {
    const { state } = play(request({ dtstamp: null }));
    expect(component(state, SERIES).stamp.dtstamp).toBe('2026-02-01T12:00:00Z');
  });

  test('a DTSTAMP from next year counts as the moment of receipt, so it does not block later edits', () => {
    const edited = message('REQUEST', [event({ summary: 'New', dtstamp: '2026-02-01T12:30:00Z' })], {
      receivedAt: '2026-02-01T12:30:05Z',
    });
    const { state } = play(request({ dtstamp: '2027-02-01T10:00:00Z' }), edited);
    expect(component(state, SERIES).event?.summary).toBe('New');
  });

  test('the newest ORGANIZER is kept: the token of iCloud changes with every mail', () => {
    const organizer = (value: string) => ({ ...event().organizer, value }) as CalendarEvent['organizer'];
    const { state } = play(
      request({ organizer: organizer('mailto:1_AAA@imip.me.com') }),
      request({ sequence: 1, organizer: organizer('mailto:1_BBB@imip.me.com') }),
      request({ sequence: 0, organizer: organizer('mailto:1_CCC@imip.me.com'), dtstamp: LATER }),
    );
    expect(state.organizer.value).toBe('mailto:1_BBB@imip.me.com');
  });
});

describe('series and their dates', () => {
  test('[R-34] every order of {REQUEST s0, REQUEST s1, override s1, CANCEL instance s2} ends in one content', () => {
    const state = sameInEveryOrder([
      series(),
      series({ sequence: 1, summary: 'Summer Webinar', dtstamp: LATER }),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, start: '2026-03-10T18:00', dtstamp: LATER })]),
      message('CANCEL', [tuesday('2026-03-17', { sequence: 2, dtstamp: LATEST })]),
    ]);
    expect(component(state, SERIES).event?.summary).toBe('Summer Webinar');
    expect(component(state, MARCH_10).event?.start?.utc).toBe('2026-03-10T17:00:00Z');
    expect(component(state, MARCH_17).kind).toBe('cancel');
  });

  test('[R-35] an override alone is merged and the series stays untouched', () => {
    const before = play(series()).state;
    const applied = apply(
      before,
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, summary: 'Guest talk' })]),
    );
    if (applied.outcome !== 'applied') throw new Error(applied.outcome);
    expect(applied.state.components[SERIES]).toEqual(before.components[SERIES]);
    expect(applied.changes).toMatchObject([
      {
        component: MARCH_10,
        revision: 2,
        kind: 'updated',
        significant: false,
        words: ['Tue 10 Mar: title changed from "Spring Webinar" to "Guest talk"'],
      },
    ]);
  });

  test.each([
    ['UTC', '2026-03-10T15:00Z'],
    ['another zone', '2026-03-10T11:00 America/New_York'],
    ['a bare wall clock', '2026-03-10T16:00 floating'],
    ['a date', '2026-03-10'],
  ])('[R-36] a RECURRENCE-ID in %s names the same date', (_, recurrenceId) => {
    const { state } = play(series(), message('CANCEL', [event({ recurrenceId, sequence: 1 })]));
    expect(Object.keys(state.components)).toEqual([SERIES, MARCH_10]);
  });

  test.each([
    ['local midnight', '2026-03-10T00:00'],
    ['midnight as UTC', '2026-03-09T23:00Z'],
    ['midnight UTC', '2026-03-10T00:00Z'],
    ['midnight in New York as UTC', '2026-03-10T04:00Z'],
    ['midnight in Auckland as UTC', '2026-03-09T11:00Z'],
  ])('[R-36] of an all-day series, %s names the day', (_, recurrenceId) => {
    const days = message('REQUEST', [weekly({ start: '2026-03-03' })]);
    const { state } = play(days, message('CANCEL', [event({ recurrenceId, sequence: 1 })]));
    expect(Object.keys(state.components)).toEqual([SERIES, '2026-03-10']);
  });

  test('[R-37] a text-only update of the series keeps its changed dates', () => {
    const moved = message('REQUEST', [tuesday('2026-03-10', { start: '2026-03-10T18:00', dtstamp: LATER })]);
    const { state } = play(series(), moved, series({ sequence: 1, summary: 'New', dtstamp: LATEST }));
    expect(component(state, MARCH_10).event?.start?.utc).toBe('2026-03-10T17:00:00Z');
  });

  test.each([
    ['start', { start: '2026-03-03T17:00' }],
    ['length', { end: '2026-03-03T18:30' }],
    ['rule', { rrule: 'FREQ=WEEKLY;COUNT=9' }],
    [
      'zone',
      {
        start: '2026-03-03T15:00 Europe/London',
        end: '2026-03-03T16:00 Europe/London',
        rrule: 'FREQ=WEEKLY;COUNT=60',
      },
    ],
  ])('[R-37] a new %s of the series drops older changed dates, in every order', (_, told) => {
    const state = sameInEveryOrder([
      series(),
      message('REQUEST', [tuesday('2026-03-10', { summary: 'Guest talk', dtstamp: LATER })]),
      series({ sequence: 1, dtstamp: LATEST, ...told }),
    ]);
    expect(Object.keys(state.components)).toEqual([SERIES]);
  });

  test('[R-37] a date changed again after the series moved stays changed', () => {
    const { state } = play(
      series(),
      message('REQUEST', [tuesday('2026-03-10', { summary: 'Guest talk' })]),
      series({ sequence: 1, dtstamp: LATER, end: '2026-03-03T18:00' }),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, summary: 'Second talk', dtstamp: LATEST })]),
    );
    expect(component(state, MARCH_10).event?.summary).toBe('Second talk');
  });

  test('an override in one message with its series holds, also where its own SEQUENCE is lower (Apple)', () => {
    const state = sameInEveryOrder([
      series(),
      message('REQUEST', [
        weekly({ sequence: 3, start: '2026-03-03T17:00', dtstamp: LATER }),
        event({ recurrenceId: '2026-03-10T17:00', start: '2026-03-10T19:00', sequence: 1, dtstamp: LATER }),
      ]),
    ]);
    expect(component(state, '2026-03-10T16:00:00Z').event?.start?.utc).toBe('2026-03-10T18:00:00Z');
  });

  test('[R-38] EXDATE on the series and CANCEL of the date leave the same dates and tell the same', () => {
    const byExdate = apply(play(series()).state, series({ sequence: 1, exdates: ['2026-03-10T16:00'] }));
    const byCancel = apply(play(series()).state, message('CANCEL', [tuesday('2026-03-10', { sequence: 1 })]));
    if (byExdate.outcome !== 'applied' || byCancel.outcome !== 'applied') throw new Error('not applied');
    const words = [
      {
        component: MARCH_10,
        revision: 2,
        kind: 'cancelled',
        significant: true,
        words: ['Tue 10 Mar is cancelled'],
      },
    ];
    expect(byExdate.changes).toMatchObject(words);
    expect(byCancel.changes).toMatchObject(words);
    const datesOf = (state: EventState) => (contentOf(state) as { dates: unknown }).dates;
    expect(datesOf(byExdate.state)).toEqual(datesOf(byCancel.state));
    expect(component(byExdate.state, SERIES).revision).toBe(1);
  });

  test.each([
    ['UTC', '2026-03-10T15:00Z'],
    ['a date', '2026-03-10'],
  ])('[R-38] an EXDATE as %s excludes the date', (_, exdate) => {
    const { state } = play(series(), series({ sequence: 1, exdates: [exdate] }));
    expect(component(state, MARCH_10).kind).toBe('cancel');
  });

  test('dates that a series never had need no component', () => {
    const { state } = play(series({ exdates: ['2026-03-10T16:00'] }));
    expect(Object.keys(state.components)).toEqual([SERIES]);
  });

  test('an EXDATE takes an override of that date away too', () => {
    const state = sameInEveryOrder([
      series(),
      message('REQUEST', [tuesday('2026-03-10', { summary: 'Guest talk', dtstamp: LATER })]),
      series({ sequence: 1, exdates: ['2026-03-10T16:00'], dtstamp: LATEST }),
    ]);
    expect(component(state, MARCH_10).kind).toBe('cancel');
  });

  test('an override newer than the exclusion brings its date back', () => {
    const state = sameInEveryOrder([
      series(),
      series({ sequence: 1, exdates: ['2026-03-10T16:00'], dtstamp: LATER }),
      message('REQUEST', [
        tuesday('2026-03-10', { sequence: 1, start: '2026-03-10T18:00', dtstamp: LATEST }),
      ]),
    ]);
    expect(component(state, MARCH_10).kind).toBe('request');
  });

  test('a date that is no longer excluded makes the series go out again', () => {
    const before = play(series(), series({ sequence: 1, exdates: ['2026-03-10T16:00'] })).state;
    const applied = apply(before, series({ sequence: 2 }));
    if (applied.outcome !== 'applied') throw new Error(applied.outcome);
    expect(applied.changes).toMatchObject([
      {
        component: SERIES,
        revision: 3,
        kind: 'updated',
        significant: true,
        words: ['Tue 10 Mar takes place after all'],
      },
    ]);
    expect(Object.keys(applied.state.components)).toEqual([SERIES]);
  });

  test('a CANCEL of several dates cancels each', () => {
    const dates = [tuesday('2026-03-10', { sequence: 1 }), tuesday('2026-03-17', { sequence: 1 })];
    const applied = apply(play(series()).state, message('CANCEL', dates));
    if (applied.outcome !== 'applied') throw new Error(applied.outcome);
    expect(applied.changes.map(change => [change.component, change.kind])).toEqual([
      [MARCH_10, 'cancelled'],
      [MARCH_17, 'cancelled'],
    ]);
  });

  test('[R-08] two UIDs are two events: a split of a series is refused inside one message', () => {
    const applied = apply(
      null,
      message('REQUEST', [weekly(), weekly({ uid: 'abc_R20260317@organizer.example.com' })]),
    );
    expect(applied).toMatchObject({ outcome: 'refused', refusal: { code: 'two_events' } });
  });

  test.each(['THISANDFUTURE', 'THISANDPRIOR'])(
    '[R-44] RANGE=%s is refused, never taken for one date',
    range => {
      const before = play(series()).state;
      const applied = apply(before, message('REQUEST', [tuesday('2026-03-10', { sequence: 1, range })]));
      expect(applied).toMatchObject({ outcome: 'refused', refusal: { code: 'range_not_supported' } });
    },
  );

  test('[R-45] another name for the same clock is no change', () => {
    const windows = weekly({ sequence: 1 });
    const renamed = {
      ...windows,
      start: { ...windows.start, tzid: 'W. Europe Standard Time' } as CalendarEvent['start'],
      hash: 'renamed',
    };
    const applied = apply(play(series()).state, message('REQUEST', [renamed]));
    expect(applied).toMatchObject({ outcome: 'applied', changes: [] });
  });

  test('[R-45] a single event told in another zone at the same instant has not changed', () => {
    const inLondon = request({
      sequence: 1,
      start: '2026-03-03T15:00 Europe/London',
      end: '2026-03-03T16:00 Europe/London',
    });
    expect(apply(play(request()).state, inLondon)).toMatchObject({ outcome: 'applied', changes: [] });
  });

  test('[R-45] a series moved to a zone with other clock changes has changed', () => {
    const tunis = series({
      sequence: 1,
      start: '2026-03-03T16:00 Africa/Tunis',
      end: '2026-03-03T17:00 Africa/Tunis',
    });
    const applied = apply(play(series()).state, tunis);
    expect(applied).toMatchObject({
      outcome: 'applied',
      changes: [{ significant: true, words: ['time zone changed from Europe/Berlin to Africa/Tunis'] }],
    });
  });

  test('[R-46] a date of an unknown series stands alone, and the series takes it in when it comes', () => {
    const alone = message('REQUEST', [tuesday('2026-03-10', { start: '2026-03-10T18:00' })]);
    const first = play(alone);
    expect(Object.keys(first.state.components)).toEqual([MARCH_10]);
    const state = sameInEveryOrder([alone, series({ dtstamp: LATER })]);
    expect(Object.keys(state.components).sort()).toEqual([MARCH_10, SERIES]);
    expect(component(state, MARCH_10).event?.start?.utc).toBe('2026-03-10T17:00:00Z');
  });

  test('changed dates older than a series that is met late are kept: their own SEQUENCE says nothing about it', () => {
    const state = sameInEveryOrder([
      series({ sequence: 3, dtstamp: LATER }),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, start: '2026-03-10T18:00' })]),
    ]);
    expect(component(state, MARCH_10).kind).toBe('request');
  });
});

describe('cancel and revival', () => {
  test('[R-39] a REQUEST with STATUS:CANCELLED cancels', () => {
    const { state } = play(request(), request({ sequence: 1, status: 'CANCELLED' }));
    expect(component(state, SERIES).kind).toBe('cancel');
  });

  test('[R-39] a CANCEL without STATUS cancels', () => {
    const { state } = play(request(), cancel({ sequence: 1, status: null }));
    expect(component(state, SERIES).kind).toBe('cancel');
  });

  test('[R-39] an override with STATUS:CANCELLED beside its series cancels that date', () => {
    const { state } = play(
      series(),
      message('REQUEST', [
        weekly({ sequence: 1 }),
        tuesday('2026-03-10', { sequence: 1, status: 'CANCELLED' }),
      ]),
    );
    expect(component(state, MARCH_10).kind).toBe('cancel');
    expect(component(state, SERIES).kind).toBe('request');
  });

  test('a cancelled series takes all its dates with it and keeps its last content', () => {
    const { state } = play(
      series(),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, summary: 'Guest talk' })]),
      message('CANCEL', [weekly({ sequence: 2, summary: 'Canceled: Spring Webinar' })]),
    );
    expect(Object.keys(state.components)).toEqual([SERIES]);
    expect(component(state, SERIES).event?.summary).toBe('Spring Webinar');
  });

  test('[R-40] a CANCEL of an unknown event is remembered and blocks an older REQUEST', () => {
    const { state, outcomes } = play(cancel({ sequence: 2 }), request({ sequence: 1 }));
    expect(outcomes).toEqual(['tombstone', 'stale']);
    expect(component(state, SERIES)).toMatchObject({ kind: 'cancel', revision: 0 });
    expect(state.revision).toBe(0);
  });

  test('[R-40] a newer REQUEST after such a CANCEL is an event like any other', () => {
    const { state, outcomes } = play(cancel({ sequence: 1 }), request({ sequence: 2 }));
    expect(outcomes).toEqual(['tombstone', 'applied']);
    expect(component(state, SERIES)).toMatchObject({ kind: 'request', revision: 1, outSequence: 0 });
  });

  test('[R-40] the same CANCEL of an unknown event twice is a tombstone and a duplicate', () => {
    expect(play(cancel(), cancel()).outcomes).toEqual(['tombstone', 'duplicate']);
    const again = cancel();
    expect(play(again, again).outcomes).toEqual(['tombstone', 'tombstone']);
  });

  test('a CANCEL of one date that comes before its series leaves that date out', () => {
    const state = sameInEveryOrder([
      message('CANCEL', [tuesday('2026-03-10', { sequence: 1, dtstamp: LATER })]),
      series(),
    ]);
    expect(component(state, MARCH_10).kind).toBe('cancel');
  });

  test('[R-41] an invitation after the cancel revives the event above the number of the CANCEL', () => {
    const cancelled = play(request(), cancel({ sequence: 1 })).state;
    expect(component(cancelled, SERIES)).toMatchObject({ revision: 2, outSequence: 1 });
    const applied = apply(cancelled, request({ sequence: 2 }));
    if (applied.outcome !== 'applied') throw new Error(applied.outcome);
    expect(applied.changes).toMatchObject([
      {
        component: SERIES,
        revision: 3,
        kind: 'revived',
        significant: true,
        words: ['takes place after all'],
      },
    ]);
    expect(component(applied.state, SERIES)).toMatchObject({ outSequence: 2, significantRevision: 3 });
  });

  test('[R-41] equal SEQUENCE and a later DTSTAMP revive too', () => {
    const { state } = play(request(), cancel({ sequence: 1 }), request({ sequence: 1, dtstamp: LATER }));
    expect(component(state, SERIES).kind).toBe('request');
  });

  test('changed dates older than the cancel do not come back with the revival, in any order', () => {
    const state = sameInEveryOrder([
      series(),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, summary: 'Guest talk' })]),
      message('CANCEL', [weekly({ sequence: 2 })]),
      series({ sequence: 3 }),
    ]);
    expect(Object.keys(state.components)).toEqual([SERIES]);
  });

  test('a single date invited again after the series was cancelled stands alone', () => {
    const { state } = play(
      series(),
      message('CANCEL', [weekly({ sequence: 1 })]),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 2 })]),
    );
    expect(component(state, SERIES).kind).toBe('cancel');
    expect(component(state, MARCH_10).kind).toBe('request');
    const gone = apply(state, message('CANCEL', [weekly({ sequence: 3 })]));
    expect(gone).toMatchObject({ outcome: 'applied', changes: [{ component: SERIES, kind: 'cancelled' }] });
  });

  test('[R-42] the state knows one UID; another organizer has a state of his own', () => {
    const jane = play(request()).state;
    const john = play(
      request({
        organizer: {
          email: 'john@example.org',
          value: 'mailto:john@example.org',
          name: null,
          sentBy: null,
          mailto: true,
        },
      }),
    ).state;
    expect(jane.uid).toBe(john.uid);
    expect([jane.organizer.email, john.organizer.email]).toEqual([
      'jane@organizer.example.com',
      'john@example.org',
    ]);
  });
});

describe('what goes out (design D3)', () => {
  test('[R-54] SEQUENCE rises by one on significant changes only', () => {
    const numbers = play(
      request(),
      request({ sequence: 5, summary: 'New' }),
      request({ sequence: 9, summary: 'New', start: '2026-03-03T18:00' }),
      request({ sequence: 10, summary: 'Newer', start: '2026-03-03T18:00' }),
      cancel({ sequence: 11 }),
    );
    expect(component(numbers.state, SERIES)).toMatchObject({
      revision: 5,
      significantRevision: 5,
      outSequence: 2,
    });
  });

  test.each([
    [[request()], 1, 0],
    [[request(), request({ sequence: 1, summary: 'New' })], 1, 0],
    [[request(), request({ sequence: 1, start: '2026-03-03T18:00' })], 2, 1],
    [[request(), request({ sequence: 1, status: 'TENTATIVE' })], 2, 1],
    [[request(), request({ sequence: 1, location: 'Room 2' })], 1, 0],
  ])(
    '[R-74] only times and status make older answers count no longer (%#)',
    (messages, significant, sequence) => {
      const { state } = play(...messages);
      expect(component(state, SERIES)).toMatchObject({
        significantRevision: significant,
        outSequence: sequence,
      });
    },
  );

  test('[R-54] DTSTAMP rises by a second at least with every revision', () => {
    const { state } = play(
      request(),
      request({ sequence: 1, summary: 'A' }),
      request({ sequence: 2, summary: 'B' }),
    );
    expect(component(state, SERIES).outDtstamp).toBe('2026-02-02T09:00:02Z');
    const later = apply(state, request({ sequence: 3, summary: 'C' }), '2026-02-03T09:00:00.500Z');
    if (later.outcome !== 'applied') throw new Error(later.outcome);
    expect(component(later.state, SERIES).outDtstamp).toBe('2026-02-03T09:00:00Z');
  });

  test('[R-71] the CANCEL of a series goes out above everything its dates were sent with', () => {
    const { state } = play(
      series(),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, start: '2026-03-10T18:00' })]),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 2, start: '2026-03-10T19:00' })]),
      message('CANCEL', [weekly({ sequence: 3 })]),
    );
    expect(component(state, SERIES).outSequence).toBe(3);
  });

  test('a date changed in text only goes out with the number of its series', () => {
    const { state } = play(
      series(),
      series({ sequence: 1, start: '2026-03-03T17:00' }),
      message('REQUEST', [
        event({ recurrenceId: '2026-03-10T17:00', start: '2026-03-10T17:00', sequence: 2, summary: 'Talk' }),
      ]),
    );
    const date = component(state, '2026-03-10T16:00:00Z');
    expect([date.outSequence, date.significantRevision, component(state, SERIES).outSequence]).toEqual([
      1, 2, 1,
    ]);
    expect(date.outDtstamp > component(state, SERIES).outDtstamp).toBe(true);
  });

  test('revisions are unique over the event, and a new series comes after its dates', () => {
    const { state } = play(
      message('REQUEST', [weekly(), tuesday('2026-03-10', { start: '2026-03-10T18:00' })]),
    );
    expect([component(state, MARCH_10).revision, component(state, SERIES).revision, state.revision]).toEqual([
      1, 2, 2,
    ]);
  });

  test('a new guest of the organizer is no change for anybody', () => {
    const attendee = {
      email: 'sam@example.org',
      value: 'mailto:sam@example.org',
      name: null,
      sentBy: null,
      mailto: true,
      partstat: null,
      role: null,
      cutype: null,
      rsvp: true,
      delegatedTo: [],
      delegatedFrom: [],
      parameters: {},
    };
    const applied = apply(play(request()).state, request({ dtstamp: LATER, attendees: [attendee] }));
    expect(applied).toMatchObject({ outcome: 'applied', changes: [] });
  });
});

describe('what is refused', () => {
  test('a message without an event', () => {
    expect(apply(null, message('REQUEST', []))).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'no_event' },
    });
  });

  test.each(['ADD', 'REPLY', 'COUNTER', 'REFRESH', 'constructor'])('METHOD %s', method => {
    expect(apply(null, message(method, [event()]))).toMatchObject({ refusal: { code: 'unknown_method' } });
  });

  test('a REQUEST without a start', () => {
    expect(apply(null, request({ start: null }))).toMatchObject({ refusal: { code: 'no_start' } });
  });

  test('a publication, or a file without METHOD, is taken like a REQUEST', () => {
    expect(play(message('PUBLISH', [event()]), message(null, [event({ sequence: 1 })])).outcomes).toEqual([
      'applied',
      'applied',
    ]);
  });
});

describe('what it remembers', () => {
  test('a state survives its way through JSON', () => {
    const { state } = play(
      series(),
      message('REQUEST', [tuesday('2026-03-10', { sequence: 1, start: '2026-03-10T18:00' })]),
      series({ sequence: 2, exdates: ['2026-03-17T16:00'] }),
    );
    const stored: EventState = JSON.parse(JSON.stringify(state));
    expect(stored).toEqual(state);
    const next = series({ sequence: 3, summary: 'New', exdates: ['2026-03-17T16:00'] });
    expect(apply(stored, next)).toEqual(apply(state, next));
  });

  test('contents are stored once', () => {
    const { state } = play(message('REQUEST', [weekly({ description: 'Bring your own mug.' })]));
    expect(JSON.stringify(state).match(/Bring your own mug/g)).toHaveLength(1);
  });

  test('a state without memory goes on from its components', () => {
    const { memory: _, ...bare } = play(series()).state;
    expect(apply(bare, series())).toEqual({ outcome: 'duplicate' });
    expect(apply(bare, series({ sequence: 1, summary: 'New' }))).toMatchObject({ outcome: 'applied' });
  });

  test('three hundred text edits do not make it grow', () => {
    let state: EventState | null = null;
    let size = 0;
    for (let sequence = 0; sequence < 300; sequence += 1) {
      const applied = apply(
        state,
        series({ sequence, summary: `Title ${String(sequence).padStart(4, '0')}` }),
      );
      if (applied.outcome !== 'applied') throw new Error(applied.outcome);
      state = applied.state;
      if (sequence === 150) size = JSON.stringify(state).length;
    }
    expect(JSON.stringify(state).length).toBeLessThan(size * 1.02);
  });

  test('dates of times that the series gave up are forgotten', () => {
    let state: EventState | null = null;
    for (let round = 0; round < 12; round += 1) {
      const hour = 10 + (round % 8);
      const start = `2026-03-03T${hour}:00`;
      for (const next of [
        message('REQUEST', [weekly({ sequence: round, start, end: `2026-03-03T${hour}:45` })]),
        message('CANCEL', [event({ recurrenceId: `2026-03-10T${hour}:00`, sequence: round })]),
      ]) {
        const applied = apply(state, next);
        if ('state' in applied) state = applied.state;
      }
    }
    expect(Object.keys(state?.memory?.facts ?? {}).length).toBeLessThan(5);
  });
});

/** Every kind of object that we write says the same to four readers: ours, ical.js, node-ical, and Python's icalendar. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import {
  writeDeclineCounter,
  writeInvite,
  writeOrganizerReply,
  writePublish,
} from '../../src/calendar/write.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { event, message, type Told } from '../support/events.ts';
import { foundByIcalJs, foundByNodeIcal, foundByPython, foundByUs } from '../support/other-readers.ts';

const NOW = '2026-02-02T09:00:00Z';
const DTSTAMP = '2026-02-02T10:15:00Z';
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'America/Sao_Paulo'];
const EVENTS = 60;
const ORGANIZER = { name: 'Jane Roe', email: 'jane@sis.example.com' };
const SAM = { name: 'Sam Poe', email: 'sam@recipient.example' };
const UID = 'k3v9token@sis.example.com';

/** A single event or a weekly series, its second date moved or not, in a zone, in UTC, or of whole days. */
const contents = fc.record({
  zone: fc.constantFrom('Z', 'date', ...ZONES),
  day: fc.integer({ min: 0, max: 600 }),
  hour: fc.integer({ min: 5, max: 20 }),
  repeats: fc.boolean(),
  moved: fc.boolean(),
  summary: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map(text => `T ${text.replaceAll(/[\p{Cc}\p{Cs}\s]/gu, '')}.`),
  location: fc.constantFrom(null, 'Room 1, 日本; "quoted"', 'غرفة'),
  status: fc.constantFrom(null, 'TENTATIVE'),
});

type Content = typeof contents extends fc.Arbitrary<infer T> ? T : never;

function stateOf({ zone, day, hour, repeats, moved, ...words }: Content): EventState {
  const time = (later: number, hours: number) => {
    const date = new Date(Date.UTC(2026, 1, 10 + day + later)).toISOString().slice(0, 10);
    if (zone === 'date') return date;
    const clock = `${date}T${String(hours).padStart(2, '0')}:00`;
    return zone === 'Z' ? `${clock}Z` : `${clock} ${zone}`;
  };
  const single: Told = { ...words, start: time(0, hour), end: time(zone === 'date' ? 1 : 0, hour + 1) };
  const master = event({ ...single, rrule: repeats ? 'FREQ=WEEKLY;COUNT=4' : null });
  const second = event({
    ...words,
    recurrenceId: time(7, hour),
    start: time(8, hour),
    end: time(zone === 'date' ? 9 : 8, hour + 2),
  });
  const applied = applyMessage(null, message('REQUEST', repeats && moved ? [master, second] : [master]), NOW);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  return applied.state;
}

/** All that can be written of an event, by name. */
function objectsOf(state: EventState): readonly (readonly [name: string, ics: string])[] {
  const invite = (component: string, method: 'REQUEST' | 'CANCEL') =>
    writeInvite({
      state,
      component,
      method,
      uid: UID,
      organizer: ORGANIZER,
      attendee: { ...SAM, partstat: 'NEEDS-ACTION' },
      sequence: 3,
      dtstamp: DTSTAMP,
      now: NOW,
      pageUrl: 'https://sis.example.com/e/spring',
      limits: DEFAULT_LIMITS,
    }).ics;
  const counter = {
    comment: 'The time stays as it is.',
    uid: UID,
    organizer: ORGANIZER,
    attendee: SAM,
    sequence: 3,
    dtstamp: DTSTAMP,
  };
  const master = state.components[SERIES]?.event;
  if (master === null || master === undefined) throw new Error('no master');
  const dates = Object.keys(state.components).filter(key => key !== SERIES);
  return [
    ['REQUEST', invite(SERIES, 'REQUEST')],
    ['CANCEL', invite(SERIES, 'CANCEL')],
    ['PUBLISH', writePublish({ state, uid: UID, organizer: ORGANIZER, now: NOW, pageUrl: null })],
    [
      'REPLY',
      writeOrganizerReply({
        event: master,
        attendee: 'create@sis.example.com',
        partstat: 'ACCEPTED',
        comment: 'It is live: “here”.',
        dtstamp: DTSTAMP,
      }),
    ],
    ['DECLINECOUNTER', writeDeclineCounter({ ...counter, state, component: SERIES })],
    ...dates.flatMap(date => [
      ['REQUEST of a date', invite(date, 'REQUEST')] as const,
      ['CANCEL of a date', invite(date, 'CANCEL')] as const,
      ['DECLINECOUNTER of a date', writeDeclineCounter({ ...counter, state, component: date })] as const,
    ]),
  ];
}

interface Written {
  readonly name: string;
  readonly ics: string;
  readonly ours: ReturnType<typeof foundByUs>;
}

const OBJECTS: readonly Written[] = fc
  .sample(contents, { numRuns: EVENTS, seed: 20260301 })
  .flatMap(content => objectsOf(stateOf(content)))
  .map(([name, ics]) => ({ name, ics, ours: foundByUs(ics) }));
const NAMES = [...new Set(OBJECTS.map(({ name }) => name))];
const named = (wanted: string) => OBJECTS.filter(({ name }) => name === wanted);

describe('[R-66] every object that is written', () => {
  test('is one of eight kinds, and none is empty', () => {
    expect(NAMES).toHaveLength(8);
    expect(OBJECTS.filter(({ ours }) => ours.length === 0)).toEqual([]);
    for (const name of NAMES) print(`written and re-read, ${name}: ${named(name).length}`);
  });

  test.each(NAMES)('%s reads alike in ical.js', name => {
    for (const { ics, ours } of named(name)) expect(foundByIcalJs(ics)).toEqual(ours);
  });

  test.each(NAMES)('%s reads alike in node-ical', name => {
    for (const { ics, ours } of named(name)) {
      expect(foundByNodeIcal(ics)).toEqual(
        ours.map(({ rule: _rule, sequence: _sequence, ...found }) => found),
      );
    }
  });

  test('reads alike in Python, where the machine has its icalendar', () => {
    const found = foundByPython(OBJECTS.map(({ ics }) => ics));
    print(`re-read by Python's icalendar: ${found?.length ?? 'not on this machine'}`);
    if (found !== null) expect(found).toEqual(OBJECTS.map(({ ours }) => ours));
  });
});

function print(figure: string): void {
  if (process.env.SIS_PRINT !== undefined) process.stdout.write(`figure: ${figure}\n`);
}

/**
 * Every zone of the pinned data and every Windows id, out and back in: a weekly series is written, ical.js reads the file, and the
 * clocks of its VTIMEZONE are held against the data itself (moment-timezone), five years ahead, to the second of each change.
 */
import { describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import moment from 'moment-timezone';
import { applyMessage } from '../../src/calendar/apply.ts';
import { describeEvent } from '../../src/calendar/describe.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import { canonicalZone, zoneNames } from '../../src/calendar/time.ts';
import { windowsZones } from '../../src/calendar/windows-zones.ts';
import { type Written, writeInvite } from '../../src/calendar/write.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';

const NOW = '2026-11-22T00:00:00Z';
const FROM = Date.parse(NOW);
const TO = Date.parse('2031-11-22T00:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Clocks that change by no yearly rule in these years, by the data of 2026f. */
const IRREGULAR = [
  'Africa/Cairo',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'America/Scoresbysund',
  'Asia/Gaza',
  'Asia/Hebron',
  'Asia/Jerusalem',
];

/** Minutes east, out of the data itself. */
function offsetIn(zone: string, instant: number): number {
  const data = moment.tz.zone(zone);
  if (data === null) throw new Error(`no zone ${zone}`);
  return -data.utcOffset(instant);
}

interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

function changesOf(zone: string): Change[] {
  const untils = moment.tz.zone(zone)?.untils ?? [];
  return untils
    .filter(at => Number.isFinite(at) && at > FROM && at < TO)
    .map(at => ({ at, before: offsetIn(zone, at - 1), after: offsetIn(zone, at) }))
    .filter(({ before, after }) => before !== after);
}

/** A wall clock, and the instants that it may mean. */
interface Probe {
  readonly local: number;
  readonly instants: readonly number[];
}

/** The middle of each winter and summer, and around each change: before, in the gap or the overlap, after. */
function probesOf(zone: string): Probe[] {
  const probes: Probe[] = [];
  const plainAt = (instant: number) =>
    probes.push({ local: instant + offsetIn(zone, instant) * MINUTE, instants: [instant] });
  for (let year = 2027; year <= 2031; year += 1) {
    plainAt(Date.UTC(year, 0, 15, 11, 30));
    plainAt(Date.UTC(year, 6, 15, 11, 30));
  }
  for (const { at, before, after } of changesOf(zone)) {
    const size = Math.abs(after - before) * MINUTE;
    const [low, high] = before < after ? [before, after] : [after, before];
    plainAt(at - (before < after ? 0 : size) - 1_000);
    plainAt(at + (before < after ? 0 : size));
    const middle = at + low * MINUTE + size / 2;
    probes.push({ local: middle, instants: [middle - high * MINUTE, middle - low * MINUTE] });
    plainAt(at - 3 * DAY);
    plainAt(at + 3 * DAY);
  }
  return probes;
}

function textOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}

/** A REQUEST as an organizer's program sends it, with the zone's name alone; 3 December 2026, 16:00 there. */
function stateIn(tzid: string, more: readonly string[], day = '20261203T16'): EventState {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Calendar 1.0//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:one@example.com',
    'DTSTAMP:20261101T080000Z',
    `DTSTART;TZID="${tzid}":${day}0000`,
    `DTEND;TZID="${tzid}":${day}3000`,
    ...more,
    'SUMMARY:Spring picnic',
    'ORGANIZER:mailto:jane@example.com',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  const reading = readCalendar(Buffer.from(lines.join('\r\n')));
  if (!reading.ok) throw new Error(`${tzid}: ${reading.refusal.code}`);
  const applied = applyMessage(
    null,
    { calendar: reading.calendar, arrival: 'a', receivedAt: '2026-11-01T08:00:00Z' },
    NOW,
  );
  if (applied.outcome !== 'applied') throw new Error(`${tzid}: ${applied.outcome}`);
  return applied.state;
}

function written(state: EventState): Written {
  return writeInvite({
    state,
    component: SERIES,
    method: 'REQUEST',
    uid: 'k3v9token@sis.example.com',
    organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
    attendee: { name: null, email: 'sam@recipient.example', partstat: 'NEEDS-ACTION' },
    sequence: 0,
    dtstamp: '2026-11-20T10:15:00Z',
    now: NOW,
    pageUrl: null,
    limits: DEFAULT_LIMITS,
  });
}

/** Probes whose wall clock ical.js takes for another instant, by the file's own VTIMEZONE; null: the file has none. */
function misread(ics: string, zone: string): string[] | null {
  const block = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vtimezone');
  if (block === null) return null;
  const clock = new ICAL.Timezone(block);
  return probesOf(zone)
    .filter(({ local, instants }) => {
      const time = ICAL.Time.fromString(textOf(local), new ICAL.Property('dtstart'));
      time.zone = clock;
      return !instants.includes(time.toUnixTime() * 1000);
    })
    .map(({ local }) => textOf(local));
}

function startRead(ics: string): string {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const block = calendar.getFirstSubcomponent('vtimezone');
  const start = calendar.getFirstSubcomponent('vevent')?.getFirstProperty('dtstart')?.getFirstValue();
  if (!(start instanceof ICAL.Time)) throw new Error('no start');
  if (block !== null) start.zone = new ICAL.Timezone(block);
  return textOf(start.toUnixTime() * 1000);
}

const WEEKLY = ['RRULE:FREQ=WEEKLY'];

describe('[R-59] every zone', () => {
  test('of the data has a clock that ical.js reads right for five years, but those listed', () => {
    const off: string[] = [];
    const probes = { count: 0 };
    for (const zone of zoneNames()) {
      const { ics, warnings } = written(stateIn(zone, WEEKLY));
      const wrong = misread(ics, zone);
      if (zone === 'Etc/UTC') expect(wrong).toBeNull();
      else if (wrong === null) off.push(`${zone} has no block`);
      else if (wrong.length > 0) off.push(zone);
      expect([zone, warnings.length > 0]).toEqual([zone, IRREGULAR.includes(zone)]);
      probes.count += probesOf(zone).length;
    }
    expect(off).toEqual(IRREGULAR);
    if (process.env.SIS_PRINT !== undefined) {
      console.info(
        `figure: zones right for five years: ${zoneNames().length - off.length} of ${zoneNames().length}`,
      );
      console.info(`figure: zones without a yearly rule: ${off.join(', ')}`);
    }
    expect(zoneNames().length).toBeGreaterThan(400);
    expect(probes.count).toBeGreaterThan(9_000);
  });

  test('under an old name has the same clock as under its name of today', () => {
    const differing = moment.tz.names().filter(name => {
      const today = canonicalZone(name);
      if (today === null) return true;
      return probesOf(today).some(({ instants }) =>
        instants.some(instant => offsetIn(name, instant) !== offsetIn(today, instant)),
      );
    });
    expect(moment.tz.names().length).toBeGreaterThan(590);
    expect(differing).toEqual([]);
  });

  test('of Windows, by its id alone, has the clock of its place', () => {
    const ids = Object.entries(windowsZones);
    const off = ids.filter(([id, zone]) => {
      const { ics } = written(stateIn(id, WEEKLY));
      if (zone.startsWith('Etc/UTC')) return misread(ics, zone) !== null;
      const wrong = misread(ics, zone);
      return wrong === null || (wrong.length > 0 && !IRREGULAR.includes(canonicalZone(zone) ?? ''));
    });
    expect(ids.length).toBeGreaterThanOrEqual(139);
    expect(off).toEqual([]);
  });
});

describe('[R-59] clocks without a yearly rule', () => {
  test.each(IRREGULAR)(
    '%s: a series is right at its next date, and the organizer is warned of the others',
    zone => {
      const state = stateIn(zone, WEEKLY);
      const { ics, warnings } = written(state);
      expect(describeEvent(state, { now: NOW })).toMatchObject({ zoneRisk: true, warnings });
      const expected = moment.tz('2026-12-03T16:00:00', zone).valueOf();
      expect(startRead(ics)).toBe(textOf(expected));
      expect(warnings).toEqual([
        `Clocks in ${zone} do not change by a yearly rule. Some dates may be shown an hour off in some calendars.`,
      ]);
    },
  );

  test.each(IRREGULAR)(
    '%s: a single event is right on each day around each change, in UTC where it must be',
    zone => {
      for (const { at } of changesOf(zone)) {
        for (const day of [-20, -1, 1, 20]) {
          const date = textOf(at + day * DAY).slice(0, 10);
          const state = stateIn(zone, [], `${date.replaceAll('-', '')}T16`);
          const { ics, warnings } = written(state);
          expect(describeEvent(state, { now: NOW }).zoneRisk).toBe(false);
          const expected = moment.tz(`${date}T16:00:00`, zone).valueOf();
          expect([date, startRead(ics)]).toEqual([date, textOf(expected)]);
          expect(warnings).toEqual([]);
        }
      }
    },
  );
});

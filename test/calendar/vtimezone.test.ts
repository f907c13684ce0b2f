/** VTIMEZONE as it goes out: simple enough for Outlook, and right for every instant of the coming years. */
import { describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { formatLocal, parseLocal } from '../../src/calendar/civil.ts';
import { formatInstant, instantOf, parseInstant, wallClock, zoneNames } from '../../src/calendar/time.ts';
import { vtimezoneOf, zonePlan } from '../../src/calendar/vtimezone.ts';
import { event, type Told, weekly } from '../support/events.ts';

const NOW = '2026-11-22T00:00:00Z';
const DAY = 86_400_000;

function blockOf(zone: string): readonly string[] {
  const lines = vtimezoneOf(zone, NOW);
  if (lines === null) throw new Error(`no zone ${zone}`);
  return lines;
}

/** Zones whose clocks don't change by one yearly rule of Outlook's kind, by the pinned data of 2026f. */
const UNRULY = new Set([
  'Africa/Cairo',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'America/Scoresbysund',
  'Asia/Gaza',
  'Asia/Hebron',
  'Asia/Jerusalem',
]);

describe('the block of a zone', () => {
  test('[R-58] Berlin: one STANDARD, one DAYLIGHT, each with a yearly rule and its first onset in 1970', () => {
    expect(blockOf('Europe/Berlin')).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:19701025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZNAME:CET',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZNAME:CEST',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]);
  });

  test('[R-58] a zone without summer time has STANDARD alone, without a rule', () => {
    expect(blockOf('Asia/Kolkata')).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Asia/Kolkata',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0530',
      'TZOFFSETTO:+0530',
      'TZNAME:IST',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });

  test('[R-58] the southern half of the world and half hours', () => {
    const lines = blockOf('Australia/Lord_Howe');
    expect(lines).toContain('RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU');
    expect(lines).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU');
    expect(lines).toContain('TZOFFSETTO:+1030');
    expect(lines).toContain('TZOFFSETTO:+1100');
  });

  test('[R-58] every zone: all four properties, at most one of each kind, no RDATE, no seconds', () => {
    for (const zone of zoneNames()) {
      const text = blockOf(zone).join('\n');
      expect(text.match(/BEGIN:STANDARD/g)).toHaveLength(1);
      expect(text.match(/BEGIN:DAYLIGHT/g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/RDATE|TZURL|UNTIL/);
      const observances = text.match(/BEGIN:(?:STANDARD|DAYLIGHT)/g)?.length;
      expect(text.match(/^DTSTART:1970\d{4}T\d{6}$/gm)).toHaveLength(observances ?? 0);
      expect(text.match(/^TZOFFSETFROM:[+-]\d{4}$/gm)).toHaveLength(observances ?? 0);
      expect(text.match(/^TZOFFSETTO:[+-]\d{4}$/gm)).toHaveLength(observances ?? 0);
      expect(text.match(/^TZNAME:.+$/gm)).toHaveLength(observances ?? 0);
    }
  });

  test('an old name gives the block of the name of today, and no zone gives none', () => {
    expect(blockOf('US/Pacific')[1]).toBe('TZID:America/Los_Angeles');
    expect(vtimezoneOf('Mars/Olympus', NOW)).toBeNull();
  });
});

function repeats(utc: string, zone: string, local: string): boolean {
  return [30, 60, 120].some(
    minutes => wallClock(formatInstant(parseInstant(utc) + minutes * 60_000), zone) === local,
  );
}

describe('[R-59] the offsets that ical.js reads out of the block for five years', () => {
  const sample = zoneNames().filter(
    (zone, index) => index % 7 === 0 && !UNRULY.has(zone) && zone !== 'Etc/UTC',
  );
  const known = [
    'Europe/Berlin',
    'Europe/London',
    'Europe/Dublin',
    'America/New_York',
    'America/Vancouver',
    'Pacific/Auckland',
  ];

  test('the sample is large', () => {
    expect(new Set([...sample, ...known]).size).toBeGreaterThanOrEqual(60);
  });

  test.each([...new Set([...sample, ...known])])('%s', zone => {
    const text = ['BEGIN:VCALENDAR', ...blockOf(zone), 'END:VCALENDAR'].join('\r\n');
    const block = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone');
    if (block === null) throw new Error('no block');
    const clock = new ICAL.Timezone(block);
    const wrong: string[] = [];
    for (let at = parseInstant(NOW); at < parseInstant('2031-11-22T00:00:00Z'); at += 9 * DAY) {
      for (const hour of ['03:30', '14:00']) {
        const local = `${formatInstant(at).slice(0, 10)}T${hour}:00`;
        const utc = instantOf(local, zone);
        // What a change skips or repeats is read one way here and the other way there.
        if (wallClock(utc, zone) !== local || repeats(utc, zone, local)) continue;
        const time = ICAL.Time.fromString(local, new ICAL.Property('dtstart'));
        time.zone = clock;
        if (formatInstant(time.toUnixTime() * 1000) !== utc) wrong.push(local);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('how times go out', () => {
  function plan(told: Told, zones: Record<string, string> = {}) {
    return zonePlan(event(told), zones, NOW);
  }

  test('[R-60] dates need no zone', () => {
    expect(plan({ start: '2026-12-03' })).toMatchObject({
      form: 'date',
      tzid: null,
      lines: [],
      warning: null,
    });
  });

  test('[R-60] UTC stays UTC, for a series too', () => {
    expect(plan({ start: '2026-12-03T10:00Z' })).toMatchObject({ form: 'utc', lines: [] });
    expect(plan({ start: '2026-12-03T10:00Z', rrule: 'FREQ=DAILY' })).toMatchObject({
      form: 'utc',
      lines: [],
    });
  });

  test('a single event keeps its zone where the rules are yearly', () => {
    expect(plan({ start: '2026-12-03T10:00 Europe/Berlin' })).toMatchObject({
      form: 'zone',
      tzid: 'Europe/Berlin',
    });
  });

  test.each(['America/Havana'])(
    'a single event in %s goes out in UTC: its clocks follow no yearly rule',
    zone => {
      expect(plan({ start: `2026-12-03T10:00 ${zone}`, end: `2026-12-03T11:00 ${zone}` }).form).toBe('utc');
    },
  );

  test.each([...UNRULY])('a series in %s goes out with the pair in force and a warning', zone => {
    const series = weekly({
      start: `2026-12-03T10:00 ${zone}`,
      end: `2026-12-03T11:00 ${zone}`,
      rrule: 'FREQ=WEEKLY',
    });
    const found = zonePlan(series, {}, NOW);
    expect(found.form).toBe('zone');
    expect(found.warning).toBe(
      `Clocks in ${zone} do not change by a yearly rule. Some dates may be shown an hour off in some calendars.`,
    );
  });

  test('a series that ends before the odd change needs no warning', () => {
    const zone = 'Asia/Jerusalem';
    const short = weekly({
      start: `2026-12-03T10:00 ${zone}`,
      end: `2026-12-03T11:00 ${zone}`,
      rrule: 'FREQ=WEEKLY;COUNT=4',
    });
    expect(zonePlan(short, {}, NOW).warning).toBeNull();
  });

  test('a zone without a warning puts all dates of a series where the data has them', () => {
    for (const zone of zoneNames().filter((name, index) => index % 4 === 0 || UNRULY.has(name))) {
      const series = weekly({
        start: `2026-12-03T10:00 ${zone}`,
        end: `2026-12-03T11:00 ${zone}`,
        rrule: 'FREQ=WEEKLY',
      });
      expect([zone, zonePlan(series, {}, NOW).warning !== null]).toEqual([zone, UNRULY.has(zone)]);
    }
  });

  test('a series that began under other rules goes out with those of its next date', () => {
    const zone = 'America/Vancouver';
    const series = weekly({
      start: `2020-12-03T10:00 ${zone}`,
      end: `2020-12-03T11:00 ${zone}`,
      rrule: 'FREQ=WEEKLY',
    });
    expect(zonePlan(series, {}, NOW).lines).toContain('TZOFFSETTO:-0700');
    expect(zonePlan(series, {}, NOW).lines.join()).not.toContain('DAYLIGHT');
    expect(zonePlan(series, {}, '2024-01-01T00:00:00Z').lines.join()).toContain('DAYLIGHT');
  });
});

describe('custom zones that are no IANA zone', () => {
  // Half past clocks that change on the second Tuesday of May and of September: nobody keeps these.
  const custom = [
    'BEGIN:VTIMEZONE',
    'TZID:Customized; Time "Zone"',
    'BEGIN:STANDARD',
    'DTSTART:16010909T030000',
    'TZOFFSETFROM:+0230',
    'TZOFFSETTO:+0130',
    'RRULE:FREQ=YEARLY;BYDAY=2TU;BYMONTH=9',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010509T020000',
    'TZOFFSETFROM:+0130',
    'TZOFFSETTO:+0230',
    'RRULE:FREQ=YEARLY;BYDAY=2TU;BYMONTH=5',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
  const tzid = 'Customized; Time "Zone"';
  const moment = (local: string, utc: string) =>
    ({ kind: 'zoned', value: '', local, tzid, zone: null, utc, from: 'vtimezone' }) as const;
  const single = {
    ...event(),
    start: moment('2026-12-03T10:00:00', '2026-12-03T08:30:00Z'),
    end: { ...moment('2026-12-03T11:00:00', '2026-12-03T09:30:00Z'), source: 'DTEND' as const },
  };
  const series = { ...single, rrule: 'FREQ=WEEKLY', rrules: ['FREQ=WEEKLY'] };

  test('a single event goes out in UTC', () => {
    expect(zonePlan(single, { [tzid]: custom }, NOW)).toMatchObject({ form: 'utc', lines: [] });
  });

  test('a series goes out with the block written anew in its safe form', () => {
    const plan = zonePlan(series, { [tzid]: custom }, NOW);
    expect(plan).toMatchObject({ form: 'zone', tzid: 'Customized Time Zone', warning: null });
    expect(plan.lines).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Customized Time Zone',
      'BEGIN:STANDARD',
      'DTSTART:19700908T030000',
      'TZOFFSETFROM:+0230',
      'TZOFFSETTO:+0130',
      'RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=2TU',
      'TZNAME:+0130',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700512T020000',
      'TZOFFSETFROM:+0130',
      'TZOFFSETTO:+0230',
      'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2TU',
      'TZNAME:+0230',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]);
  });

  test('its later dates follow its own clock', () => {
    const { frame } = zonePlan(series, { [tzid]: custom }, NOW);
    const summer = parseLocal('2027-07-01T10:00:00');
    expect(formatInstant(frame.toInstant(summer))).toBe('2027-07-01T07:30:00Z');
    expect(formatLocal(frame.toLocal(parseInstant('2027-07-01T07:30:00Z')))).toBe('2027-07-01T10:00:00');
  });

  test('a series whose block is lost goes out in UTC', () => {
    expect(zonePlan(series, {}, NOW).form).toBe('utc');
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalZone } from '../../src/calendar/time.ts';
import { displayNames, windowsZones } from '../../src/calendar/windows-zones.ts';
import { zoneNamed } from '../../src/calendar/zones.ts';
import {
  CENTRAL_EUROPE,
  calendarOf,
  EU_RULES,
  eventOf,
  readObject,
  readOne,
  windowsBlock,
} from './calendar-text.ts';
import '../support/runs.ts';

describe('names of zones', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin', 'name'],
    ['"Europe/Berlin"', 'Europe/Berlin', 'name'],
    [' europe/berlin ', 'Europe/Berlin', 'name'],
    ['America/New York', 'America/New_York', 'name'],
    ['US/Pacific', 'America/Los_Angeles', 'name'],
    ['UTC', 'Etc/UTC', 'name'],
    ['/freeassociation.sourceforge.net/Tzfile/Europe/Vienna', 'Europe/Vienna', 'path'],
    ['/softwarestudio.org/Olson_20011030_5/America/Argentina/Salta', 'America/Argentina/Salta', 'path'],
    ['/America/New_York', 'America/New_York', 'path'],
    ['W. Europe Standard Time', 'Europe/Berlin', 'windows'],
    ['FLE Standard Time', 'Europe/Kyiv', 'windows'],
    ['india standard time', 'Asia/Kolkata', 'windows'],
    ['Romance', 'Europe/Paris', 'windows'],
    ['(UTC-05:00) Eastern Time (US & Canada)', 'America/New_York', 'label'],
    ['(GMT+10:00) Canberra, Melbourne, Sydney', 'Australia/Sydney', 'label'],
    ['(UTC-03:00) Brasília', 'America/Sao_Paulo', 'label'],
    ['UTC+05:00', 'Etc/GMT-5', 'label'],
  ])('[R-25] %s is %s', (tzid, zone, by) => {
    expect(zoneNamed(tzid)).toMatchObject({ zone, by });
  });

  test.each([
    '',
    'Customized Time Zone',
    'tzone://Microsoft/Custom',
    'BRT',
    'Mars/Olympus',
    'constructor',
    'x'.repeat(5_000),
  ])('%.30s names none', tzid => {
    expect(zoneNamed(tzid)).toBeNull();
  });

  test('[R-25] every Windows id and every label leads to a zone of the data', () => {
    const listed = [...Object.values(windowsZones), ...Object.values(displayNames)];
    expect(listed.length).toBeGreaterThan(220);
    expect(listed.filter(zone => canonicalZone(zone) === null)).toEqual([]);
  });
});

describe("the file's own VTIMEZONE", () => {
  const start = (tzid: string, local: string, block: readonly string[]) =>
    readOne([`DTSTART;TZID="${tzid}":${local}`], block).start;

  test('[R-25] explains a name that says nothing, by the zone with the same changes', () => {
    const block = windowsBlock('Customized Time Zone', CENTRAL_EUROPE, EU_RULES);
    expect(start('Customized Time Zone', '20260703T160000', block)).toMatchObject({
      zone: 'Europe/Berlin',
      utc: '2026-07-03T14:00:00Z',
      from: 'vtimezone',
    });
  });

  test('a hint in the block chooses among zones with the same clock', () => {
    const block = windowsBlock('Our office', CENTRAL_EUROPE, EU_RULES);
    const told = [...block.slice(0, 2), 'X-LIC-LOCATION:Europe/Stockholm', ...block.slice(2)];
    expect(start('Our office', '20260703T160000', told)?.zone).toBe('Europe/Stockholm');
  });

  test('wins where it disagrees with the zone of its name, and is kept as text', () => {
    const block = [
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0500',
      'TZOFFSETTO:+0500',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const calendar = readObject(
      calendarOf([...block, ...eventOf(['DTSTART;TZID=Europe/Berlin:20260703T160000'])]),
    );
    expect(calendar.events[0]?.start).toMatchObject({
      zone: null,
      utc: '2026-07-03T11:00:00Z',
      from: 'vtimezone',
    });
    expect(calendar.customZones).toEqual({ 'Europe/Berlin': `${block.join('\r\n')}\r\n` });
  });

  test('a clock that no zone keeps stays a custom one with right instants', () => {
    const block = [
      'BEGIN:VTIMEZONE',
      'TZID:Ship',
      'BEGIN:STANDARD',
      'DTSTART:00010101T000000',
      'TZOFFSETFROM:+0117',
      'TZOFFSETTO:+0117',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(start('Ship', '20260703T160000', block)).toMatchObject({
      zone: null,
      utc: '2026-07-03T14:43:00Z',
    });
  });

  test.each([
    ['20260329T013000', '2026-03-29T00:30:00Z'],
    ['20260329T023000', '2026-03-29T01:30:00Z'],
    ['20260329T033000', '2026-03-29T01:30:00Z'],
    ['20261025T023000', '2026-10-25T00:30:00Z'],
    ['20261025T033000', '2026-10-25T02:30:00Z'],
  ])('around a change %s is %s', (local, utc) => {
    const block = windowsBlock('Office', CENTRAL_EUROPE, EU_RULES);
    expect(start('Office', local, block)?.utc).toBe(utc);
  });

  test('rules of other shapes: a day on or after, a last day, an end, an anniversary', () => {
    const block = (rule: string, at = '19700405T020000') => [
      'BEGIN:VTIMEZONE',
      'TZID:Z',
      'BEGIN:STANDARD',
      'DTSTART:19691026T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0000',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      `DTSTART:${at}`,
      'TZOFFSETFROM:+0000',
      'TZOFFSETTO:+0100',
      rule,
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20260101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0000',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const noon = (rule: string, date: string, at?: string) =>
      start('Z', `${date}T120000`, block(rule, at))?.utc;
    const onOrAfter = 'RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU';
    expect(noon(onOrAfter, '20260411')).toBe('2026-04-11T12:00:00Z');
    expect(noon(onOrAfter, '20260412')).toBe('2026-04-12T11:00:00Z');
    const lastDay = 'RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1';
    expect(noon(lastDay, '20260429')).toBe('2026-04-29T12:00:00Z');
    expect(noon(lastDay, '20260430')).toBe('2026-04-30T11:00:00Z');
    const ended = 'RRULE:FREQ=YEARLY;UNTIL=20250406T020000Z;BYMONTH=4;BYDAY=1SU';
    expect(noon(ended, '20250501')).toBe('2025-05-01T11:00:00Z');
    expect(noon(ended, '20260501')).toBe('2026-05-01T12:00:00Z');
    expect(noon('RRULE:FREQ=YEARLY', '20260404')).toBe('2026-04-04T12:00:00Z');
    expect(noon('RRULE:FREQ=YEARLY', '20260405')).toBe('2026-04-05T11:00:00Z');
    expect(noon('RRULE:FREQ=YEARLY;COUNT=3;BYMONTH=4;BYDAY=1SU', '20260501')).toBe('2026-05-01T12:00:00Z');
  });

  test('a block that can not be read leaves the word to the name', () => {
    const block = windowsBlock('Europe/Berlin', CENTRAL_EUROPE, {
      standard: 'BYDAY=-1SU;BYMONTH=10',
      daylight: 'BYWEEKNO=12',
    });
    expect(start('Europe/Berlin', '20260703T160000', block)).toMatchObject({
      zone: 'Europe/Berlin',
      utc: '2026-07-03T14:00:00Z',
      from: 'iana',
    });
    const lame = block.map(line => line.replace('TZID:Europe/Berlin', 'TZID:Nowhere'));
    expect(start('Nowhere', '20260703T160000', lame)).toMatchObject({
      utc: null,
      zone: null,
      from: 'unresolved',
    });
  });

  test('a change on the nth weekday of a month, counted from either end, holds from that very day', () => {
    const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
    fc.assert(
      fc.property(
        fc.constantFrom(-5, -4, -3, -2, -1, 1, 2, 3, 4, 5),
        fc.nat({ max: 6 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1990, max: 2080 }),
        fc.integer({ min: 1, max: 28 }),
        (nth, weekday, month, year, day) => {
          const daylight = `BYDAY=${nth}${names[weekday]};BYMONTH=${month}`;
          const block = windowsBlock('Own', CENTRAL_EUROPE, { standard: 'BYDAY=1SU;BYMONTH=9', daylight });
          const days = Array.from(
            { length: 31 },
            (_, index) => new Date(Date.UTC(year, month - 1, index + 1)),
          )
            .filter(date => date.getUTCMonth() === month - 1 && date.getUTCDay() === weekday)
            .map(date => date.getUTCDate());
          const onset = days.at(nth > 0 ? nth - 1 : nth);
          const date = new Date(Date.UTC(year, month - 1, day, 12)).toISOString().slice(0, 13);
          const hour = onset !== undefined && day >= onset ? '10' : '11';
          const told = start('Own', `${date.replaceAll('-', '')}0000`, block);
          expect(told?.utc).toBe(`${date.slice(0, 10)}T${hour}:00:00Z`);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a block that begins after the event leaves the word to the name', () => {
    const block = [
      'BEGIN:VTIMEZONE',
      'TZID:America/New_York',
      'BEGIN:STANDARD',
      'DTSTART:20261101T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(start('America/New_York', '20260115T090000', block)?.utc).toBe('2026-01-15T14:00:00Z');
  });

  test('an unknown name without a block keeps its wall clock and stays unresolved', () => {
    expect(start('Middle/Nowhere', '20260703T160000', [])).toEqual({
      kind: 'zoned',
      value: '20260703T160000',
      local: '2026-07-03T16:00:00',
      tzid: 'Middle/Nowhere',
      zone: null,
      utc: null,
      from: 'unresolved',
    });
  });

  test('X-WR-TIMEZONE is the zone of the calendar', () => {
    const head = ['METHOD:PUBLISH', 'X-WR-TIMEZONE:W. Europe Standard Time'];
    expect(readObject(calendarOf(eventOf(['DTSTART:20260303']), head)).defaultZone).toBe('Europe/Berlin');
  });
});

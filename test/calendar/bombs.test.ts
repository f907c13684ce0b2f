import { beforeAll, describe, expect, test } from '@jest/globals';
import { readCalendar } from '../../src/calendar/read.ts';
import { offsetAt, zoneNames } from '../../src/calendar/time.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/kernel/limits.ts';
import {
  bytes,
  CENTRAL_EUROPE,
  calendarOf,
  EU_RULES,
  eventOf,
  readObject,
  refusalCode,
  text,
  windowsBlock,
} from './calendar-text.ts';

const START = 'DTSTART:20260303T150000Z';

/** Reads, and gives milliseconds. */
function timed(content: Uint8Array, limits: Limits = DEFAULT_LIMITS): { code: string; ms: number } {
  const began = performance.now();
  const reading = readCalendar(content, {}, limits);
  return { code: reading.ok ? 'read' : reading.refusal.code, ms: performance.now() - began };
}

describe('limits', () => {
  test('[R-20] a megabyte is read, one octet more is not', () => {
    const shell = text(calendarOf(eventOf([START])));
    const room = DEFAULT_LIMITS.CALENDAR_BYTES - shell.length;
    const lines = `${'X-A:1\r\n'.repeat(10_000)}`;
    const filled = (size: number) => {
      const folds = Math.floor((size - lines.length) / 60_002);
      const filler = Array.from({ length: folds }, () => `X-B:${'b'.repeat(59_996)}\r\n`).join('');
      const rest = size - lines.length - filler.length;
      return shell.replace('BEGIN:VEVENT', `${lines}${filler}X-C:${'c'.repeat(rest - 6)}\r\nBEGIN:VEVENT`);
    };
    expect(Buffer.byteLength(filled(room))).toBe(DEFAULT_LIMITS.CALENDAR_BYTES);
    expect(refusalCode(filled(room))).toBe('read');
    expect(refusalCode(filled(room + 1))).toBe('too_large');
  });

  test('[R-20] a line may have 64 KiB, folds not counted', () => {
    const folded = (length: number) =>
      text(calendarOf(eventOf([START, `SUMMARY:${'x'.repeat(length - 8)}`]))).replace(/x{70}/g, '$&\r\n ');
    expect(refusalCode(folded(65_536))).toBe('read');
    expect(refusalCode(folded(65_537))).toBe('line_too_long');
  });

  test('[R-20] 20,000 lines are read, one more is not', () => {
    const lines = (count: number) => text(calendarOf(eventOf([START, ...Array(count - 12).fill('X-A:1')])));
    expect(refusalCode(lines(19_998))).toBe('read');
    expect(refusalCode(lines(20_001))).toBe('too_many_lines');
  });

  test('[R-20] nesting beyond four components is refused at its line', () => {
    const deep = calendarOf(eventOf([START, ...Array(3).fill('BEGIN:X'), ...Array(3).fill('END:X')]));
    expect(readCalendar(bytes(text(deep)))).toMatchObject({
      ok: false,
      refusal: { code: 'too_deep', line: 13 },
    });
    expect(refusalCode(text(calendarOf(eventOf([START, 'BEGIN:X', 'BEGIN:Y', 'END:Y', 'END:X']))))).toBe(
      'read',
    );
    expect(timed(bytes(`BEGIN:VCALENDAR\r\n${'BEGIN:X\r\n'.repeat(19_000)}`)).code).toBe('too_deep');
  });

  test('[R-20] a series with 200 changed dates is read, with 201 not', () => {
    const events = (count: number) =>
      text(
        calendarOf(
          Array(count)
            .fill(eventOf([START]))
            .flat(),
        ),
      );
    expect(refusalCode(events(201))).toBe('read');
    expect(refusalCode(events(202))).toBe('too_many_changes');
  });

  test('ten thousand guests are read, more are not looked at', () => {
    const guests = Array.from({ length: 10_005 }, (_, i) => `ATTENDEE:mailto:g${i}@example.com`);
    expect(readObject(calendarOf(eventOf([START, ...guests]))).events[0]?.attendees).toHaveLength(10_000);
  });
});

describe('bombs', () => {
  // The first unknown zone unpacks the zone data: not what is measured here.
  beforeAll(() => {
    readObject(
      calendarOf([
        ...windowsBlock('Odd', CENTRAL_EUROPE, EU_RULES),
        ...eventOf(['DTSTART;TZID=Odd:20260303T160000']),
      ]),
    );
    for (const name of zoneNames()) offsetAt('2026-03-03T16:00:00Z', name);
  });

  const million = DEFAULT_LIMITS.CALENDAR_BYTES;
  const within = (before: string, unit: string, after: string, size = million - 2_000) =>
    bytes(before + unit.repeat(Math.floor(size / unit.length)) + after);
  const head = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260303T150000Z\r\n';
  const tail = '\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
  const long = 65_000;

  test.each<[string, Uint8Array]>([
    ['carriage returns', within('', '\r', '')],
    ['line feeds and blanks', within('', '\n ', '')],
    ['folds of nothing', within(`${head}SUMMARY:`, '\r\n ', tail)],
    ['quotes', within(`${head}ATTENDEE;CN=`, '"', `:mailto:a@example.com${tail}`, long)],
    ['parameters', within(`${head}ATTENDEE`, ';A=', `:mailto:a@example.com${tail}`, long)],
    ['backslashes', within(`${head}SUMMARY:`, '\\', tail, long)],
    ['commas of a list', within(`${head}CATEGORIES:`, '\\,,', tail, long)],
    ['carets', within(`${head}ATTENDEE;CN=`, '^', `:mailto:a@example.com${tail}`, long)],
    ['angle brackets', within(`${head}DESCRIPTION:<p>`, '<', tail, long)],
    ['tags', within(`${head}DESCRIPTION:`, '<p ', tail, long)],
    ['opened tags', within(`${head}DESCRIPTION:`, '<b>', tail, long)],
    ['links', within(`${head}DESCRIPTION:`, '<a href=', tail, long)],
    ['comments', within(`${head}DESCRIPTION:<p>`, '<!--', tail, long)],
    ['scripts', within(`${head}DESCRIPTION:<p>`, '<script>', tail, long)],
    ['entities', within(`${head}DESCRIPTION:<p>`, '&#1', tail, long)],
    ['fences', within(`${head}DESCRIPTION:`, '-::~', tail, long)],
    ['one long fence', within(`${head}DESCRIPTION:-::`, '~:', tail, long)],
    ['stars', within(`${head}DESCRIPTION:`, '*~', `x${tail}`, long)],
    ['addresses of the web', within(`${head}DESCRIPTION:`, 'https://', tail, long)],
    ['dots behind an address', within(`${head}DESCRIPTION:https://zoom.us/j/1`, '.', `x${tail}`, long)],
    ['meeting options', within(`${head}DESCRIPTION:`, 'Meeting options|', tail, long)],
    ['blanks', within(`${head}DESCRIPTION:x`, ' ', `x${tail}`, long)],
    ['an address', within(`${head}ORGANIZER:mailto:a@`, 'a', tail, long)],
    ['dots in an address', within(`${head}ORGANIZER:mailto:`, 'a.', `@example.com${tail}`, long)],
    ['a TZID', within(`${head}RECURRENCE-ID;TZID=`, '(UTC', `:20260303T150000${tail}`, long)],
    ['slashes of a TZID', within(`${head}RECURRENCE-ID;TZID=`, '/', `:20260303T150000${tail}`, long)],
    ['digits', within(`${head}SEQUENCE:`, '9', tail, long)],
    ['excluded dates', within(`${head}EXDATE:`, '20260303T150000Z,', tail, long)],
    ['closed components', within('BEGIN:VCALENDAR\r\n', 'END:X\r\n', 'END:VCALENDAR\r\n', 130_000)],
  ])('%s take less than a second', (_, content) => {
    const { ms } = timed(content);
    expect(ms).toBeLessThan(1_000);
  });

  test('a VTIMEZONE with endless work is given up, the event keeps its wall clock', () => {
    const block = (index: number) => [
      'BEGIN:STANDARD',
      `DTSTART:0001010${(index % 9) + 1}T000000`,
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU',
      'END:STANDARD',
    ];
    const blocks = Array.from({ length: 390 }, (_, index) => block(index)).flat();
    const dates = Array.from({ length: 300 }, (_, index) => `EXDATE;TZID=Odd:${1_700 + index}0101T000000`);
    const content = text(
      calendarOf([
        'BEGIN:VTIMEZONE',
        'TZID:Odd',
        ...blocks,
        'END:VTIMEZONE',
        ...eventOf(['DTSTART;TZID=Odd:20260303T160000', ...dates]),
      ]),
    );
    const began = performance.now();
    const reading = readCalendar(bytes(content));
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(reading).toMatchObject({
      ok: true,
      calendar: {
        repairs: ['zone_too_complex'],
        events: [{ start: { local: '2026-03-03T16:00:00', utc: null, from: 'unresolved' } }],
      },
    });
  });

  test.each([
    'FREQ=SECONDLY',
    'FREQ=DAILY',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;INTERVAL=999999999',
    'FREQ=YEARLY;COUNT=999999999;BYDAY=1SU',
    'FREQ=YEARLY;BYMONTH=13;BYDAY=99XX',
  ])('a zone rule %s comes to an end', rule => {
    const block = [
      'BEGIN:VTIMEZONE',
      'TZID:Odd',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      `RRULE:${rule}`,
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const { ms, code } = timed(
      bytes(text(calendarOf([...block, ...eventOf(['DTSTART;TZID=Odd:20260303T160000'])]))),
    );
    expect(code).toBe('read');
    expect(ms).toBeLessThan(500);
  });

  test('control characters and names of object properties do no harm', () => {
    expect(
      readObject(
        calendarOf(
          eventOf([
            START,
            'ATTENDEE;__proto__=x;CONSTRUCTOR=y;TOSTRING=z:mailto:a@example.com',
            '__PROTO__:1',
            'BEGIN:CONSTRUCTOR',
            'END:CONSTRUCTOR',
            'LOCATION:a\u0001b\u007fc',
          ]),
        ),
      ).events[0]?.attendees[0]?.parameters,
    ).toMatchObject({ CONSTRUCTOR: 'y', TOSTRING: 'z' });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CalendarObject } from '../../src/calendar/event.ts';
import { checkForRegister, checkReading, readCalendar } from '../../src/calendar/read.ts';
import { uidKey } from '../../src/calendar/uid.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import {
  bytes,
  CENTRAL_EUROPE,
  calendarOf,
  EU_RULES,
  eventOf,
  readObject,
  text,
  windowsBlock,
} from './calendar-text.ts';

const HINTS = { organizerZone: null };
const TIMES = ['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z'];

function check(calendar: CalendarObject, organizerZone: string | null = null) {
  return checkForRegister(calendar, DEFAULT_LIMITS, { organizerZone });
}

/** `ok`, or the refusal's code. */
function verdict(
  lines: readonly string[],
  head?: readonly string[],
  organizerZone: string | null = null,
): string {
  const checked = check(readObject(calendarOf(eventOf(lines), head)), organizerZone);
  return checked.ok ? 'ok' : checked.refusal.code;
}

function accepted(lines: readonly string[], head?: readonly string[], organizerZone: string | null = null) {
  const checked = check(readObject(calendarOf(lines, head)), organizerZone);
  if (!checked.ok) throw new Error(checked.refusal.code);
  const [event] = checked.calendar.events;
  if (event === undefined) throw new Error('no event');
  return { event, events: checked.calendar.events, notes: checked.notes };
}

function fixture(name: string): CalendarObject {
  const reading = readCalendar(readFileSync(new URL(`../fixtures/ics/${name}.ics`, import.meta.url)));
  if (!reading.ok) throw new Error(reading.refusal.code);
  return reading.calendar;
}

describe('what may be registered', () => {
  test.each([
    'google-request',
    'exchange-teams-request',
    'exchange-2003-update',
    'outlook-mac-city-list',
    'icloud-full-history',
    'yahoo-request',
    'domino-series',
    'outlook-all-day-series',
  ])('%s', name => {
    expect(check(fixture(name))).toMatchObject({ ok: true });
  });

  test.each([
    [['METHOD:REQUEST'], 'ok'],
    [['METHOD:cancel'], 'ok'],
    [['METHOD:PUBLISH'], 'ok'],
    [[], 'ok'],
    [['METHOD:EXPORT'], 'unknown_method'],
    [['METHOD:ADD'], 'unknown_method'],
    [['METHOD:REPLY'], 'unknown_method'],
  ])('%j: %s', (head, expected) => {
    expect(verdict(TIMES, head)).toBe(expected);
  });

  test('[R-08] one event, whatever its changed dates are', () => {
    const override = eventOf([...TIMES, 'RECURRENCE-ID:20260303T150000Z']);
    const other = override.map(line => line.replace('UID:spring-webinar', 'UID:other'));
    const code = (lines: readonly string[]) => {
      const checked = check(readObject(calendarOf(lines)));
      return checked.ok ? 'ok' : checked.refusal.code;
    };
    expect(code([...eventOf(TIMES), ...override])).toBe('ok');
    expect(code(override)).toBe('ok');
    expect(code([...eventOf(TIMES), ...other])).toBe('two_events');
    expect(code([...eventOf(TIMES), ...eventOf(TIMES)])).toBe('two_events');
  });

  test('[R-08] one calendar a file', () => {
    const once = text(calendarOf(eventOf(TIMES)));
    expect(checkReading(readCalendar(bytes(once)), DEFAULT_LIMITS, HINTS)).toMatchObject({ ok: true });
    expect(checkReading(readCalendar(bytes(once + once)), DEFAULT_LIMITS, HINTS)).toMatchObject({
      ok: false,
      refusal: { code: 'two_calendars' },
    });
    expect(checkReading(readCalendar(bytes('x')), DEFAULT_LIMITS, HINTS)).toMatchObject({
      ok: false,
      refusal: { code: 'not_icalendar' },
    });
  });

  test('a UID is needed, printable and of bounded length', () => {
    const code = (uid: string) => {
      const lines = ['BEGIN:VEVENT', uid, 'ORGANIZER:mailto:jane@example.com', ...TIMES, 'END:VEVENT'];
      const checked = check(readObject(calendarOf(lines)));
      return checked.ok ? 'ok' : checked.refusal.code;
    };
    expect(code('X-NO-UID:1')).toBe('no_uid');
    expect(code('UID:  ')).toBe('no_uid');
    expect(code(`UID:${'u'.repeat(512)}`)).toBe('ok');
    expect(code(`UID:${'u'.repeat(513)}`)).toBe('bad_uid');
    expect(code(`UID:${'ü'.repeat(257)}`)).toBe('bad_uid');
    expect(code('UID:a\u0007b')).toBe('bad_uid');
  });

  test("Outlook's UIDs are one in either case of their digits, others are not", () => {
    const outlook = `040000008200E00074C5B7101A82E008${'0a'.repeat(40)}`;
    expect(uidKey(outlook.toLowerCase())).toBe(outlook.toUpperCase());
    expect(uidKey(outlook)).toBe(outlook.toUpperCase());
    expect(uidKey(`${outlook}0`)).toBe(`${outlook}0`);
    expect(uidKey('Abc@example.com')).toBe('Abc@example.com');
  });

  test('an invitation names its organizer, a publication may leave him out', () => {
    const lines = ['BEGIN:VEVENT', 'UID:1', ...TIMES, 'END:VEVENT'];
    const code = (method: string, organizer: readonly string[]) => {
      const checked = check(
        readObject(calendarOf([...lines.slice(0, 2), ...organizer, ...lines.slice(2)], [`METHOD:${method}`])),
      );
      return checked.ok ? 'ok' : checked.refusal.code;
    };
    expect(code('REQUEST', [])).toBe('no_organizer');
    expect(code('REQUEST', ['ORGANIZER:invalid:nomail'])).toBe('no_organizer');
    expect(code('PUBLISH', ['ORGANIZER:invalid:nomail'])).toBe('no_organizer');
    expect(code('PUBLISH', [])).toBe('ok');
    expect(code('PUBLISH', ['ORGANIZER:'])).toBe('ok');
  });
});

describe('times', () => {
  test('[R-26] an unknown zone is refused by its name, with its line', () => {
    const checked = check(readObject(calendarOf(eventOf(['DTSTART;TZID=Middle/Nowhere:20260303T160000']))));
    expect(checked).toEqual({
      ok: false,
      refusal: {
        code: 'unknown_zone',
        detail: 'Middle/Nowhere',
        line: 10,
        sentence:
          'The time zone of the event is not known and the file does not describe it (Middle/Nowhere). Choose a time zone in your calendar and save the event.',
      },
    });
  });

  test('[R-26] a floating time takes the zone of the calendar, else of the organizer, else it is refused', () => {
    const lines = ['DTSTART:20260303T160000', 'DTEND:20260303T170000', 'EXDATE:20260304T160000'];
    expect(verdict(lines)).toBe('floating_time');
    const own = accepted(eventOf(lines), ['METHOD:REQUEST', 'X-WR-TIMEZONE:Asia/Tokyo'], 'Europe/Berlin');
    expect(own.event).toMatchObject({
      start: { kind: 'zoned', zone: 'Asia/Tokyo', tzid: 'Asia/Tokyo', utc: '2026-03-03T07:00:00Z' },
      end: { utc: '2026-03-03T08:00:00Z', source: 'DTEND' },
      exdates: [{ utc: '2026-03-04T07:00:00Z' }],
    });
    expect(own.notes).toEqual(['floating_in_calendar_zone']);
    const organizer = accepted(eventOf(lines), ['METHOD:REQUEST'], 'Europe/Berlin');
    expect(organizer.event.start?.utc).toBe('2026-03-03T15:00:00Z');
    expect(organizer.notes).toEqual(['floating_in_organizer_zone']);
  });

  test("[R-24] Microsoft's flag makes midnight to midnight an all-day event, with all that refers to it", () => {
    const checked = check(fixture('outlook-all-day-series'));
    expect(checked).toMatchObject({
      ok: true,
      notes: ['all_day_by_flag'],
      calendar: {
        events: [
          {
            start: { kind: 'date', value: '20260302', local: '2026-03-02' },
            end: { kind: 'date', value: '20260304', local: '2026-03-04', source: 'DTEND' },
            rrule: 'FREQ=WEEKLY;UNTIL=20260330;BYDAY=MO',
            exdates: [{ kind: 'date', local: '2026-03-09' }],
            recurrenceId: null,
          },
          {
            start: { kind: 'date', local: '2026-03-17' },
            recurrenceId: { kind: 'date', local: '2026-03-16', range: null },
          },
        ],
      },
    });
  });

  test('[R-24] the flag alone, or midnight alone, makes no all-day event', () => {
    const zoned = (start: string, end: string, flag: string) => [
      `DTSTART;TZID=Europe/Berlin:${start}`,
      `DTEND;TZID=Europe/Berlin:${end}`,
      `X-MICROSOFT-CDO-ALLDAYEVENT:${flag}`,
    ];
    const kind = (...of: Parameters<typeof zoned>) => accepted(eventOf(zoned(...of))).event.start?.kind;
    expect(kind('20260303T000000', '20260304T000000', 'TRUE')).toBe('date');
    expect(kind('20260303T000000', '20260304T000000', 'FALSE')).toBe('zoned');
    expect(kind('20260303T080000', '20260304T000000', 'TRUE')).toBe('zoned');
    expect(kind('20260303T000000', '20260303T120000', 'TRUE')).toBe('zoned');
  });

  test('a day that ends on its own date is one day', () => {
    const { event } = accepted(eventOf(['DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260228']));
    expect(event.end).toMatchObject({ kind: 'date', value: '20260301', local: '2026-03-01' });
  });

  describe('UNTIL', () => {
    const rule = (prodId: string, start: string, until: string) => {
      const block = windowsBlock('W. Europe Standard Time', CENTRAL_EUROPE, EU_RULES);
      const calendar = readObject(
        calendarOf([...block, ...eventOf([start, `RRULE:FREQ=DAILY;UNTIL=${until};INTERVAL=2`])]),
      );
      const checked = check({ ...calendar, prodId });
      return checked.ok ? checked.calendar.events[0]?.rrule : checked.refusal.code;
    };
    const nine = 'DTSTART;TZID=W. Europe Standard Time:20260303T090000';
    const microsoft = '-//Microsoft Corporation//Outlook 14.0 MIMEDIR//EN';

    test('[R-29] at midnight in UTC includes the last local day, from Microsoft only', () => {
      expect(rule(microsoft, nine, '20260310T000000Z')).toBe('FREQ=DAILY;UNTIL=20260310T225959Z;INTERVAL=2');
      expect(rule('-//Example//EN', nine, '20260310T000000Z')).toBe(
        'FREQ=DAILY;UNTIL=20260310T000000Z;INTERVAL=2',
      );
    });

    test('as a date for a time means the whole of that local day', () => {
      expect(rule('x', nine, '20260310')).toBe('FREQ=DAILY;UNTIL=20260310T225959Z;INTERVAL=2');
    });

    test('as a wall clock is the clock of DTSTART', () => {
      expect(rule('x', nine, '20260710T090000')).toBe('FREQ=DAILY;UNTIL=20260710T070000Z;INTERVAL=2');
    });

    test('as a time for a date is that date', () => {
      expect(rule('x', 'DTSTART;VALUE=DATE:20260303', '20260310T080000Z')).toBe(
        'FREQ=DAILY;UNTIL=20260310;INTERVAL=2',
      );
    });

    test('in the right form is left as it stands', () => {
      expect(rule('x', nine, '20260310T080000Z')).toBe('FREQ=DAILY;UNTIL=20260310T080000Z;INTERVAL=2');
    });
  });

  test.each([
    [['DTSTART:20260303T150000Z', 'DTEND:20260303T140000Z'], 'end_before_start'],
    [['DTSTART:20260303T150000Z', 'DTEND:tomorrow'], 'bad_end'],
    [['DTSTART:20260303T150000Z', 'DURATION:-PT1H'], 'bad_end'],
    [['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z', 'DURATION:PT2H'], 'bad_end'],
    [['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z', 'DURATION:PT1H'], 'ok'],
    [['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z', 'DURATION:PT0S'], 'ok'],
    [['DTSTART:20260303T150000Z', 'DTEND;VALUE=DATE:20260304'], 'bad_end'],
    [['DTSTART:20260303T150000Z', 'DTEND:20260303T150000Z'], 'ok'],
    [['DTSTART:20260303T150000Z', 'DURATION:P366D'], 'ok'],
    [['DTSTART:20260303T150000Z', 'DURATION:P366DT1S'], 'too_long'],
    [['DTSTART:19691231T150000Z'], 'year_out_of_range'],
    [['DTSTART:21010101T150000Z'], 'year_out_of_range'],
    [['DTSTART:21001231T150000Z'], 'ok'],
    [[...TIMES, 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T150000Z'], 'range_not_supported'],
    [[...TIMES, 'RECURRENCE-ID:yesterday'], 'bad_start'],
    [[...TIMES, 'SEQUENCE:2147483647'], 'ok'],
    [[...TIMES, 'SEQUENCE:2147483648'], 'sequence_out_of_range'],
    [[...TIMES, 'SEQUENCE:-1'], 'sequence_out_of_range'],
  ])('%j: %s', (lines, expected) => {
    expect(verdict(lines)).toBe(expected);
  });

  test('both values of a contradiction are named', () => {
    const checked = check(
      readObject(calendarOf(eventOf(['DTSTART:20260303T150000Z', 'DTEND:20260303T140000Z']))),
    );
    expect(checked).toMatchObject({
      refusal: {
        sentence: 'The event ends before it starts (20260303T150000Z, 20260303T140000Z). Set its end again.',
      },
    });
  });

  test('a cancellation needs neither start nor zone, but must tell which date', () => {
    expect(verdict([], ['METHOD:CANCEL'])).toBe('ok');
    expect(verdict(['RECURRENCE-ID;TZID=Europe/Berlin:20260303T160000'], ['METHOD:CANCEL'])).toBe('ok');
    expect(verdict(['RECURRENCE-ID;TZID=Middle/Nowhere:20260303T160000'], ['METHOD:CANCEL'])).toBe(
      'unknown_zone',
    );
  });
});

describe('repeat rules', () => {
  test.each([
    ['FREQ=DAILY', 'ok'],
    ['FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;WKST=SU', 'ok'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'ok'],
    ['FREQ=DAILY;COUNT=730', 'ok'],
    ['FREQ=DAILY;COUNT=731', 'rule_not_supported'],
    ['FREQ=DAILY;UNTIL=20361231T235959Z', 'ok'],
    ['FREQ=DAILY;UNTIL=20370101T000000Z', 'rule_not_supported'],
    ['FREQ=WEEKLY;UNTIL=20266331T140000Z', 'rule_not_supported'],
    ['FREQ=WEEKLY;UNTIL=20260331T340000Z', 'rule_not_supported'],
    ['FREQ=HOURLY', 'rule_not_supported'],
    ['FREQ=SECONDLY;COUNT=1', 'rule_not_supported'],
    ['FREQ=SOMETIMES', 'rule_not_supported'],
    ['INTERVAL=2', 'rule_not_supported'],
    [
      'FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31',
      'rule_not_supported',
    ],
    ['FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=1,15', 'ok'],
  ])('%s: %s', (rule, expected) => {
    expect(verdict([...TIMES, `RRULE:${rule}`])).toBe(expected);
  });

  test('two rules are one too many, and both are named', () => {
    const checked = check(
      readObject(calendarOf(eventOf([...TIMES, 'RRULE:FREQ=DAILY;COUNT=2', 'RRULE:FREQ=WEEKLY;COUNT=2']))),
    );
    expect(checked).toMatchObject({
      refusal: {
        code: 'rule_not_supported',
        sentence:
          'This repeat rule is not supported (FREQ=DAILY;COUNT=2 and FREQ=WEEKLY;COUNT=2). Use a simpler rule.',
      },
    });
  });

  test('a thousand single dates are listed, not one more', () => {
    const dates = (count: number) =>
      Array.from(
        { length: count },
        (_, i) =>
          `EXDATE:20260303T15${String(Math.floor(i / 60) % 60).padStart(2, '0')}${String(i % 60).padStart(2, '0')}Z`,
      );
    expect(verdict([...TIMES, 'RRULE:FREQ=DAILY', ...dates(1_000)])).toBe('ok');
    expect(verdict([...TIMES, 'RRULE:FREQ=DAILY', ...dates(1_001)])).toBe('too_many_dates');
  });

  test('periods as long as the event are dates, others are refused', () => {
    const checked = check(fixture('domino-series'));
    expect(checked).toMatchObject({
      ok: true,
      notes: ['periods_as_dates'],
      calendar: {
        events: [
          {
            rdates: [
              { value: '20260407T100000' },
              { value: '20260414T100000' },
              { value: '20260421T100000' },
            ],
          },
        ],
      },
    });
    expect(verdict([...TIMES, 'RDATE;VALUE=PERIOD:20260304T150000Z/PT2H'])).toBe('rule_not_supported');
  });

  test('a changed occurrence repeats nothing', () => {
    const { event, notes } = accepted(
      eventOf([...TIMES, 'RECURRENCE-ID:20260303T150000Z', 'RRULE:FREQ=DAILY', 'EXDATE:20260305T150000Z']),
    );
    expect(event).toMatchObject({ rrule: null, rrules: [], exdates: [] });
    expect(notes).toEqual(['rule_in_override']);
  });
});

describe('texts', () => {
  test('are cut with a note, never inside a character', () => {
    const { event, notes } = accepted(
      eventOf([...TIMES, `LOCATION:${'x'.repeat(1_001)}`, `DESCRIPTION:${'y'.repeat(31_999)}🎉`]).map(line =>
        line.startsWith('SUMMARY') ? `SUMMARY:${'s'.repeat(254)}🎉` : line,
      ),
    );
    expect(event.summary).toBe('s'.repeat(254));
    expect(event.location).toHaveLength(1_000);
    expect(event.description).toBe('y'.repeat(31_999));
    expect(notes).toEqual(['summary_cut', 'location_cut', 'description_cut']);
  });

  test('[R-56] links that act for a guest leave the place and the page too', () => {
    const link = 'https://www.google.com/calendar/event?action=VIEW&eid=Zm9v&tok=c2VjcmV0';
    const { event } = accepted(eventOf([...TIMES, `LOCATION:Room 2 ${link}`, `URL:${link}`]));
    expect(event).toMatchObject({ location: 'Room 2', url: null, joinUrl: null });
  });

  test('what was repaired counts in the hash', () => {
    const lines = ['DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260228'];
    const repaired = accepted(eventOf(lines)).event;
    const plain = accepted(eventOf(['DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260301'])).event;
    expect(repaired.hash).toBe(plain.hash);
  });
});

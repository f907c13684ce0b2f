/** Every way in which the calendar core says no: its code, a sentence that says what to change, the line to blame. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RefusalCode } from '../../src/calendar/event.ts';
import { checkReading, readCalendar } from '../../src/calendar/read.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { texts } from '../../src/texts/catalogue.ts';
import { arrive, opened, sent } from '../support/arrive.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const HEAD = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', 'METHOD:REQUEST'];
const ORGANIZER = 'ORGANIZER;CN=Jane Roe:mailto:jane@example.com';
const GUEST = 'ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:create@sis.localhost';
const START = 'DTSTART:20260310T150000Z';
const END = 'DTEND:20260310T160000Z';
const UID = 'UID:one@example.com';

function event(...lines: readonly string[]): string[] {
  return ['BEGIN:VEVENT', ...lines, GUEST, 'SUMMARY:Spring picnic', 'END:VEVENT'];
}

function file(...lines: readonly string[]): string[] {
  return [...HEAD, ...lines, 'END:VCALENDAR', ''];
}

/** With all that an event needs; lines 5 to 9, then those given, from 10 on. */
function plain(...lines: readonly string[]): string[] {
  return file(...event(UID, 'DTSTAMP:20260301T080000Z', ORGANIZER, START, ...lines));
}

const DATES = Array.from(
  { length: 1_001 },
  (_, day) =>
    `RDATE:${new Date(Date.UTC(2026, 2, 11 + day)).toISOString().slice(0, 10).replaceAll('-', '')}T150000Z`,
);
const CHANGES = Array.from({ length: 201 }, () => event(UID, ORGANIZER, START)).flat();

/** The code, the line to blame (null: none alone), the file. */
const CASES: readonly (readonly [RefusalCode, number | null, readonly string[]])[] = [
  ['not_icalendar', null, ['Dear all,', 'see you on Tuesday.', '']],
  ['vcalendar_1', 1, ['BEGIN:VCALENDAR', 'VERSION:1.0', ...event(UID, START), 'END:VCALENDAR', '']],
  ['truncated', 5, [...HEAD, 'BEGIN:VEVENT', UID, START, 'SUMMARY:Spring']],
  ['no_event', 1, file()],
  ['task_only', 5, file('BEGIN:VTODO', UID, 'END:VTODO')],
  ['no_uid', 5, file(...event(ORGANIZER, START))],
  ['bad_uid', 7, file(...event(ORGANIZER, `UID:${'x'.repeat(513)}`, START))],
  ['no_start', 5, file(...event(UID, ORGANIZER))],
  ['bad_start', 8, file(...event(UID, ORGANIZER, 'DTSTART:20261340T990000Z'))],
  ['bad_start', 10, plain('RECURRENCE-ID:20261340T990000Z')],
  ['bad_end', 10, plain('DTEND:soon')],
  ['bad_end', 10, plain('DTEND;VALUE=DATE:20260311')],
  ['bad_end', 11, plain(END, 'DURATION:PT3H')],
  ['end_before_start', 10, plain('DTEND:20260310T140000Z')],
  ['unknown_zone', 8, file(...event(UID, ORGANIZER, 'DTSTART;TZID=Mars/Olympus:20260310T150000'))],
  ['unknown_zone', 10, plain('DTEND;TZID=Mars/Olympus:20260310T150000')],
  [
    'two_events',
    12,
    file(...event(UID, ORGANIZER, START), ...event('UID:two@example.com', ORGANIZER, START)),
  ],
  [
    'two_calendars',
    13,
    [...file(...event(UID, ORGANIZER, START)).slice(0, -1), ...file(...event(UID, ORGANIZER, START))],
  ],
  ['unknown_method', 4, plain(END).map(line => line.replace('METHOD:REQUEST', 'METHOD:EXPORT'))],
  ['no_organizer', 5, file(...event(UID, START))],
  ['no_organizer', 7, file(...event(UID, 'ORGANIZER:invalid:nomail', START))],
  [
    'too_large',
    null,
    plain(`DESCRIPTION:${'x'.repeat(60_000)}`, ...Array(20).fill(`X-A:${'x'.repeat(60_000)}`)),
  ],
  ['too_many_lines', 20_001, plain(...Array(20_001).fill('X-A:1'))],
  ['line_too_long', 10, plain(`X-A:${'x'.repeat(65_537)}`)],
  ['too_deep', 8, file('BEGIN:X-A', 'BEGIN:X-B', 'BEGIN:X-C', 'BEGIN:X-D', 'BEGIN:X-E')],
  ['too_many_changes', 1_412, file(...CHANGES, ...event(UID, ORGANIZER, START))],
  ['too_many_dates', 10, plain(...DATES)],
  ['rule_not_supported', 11, plain(END, 'RRULE:FREQ=SECONDLY')],
  ['rule_not_supported', 11, plain('RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY')],
  [
    'rule_not_supported',
    12,
    plain(END, 'RDATE:20260311T150000Z', 'RDATE;VALUE=PERIOD:20260312T150000Z/PT2H'),
  ],
  ['range_not_supported', 10, plain('RECURRENCE-ID;RANGE=THISANDFUTURE:20260317T150000Z')],
  ['year_out_of_range', 8, file(...event(UID, ORGANIZER, 'DTSTART:19010310T150000Z'))],
  ['year_out_of_range', 12, plain(END, 'EXDATE:20260317T150000Z', 'EXDATE:29990317T150000Z')],
  ['too_long', 10, plain('DTEND:20290310T160000Z')],
  ['sequence_out_of_range', 10, plain('SEQUENCE:-1')],
  ['sequence_out_of_range', 11, plain('SEQUENCE:1', 'X-MICROSOFT-CDO-APPT-SEQUENCE:99999999999')],
];

/** Asked on a page of its own instead of refused, so it reaches nobody by mail. */
const FLOATING = file(...event(UID, ORGANIZER, 'DTSTART:20260310T150000'));

/** What a person does: each sentence tells him to do one of it. */
const TODO =
  /(?:^|[.,] (?:or )?)(?:Invite|Send|Export|Make|Create|Set|Choose|Take|Split|Use|End|Check|Copy) [^.]+/;

const bytesOf = (lines: readonly string[]) => Buffer.from(lines.join('\r\n'));

function refusalOf(lines: readonly string[]) {
  const checked = checkReading(readCalendar(bytesOf(lines)), DEFAULT_LIMITS, { organizerZone: null });
  if (checked.ok) throw new Error('it was taken');
  return checked.refusal;
}

describe('[R-20] a refusal', () => {
  test.each(CASES.map(([code, line, lines]) => [code, line, lines] as const))(
    '%s names its line (%s) and says what to do',
    (code, line, lines) => {
      const refusal = refusalOf(lines);
      expect([refusal.code, refusal.line]).toEqual([code, line]);
      expect(refusal.sentence).toMatch(TODO);
    },
  );

  test('of a time without a zone names its line, too', () => {
    expect(refusalOf(FLOATING)).toMatchObject({ code: 'floating_time', line: 8 });
    expect(refusalOf(FLOATING).sentence).toMatch(TODO);
  });

  test('is shown here in every kind that there is', () => {
    const shown = new Set<string>([...CASES.map(([code]) => code), 'floating_time']);
    expect(Object.keys(texts().refusals).filter(code => !shown.has(code))).toEqual([]);
  });

  test('counts lines as they stand in the file, folds and blank lines too', () => {
    const lines = plain('DESCRIPTION:One', ' two', '\tthree', '', 'DTEND:20260310T140000Z');
    expect(refusalOf(lines)).toMatchObject({ code: 'end_before_start', line: 14 });
  });

  test('quotes what is wrong, never more than a little of it', () => {
    const { sentence } = refusalOf(plain(`RRULE:FREQ=DAILY;X=${'y'.repeat(5_000)}`, 'RRULE:FREQ=DAILY'));
    expect(sentence).toContain('(FREQ=DAILY;X=yyy');
    expect(sentence.length).toBeLessThan(250);
  });
});

/** An organizer that is no address is nobody who could have sent it: such mail is explained as somebody else's. */
const MAILED = CASES.filter(([, , lines]) => !lines.includes('ORGANIZER:invalid:nomail'));

describe('the mail that explains', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await localWorld({
      limits: { EXPLANATIONS_PER_SENDER_DAY: 100, CREATE_MAILS_PER_ORGANIZER_HOUR: 1_000 },
    });
  });
  afterAll(() => world.close());

  test.each(MAILED.map(([code, line, lines]) => [code, line, lines] as const))(
    '%s (line %s) carries the sentence, the line and the reference',
    async (code, line, lines) => {
      world.clock.advance(3_600_000);
      const before = sent(world, 'organizer').length;
      const arrival = await arrive(world, mailOf(lines));
      expect([arrival.outcome, arrival.reason]).toEqual(['rejected', code]);
      const [mail, ...more] = sent(world, 'organizer').slice(before);
      expect(more).toEqual([]);
      const text = ((await opened(world, mail)).text ?? '').replaceAll(/\s+/g, ' ');
      expect(text).toContain(refusalOf(lines).sentence.replaceAll(/\s+/g, ' '));
      expect(text).toContain(arrival.id);
      if (line === null) expect(text).not.toContain('Line of the calendar text');
      else expect(text).toMatch(new RegExp(`Line of the calendar text:? ${line}\\b`));
    },
  );
});

function mailOf(lines: readonly string[]): Uint8Array {
  const body = bytesOf(lines)
    .toString('base64')
    .replaceAll(/(.{76})/g, '$1\r\n');
  const head = [
    'From: Jane Roe <jane@example.com>',
    'To: create@sis.localhost',
    'Subject: Invitation: Spring picnic',
    'Message-ID: <one@example.com>',
    'Date: Sun, 01 Mar 2026 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    'Content-Transfer-Encoding: base64',
  ];
  return Buffer.from([...head, '', body, ''].join('\r\n'));
}

/** Whatever an organizer wrote: our object stays well-formed, and three readers that don't know our writer find the same facts in it. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { applyMessage } from '../../src/calendar/apply.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { type EventState, SERIES } from '../../src/calendar/state.ts';
import { parseInstant, wallClock } from '../../src/calendar/time.ts';
import { writeInvite, writeOrganizerReply } from '../../src/calendar/write.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { event, message, type Told } from '../support/events.ts';
import { itipProblems } from '../support/itip.ts';
import '../support/runs.ts';

const NOW = '2026-02-02T09:00:00Z';

function stateOf(content: CalendarEvent): EventState {
  const applied = applyMessage(null, message('REQUEST', [content]), NOW);
  if (applied.outcome !== 'applied') throw new Error(applied.outcome);
  return applied.state;
}

function invite(told: Told, names: { organizer?: string; guest?: string } = {}): string {
  return writeInvite({
    state: stateOf(event(told)),
    component: SERIES,
    method: 'REQUEST',
    uid: 'k3v9token@sis.example.com',
    organizer: { name: names.organizer ?? 'Jane Roe', email: 'jane@sis.example.com' },
    attendee: { name: names.guest ?? 'Sam Poe', email: 'sam@recipient.example', partstat: 'NEEDS-ACTION' },
    sequence: 3,
    dtstamp: '2026-02-02T10:15:00Z',
    now: NOW,
    pageUrl: 'https://sis.example.com/e/spring',
    limits: DEFAULT_LIMITS,
  }).ics;
}

/** Text of strangers: emoji, CJK, right-to-left, controls, quotes, line breaks, and lines that look like ours. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\r\nATTENDEE:mailto:evil@example.org',
        '\nBEGIN:VEVENT\nUID:evil\nEND:VEVENT',
        '\r',
        '\u2028X-EVIL:1',
        '\u0085X-EVIL:1',
        '";X-EVIL=1:',
        '\\',
        '\\n',
        '\\;',
        "^n^'",
        'mailto:evil@example.org',
        '👩‍👩‍👧‍👦',
        '日本語の予定',
        'مرحبا بالعالم',
        'e\u0301',
        '\ud800',
        '\u0000\u0007',
        'END:VCALENDAR',
      ),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(' '));

const NAMES = new Set(
  'BEGIN END PRODID VERSION CALSCALE METHOD TZID DTSTART TZOFFSETFROM TZOFFSETTO RRULE TZNAME UID DTSTAMP SEQUENCE DTEND SUMMARY DESCRIPTION LOCATION URL ORGANIZER ATTENDEE CLASS STATUS TRANSP LAST-MODIFIED X-ALT-DESC X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-INTENDEDSTATUS X-MICROSOFT-CDO-ALLDAYEVENT X-MICROSOFT-DISALLOW-COUNTER COMMENT CATEGORIES GEO'.split(
    ' ',
  ),
);

describe('text of strangers', () => {
  test('[R-51] lines end in CRLF, hold at most 75 octets, and no character is cut in two', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (summary, description, name) => {
        const bytes = Buffer.from(
          invite({ summary, description, location: name }, { organizer: name, guest: summary }),
        );
        const text = bytes.toString('latin1');
        expect(text.endsWith('\r\n')).toBe(true);
        for (const line of text.slice(0, -2).split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
          // Every line is UTF-8 by itself.
          expect(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'))).not.toContain(
            '\ufffd\ufffd\ufffd',
          );
        }
      }),
    );
  });

  test('no text leaves the property it stands in', () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const ics = invite(
          {
            summary: one,
            description: other,
            location: one,
            url: other,
            joinUrl: one,
            html: other,
            geo: one,
            busyStatus: other,
            transp: one,
            status: other,
            categories: [one, other],
          },
          { organizer: one, guest: other },
        );
        const lines = ics.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
        for (const line of lines) expect(NAMES.has(line.split(/[;:]/)[0] ?? '')).toBe(true);
        expect(lines.filter(line => line.startsWith('ATTENDEE'))).toHaveLength(1);
        expect(lines.filter(line => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1);
        expect(lines.filter(line => line.startsWith('UID:'))).toEqual(['UID:k3v9token@sis.example.com']);
        expect(itipProblems(ics)).toEqual([]);
      }),
    );
  });

  test('titles come back as they were, but for what no title holds', () => {
    fc.assert(
      fc.property(nasty, text => {
        const summary = `A ${text}`;
        const calendar = new ICAL.Component(ICAL.parse(invite({ summary })));
        const read = String(calendar.getFirstSubcomponent('vevent')?.getFirstPropertyValue('summary'));
        const plain = (value: string) =>
          value.toWellFormed().replaceAll(/[\p{Cc}\s\u2028\u2029\ufeff]/gu, '');
        expect(plain(read)).toBe([...plain(summary)].slice(0, 255).join(''));
      }),
    );
  });

  test("the answer to an organizer can't be broken by his own file", () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const ics = writeOrganizerReply({
          event: event({
            uid: `u${one}`,
            summary: other,
            organizer: {
              email: 'jane@example.org',
              value: `mailto:jane@example.org${one}`,
              name: other,
              sentBy: one,
              mailto: true,
            },
          }),
          attendee: 'create@sis.example.com',
          partstat: 'DECLINED',
          comment: one,
          dtstamp: '2026-02-02T10:15:00Z',
        });
        const lines = ics.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
        for (const line of lines) expect(NAMES.has(line.split(/[;:]/)[0] ?? '')).toBe(true);
        expect(itipProblems(ics)).toEqual([]);
      }),
    );
  });
});

interface Facts {
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly rule: string | null;
}

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Sydney',
  'Pacific/Auckland',
  'America/Sao_Paulo',
];

const contents = fc
  .record({
    zone: fc.constantFrom('Z', 'date', ...ZONES),
    day: fc.integer({ min: 0, max: 600 }),
    hour: fc.integer({ min: 5, max: 20 }),
    length: fc.integer({ min: 1, max: 3 }),
    rule: fc.constantFrom(
      null,
      'FREQ=WEEKLY;COUNT=5',
      'FREQ=DAILY;UNTIL=20290101T000000Z',
      'FREQ=MONTHLY;BYDAY=2TU',
    ),
    summary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map(text => `T ${text.replaceAll(/[\p{Cc}\s]/gu, '')}`.trimEnd()),
  })
  .map(({ zone, day, hour, length, rule, summary }): Told => {
    const date = new Date(Date.UTC(2026, 1, 10 + day)).toISOString().slice(0, 10);
    const clock = (value: number) => `${date}T${String(value).padStart(2, '0')}:00`;
    if (zone === 'date') return { start: date, rrule: rule?.replace('T000000Z', '') ?? null, summary };
    const suffix = zone === 'Z' ? 'Z' : ` ${zone}`;
    return {
      start: `${clock(hour)}${suffix}`,
      end: `${clock(hour + length)}${suffix}`,
      rrule: rule,
      summary,
    };
  });

function factsOf(told: Told): Facts {
  const content = event(told);
  return {
    start: content.start?.utc ?? content.start?.local ?? '',
    end: content.end?.utc ?? content.end?.local ?? '',
    summary: content.summary ?? '',
    rule: content.rrule,
  };
}

describe('[R-66] what other readers find', () => {
  test('our own reader', () => {
    fc.assert(
      fc.property(contents, told => {
        const reading = readCalendar(Buffer.from(invite(told)));
        if (!reading.ok) throw new Error(reading.refusal.code);
        const [read] = reading.calendar.events;
        expect(reading.calendar.repairs).toEqual([]);
        expect({
          start: read?.start?.utc ?? read?.start?.local,
          end: read?.end?.utc ?? read?.end?.local,
          summary: read?.summary,
          rule: read?.rrule,
        }).toEqual(factsOf(told));
        expect([read?.uid, read?.sequence, read?.dtstamp, read?.attendees.map(({ email }) => email)]).toEqual(
          ['k3v9token@sis.example.com', 3, '2026-02-02T10:15:00Z', ['sam@recipient.example']],
        );
      }),
    );
  });

  test('ical.js, with the zone out of the file', () => {
    fc.assert(
      fc.property(contents, told => {
        const calendar = new ICAL.Component(ICAL.parse(invite(told)));
        const zones = calendar.getAllSubcomponents('vtimezone').map(block => new ICAL.Timezone(block));
        const component = calendar.getFirstSubcomponent('vevent');
        if (component === null) throw new Error('no event');
        const read = new ICAL.Event(component);
        const instant = (time: ICAL.Time) => {
          if (time.isDate) return time.toString();
          const zone = zones.find(({ tzid }) => tzid === time.zone?.tzid);
          if (zone !== undefined) time.zone = zone;
          return new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');
        };
        expect({ start: instant(read.startDate), end: instant(read.endDate), summary: read.summary }).toEqual(
          {
            start: factsOf(told).start,
            end: factsOf(told).end,
            summary: factsOf(told).summary,
          },
        );
      }),
    );
  });

  test('node-ical', () => {
    fc.assert(
      fc.property(contents, told => {
        const read = Object.values(ical.sync.parseICS(invite(told))).find(each => each?.type === 'VEVENT');
        if (read?.type !== 'VEVENT') throw new Error('no event');
        const facts = factsOf(told);
        const said = (date: Date) =>
          facts.start.length === 10 ? localDate(date) : date.toISOString().replace('.000Z', 'Z');
        expect([said(read.start), said(read.end ?? read.start), read.summary]).toEqual([
          facts.start,
          facts.end,
          facts.summary,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test("the wall clock in the file is the organizer's", () => {
    fc.assert(
      fc.property(contents, told => {
        const line = /^DTSTART;TZID=([^:]+):(\d{8}T\d{6})\r$/m.exec(
          invite(told).split('BEGIN:VEVENT')[1] ?? '',
        );
        if (line === null) return;
        const [, zone = '', clock] = line;
        expect(wallClock(factsOf(told).start, zone).replaceAll(/[-:]/g, '')).toBe(clock);
        expect(parseInstant(factsOf(told).start)).not.toBeNaN();
      }),
    );
  });
});

function localDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

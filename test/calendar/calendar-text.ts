/** Calendar files for the tests, line by line. */
import type { CalendarEvent, CalendarObject } from '../../src/calendar/event.ts';
import { readCalendar } from '../../src/calendar/read.ts';

export const EVENT = [
  'UID:spring-webinar@example.com',
  'DTSTAMP:20260201T101500Z',
  'ORGANIZER;CN=Jane Roe:mailto:jane@example.com',
  'SUMMARY:Spring webinar',
];

/** CRLF, as RFC 5545 wants it. */
export function text(lines: readonly string[], lineEnd = '\r\n'): string {
  return lines.map(line => `${line}${lineEnd}`).join('');
}

export function bytes(content: string): Uint8Array {
  return Buffer.from(content, 'utf8');
}

/** One VCALENDAR with METHOD:REQUEST around the given lines. */
export function calendarOf(lines: readonly string[], head: readonly string[] = ['METHOD:REQUEST']): string[] {
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Calendar 1.0//EN',
    'VERSION:2.0',
    ...head,
    ...lines,
    'END:VCALENDAR',
  ];
}

/** One VEVENT of `EVENT` and the given lines. */
export function eventOf(lines: readonly string[]): string[] {
  return ['BEGIN:VEVENT', ...EVENT, ...lines, 'END:VEVENT'];
}

export function readObject(lines: readonly string[]): CalendarObject {
  const reading = readCalendar(bytes(text(lines)));
  if (!reading.ok) throw new Error(`refused: ${reading.refusal.code}`);
  return reading.calendar;
}

/** The event that these lines make, in a REQUEST; `before` stands ahead of the VEVENT. */
export function readOne(lines: readonly string[], before: readonly string[] = []): CalendarEvent {
  const [event] = readObject(calendarOf([...before, ...eventOf(lines)])).events;
  if (event === undefined) throw new Error('no event');
  return event;
}

export function refusalCode(content: string | Uint8Array): string {
  const reading = readCalendar(typeof content === 'string' ? bytes(content) : content);
  return reading.ok ? 'read' : reading.refusal.code;
}

/** A yearly pair of rules as Microsoft's programs write it. */
export function windowsBlock(
  tzid: string,
  offsets: { readonly standard: string; readonly daylight: string },
  rules: { readonly standard: string; readonly daylight: string },
): string[] {
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    `TZOFFSETFROM:${offsets.daylight}`,
    `TZOFFSETTO:${offsets.standard}`,
    `RRULE:FREQ=YEARLY;INTERVAL=1;${rules.standard}`,
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    `TZOFFSETFROM:${offsets.standard}`,
    `TZOFFSETTO:${offsets.daylight}`,
    `RRULE:FREQ=YEARLY;INTERVAL=1;${rules.daylight}`,
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];
}

export const CENTRAL_EUROPE = { standard: '+0100', daylight: '+0200' };
export const EU_RULES = { standard: 'BYDAY=-1SU;BYMONTH=10', daylight: 'BYDAY=-1SU;BYMONTH=3' };

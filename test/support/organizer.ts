/** An organizer as a test plays him: his calendar texts and the mails that carry them. Times are written out by the test. */
import { organizerMail } from '../../src/platform/local/organizer-client.ts';

export interface EventText {
  readonly uid: string;
  readonly sequence?: number;
  readonly dtstamp: string;
  readonly method?: 'REQUEST' | 'CANCEL';
  readonly title?: string;
  readonly organizer?: string;
  /** Lines of further properties: RRULE, RECURRENCE-ID, EXDATE, LOCATION ... */
  readonly more?: readonly string[];
  /** Wall clock in Europe/Berlin: `20260310T160000`. */
  readonly start?: string;
  readonly end?: string;
}

export function eventText(event: EventText): string {
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Tests 1.0//EN',
    'VERSION:2.0',
    `METHOD:${event.method ?? 'REQUEST'}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${event.dtstamp}`,
    `SEQUENCE:${event.sequence ?? 0}`,
    ...(event.start === undefined ? [] : [`DTSTART;TZID=Europe/Berlin:${event.start}`]),
    ...(event.end === undefined ? [] : [`DTEND;TZID=Europe/Berlin:${event.end}`]),
    `SUMMARY:${event.title ?? 'Spring webinar'}`,
    `ORGANIZER;CN=Example Organizer:mailto:${event.organizer ?? 'organizer@example.org'}`,
    'ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:create@sis.localhost',
    ...(event.more ?? []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

export function eventMail(
  event: EventText,
  now: string,
  to = 'create@sis.localhost',
): { raw: Uint8Array; from: string; to: string[] } {
  const from = event.organizer ?? 'organizer@example.org';
  const raw = organizerMail({
    from,
    to,
    subject: event.title ?? 'Spring webinar',
    calendar: eventText(event),
    method: event.method ?? 'REQUEST',
    now,
  });
  return { raw, from, to: [to] };
}

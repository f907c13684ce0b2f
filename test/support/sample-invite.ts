/** Invite mails in the shape that SIS sends them, for the simulated mailboxes to answer. */
import { composeMail } from '../../src/mail/compose.ts';

const BERLIN = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:DAYLIGHT',
  'DTSTART:20070325T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZNAME:CEST',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:20071028T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZNAME:CET',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
];

export interface SampleInvite {
  /** Property lines of times and rules. */
  readonly times?: readonly string[];
  readonly attendeeName?: string | null;
  readonly summary?: string;
  /** Whole VEVENTs behind the first, line by line. */
  readonly more?: readonly string[];
  readonly method?: string;
}

const TIMES = ['DTSTART;TZID=Europe/Berlin:20260303T160000', 'DTEND;TZID=Europe/Berlin:20260303T173000'];
export const UID = 'abcdefghijklmnopqrstuvwxyz@sis.localhost';
export const ORGANIZER = 'book-club@sis.localhost';
export const ATTENDEE = 'Sam.Poe@example.org';

export function sampleInvite(options: SampleInvite = {}): Promise<Uint8Array> {
  const {
    times = TIMES,
    attendeeName = 'Sam Poe',
    summary = 'Reading, aloud',
    more = [],
    method = 'REQUEST',
  } = options;
  const ics = [
    'BEGIN:VCALENDAR',
    'PRODID:-//SIS//Simple Invite Service 1.0//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...(times.join().includes('TZID=') ? BERLIN : []),
    'BEGIN:VEVENT',
    `UID:${UID}`,
    'DTSTAMP:20260201T101500Z',
    'SEQUENCE:4',
    ...times,
    `SUMMARY:${summary.replace(/[,;\\]/g, '\\$&')}`,
    'DESCRIPTION:Bring a book.\\nAnd a friend.',
    'LOCATION:Café am Markt\\, Köln',
    `ORGANIZER;CN="Book Club":mailto:${ORGANIZER}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE${attendeeName === null ? '' : `;CN="${attendeeName}"`}:mailto:${ATTENDEE}`,
    'CLASS:PUBLIC',
    'STATUS:CONFIRMED',
    'X-MICROSOFT-DISALLOW-COUNTER:TRUE',
    'END:VEVENT',
    ...more,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  return composeMail({
    from: { name: 'Book Club', address: ORGANIZER },
    to: { name: attendeeName, address: ATTENDEE },
    subject: `Invitation: ${summary}`,
    text: 'You are invited.',
    html: '<p>You are invited.</p>',
    calendar: { ics, method, filename: 'invite.ics' },
    messageId: '<invite.1@sis.localhost>',
    date: '2026-02-01T10:15:00Z',
    autoSubmitted: 'auto-generated',
  });
}

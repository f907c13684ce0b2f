/** Calendar mails as organizers' programs send them, for tests: one REQUEST in the usual tree unless told otherwise. */
export interface Invitation {
  readonly from?: string;
  /** Whole header lines, first of all. */
  readonly headers?: readonly string[];
  readonly organizer?: string;
  /** Whole ATTENDEE lines; default: `create@` asks for an answer. */
  readonly attendees?: readonly string[];
  readonly to?: string;
  readonly subject?: string;
  readonly method?: string | null;
  readonly uid?: string;
  readonly sequence?: number;
  readonly dtstamp?: string;
  readonly start?: string;
  readonly end?: string;
  readonly summary?: string;
  /** Further lines of the VEVENT. */
  readonly lines?: readonly string[];
  /** Whole VEVENTs behind the first. */
  readonly more?: readonly string[];
}

export const CREATE = 'create@sis.localhost';
export const ORGANIZER = 'jane@example.com';

export function calendarText(of: Invitation = {}): string {
  const method = of.method === undefined ? 'REQUEST' : of.method;
  return lines([
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Calendar 1.0//EN',
    'VERSION:2.0',
    ...(method === null ? [] : [`METHOD:${method}`]),
    eventText(of),
    ...(of.more ?? []),
    'END:VCALENDAR',
    '',
  ]);
}

export function eventText(of: Invitation = {}): string {
  return lines([
    'BEGIN:VEVENT',
    `UID:${of.uid ?? 'one@example.com'}`,
    `SEQUENCE:${of.sequence ?? 0}`,
    `DTSTAMP:${of.dtstamp ?? '20260301T080000Z'}`,
    `DTSTART${of.start ?? ';TZID=Europe/Berlin:20260310T160000'}`,
    `DTEND${of.end ?? ';TZID=Europe/Berlin:20260310T170000'}`,
    `SUMMARY:${of.summary ?? 'Spring picnic'}`,
    of.organizer ?? `ORGANIZER;CN=Jane Roe:mailto:${of.from ?? ORGANIZER}`,
    ...(of.attendees ?? [`ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:${of.to ?? CREATE}`]),
    ...(of.lines ?? []),
    'END:VEVENT',
  ]);
}

export function invitation(of: Invitation = {}): Uint8Array {
  const method = of.method === undefined ? 'REQUEST' : of.method;
  const head = [
    ...(of.headers ?? []),
    `From: Jane Roe <${of.from ?? ORGANIZER}>`,
    `To: ${of.to ?? CREATE}`,
    `Subject: ${of.subject ?? 'Invitation: Spring picnic'}`,
    'Message-ID: <one@example.com>',
    'Date: Sun, 01 Mar 2026 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
  ];
  return Buffer.from(
    lines([
      ...head,
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'You are invited.',
      '--b',
      `Content-Type: text/calendar; charset=utf-8${method === null ? '' : `; method=${method}`}`,
      '',
      calendarText(of),
      '--b--',
      '',
    ]),
  );
}

/** A mail without a calendar. */
export function letter(headers: readonly string[] = [], body = 'Hello there.'): Uint8Array {
  return Buffer.from(
    lines([
      `From: Jane Roe <${ORGANIZER}>`,
      `To: ${CREATE}`,
      'Subject: Hello',
      'Message-ID: <two@example.com>',
      'Date: Sun, 01 Mar 2026 08:00:00 +0000',
      ...headers,
      '',
      body,
      '',
    ]),
  );
}

function lines(texts: readonly string[]): string {
  return texts.join('\r\n');
}

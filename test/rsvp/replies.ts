/** Answers as calendar programs mail them; own wording, shapes of the field. */

export interface Answered {
  readonly from?: string;
  readonly to?: string;
  readonly uid: string;
  readonly attendee?: string | null;
  readonly partstat?: string;
  readonly method?: string;
  /** The MIME parameter, where it differs. */
  readonly mimeMethod?: string;
  readonly sequence?: number | null;
  readonly dtstamp?: string;
  readonly date?: string;
  readonly prodId?: string | null;
  readonly summary?: string;
  readonly start?: string;
  readonly end?: string;
  /** More content lines of the VEVENT. */
  readonly lines?: readonly string[];
  /** More parameters of ATTENDEE: `;X-NUM-GUESTS=2`. */
  readonly parameters?: string;
  readonly headers?: readonly string[];
  readonly organizer?: string | null;
  /** Further VEVENTs, whole. */
  readonly more?: readonly string[];
}

const SAM = 'sam@example.org';

export function reply(answered: Answered): string {
  return mail(answered, calendarOf(answered));
}

export function veventOf(answered: Answered): string {
  const { attendee = SAM, sequence = 0, organizer = 'jane@sis.localhost' } = answered;
  return [
    'BEGIN:VEVENT',
    `UID:${answered.uid}`,
    `DTSTAMP:${answered.dtstamp ?? '20260301T100000Z'}`,
    ...(sequence === null ? [] : [`SEQUENCE:${sequence}`]),
    `DTSTART:${answered.start ?? '20260407T150000Z'}`,
    `DTEND:${answered.end ?? '20260407T160000Z'}`,
    `SUMMARY:${answered.summary ?? 'Accepted: Spring webinar'}`,
    ...(organizer === null ? [] : [`ORGANIZER;CN=Jane Roe:mailto:${organizer}`]),
    ...(attendee === null
      ? []
      : [
          `ATTENDEE;PARTSTAT=${answered.partstat ?? 'ACCEPTED'}${answered.parameters ?? ''}:mailto:${attendee}`,
        ]),
    ...(answered.lines ?? []),
    'END:VEVENT',
  ].join('\n');
}

function calendarOf(answered: Answered): string {
  const { prodId = '-//Google Inc//Google Calendar 70.9054//EN' } = answered;
  return [
    'BEGIN:VCALENDAR',
    ...(prodId === null ? [] : [`PRODID:${prodId}`]),
    'VERSION:2.0',
    `METHOD:${answered.method ?? 'REPLY'}`,
    veventOf(answered),
    ...(answered.more ?? []),
    'END:VCALENDAR',
  ].join('\n');
}

function mail(answered: Answered, calendar: string): string {
  return [
    `From: Sam Poe <${answered.from ?? SAM}>`,
    `To: Jane Roe <${answered.to ?? 'jane@sis.localhost'}>`,
    'Subject: Accepted: Spring webinar',
    `Date: ${answered.date ?? 'Sun, 01 Mar 2026 10:00:00 +0000'}`,
    `Message-ID: <reply.${Math.abs(hashOf(calendar))}@example.org>`,
    ...(answered.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    'Sam has answered.',
    '--b',
    `Content-Type: text/calendar; charset=UTF-8; method=${answered.mimeMethod ?? answered.method ?? 'REPLY'}`,
    '',
    calendar,
    '--b--',
    '',
  ].join('\n');
}

function hashOf(text: string): number {
  return [...text].reduce((hash, char) => (hash * 31 + (char.codePointAt(0) ?? 0)) | 0, 7);
}

export interface Words {
  readonly from?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly headers?: readonly string[];
}

export function words({
  from = SAM,
  subject = 'A question',
  body = 'Is there parking?',
  headers = [],
}: Words = {}): string {
  return [
    `From: Sam Poe <${from}>`,
    'To: jane@sis.localhost',
    `Subject: ${subject}`,
    'Date: Sun, 01 Mar 2026 10:00:00 +0000',
    'Message-ID: <words@example.org>',
    ...headers,
    'Content-Type: text/plain; charset=UTF-8',
    '',
    body,
    '',
  ].join('\n');
}

export interface Bounced {
  readonly action?: string;
  readonly status?: string;
  /** The returned mail. */
  readonly returned: string;
}

export function bounce({ action = 'failed', status = '5.1.1', returned }: Bounced): string {
  return [
    'From: MAILER-DAEMON@mx.example.org',
    'To: jane@sis.localhost',
    'Subject: Undelivered Mail Returned to Sender',
    'Date: Sun, 01 Mar 2026 10:00:00 +0000',
    'Return-Path: <>',
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    '',
    '--r',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; sam@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    '--r',
    'Content-Type: message/rfc822',
    '',
    returned,
    '--r--',
    '',
  ].join('\n');
}

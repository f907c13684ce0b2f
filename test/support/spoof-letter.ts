/** The mail that every case of the sender battery starts from: an ordinary invitation, as text with one character an octet. */

/** What a run may put in the place of the ordinary invitation: another door, an update, a cancellation, a reply. */
export interface SpoofMessage {
  readonly to?: string;
  readonly method?: string;
  /** The calendar object; the ORGANIZER it names is the case's own only when this is left out. */
  readonly ics?: string;
  readonly subject?: string;
}

export interface LetterOptions {
  /** The From line without its name; several lines or none for the tricks with it. */
  readonly from: string | readonly string[];
  readonly organizer?: string;
  /** Whom the mail and its calendar invite, where that isn't `create@`. */
  readonly guest?: string;
  /** Above everything. */
  readonly top?: readonly string[];
  readonly extra?: readonly string[];
}

/** The whole message, CRLF, not yet signed. */
export function letter(message: SpoofMessage, options: LetterOptions): string {
  const method = message.method ?? 'REQUEST';
  const from = typeof options.from === 'string' ? [`From: ${options.from}`] : options.from;
  const lines = [
    ...(options.top ?? []),
    ...from,
    `To: ${options.guest ?? message.to ?? 'create@sis.localhost'}`,
    `Subject: ${message.subject ?? 'Spring webinar'}`,
    'Date: Sun, 01 Mar 2026 09:00:00 +0000',
    'Message-ID: <spoof.1@mail.example>',
    'MIME-Version: 1.0',
    ...(options.extra ?? []),
    'Content-Type: multipart/alternative; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    'You are invited.',
    '--b1',
    `Content-Type: text/calendar; charset=UTF-8; method=${method}`,
    '',
    message.ics ?? invitation(method, options),
    '--b1--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8').toString('latin1');
}

function invitation(method: string, options: LetterOptions): string {
  const organizer = options.organizer ?? 'mailto:jane@reject.example';
  const colon = organizer.startsWith(';') ? '' : ':';
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Calendar//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:spoof-1@reject.example',
    'DTSTAMP:20260301T090000Z',
    'DTSTART:20260610T140000Z',
    'DTEND:20260610T150000Z',
    'SUMMARY:Spring webinar',
    `ORGANIZER${colon}${organizer}`,
    `ATTENDEE;RSVP=TRUE:mailto:${options.guest ?? 'create@sis.localhost'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
}

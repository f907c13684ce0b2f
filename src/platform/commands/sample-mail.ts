/** A sample of ours: what a calendar service mails to `create@` for a weekly event, three days from now. */

const DAY = 86_400_000;

interface SampleOptions {
  readonly organizer?: string;
  readonly uid?: string;
}

export function sampleCalendar(now: number, options: SampleOptions = {}): string {
  const organizer = options.organizer ?? 'organizer@example.org';
  const uid = options.uid ?? 'open-studio-sample@example.org';
  const day = new Date(now + 3 * DAY).toISOString().slice(0, 10).replaceAll('-', '');
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Organizer Calendar 1.0//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stampOf(now)}`,
    `DTSTART;TZID=Europe/Berlin:${day}T180000`,
    `DTEND;TZID=Europe/Berlin:${day}T193000`,
    'RRULE:FREQ=WEEKLY;COUNT=6',
    'SEQUENCE:0',
    'SUMMARY:Open studio: drawing from life',
    'LOCATION:Studio 4\\, Example Street 12\\, Berlin',
    'DESCRIPTION:Bring what you like to draw with. Paper and easels are there.',
    `ORGANIZER;CN="Studio Example":mailto:${organizer}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:create@sis.localhost`,
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function stampOf(now: number): string {
  return `${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

export function sampleMail(now: number, options: SampleOptions = {}): Uint8Array {
  const organizer = options.organizer ?? 'organizer@example.org';
  return Buffer.from(
    [
      `From: "Studio Example" <${organizer}>`,
      'To: create@sis.localhost',
      'Subject: Invitation: Open studio: drawing from life',
      `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${stampOf(now).toLowerCase()}.sample@example.org>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="sample"',
      '',
      '--sample',
      'Content-Type: text/plain; charset="UTF-8"',
      '',
      'You have been invited to: Open studio: drawing from life',
      '--sample',
      'Content-Type: text/calendar; charset="UTF-8"; method=REQUEST',
      'Content-Transfer-Encoding: 8bit',
      '',
      sampleCalendar(now, options),
      '--sample--',
      '',
    ].join('\r\n'),
  );
}

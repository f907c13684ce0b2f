/**
 * Google Calendar: a notification mail with the person in From and the service in Sender, automatic yet genuine; times in UTC;
 * our own properties come back. A proposed time says REPLY in the MIME header and COUNTER in the object.
 */
import {
  type Client,
  calendarText,
  echoed,
  escapeText,
  mailDate,
  parameterValue,
  uuid,
} from './answering.ts';
import { headerText, type MimeNode, mailbox } from './mime.ts';
import { inUtc, lineOf, propertyOf, type ReceivedInvite } from './received.ts';

const PHRASES = {
  ACCEPTED: 'has accepted this invitation.',
  TENTATIVE: 'has replied "Maybe" to this invitation.',
  DECLINED: 'has declined this invitation.',
} as const;

export const answerGoogle: Client = (invite, answer) => {
  const { attendee, organizer, summary } = invite;
  const name = attendee.name ?? attendee.email;
  const who = answer.proposal ? 'has proposed a new time for this event.' : PHRASES[answer.partstat];
  const plain = [
    `${name} ${who}`,
    ...(answer.note ? ['', `"${answer.note}"`] : []),
    '',
    `Title: ${summary}`,
    '',
  ].join('\r\n');
  const calendar = calendarText(calendarLines(invite, answer));
  const word = answer.proposal
    ? 'Proposed new time'
    : answer.word === 'Tentative'
      ? 'Tentatively Accepted'
      : answer.word;
  const parts: MimeNode[] = [
    { type: 'text/plain; charset="UTF-8"; format=flowed; delsp=yes', encoding: 'base64', text: plain },
    {
      type: 'text/html; charset="UTF-8"',
      encoding: 'quoted-printable',
      text: `<div><strong>${html(`${name} ${who}`)}</strong></div><h3>${html(summary)}</h3>\r\n`,
    },
    {
      type: 'text/calendar; charset="UTF-8"; method=REPLY',
      encoding: isAscii(calendar) ? '7bit' : 'quoted-printable',
      text: calendar,
    },
  ];
  return {
    headers: [
      ['Reply-To', mailbox(attendee)],
      ['Sender', 'Google Calendar <calendar-notification@google.com>'],
      ['Auto-Submitted', 'auto-generated'],
      ['Message-ID', `<calendar-${uuid(answer)}@google.com>`],
      ['Date', mailDate(answer.now)],
      ['Subject', headerText(`${word}: ${summary} (${name})`)],
      ['From', mailbox(attendee)],
      ['To', `<${organizer.email}>`],
    ],
    body: {
      multipart: 'mixed',
      boundary: `000000000000${answer.seed.slice(0, 16)}`,
      parts: [
        { multipart: 'alternative', boundary: `000000000000${answer.seed.slice(16, 32)}`, parts },
        {
          type: 'application/ics; name="invite.ics"',
          encoding: 'base64',
          headers: [['Content-Disposition', 'attachment; filename="invite.ics"']],
          text: calendar,
        },
      ],
    },
  };
};

function calendarLines(invite: ReceivedInvite, answer: Parameters<Client>[1]): string[] {
  const { event, attendee, recurring, zones } = invite;
  const time = (name: string, proposed: string | undefined): string[] => {
    const property = propertyOf(event, name);
    if (proposed !== undefined) return [`${name}:${proposed}`];
    if (property === undefined) return [];
    // A rule only makes sense in the zone that it was written in.
    return [lineOf(recurring ? property : inUtc(property))];
  };
  const note = answer.note === null ? '' : `;X-RESPONSE-COMMENT=${parameterValue(answer.note)}`;
  const name = parameterValue(attendee.name ?? attendee.email);
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${answer.proposal ? 'COUNTER' : 'REPLY'}`,
    ...(recurring ? zones : []),
    'BEGIN:VEVENT',
    ...time('DTSTART', answer.proposal?.start),
    ...time('DTEND', answer.proposal?.end),
    ...echoed(invite, 'RRULE', 'EXDATE', 'RDATE'),
    `DTSTAMP:${answer.stamp}`,
    ...echoed(invite, 'ORGANIZER', 'UID'),
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${answer.partstat};CN=${name};X-NUM-GUESTS=0${note}:mailto:${attendee.email}`,
    ...(answer.note === null ? [] : [`COMMENT:${escapeText(answer.note)}`]),
    ...time('RECURRENCE-ID', undefined),
    ...echoed(invite, ...event.map(({ name: own }) => own).filter(own => own.startsWith('X-MICROSOFT-'))),
    `CREATED:${answer.stamp}`,
    ...echoed(invite, 'DESCRIPTION'),
    `LAST-MODIFIED:${answer.stamp}`,
    ...echoed(invite, 'LOCATION', 'SEQUENCE'),
    'STATUS:CONFIRMED',
    ...echoed(invite, 'SUMMARY'),
    'TRANSP:OPAQUE',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:This is an event reminder',
    'TRIGGER:-P0DT0H10M0S',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

function html(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function isAscii(text: string): boolean {
  return /^[\r\n -~]*$/.test(text);
}

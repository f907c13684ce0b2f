/**
 * Apple: Mail and Calendar on macOS attach the object between two HTML parts and name no method in the MIME header; iOS names it,
 * keeps the note in a property of its own, and proposes times in a parameter of ATTENDEE while the method stays REPLY.
 */
import {
  type Answering,
  type Client,
  calendarText,
  echoed,
  escapeText,
  mailDate,
  parameterValue,
  uuid,
} from './answering.ts';
import { headerText, type MimeNode, mailbox } from './mime.ts';
import type { ReceivedInvite } from './received.ts';

export const answerApple: Client = (invite, answer) => {
  const file = `iCal-${answer.stamp.slice(0, 8)}-${answer.stamp.slice(9, 15)}.ics`;
  const calendar: MimeNode = {
    type: `text/calendar;\r\n\tx-unix-mode=0644;\r\n\tname="${file}"`,
    encoding: 'quoted-printable',
    headers: [['Content-Disposition', `attachment;\r\n\tfilename=${file}`]],
    text: calendarText(macLines(invite, answer)),
  };
  const html = (text: string): MimeNode => ({
    type: 'text/html;\r\n\tcharset=us-ascii',
    encoding: '7bit',
    text,
  });
  const boundary = (from: number) => `Apple-Mail=_${uuid(answer, from).toUpperCase()}`;
  return {
    headers: [
      ['From', mailbox(invite.attendee)],
      ['Subject', headerText(`${answer.word}: ${invite.summary}`)],
      ['Message-Id', `<${uuid(answer).toUpperCase()}@${domainOf(invite)}>`],
      ['Date', mailDate(answer.now)],
      ['To', mailbox(invite.organizer)],
      ['X-Mailer', 'Apple Mail (2.3826.600.51)'],
    ],
    body: {
      multipart: 'alternative',
      boundary: boundary(8),
      parts: [
        { type: 'text/plain;\r\n\tcharset=us-ascii', encoding: '7bit', text: '\r\n' },
        {
          multipart: 'mixed',
          boundary: boundary(24),
          parts: [html('<html><body><br>\r\n'), calendar, html('<br></body></html>\r\n')],
        },
      ],
    },
  };
};

export const answerIos: Client = (invite, answer) => {
  const word = answer.proposal ? 'New time proposed' : answer.word === 'Tentative' ? 'Maybe' : answer.word;
  return {
    headers: [
      ['Message-Id', `<${uuid(answer).toUpperCase()}@${domainOf(invite)}>`],
      ['Date', mailDate(answer.now)],
      ['Subject', headerText(`${word}: ${invite.summary}`)],
      ['To', mailbox(invite.organizer)],
      ['From', `<${invite.attendee.email}>`],
      ['X-Mailer', 'iPhone Mail (19G82)'],
    ],
    body: {
      multipart: 'alternative',
      boundary: Buffer.from(answer.seed, 'hex').toString('base64'),
      parts: [
        {
          type: 'text/plain;\tcharset=utf-8',
          encoding: 'quoted-printable',
          text: `${answer.note ?? ''}\r\n`,
        },
        {
          type: 'text/calendar;\tcharset=utf-8;\tname=meeting.ics;\tmethod=REPLY',
          encoding: 'quoted-printable',
          text: calendarText(iosLines(invite, answer)),
        },
      ],
    },
  };
};

function macLines(invite: ReceivedInvite, answer: Answering): string[] {
  const { attendee } = invite;
  const name = parameterValue(attendee.name ?? attendee.email);
  return [
    'BEGIN:VCALENDAR',
    'CALSCALE:GREGORIAN',
    'VERSION:2.0',
    'METHOD:REPLY',
    'PRODID:-//Apple Inc.//macOS 15.5//EN',
    ...invite.zones,
    'BEGIN:VEVENT',
    ...echoed(invite, 'DTEND', 'ORGANIZER', 'UID', 'RECURRENCE-ID'),
    `DTSTAMP:${answer.stamp}`,
    ...echoed(invite, 'SEQUENCE', 'CLASS', 'SUMMARY', 'LOCATION', 'RRULE', 'EXDATE'),
    `LAST-MODIFIED:${answer.stamp}`,
    ...echoed(invite, 'DTSTART'),
    `CREATED:${answer.stamp}`,
    `ATTENDEE;CN=${name};CUTYPE=INDIVIDUAL;EMAIL="${attendee.email}";PARTSTAT=${answer.partstat};ROLE=REQ-PARTICIPANT:mailto:${attendee.email}`,
    ...(answer.note === null ? [] : [`COMMENT:${escapeText(answer.note)}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

function iosLines(invite: ReceivedInvite, answer: Answering): string[] {
  const { attendee } = invite;
  const name = (attendee.name ?? attendee.email).replace(/"/g, "'");
  const proposed = answer.proposal
    ? `;TO-ALL-PROPOSED-NEW-TIME="DTSTART:${answer.proposal.start};STATUS:;"`
    : '';
  // iOS puts a calendar sign between zero-width spaces before the note.
  const note =
    answer.note === null
      ? []
      : [`X-CALENDARSERVER-PRIVATE-COMMENT:\u200b\u{1f5d3}\u200b ${escapeText(answer.note)}`];
  return [
    'BEGIN:VCALENDAR',
    'CALSCALE:GREGORIAN',
    'METHOD:REPLY',
    'PRODID:-//Apple Inc.//iPhone OS 15.6.1//EN',
    'VERSION:2.0',
    ...invite.zones,
    'BEGIN:VEVENT',
    `ATTENDEE;CN="${name}";CUTYPE=INDIVIDUAL;PARTSTAT=${answer.partstat};ROLE=REQ-PARTICIPANT${proposed}:mailto:${attendee.email}`,
    ...echoed(invite, 'CLASS'),
    `CREATED:${answer.stamp}`,
    ...echoed(invite, 'DTEND'),
    `DTSTAMP:${answer.stamp}`,
    ...echoed(invite, 'DTSTART', 'EXDATE'),
    `LAST-MODIFIED:${answer.stamp}`,
    ...echoed(invite, 'LOCATION', 'ORGANIZER', 'RECURRENCE-ID', 'RRULE', 'SEQUENCE'),
    'STATUS:CONFIRMED',
    ...echoed(invite, 'SUMMARY'),
    'TRANSP:OPAQUE',
    ...echoed(invite, 'UID'),
    ...note,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

function domainOf({ attendee }: ReceivedInvite): string {
  return attendee.email.slice(attendee.email.lastIndexOf('@') + 1);
}

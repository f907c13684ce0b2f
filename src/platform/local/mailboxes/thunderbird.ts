/** Thunderbird: 8-bit parts with boundaries that never change, a copy as application/ics, and EMAIL beside the ATTENDEE. */
import {
  type Client,
  calendarText,
  echoed,
  escapeText,
  mailDate,
  parameterValue,
  uuid,
} from './answering.ts';
import { headerText, mailbox } from './mime.ts';
import { inUtc, lineOf, propertyOf } from './received.ts';

const VERBS = { ACCEPTED: 'accepted', TENTATIVE: 'tentatively accepted', DECLINED: 'declined' } as const;

export const answerThunderbird: Client = (invite, answer) => {
  const { attendee, organizer, summary } = invite;
  const name = attendee.name ?? attendee.email;
  const text = `${name} <${attendee.email}> has ${VERBS[answer.partstat]} your event invitation.\r\n`;
  const calendar = calendarText(calendarLines(invite, answer));
  return {
    headers: [
      ['Message-ID', `<${uuid(answer)}@${attendee.email.slice(attendee.email.lastIndexOf('@') + 1)}>`],
      ['Date', mailDate(answer.now)],
      ['User-Agent', 'Mozilla Thunderbird'],
      ['To', mailbox(organizer)],
      ['From', mailbox(attendee)],
      ['Subject', headerText(`Event Invitation Reply (${answer.word}): ${summary}`)],
    ],
    body: {
      multipart: 'mixed',
      boundary: 'Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)',
      parts: [
        {
          multipart: 'alternative',
          boundary: 'Boundary_(ID_ryU4ZdJoASiZ+Jo21dCbwA)',
          parts: [
            { type: 'text/plain; charset=UTF-8', encoding: '8BIT', text },
            { type: 'text/calendar; method=REPLY; charset=UTF-8', encoding: '8BIT', text: calendar },
          ],
        },
        {
          type: 'application/ics; name="invite.ics"',
          encoding: '8BIT',
          headers: [['Content-Disposition', 'attachment; filename="invite.ics"']],
          text: calendar,
        },
      ],
    },
  };
};

function calendarLines(invite: Parameters<Client>[0], answer: Parameters<Client>[1]): string[] {
  const { attendee, event, recurring, zones } = invite;
  const name = parameterValue(attendee.name ?? attendee.email);
  const id = propertyOf(event, 'RECURRENCE-ID');
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN',
    'VERSION:2.0',
    'METHOD:REPLY',
    ...zones,
    'BEGIN:VEVENT',
    `CREATED:${answer.stamp}`,
    `LAST-MODIFIED:${answer.stamp}`,
    `DTSTAMP:${answer.stamp}`,
    ...echoed(invite, 'UID', 'SUMMARY', 'ORGANIZER'),
    `ATTENDEE;CN=${name};EMAIL=${attendee.email};CUTYPE=INDIVIDUAL;PARTSTAT=${answer.partstat};ROLE=REQ-PARTICIPANT:mailto:${attendee.email}`,
    ...(answer.note === null ? [] : [`COMMENT:${escapeText(answer.note)}`]),
    ...(recurring ? echoed(invite, 'RRULE', 'EXDATE') : []),
    ...(id === undefined ? [] : [lineOf(inUtc(id))]),
    ...echoed(invite, 'DTSTART', 'DTEND', 'LOCATION', 'SEQUENCE'),
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

/**
 * Exchange, Microsoft 365 and Outlook.com: times in the reader's Windows zone, the title behind a localised word, the note in
 * COMMENT, ORGANIZER often left out. A proposed time is METHOD:COUNTER with the first times beside it.
 */
import { windowsZones } from '../../../calendar/windows-zones.ts';
import { zoneNamed } from '../../../calendar/zones.ts';
import {
  type Answering,
  type ClientMail,
  calendarText,
  echoed,
  escapeText,
  mailDate,
  parameterValue,
} from './answering.ts';
import { headerText, mailbox } from './mime.ts';
import { inUtc, lineOf, propertyOf, type ReceivedInvite, textOf } from './received.ts';

export function answerOutlook(
  invite: ReceivedInvite,
  answer: Answering,
  { organizer }: { readonly organizer: boolean },
): ClientMail {
  const method = answer.proposal ? 'COUNTER' : 'REPLY';
  const subject = `${answer.proposal ? 'New Time Proposed' : answer.word}: ${invite.summary}`;
  const note = answer.note ?? '';
  const id = answer.seed.toUpperCase();
  return {
    headers: [
      ['From', mailbox({ ...invite.attendee, name: invite.attendee.name ?? invite.attendee.email })],
      ['To', mailbox(invite.organizer)],
      ['Subject', headerText(subject)],
      ['Thread-Topic', headerText(subject)],
      ['Thread-Index', Buffer.from(answer.seed, 'hex').subarray(0, 22).toString('base64')],
      ['Date', mailDate(answer.now)],
      [
        'Message-ID',
        `<DB9PR02MB${id.slice(0, 4)}${id.slice(4, 36)}@DB9PR02MB${id.slice(0, 4)}.eurprd02.prod.outlook.com>`,
      ],
      ...(invite.messageId === null
        ? []
        : ([
            ['References', invite.messageId],
            ['In-Reply-To', invite.messageId],
          ] as const)),
      ['Accept-Language', 'en-US'],
      ['Content-Language', 'en-US'],
      ['X-MS-Has-Attach', ''],
      ['X-MS-TNEF-Correlator', ''],
    ],
    body: {
      multipart: 'alternative',
      boundary: `_000_DB9PR02MB${id.slice(0, 36)}_`,
      parts: [
        {
          type: 'text/plain; charset="iso-8859-1"',
          encoding: 'quoted-printable',
          text: `${latin(note)}\r\n`,
        },
        {
          type: 'text/html; charset="iso-8859-1"',
          encoding: 'quoted-printable',
          text: `<html><body>${entities(note)}</body></html>\r\n`,
        },
        {
          type: `text/calendar; charset="utf-8"; method=${method}`,
          encoding: 'base64',
          text: calendarText(calendarLines(invite, answer, organizer, method)),
        },
      ],
    },
  };
}

function calendarLines(
  invite: ReceivedInvite,
  answer: Answering,
  organizer: boolean,
  method: string,
): string[] {
  const { event, attendee } = invite;
  const windows = windowsZoneOf(invite);
  const zoned = (line: string): string =>
    windows === null ? line : line.replace(/;TZID=[^:;]+/, `;TZID=${windows}`);
  const times = (['DTSTART', 'DTEND', 'RECURRENCE-ID'] as const).flatMap(name => {
    const property = propertyOf(event, name);
    const proposed =
      name === 'DTSTART' ? answer.proposal?.start : name === 'DTEND' ? answer.proposal?.end : undefined;
    if (proposed !== undefined) return [`${name}:${proposed}`];
    return property === undefined ? [] : [zoned(lineOf(property))];
  });
  const sequence = textOf(event, 'SEQUENCE') ?? '0';
  const name = parameterValue(attendee.name ?? attendee.email);
  const word = answer.proposal ? 'New Time Proposed' : answer.word;
  return [
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    ...invite.zones.map(line => (windows !== null && line.startsWith('TZID:') ? `TZID:${windows}` : line)),
    'BEGIN:VEVENT',
    ...(organizer ? echoed(invite, 'ORGANIZER') : []),
    `ATTENDEE;PARTSTAT=${answer.partstat};CN=${name}:mailto:${attendee.email}`,
    ...(answer.note === null ? [] : [`COMMENT;LANGUAGE=en-US:${escapeText(`${answer.note}\n`)}`]),
    ...echoed(invite, 'UID'),
    `SUMMARY;LANGUAGE=en-US:${escapeText(`${word}: ${invite.summary}`)}`,
    ...times,
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `DTSTAMP:${answer.stamp}`,
    'TRANSP:OPAQUE',
    'STATUS:CONFIRMED',
    `SEQUENCE:${sequence}`,
    `LOCATION;LANGUAGE=en-US:${textOf(event, 'LOCATION') ?? ''}`,
    `X-MICROSOFT-CDO-APPT-SEQUENCE:${sequence}`,
    'X-MICROSOFT-CDO-OWNERAPPTID:0',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY',
    `X-MICROSOFT-CDO-ALLDAYEVENT:${textOf(event, 'DTSTART')?.includes('T') ? 'FALSE' : 'TRUE'}`,
    'X-MICROSOFT-CDO-IMPORTANCE:1',
    `X-MICROSOFT-CDO-INSTTYPE:${propertyOf(event, 'RECURRENCE-ID') ? 3 : invite.recurring ? 1 : 0}`,
    ...(answer.proposal ? originalTimes(invite) : [`X-MICROSOFT-CDO-REPLYTIME:${answer.stamp}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

function originalTimes({ event }: ReceivedInvite): string[] {
  return (['DTSTART', 'DTEND'] as const).flatMap(name => {
    const property = propertyOf(event, name);
    const original = name === 'DTSTART' ? 'X-MS-OLK-ORIGINALSTART' : 'X-MS-OLK-ORIGINALEND';
    return property === undefined ? [] : [lineOf(inUtc(property), original)];
  });
}

/** The Windows id of the invite's one zone; null where it has none, or several. */
function windowsZoneOf({ zones }: ReceivedInvite): string | null {
  const tzids = zones.filter(line => line.startsWith('TZID:')).map(line => line.slice('TZID:'.length));
  const [tzid] = tzids;
  if (tzid === undefined || tzids.length !== 1) return null;
  const zone = zoneNamed(tzid)?.zone;
  const found = Object.entries(windowsZones).find(([, iana]) => zoneNamed(iana)?.zone === zone);
  return found === undefined ? null : found[0].replace(/[a-z]+/g, spelled);
}

const CAPITALS = new Set(['gtb', 'fle', 'sa', 'us', 'utc']);

function spelled(word: string): string {
  return CAPITALS.has(word) ? word.toUpperCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** What ISO 8859-1 cannot say is lost in the text part, as it is there; the note in COMMENT is whole. */
function latin(text: string): string {
  return text.replace(/[^ -~]/g, '?');
}

function entities(text: string): string {
  return text.replace(/[^ -%'-;=?-~]/gu, char => `&#${char.codePointAt(0)};`);
}

/** Our answers to other people's calendars: REPLY to an organizer, DECLINECOUNTER to a guest. Times in UTC, so no VTIMEZONE is needed. */
import { DEFAULT_LIMITS } from '../kernel/limits.ts';
import { mailto, parameterValue, quoted, shortened, textValue, uriValue } from './content-text.ts';
import type { CalAddress, CalendarEvent, Moment } from './event.ts';
import { frameOf } from './frame.ts';
import type { ComponentKey, EventState } from './state.ts';
import { SERIES } from './state.ts';
import type { ZonePlan } from './vtimezone.ts';
import { lastContent, masterOf } from './write-parts.ts';
import { type Mailbox, objectOf, organizerLine, summaryLine } from './write-sheet.ts';
import { basic, recurrenceLine, spanLines } from './write-times.ts';

export interface OrganizerReplyInput {
  readonly event: CalendarEvent;
  /** In the very spelling that the invitation used. */
  readonly attendee: string;
  readonly partstat: 'ACCEPTED' | 'DECLINED';
  readonly comment: string | null;
  readonly dtstamp: string;
}

/** `create@` answers the organizer's calendar (RFC 5546 3.2.3). */
export function writeOrganizerReply(input: OrganizerReplyInput): string {
  const { event, attendee, partstat, dtstamp } = input;
  return objectOf('REPLY', null, [
    'BEGIN:VEVENT',
    `UID:${textValue(event.uid)}`,
    `DTSTAMP:${basic(dtstamp)}`,
    `SEQUENCE:${event.sequence ?? 0}`,
    ...(event.recurrenceId === null ? [] : [plainTime('RECURRENCE-ID', event.recurrenceId)]),
    ...plainSpan(event),
    ...(event.summary === null ? [] : [summaryLine(event, DEFAULT_LIMITS)]),
    ...(event.organizer === null ? [] : [toldOrganizerLine(event.organizer)]),
    `ATTENDEE;PARTSTAT=${partstat};CN=${quoted(attendee)}:${mailto(attendee)}`,
    ...commentLines(input.comment),
    'END:VEVENT',
  ]);
}

/** The value as the organizer's calendar wrote it: iCloud knows its own tokens only. */
function toldOrganizerLine({ value, email, name, sentBy, mailto: isMailto }: CalAddress): string {
  const told = isMailto || email === null ? value : mailto(email);
  const own = email === null || mailto(email).toLowerCase() === told.toLowerCase();
  const parameters = [
    name === null ? '' : `;CN=${quoted(name)}`,
    sentBy === null ? '' : `;SENT-BY="${mailto(sentBy)}"`,
    own || email === null ? '' : `;EMAIL=${parameterValue(email)}`,
  ];
  return `ORGANIZER${parameters.join('')}:${uriValue(told)}`;
}

function commentLines(comment: string | null): string[] {
  return comment === null ? [] : [`COMMENT:${textValue(shortened(comment, DEFAULT_LIMITS.NOTE_CHARS))}`];
}

function plainTime(name: string, moment: Moment): string {
  if (moment.kind === 'date') return `${name};VALUE=DATE:${basic(moment.local)}`;
  if (moment.utc !== null) return `${name}:${basic(moment.utc)}`;
  return `${name}${moment.tzid === null ? '' : `;TZID=${parameterValue(moment.tzid)}`}:${basic(moment.local)}`;
}

function plainSpan({ start, end }: CalendarEvent): string[] {
  if (start === null) return [];
  const written = end === null || end.kind !== start.kind ? [] : [plainTime('DTEND', end)];
  return [plainTime('DTSTART', start), ...written];
}

export interface DeclineCounterInput {
  readonly state: EventState;
  readonly component: ComponentKey;
  readonly uid: string;
  readonly organizer: Mailbox;
  readonly attendee: { readonly name: string | null; readonly email: string };
  readonly sequence: number;
  readonly dtstamp: string;
  readonly comment: string | null;
}

/** A proposed time is not taken (RFC 5546 3.2.8): the event stays as it is. */
export function writeDeclineCounter(input: DeclineCounterInput): string {
  const series = masterOf(input.state);
  const { key, event } = lastContent(input.state, input.component, series);
  const plan: ZonePlan = {
    form: 'utc',
    frame: frameOf(null, {}),
    tzid: null,
    lines: [],
    zoneRisk: false,
    warning: null,
  };
  const { name, email } = input.attendee;
  return objectOf('DECLINECOUNTER', null, [
    'BEGIN:VEVENT',
    `UID:${textValue(input.uid)}`,
    `DTSTAMP:${basic(input.dtstamp)}`,
    `SEQUENCE:${input.sequence}`,
    ...(key === SERIES ? [] : recurrenceLine(key, event, series, plan)),
    ...(event === null ? [] : spanLines(event, plan, input.state.customZones)),
    summaryLine(event, DEFAULT_LIMITS),
    organizerLine(input.organizer),
    `ATTENDEE;CN=${quoted(name === null || name.trim() === '' ? email : name)}:${mailto(email)}`,
    ...commentLines(input.comment),
    'END:VEVENT',
  ]);
}

/**
 * What a guest's calendar answers (RFC 5546 3.2.3, 3.2.6, 3.2.7), in the shapes that real programs send (imip 7): ORGANIZER, SEQUENCE,
 * PRODID, even ATTENDEE may lack. Reads only; whose answer it is, and whether it still counts, is decided where the invites are known.
 */
import { shortened } from './content-text.ts';
import type { Attendee, CalendarEvent, CalendarObject, Moment } from './event.ts';
import { lengthOf, rawKeyOf } from './series.ts';
import type { ComponentKey } from './state.ts';
import { formatInstant, parseInstant } from './time.ts';

export { isKnownDate, recurrenceKeyOf } from './occurrences.ts';

export type ReplyMethod = 'REPLY' | 'COUNTER' | 'REFRESH';
export type ReplyAnswer = 'yes' | 'no' | 'maybe' | 'none';

export interface CalendarReply {
  readonly method: ReplyMethod;
  readonly uid: string;
  /** RECURRENCE-ID as written; `recurrenceKeyOf` says which date of an event it names. */
  readonly recurrence: Moment | null;
  readonly recurrenceKey: ComponentKey | null;
  readonly attendee: { readonly email: string | null; readonly sentBy: string | null } | null;
  /** All that are named, for a reply that names several. */
  readonly attendees: readonly string[];
  /** Upper case; null where there is none. */
  readonly partstat: string | null;
  /** Null: says neither. `none` takes an answer back. */
  readonly answer: ReplyAnswer | null;
  /** Null: none was sent, so the newest that was delivered is meant. */
  readonly sequence: number | null;
  readonly dtstamp: string | null;
  /** X-MICROSOFT-CDO-REPLYTIME: better than DTSTAMP, which Outlook for Mac copies from the invitation. */
  readonly replyTime: string | null;
  readonly note: string | null;
  /** How many come along. */
  readonly guests: number;
  readonly delegatedTo: readonly string[];
  readonly delegatedFrom: readonly string[];
  /** Another time, as instants or dates. */
  readonly proposal: { readonly start: string; readonly end: string | null } | null;
  readonly organizerEmail: string | null;
  readonly organizerValue: string | null;
  readonly prodId: string | null;
  readonly summary: string | null;
  /** The start that the reply speaks about, not one that it proposes. */
  readonly startUtc: string | null;
}

const METHODS: readonly ReplyMethod[] = ['REPLY', 'COUNTER', 'REFRESH'];
const ANSWERS: ReadonlyMap<string, ReplyAnswer> = new Map([
  ['ACCEPTED', 'yes'],
  ['DECLINED', 'no'],
  ['TENTATIVE', 'maybe'],
  ['NEEDS-ACTION', 'none'],
]);
const NOTE_CHARACTERS = 1_000;
const MOST_GUESTS = 1_000;

/** One for each VEVENT; none where the object answers nothing. */
export function readReplies(calendar: CalendarObject): CalendarReply[] {
  const method = METHODS.find(known => known === calendar.method);
  if (method === undefined) return [];
  return calendar.events.map(event => replyOf(event, method, calendar.prodId));
}

function replyOf(event: CalendarEvent, method: ReplyMethod, prodId: string | null): CalendarReply {
  const attendee = answering(event.attendees);
  const partstat = attendee?.partstat ?? null;
  const proposal = proposalOf(event, method, attendee);
  return {
    method,
    uid: event.uid,
    recurrence: event.recurrenceId,
    recurrenceKey: event.recurrenceId === null ? null : rawKeyOf(event.recurrenceId),
    attendee: attendee === null ? null : { email: attendee.email, sentBy: attendee.sentBy },
    attendees: event.attendees.map(({ email }) => email).filter(email => email !== null),
    partstat,
    answer: answerOf(method, partstat, proposal !== null),
    sequence: event.sequence ?? event.apptSequence,
    dtstamp: event.dtstamp,
    replyTime: event.replyTime,
    note: noteOf(event, attendee),
    guests: guestsOf(attendee),
    delegatedTo: attendee?.delegatedTo ?? [],
    delegatedFrom: attendee?.delegatedFrom ?? [],
    proposal,
    organizerEmail: event.organizer?.email ?? null,
    organizerValue: event.organizer?.value ?? null,
    prodId,
    summary: event.summary,
    startUtc: method === 'COUNTER' ? (event.originalStart ?? null) : (event.start?.utc ?? null),
  };
}

/** A reply names one; of several the one that says something speaks. */
function answering(attendees: readonly Attendee[]): Attendee | null {
  const saying = attendees.find(({ partstat }) => partstat !== null && partstat !== 'NEEDS-ACTION');
  return saying ?? attendees[0] ?? null;
}

function answerOf(method: ReplyMethod, partstat: string | null, proposes: boolean): ReplyAnswer | null {
  if (method === 'REFRESH') return null;
  const said = partstat === null ? null : (ANSWERS.get(partstat) ?? null);
  // Who proposes another time without a word on this one has not said yes.
  if ((method === 'COUNTER' || proposes) && (said === null || said === 'none')) return 'maybe';
  return said;
}

const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
/** iOS puts a calendar before the words. */
const CALENDAR_EMOJI = /^(?:[\u{1f4c5}\u{1f4c6}\u{1f5d3}]\ufe0f?\s*)+/u;

function noteOf(event: CalendarEvent, attendee: Attendee | null): string | null {
  const told = [attendee?.parameters['X-RESPONSE-COMMENT'] ?? '', ...event.comments];
  for (const text of told) {
    const note = text.replaceAll(ZERO_WIDTH, '').trim().replace(CALENDAR_EMOJI, '').trim();
    if (note !== '') return shortened(note, NOTE_CHARACTERS);
  }
  return null;
}

function guestsOf(attendee: Attendee | null): number {
  const told = attendee?.parameters['X-NUM-GUESTS'] ?? '';
  return /^\d{1,6}$/.test(told) ? Math.min(Number(told), MOST_GUESTS) : 0;
}

function proposalOf(
  event: CalendarEvent,
  method: ReplyMethod,
  attendee: Attendee | null,
): CalendarReply['proposal'] {
  if (method === 'REFRESH') return null;
  if (method === 'COUNTER') {
    if (event.start === null) return null;
    return { start: rawKeyOf(event.start), end: event.end === null ? null : rawKeyOf(event.end) };
  }
  return toldInParameter(attendee?.parameters['TO-ALL-PROPOSED-NEW-TIME'] ?? '', event);
}

/** iOS: `DTSTART:20260303T180000Z;STATUS:;` in a parameter of ATTENDEE, in a plain REPLY. */
function toldInParameter(text: string, event: CalendarEvent): CalendarReply['proposal'] {
  const start = toldInstant(text, 'DTSTART');
  if (start === null) return null;
  const length = lengthOf(event);
  const end = toldInstant(text, 'DTEND') ?? (length > 0 ? formatInstant(parseInstant(start) + length) : null);
  return { start, end };
}

function toldInstant(text: string, name: string): string | null {
  const match = new RegExp(`(?:^|;)${name}:(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z`).exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(instant)) ? null : instant;
}

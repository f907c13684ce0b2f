/**
 * The words of the calendar core: what one calendar object says, normalised. Pure values; nothing here reads a clock or a port.
 * Terms are RFC 5545's. Instants are RFC 3339 in UTC to the second (`2026-03-03T15:00:00Z`); dates are `2026-03-03`.
 */

export type MomentKind = 'date' | 'utc' | 'zoned' | 'floating';

/** One DATE or DATE-TIME value (RFC 5545 3.3.4, 3.3.5). */
export interface Moment {
  readonly kind: MomentKind;
  /** The raw value as the file has it, without its parameters. */
  readonly value: string;
  /** `2026-03-03` for a date, else the wall clock `2026-03-03T16:00:00`. */
  readonly local: string;
  /** TZID as the file writes it, quotes off. */
  readonly tzid: string | null;
  /** The IANA zone that TZID means here, or null (no TZID, or a custom zone that fits none). */
  readonly zone: string | null;
  /** The instant; null for a date, a floating time, or a zone that can't be resolved. */
  readonly utc: string | null;
  /** What decided the instant. */
  readonly from?: 'utc' | 'vtimezone' | 'iana' | 'unresolved';
}

/** `source`: DTEND, DURATION (nominal days, exact time), or implied by 3.6.1 (one day for a date, nothing for a date-time). */
export interface End extends Moment {
  readonly source: 'DTEND' | 'DURATION' | 'implied';
}

/** A CAL-ADDRESS. Identity is `email`; `value` is what the file wrote (iCloud tokens, principal paths). */
export interface CalAddress {
  readonly email: string | null;
  readonly value: string;
  readonly name: string | null;
  /** SENT-BY as an address. */
  readonly sentBy: string | null;
  readonly mailto: boolean;
}

export interface Attendee extends CalAddress {
  /** Upper case; null when not given, which means NEEDS-ACTION. */
  readonly partstat: string | null;
  readonly role: string | null;
  readonly cutype: string | null;
  readonly rsvp: boolean;
  /** RSVP=FALSE stands there: the organizer wants no answer. Left out is not the same in practice. */
  readonly noReply?: true;
  readonly delegatedTo: readonly string[];
  readonly delegatedFrom: readonly string[];
  /** Upper-case name to value of every other parameter (X-RESPONSE-COMMENT, X-NUM-GUESTS, TO-ALL-PROPOSED-NEW-TIME). */
  readonly parameters: { readonly [name: string]: string };
}

/** Why `checkForRegister` would refuse the event. */
export interface UnreadableProperty {
  readonly code: RefusalCode;
  readonly name: string;
  readonly line: number;
  readonly value: string;
}

export interface SourceLine {
  readonly name: string;
  readonly line: number;
  readonly value: string;
}

/** One VEVENT. */
export interface CalendarEvent {
  readonly uid: string;
  readonly recurrenceId: (Moment & { readonly range: string | null }) | null;
  /** Null when absent, which means 0. */
  readonly sequence: number | null;
  /** X-MICROSOFT-CDO-APPT-SEQUENCE. */
  readonly apptSequence: number | null;
  readonly dtstamp: string | null;
  readonly created: string | null;
  readonly lastModified: string | null;
  readonly start: Moment | null;
  readonly end: End | null;
  readonly summary: string | null;
  readonly location: string | null;
  /** Plain text: HTML turned into text, Google's fenced block and `tok=` links taken out. */
  readonly description: string | null;
  /** Sanitised HTML, where the organizer's client sent some. */
  readonly html: string | null;
  /** Link to join online (imip.md 3.5). */
  readonly joinUrl: string | null;
  readonly url: string | null;
  readonly geo: string | null;
  readonly categories: readonly string[];
  readonly priority: number | null;
  /** Upper case: CONFIRMED, TENTATIVE, CANCELLED. */
  readonly status: string | null;
  readonly transp: string | null;
  readonly class: string | null;
  readonly organizer: CalAddress | null;
  readonly attendees: readonly Attendee[];
  /** Raw RRULE text of the first rule. */
  readonly rrule: string | null;
  readonly rrules: readonly string[];
  readonly exdates: readonly Moment[];
  readonly rdates: readonly Moment[];
  readonly relatedTo: readonly { readonly type: string; readonly value: string }[];
  /** X-MICROSOFT-CDO-REPLYTIME as an instant. */
  readonly replyTime: string | null;
  /** X-MS-OLK-ORIGINALSTART of an Exchange COUNTER. */
  readonly originalStart: string | null;
  /** COMMENT, X-CALENDARSERVER-…-COMMENT. */
  readonly comments: readonly string[];
  /** X-MICROSOFT-ISRESPONSEREQUESTED; true when absent. */
  readonly responseRequested: boolean;
  /** X-MICROSOFT-CDO-INTENDEDSTATUS, else BUSYSTATUS. */
  readonly busyStatus: string | null;
  /** X-MICROSOFT-CDO-ALLDAYEVENT; `checkForRegister` makes the moments of such an event dates. */
  readonly allDayFlag?: boolean;
  /** Properties that were there and could not be read, or that contradict another. */
  readonly unreadable?: readonly UnreadableProperty[];
  /** Number of the BEGIN:VEVENT line, from 1. */
  readonly line: number;
  /** The lines that a refusal may have to name; never in an event's state. */
  readonly source?: readonly SourceLine[];
  /** SHA-256 (hex) over the normalised meaning, without DTSTAMP: equal means the same content (imip.md 4.2). */
  readonly hash: string;
}

/** One VCALENDAR. */
export interface CalendarObject {
  /** METHOD in upper case; null when neither the object nor the MIME part names one. */
  readonly method: string | null;
  readonly prodId: string | null;
  readonly events: readonly CalendarEvent[];
  /** Components other than VEVENT and VTIMEZONE, by name. */
  readonly others: { readonly [name: string]: number };
  /** X-WR-TIMEZONE as an IANA zone. */
  readonly defaultZone: string | null;
  /** The file's own VTIMEZONE text, by TZID, for zones that fit no IANA zone. */
  readonly customZones: { readonly [tzid: string]: string };
  /** Numbers of its BEGIN and METHOD lines; null where the METHOD is the mail's. */
  readonly line?: number;
  readonly methodLine?: number | null;
  /** What was repaired on the way, for the journal: codes. */
  readonly repairs: readonly string[];
}

/** Why a calendar text is no event of ours. `sentence` says to the organizer what to change in his calendar. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
  /** What the sentence names. */
  readonly detail?: string;
  /** The offending line, from 1; null where no single line is to blame. */
  readonly line: number | null;
}

export type RefusalCode =
  | 'not_icalendar'
  | 'vcalendar_1'
  | 'truncated'
  | 'no_event'
  | 'task_only'
  | 'no_uid'
  | 'bad_uid'
  | 'no_start'
  | 'bad_start'
  | 'bad_end'
  | 'end_before_start'
  | 'unknown_zone'
  | 'floating_time'
  | 'two_events'
  | 'two_calendars'
  | 'unknown_method'
  | 'no_organizer'
  | 'too_large'
  | 'too_many_lines'
  | 'line_too_long'
  | 'too_deep'
  | 'too_many_changes'
  | 'too_many_dates'
  | 'rule_not_supported'
  | 'range_not_supported'
  | 'year_out_of_range'
  | 'too_long'
  | 'sequence_out_of_range';

export type Reading =
  | { readonly ok: true; readonly calendar: CalendarObject; readonly calendars: readonly CalendarObject[] }
  | { readonly ok: false; readonly refusal: Refusal };

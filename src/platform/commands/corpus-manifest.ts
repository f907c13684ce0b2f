/** The words of a corpus' manifest.json: one record a file with what it must yield. Only what is read here is named. */

export interface MomentFacts {
  readonly value?: string;
  readonly type?: 'date' | 'date-time' | 'invalid';
  readonly form?: 'utc' | 'zoned' | 'floating';
  readonly tzid?: string;
  readonly local?: string;
  readonly date?: string;
  readonly utc?: string | null;
  /** Any of them will do: zone data and VTIMEZONE disagree. */
  readonly utc_accept?: readonly string[];
  readonly utc_from?: string;
  readonly tz_unresolved?: boolean;
  readonly iana?: string;
  readonly range?: string;
  readonly source?: 'DTEND' | 'DURATION' | 'implied';
  readonly invalid?: boolean;
}

export interface ListedDate {
  readonly value: string;
  readonly tzid?: string;
}

export interface EventFacts {
  readonly uid: string | null;
  readonly sequence: number | null;
  readonly dtstamp: string | null;
  readonly recurrence_id: MomentFacts | null;
  readonly dtstart: MomentFacts | null;
  readonly end: MomentFacts | null;
  readonly summary: string | null;
  readonly location: string | null;
  readonly organizer: string | null;
  readonly organizer_not_mailto?: boolean;
  readonly attendees: readonly { readonly email: string; readonly partstat: string | null }[];
  readonly rrule: string | null;
  readonly rrule_all?: readonly string[];
  readonly exdates: number;
  readonly rdates: number;
  readonly exdate?: readonly ListedDate[];
  readonly rdate?: readonly ListedDate[];
  readonly status: string | null;
  readonly calendar?: number;
  readonly method?: string | null;
}

export interface EnvelopeFacts {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string | null;
  readonly message_id: string | null;
  readonly in_reply_to: string | null;
  readonly top_type: string;
}

export interface PartFacts {
  readonly path: string;
  readonly types: readonly string[];
  readonly method: string | null;
  readonly charset: string | null;
  readonly encoding: string | null;
  readonly filename: string | null;
  readonly disposition: string | null;
  readonly body_sha1: string;
}

export type Expectation = 'ok' | 'tolerate' | 'either' | 'reject';

export interface FileRecord {
  readonly file: string;
  readonly kind: 'ics' | 'mail';
  readonly expect: Expectation;
  readonly reason: string | null;
  readonly prodid?: string | null;
  readonly method?: string | null;
  readonly calendars?: number;
  readonly event_count?: number;
  readonly other_components?: { readonly [name: string]: number };
  readonly events?: readonly EventFacts[];
  readonly events_truncated?: boolean;
  readonly undecided?: readonly string[];
  readonly envelope?: EnvelopeFacts;
  readonly calendar_part?: PartFacts | null;
}

export interface Manifest {
  readonly files: readonly FileRecord[];
}

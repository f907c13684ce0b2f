/**
 * The organizer's side of one event as a pure function: `applyMessage(state, message, now)`.
 * Order per design D3 and imip.md 4; every order of delivery of the same messages ends in the same content.
 */
import type { CalAddress, CalendarEvent, CalendarObject, Refusal } from './event.ts';
import type { Saying } from './saying.ts';

/** `series`: the master (or the single event). Else the RECURRENCE-ID as instant (`…Z`), date, or floating wall clock. */
export type ComponentKey = string;
export const SERIES: ComponentKey = 'series';

/** What decides which of two messages about one component wins (D3). */
export interface Stamp {
  /** max(SEQUENCE, X-MICROSOFT-CDO-APPT-SEQUENCE). */
  readonly sequence: number;
  readonly dtstamp: string;
  readonly method: 'request' | 'cancel';
  readonly lastModified: string | null;
  readonly hash: string;
}

/** What is known of one component, and what we tell people about it. */
export interface ComponentState {
  readonly kind: 'request' | 'cancel';
  /** The newest content; for a cancel the last content known, null when there never was one. */
  readonly event: CalendarEvent | null;
  readonly stamp: Stamp;
  /** Our revision in which it last changed: unique over the event, rising. */
  readonly revision: number;
  /** Our revision of its last significant change (imip.md 4.10): answers to older ones no longer count. */
  readonly significantRevision: number;
  /** SEQUENCE and DTSTAMP of what we send for that revision (D3). */
  readonly outSequence: number;
  readonly outDtstamp: string;
  /** The arrival that caused it. */
  readonly arrival: string;
}

export interface EventState {
  readonly uid: string;
  readonly organizer: CalAddress;
  /** The highest revision given out. */
  readonly revision: number;
  readonly components: { readonly [key: ComponentKey]: ComponentState };
  /** VTIMEZONE texts of zones that fit no IANA zone, by TZID. */
  readonly customZones: { readonly [tzid: string]: string };
  /** Two messages tied in everything but content (D3). */
  readonly ambiguousOrder: boolean;
  /** What `apply.ts` keeps beside the components so that the order of arrival never matters; nobody else reads it. */
  readonly memory?: Memory;
}

/** SEQUENCE and DTSTAMP alone: compares messages about different components. */
export type Order = Pick<Stamp, 'sequence' | 'dtstamp'>;

/** An event kept elsewhere in the state is named by its component instead of stored twice. */
export type Kept = { readonly component: ComponentKey } | CalendarEvent;

/** The newest REQUEST and the newest CANCEL about one RECURRENCE-ID as the messages wrote it. */
export interface Fact {
  readonly request: {
    readonly stamp: Stamp;
    readonly event: Kept;
    readonly arrival: string;
    /** The newest master that came in one message with it: not older than that, whatever its own SEQUENCE says. */
    readonly besides: Order | null;
    readonly tied: boolean;
  } | null;
  readonly cancel: {
    readonly stamp: Stamp;
    readonly event: Kept;
    readonly arrival: string;
    readonly tied: boolean;
  } | null;
}

export interface Memory {
  readonly facts: { readonly [key: ComponentKey]: Fact };
  /** When the master took which times (hash of start, length, rules, zone), newest last; back to the last but one shape. */
  readonly shapes: readonly { readonly stamp: Stamp; readonly shape: string }[];
  /** The newest CANCEL of the whole series ever seen: what is older stays dead after a revival. */
  readonly lastCancel: Order | null;
  /** The message applied last: handed in again it answers the same. */
  readonly last: { readonly arrival: string; readonly changes: readonly EventChange[] };
}

export interface OrganizerMessage {
  readonly calendar: CalendarObject;
  /** Id of the arrival; a message that was applied under this very id answers `applied` again, not `duplicate`. */
  readonly arrival: string;
  /** When the mail was received (RFC 3339): stands in for a missing DTSTAMP, bounds one from the future. */
  readonly receivedAt: string;
}

export interface EventChange {
  readonly component: ComponentKey;
  readonly revision: number;
  readonly kind: 'created' | 'updated' | 'cancelled' | 'revived';
  readonly significant: boolean;
  /** In English: "moved from Tue 3 Mar 10:00 to Tue 3 Mar 14:00 (Europe/Berlin)". */
  readonly words: readonly string[];
  /** The same for any language; rows from before there were more have none. */
  readonly said?: readonly Saying[];
}

export type Applied =
  | { readonly outcome: 'applied'; readonly state: EventState; readonly changes: readonly EventChange[] }
  /** A CANCEL of an event never seen: remembered, so that an older REQUEST does not revive it. */
  | { readonly outcome: 'tombstone'; readonly state: EventState }
  | { readonly outcome: 'duplicate' }
  /** Older than what is known. `state` may have learned from it (no revision, nothing to tell): save it where it is given. */
  | { readonly outcome: 'stale'; readonly state: EventState }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

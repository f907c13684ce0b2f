/** An event of an organizer, as registered: (organizer, UID) to one id, its calendar state and its public face. */
import { lastEnd } from '../calendar/describe.ts';
import type { EventChange, EventState } from '../calendar/state.ts';
import type { PageOptions } from './page-options.ts';

/** Stored; `ended` is worked out from the clock (`statusAt`). */
export type StoredStatus = 'draft' | 'live' | 'cancelled';
export type EventStatus = StoredStatus | 'ended';

export interface EventRecord {
  readonly id: string;
  readonly workspace: string;
  readonly organizer: string;
  /** Public, in `/e/<slug>`. Another one may be chosen; those before lead to it. */
  readonly slug: string;
  readonly page: PageOptions;
  readonly status: StoredStatus;
  readonly state: EventState;
  /** Why a draft is one: `unconfirmed` (weak evidence), `zone` (a floating time without a zone). */
  readonly draftReason: string | null;
  /** Folded addresses of the organizer's own guests: not invited again, never shown. */
  readonly guests: readonly string[];
  /** How often the row was written: the token of optimistic writes. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What one arrival changed; the newest few are kept, so that an arrival that is worked on twice answers the same. */
export interface HistoryEntry {
  readonly arrival: string;
  readonly at: string;
  readonly changes: readonly EventChange[];
}

/** The record with what only the registry needs. */
export interface RegisteredEvent extends EventRecord {
  /** The arrival that made it what it is: a draft that is confirmed is made anew. */
  readonly createdBy: string;
  readonly history: readonly HistoryEntry[];
  /** A CANCEL came before any REQUEST: remembered for a while, seen by nobody. */
  readonly tombstone: boolean;
  /** What was proven before a draft: what weak evidence said is thrown away for it. */
  readonly base: EventState | null;
  /** Address hashes of proven delegates (SENT-BY) who made this event. */
  readonly editors: readonly string[];
  /** The latest end that people were ever told, null for none: who holds a longer series still hears that it ended. */
  readonly reach?: string | null;
}

/** `now` in epoch milliseconds. */
export function statusAt(record: Pick<EventRecord, 'status' | 'state'>, now: number): EventStatus {
  if (record.status !== 'live') return record.status;
  const end = lastEnd(record.state);
  return end !== null && Date.parse(end) <= now ? 'ended' : 'live';
}

/** Of its page; a private one opens by a link that holds its key. */
export type Paged = Pick<EventRecord, 'slug' | 'page'>;

export function pageUrl(settings: { readonly baseUrl: string }, record: Paged): string {
  return `${settings.baseUrl}${pagePath(record)}`;
}

export function pagePath({ slug, page }: Paged, end = ''): string {
  const query = page.visibility === 'private' && page.key !== null ? `?key=${page.key}` : '';
  return `/e/${slug}${end}${query}`;
}

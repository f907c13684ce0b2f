/** An event of an organizer, as registered: (organizer, UID) to one id, its calendar state and its public face. */
import type { EventState } from '../calendar/state.ts';

/** Stored; `ended` is worked out from the clock (`statusAt`). */
export type StoredStatus = 'draft' | 'live' | 'cancelled';
export type EventStatus = StoredStatus | 'ended';

export interface EventRecord {
  readonly id: string;
  readonly workspace: string;
  readonly organizer: string;
  /** Public, in `/e/<slug>`; fixed for life. */
  readonly slug: string;
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

/** One event for one address, the mails sent for it, and what they mean together. */
import type { ComponentKey } from '../calendar/state.ts';

export type Door =
  | 'page'
  | 'upcoming'
  | 'widget'
  | 'vip'
  | 'list'
  | 'mail'
  | 'stream'
  | 'button'
  | 'audience';

/** The words of contract.md's API. */
export type InviteState =
  | 'planned'
  | 'sent'
  | 'delivered'
  | 'bounced'
  | 'ambiguous'
  | 'failed'
  | 'skipped'
  | 'withdrawn'
  | 'unsubscribed'
  | 'complained'
  | 'unconfirmed'
  | 'waitlisted';

export type Answer = 'yes' | 'no' | 'maybe' | 'none';

/** One recorded answer, for the series or one occurrence. */
export interface RecordedAnswer {
  readonly answer: Answer;
  /** When it was given (RFC 3339), by the reply's own account bounded by its arrival. */
  readonly at: string;
  /** The significant revision it answers to: an older one than the event's counts no longer. */
  readonly toRevision: number;
  /** `low`: it failed the sender's proof and may be replaced by any verified one. */
  readonly evidence: 'verified' | 'low';
  readonly origin: string | null;
  readonly prodId: string | null;
  readonly note: string | null;
  readonly guests: number;
}

export interface Invite {
  readonly id: string;
  readonly event: string;
  readonly workspace: string;
  /** As typed: goes into ATTENDEE and To. */
  readonly email: string;
  /** Folded. */
  readonly address: string;
  readonly name: string | null;
  /** The UID's local part and the reply's key (D2). Lower-case base32, constant over revisions. */
  readonly token: string;
  /** Raised when somebody who deleted his entry asks again. */
  readonly generation: number;
  /** The first door stays first. */
  readonly doors: readonly Door[];
  readonly createdAt: string;
  /** `unconfirmed`: waits for the address's own confirmation; `skipped`: with `reason`, never sent. */
  readonly standing: 'open' | 'unconfirmed' | 'skipped' | 'withdrawn';
  readonly reason: string | null;
  /** Counts personal steps (asked again, withdrawn): part of a send's key. */
  readonly personal: number;
  /** Newest answer by component. */
  readonly answers: { readonly [component: ComponentKey]: RecordedAnswer };
  /** Times proposed with a COUNTER. */
  readonly proposals: readonly {
    readonly start: string;
    readonly end: string | null;
    readonly note: string | null;
    readonly at: string;
  }[];
  /** Other addresses of this person, accepted by the organizer or proven. */
  readonly aliases: readonly string[];
}

/** The ledger's states (threats-and-faults.md 2). */
export type SendState = 'PLANNED' | 'CLAIMED' | 'SENT' | 'AMBIGUOUS' | 'FAILED' | 'SKIPPED' | 'SUPERSEDED';

/** One mail of the ledger: one row per (invite, component, revision, kind, personal step). */
export interface Send {
  readonly id: string;
  readonly kind: 'request' | 'cancel';
  readonly component: ComponentKey;
  readonly revision: number;
  readonly personal: number;
  readonly state: SendState;
  readonly reason: string | null;
  readonly attempt: number;
  /** What was written into the calendar object; set at the first claim and kept, so that a repeat is byte-equal. */
  readonly sequence: number | null;
  readonly dtstamp: string | null;
  /** Epoch milliseconds: the lease of a CLAIMED row, the patience of an AMBIGUOUS one. */
  readonly until: number | null;
  /** Not before, epoch milliseconds, of a PLANNED row that was throttled. */
  readonly notBefore: number | null;
  readonly maybeDuplicate: boolean;
  readonly messageId: string | null;
  readonly sentAt: string | null;
  /** What the receiving side told: the strongest of delivered, bounced, complained. */
  readonly feedback: 'delivered' | 'bounced' | 'complained' | null;
}

export interface InviteWithSends {
  readonly invite: Invite;
  readonly sends: readonly Send[];
}

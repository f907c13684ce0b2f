/** One event for one address, the mails sent for it, and what they mean together. */
import type { ComponentKey } from '../calendar/state.ts';
import type { Language } from '../texts/languages.ts';

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

/** Doors at which a person types his own address. */
export const OWN_DOORS: ReadonlySet<Door> = new Set<Door>(['page', 'upcoming', 'widget', 'button']);

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
  /** When we received it: decides between two that were given in the same second. */
  readonly receivedAt: string;
}

/** Why an address gets no more mail: its own wish, or what its mail system told. */
export type Stop = 'unsubscribed' | 'complained' | 'bounced' | 'erased';

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
  /** As chosen at the door; null or absent: nobody chose, so mails speak the workspace's. */
  readonly language?: Language | null;
  /** The first door stays first. */
  readonly doors: readonly Door[];
  readonly createdAt: string;
  /** `unconfirmed`: waits for the address's own confirmation; `skipped`: with `reason`, never sent; `waitlisted`: for a seat. */
  readonly standing: 'open' | 'unconfirmed' | 'skipped' | 'withdrawn' | 'waitlisted';
  readonly reason: string | null;
  /** Counts personal steps (asked again, withdrawn): part of a send's key. */
  readonly personal: number;
  /** Set on the invite through which it was learnt; `S#` rows hold it for the whole workspace. */
  readonly stopped: Stop | null;
  /** The last time somebody asked for it (RFC 3339): a repeat within a day sends nothing new. */
  readonly askedAt: string;
  /** Newest answer by component. */
  readonly answers: { readonly [component: ComponentKey]: RecordedAnswer };
  /** Answers to a content that was no longer the newest, where a newer answer stands. */
  readonly staleAnswers: { readonly [component: ComponentKey]: RecordedAnswer };
  /** DELEGATED-TO of a reply: told to the organizer, never invited. */
  readonly delegatedTo: readonly string[];
  /** Times proposed with a COUNTER. */
  readonly proposals: readonly {
    readonly start: string;
    readonly end: string | null;
    readonly note: string | null;
    readonly at: string;
  }[];
  /** Other addresses of this person, accepted by the organizer or proven. */
  readonly aliases: readonly string[];
  /** How often the row was written: the token of optimistic writes. */
  readonly version: number;
}

/** The ledger's states (threats-and-faults.md 2). */
export type SendState = 'PLANNED' | 'CLAIMED' | 'SENT' | 'AMBIGUOUS' | 'FAILED' | 'SKIPPED' | 'SUPERSEDED';

export type Partstat = 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';

/** One mail of the ledger: one row per (invite, component, revision, kind, personal step). */
export interface Send {
  readonly id: string;
  readonly kind: 'request' | 'cancel';
  readonly component: ComponentKey;
  readonly revision: number;
  readonly personal: number;
  /** The generation of the UID it speaks about; a CANCEL may close an older one. */
  readonly generation: number;
  readonly state: SendState;
  readonly reason: string | null;
  readonly attempt: number;
  /** What was written into the calendar object; set at the first claim and kept, so that a repeat is byte-equal. */
  readonly sequence: number | null;
  readonly dtstamp: string | null;
  /** PARTSTAT and the moment of composing (epoch milliseconds), fixed with them. */
  readonly partstat: Partstat | null;
  readonly composedAt: number | null;
  /** What it speaks, fixed with them. */
  readonly language?: Language | null;
  /** Epoch milliseconds: the lease of a CLAIMED row, the patience of an AMBIGUOUS one. */
  readonly until: number | null;
  /** Not before, epoch milliseconds, of a PLANNED row that was throttled. */
  readonly notBefore: number | null;
  /** An earlier attempt ended in an outcome that nobody knows: it may have arrived. */
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

/**
 * The whole outside world on one page. A use case names in its first argument only the ports it uses.
 * Each port has two real adapters, `platform/local` and `platform/aws`, that pass one battery in `test/contract`.
 */
import type { KeyObject } from 'node:crypto';
import type { Limits } from './limits.ts';

/** What a row's attribute may hold. Bytes belong in Blobs. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/**
 * One row of the one table. `i1pk`/`i1sk` and `i2pk`/`i2sk` put it into index 1 or 2 (both strings, or both left out).
 * `expires` (epoch seconds): from that second on the row counts as absent everywhere, whether or not it was swept.
 */
export type Row = Key & { readonly [attribute: string]: Json | undefined };

/**
 * When a write may happen. On an absent row `missing` and `isNot` hold and all other attribute tests fail;
 * comparisons with an attribute that the row lacks fail too.
 */
export type Condition =
  | { readonly row: 'absent' | 'present' }
  | { readonly attribute: string; readonly is: Json }
  | { readonly attribute: string; readonly isNot: Json }
  | { readonly attribute: string; readonly below: string | number }
  | { readonly attribute: string; readonly atMost: string | number }
  | { readonly attribute: string; readonly missing: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

/** Changes of top-level attributes. `add` starts from 0, `append` from an empty list. */
export interface Change {
  readonly set?: { readonly [attribute: string]: Json };
  readonly remove?: readonly string[];
  readonly add?: { readonly [attribute: string]: number };
  readonly append?: { readonly [attribute: string]: readonly Json[] };
}

export interface WriteOptions {
  readonly if?: Condition;
  /** Jobs that run at least once if, and only if, this write holds (an outbox: one commit on one machine, a swept mark on AWS). */
  readonly jobs?: readonly NewJob[];
}

export interface Write extends WriteOptions {
  readonly row: Row;
}

export interface Query {
  /** Left out: the table's own keys. Index reads may lag on AWS; never decide a write by them alone. */
  readonly index?: 1 | 2;
  readonly pk: string;
  /** Sort keys that start so. Not together with `from` and `before`. */
  readonly begins?: string;
  /** Inclusive. */
  readonly from?: string;
  /** Exclusive. */
  readonly before?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly newestFirst?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; given back in `Query.cursor` it continues behind the last item. */
  readonly cursor?: string;
}

export interface Table {
  /** Strongly consistent. */
  get(key: Key): Promise<Row | undefined>;
  /** Writes the whole row. False: the condition did not hold, nothing changed. */
  put(row: Row, options?: WriteOptions): Promise<boolean>;
  /** Many puts, each with its own condition; one commit on one machine. The answers stand in the order of the writes. */
  putAll(writes: readonly Write[]): Promise<readonly boolean[]>;
  /** Changes attributes and answers the row as it is now; undefined: the condition did not hold. Never makes a row unless `orCreate`. */
  update(
    key: Key,
    change: Change,
    options?: WriteOptions & { readonly orCreate?: boolean },
  ): Promise<Row | undefined>;
  /**
   * Sets and adds, making the row where it is missing, for what nobody is promised: whoever reads the row sees it, but it may be gone with the
   * process that took it.
   */
  hint(key: Key, change: Hint): Promise<void>;
  remove(key: Key, options?: { readonly if?: Condition }): Promise<boolean>;
  query(query: Query): Promise<Page<Row>>;
}

export type Hint = Pick<Change, 'set' | 'add'>;

/** Bytes under content- or random-named keys (`raw/2026/…`); at most 512 characters of `[a-z0-9/._-]`. No conditional put. */
export interface Blobs {
  /** Durable when it resolves. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
  list(prefix: string, cursor?: string): Promise<Page<{ readonly key: string; readonly storedAt: number }>>;
}

/** `fast`: what one person waits for. `bulk`: fan-outs. A fast job never waits behind a bulk one. */
export type Lane = 'fast' | 'bulk';

export interface NewJob {
  readonly lane: Lane;
  /** Names the function that runs it, see `platform/jobs.ts`. */
  readonly kind: string;
  /** Ids only, never an address, a token or a body. */
  readonly body: { readonly [name: string]: Json };
  /** Not before this moment, epoch milliseconds. */
  readonly after?: number;
}

export interface TakenJob extends NewJob {
  readonly id: string;
  /** 1 the first time. */
  readonly attempt: number;
  /** Proves the lease; the adapter's own text. */
  readonly receipt: string;
}

/** What running a job came to; a throw counts as a failure and is tried again. */
export type JobResult = { readonly done: true } | { readonly retryAfterMs: number; readonly reason: string };

/** At least once, in no promised order. */
export interface Jobs {
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Leases up to `max` due jobs for `leaseMs`; one that is neither done nor given back by then comes again. */
  take(lane: Lane, max: number, leaseMs: number): Promise<readonly TakenJob[]>;
  done(job: TakenJob): Promise<void>;
  /** Gives the lease back; the job comes again after the delay. */
  retry(job: TakenJob, delayMs: number): Promise<void>;
}

export type MailKind = 'request' | 'cancel' | 'reply' | 'organizer' | 'confirm' | 'signin' | 'report';

/** What a mail is about: SES message tags on AWS, `X-SIS-…` headers towards a relay on one machine. */
export interface MailAbout {
  /** The ledger's send id: `[A-Za-z0-9_-]`, at most 200 characters. */
  readonly send: string;
  readonly kind: MailKind;
  /** 1 the first time. */
  readonly attempt: number;
  readonly workspace?: string;
  readonly event?: string;
  readonly invite?: string;
  readonly revision?: number;
}

export interface OutgoingMail {
  /** The whole message, 7-bit, CRLF, no line over 998 octets. */
  readonly raw: Uint8Array;
  readonly from: string;
  /** One recipient a message. */
  readonly to: string;
  readonly about: MailAbout;
}

/** `throttled`: surely not sent, try later. `refused`: surely not sent, never will be. `unknown`: nobody can tell. */
export type Handover =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'throttled'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Mailer {
  /** One attempt, no hidden retries; never throws for what the far side did. */
  send(mail: OutgoingMail): Promise<Handover>;
}

export type RecordType = 'TXT' | 'A' | 'AAAA' | 'MX' | 'CNAME' | 'PTR';

export interface Resolver {
  /** As `dns.promises.resolve`: TXT answers are lists of chunks. Rejects with `code` ENOTFOUND or ENODATA when there is none. */
  resolve(name: string, type: RecordType): Promise<unknown>;
}

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Random {
  bytes(count: number): Uint8Array;
}

/** Ids and figures only: never an address, a token, a link with a token or a body (P15). */
export type LogFields = { readonly [name: string]: string | number | boolean | null | undefined };

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields, cause?: unknown): void;
}

/** One key per purpose, derived from the installation's secret. */
export interface Keys {
  derive(purpose: string): KeyObject;
}

/**
 * Wraps data keys (32 octets): under a key of the installation's secret on one machine, under KMS on AWS. The context is authenticated:
 * a wrapped key opens only with the context it was wrapped with.
 */
export interface KeyWrap {
  wrap(key: Uint8Array, context: { readonly [name: string]: string }): Promise<string>;
  /** Rejects when the text was changed or the context differs. */
  unwrap(wrapped: string, context: { readonly [name: string]: string }): Promise<Uint8Array>;
}

/** The installation's OAuth app at a platform; `url` names a server in the vendor's place, null the vendor. */
export interface PlatformSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly url: string | null;
}

/** What the installation decided, read once in `platform/config.ts`. */
export interface Settings {
  /** No slash at the end. */
  readonly baseUrl: string;
  readonly mailDomain: string;
  readonly trustLoopback: boolean;
  readonly trustProxy: boolean;
  readonly local: boolean;
  readonly limits: Limits;
  /** Null: the installation has no app at this platform. */
  readonly platforms: {
    readonly mailchimp: PlatformSettings | null;
    readonly klaviyo: PlatformSettings | null;
  };
}

export interface Ports {
  readonly table: Table;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly mailer: Mailer;
  readonly resolver: Resolver;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly keys: Keys;
  readonly wrap: KeyWrap;
  readonly settings: Settings;
}

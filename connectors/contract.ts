/**
 * What every connector does, and the one error it may raise. A connector speaks to one platform for one account at a time; it keeps
 * nothing, waits for nothing and decides nothing: `src/connections` stores tokens, queues, retries and asks again.
 */
export type PlatformName = 'mailchimp' | 'klaviyo';

/** The installation's OAuth app at a platform. */
export interface PlatformApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A server in the vendor's place (contract.md, `SIS_MAILCHIMP_URL`), no slash at the end; null: the vendor's own hosts. */
  readonly url: string | null;
}

export interface Account {
  /** The platform's id of the account. */
  readonly id: string;
  readonly name: string;
  /** Where its API answers, where that differs from account to account (Mailchimp's data centre); else null. */
  readonly endpoint: string | null;
}

/** Never in a log, an error or a row in clear. */
export interface Tokens {
  readonly access: string;
  /** Null: the access token doesn't expire (Mailchimp). */
  readonly refresh: string | null;
  /** Epoch milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface Grant {
  readonly tokens: Tokens;
  readonly account: Account;
}

export interface OAuth {
  /** True: `authorizeUrl` wants a challenge (S256) and `exchange` its verifier. */
  readonly pkce: boolean;
  /** The least that the calls of this connector need; empty where the platform has no scopes. */
  readonly scopes: readonly string[];
  authorizeUrl(ask: {
    readonly redirectUri: string;
    readonly state: string;
    readonly challenge: string | null;
  }): string;
  /** Trades the single-use code. A refusal is `PlatformError` of kind `reconnect`. */
  exchange(ask: {
    readonly code: string;
    readonly redirectUri: string;
    readonly verifier: string | null;
    /** Epoch milliseconds. */
    readonly now: number;
  }): Promise<Tokens>;
  /** New tokens for a refresh token; the old refresh token may be dead from then on. Kind `reconnect`: the grant is over. */
  refresh(refreshToken: string, now: number): Promise<Tokens>;
  /** Whose tokens these are, and whether they work. */
  account(tokens: Tokens): Promise<Account>;
  /** Tells the platform that we forget them; does nothing where it has no such call. */
  revoke(tokens: Tokens): Promise<void>;
}

/** What an organizer can invite, or a button be made for. `id` is opaque to everybody but the connector. */
export interface Audience {
  readonly id: string;
  readonly name: string;
  readonly kind: 'audience' | 'list' | 'segment';
  /** Members, where the platform says. */
  readonly members: number | null;
}

export interface Contact {
  /** The platform's lasting id. */
  readonly id: string;
  /** What the merge tag in a link gives (`*|UNIQID|*`, `{{ person.KlaviyoID }}`). */
  readonly reference: string;
  readonly address: string;
  readonly name: string | null;
  /** Marketing consent as the platform has it. */
  readonly consent:
    | 'subscribed'
    | 'unsubscribed'
    | 'pending'
    | 'transactional'
    | 'cleaned'
    | 'archived'
    | 'none';
}

/** One page; `next` continues, null ends. */
export interface Batch<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** The platform's wish: so long before the next page. */
  readonly pauseMs?: number;
}

export type ReportedState = 'invited' | 'yes' | 'no' | 'maybe' | 'changed' | 'cancelled' | 'unsubscribed';

/** One state of one contact and event, to be written to the platform. */
export interface Report {
  readonly contact: { readonly id: string; readonly address: string };
  /** The audience that holds the contact, where contacts live in audiences. */
  readonly audience: string | null;
  readonly event: {
    readonly id: string;
    /** The name frozen at the event's first write: what tags and lists are named after. */
    readonly name: string;
    readonly title: string;
    /** RFC 3339 UTC, or a date. */
    readonly start: string | null;
    readonly timeZone: string | null;
    readonly location: string | null;
    readonly pageUrl: string;
  };
  readonly state: ReportedState;
  readonly previous: ReportedState | null;
  /** The answer that stands; also of somebody who unsubscribed after it. */
  readonly answer: 'yes' | 'no' | 'maybe' | null;
  /** Tags to switch on and off for this state, in full words (Mailchimp). */
  readonly tags: { readonly on: readonly string[]; readonly off: readonly string[] };
  /** When the state came about, RFC 3339. */
  readonly at: string;
  /** Same for every try of the same state: the platform, or our own look-up, tells a repeat by it. */
  readonly uniqueId: string;
  /** A state from before connecting: recorded without starting automations. */
  readonly backfill: boolean;
}

/** One call that writes. Steps run in their order; a step that isn't `repeatable` is marked before it runs and looked up before it is repeated. */
export interface ReportStep {
  readonly name: string;
  readonly repeatable: boolean;
  /** Whether the platform already has it; only where `repeatable` is false. */
  readonly done?: () => Promise<boolean>;
  run(): Promise<void>;
}

/** One account's calls. Every rejection is a `PlatformError`. */
export interface PlatformClient {
  audiences(cursor?: string): Promise<Batch<Audience>>;
  /** Contacts of an audience, list or segment; consent is part of each. */
  contacts(audience: string, cursor?: string): Promise<Batch<Contact>>;
  /** Null: there is none (any more). Merged profiles are found where the platform tells of them. */
  contactByReference(audience: string | null, reference: string): Promise<Contact | null>;
  contactByAddress(audience: string | null, address: string): Promise<Contact | null>;
  reportSteps(report: Report): readonly ReportStep[];
  /** A button where a marketer finds it in his editor. `standing` is the id of an earlier one, which is replaced. */
  saveButton(button: {
    readonly name: string;
    readonly html: string;
    readonly standing: string | null;
  }): Promise<{ readonly id: string; readonly place: 'universal_content' | 'saved_template' }>;
  /** Puts each contact's token into a field that a merge tag can print (instant mode). Answers the ids that failed. */
  writeTokens(
    audience: string,
    tokens: readonly { readonly contact: string; readonly address: string; readonly token: string }[],
  ): Promise<readonly string[]>;
  /** Notices of unsubscribes, address changes and merges. Null: this account can't have them, poll instead. */
  watch(hook: {
    readonly audience: string | null;
    readonly url: string;
    readonly secret: string;
  }): Promise<{ readonly id: string; readonly secret: string } | null>;
  unwatch(hook: { readonly audience: string | null; readonly id: string }): Promise<void>;
}

/** What a verified webhook says of one contact. */
export interface Notice {
  /** Same for every delivery of the same notice. */
  readonly id: string;
  readonly kind: 'unsubscribed' | 'subscribed' | 'bounced' | 'complained' | 'address' | 'merged' | 'profile';
  readonly audience: string | null;
  readonly contact: {
    readonly id: string | null;
    readonly reference: string | null;
    readonly address: string | null;
  };
  /** What it is now, after `address` or `merged`. */
  readonly becomes: {
    readonly id: string | null;
    readonly reference: string | null;
    readonly address: string | null;
  } | null;
  /** RFC 3339. */
  readonly at: string;
}

export interface Webhooks {
  /** Whether these raw bytes were signed with the secret, not longer ago than five minutes. Constant time. */
  verify(delivery: {
    readonly raw: Uint8Array;
    readonly headers: { readonly [name: string]: string | undefined };
    readonly secret: string;
    /** Epoch milliseconds. */
    readonly now: number;
  }): boolean;
  /** Null: the body can't be read. */
  read(raw: Uint8Array): readonly Notice[] | null;
}

export interface Connector {
  readonly platform: PlatformName;
  /** As people write it. */
  readonly title: string;
  /** Contacts live in audiences, so that a button is made for one. */
  readonly needsAudience: boolean;
  readonly oauth: OAuth;
  readonly webhooks: Webhooks;
  /** Loads the platform's SDK when first called: never on the path of a click. */
  open(grant: Grant): Promise<PlatformClient>;
}

/**
 * `again`: surely not done, later it may be (429, 5xx, a refused connection, a bare 403). `unknown`: nobody can tell (a time-out after the
 * request left). `reconnect`: the grant is over. `absent`: there is no such contact or audience. `final`: it never will be (other 4xx).
 */
export type PlatformErrorKind = 'again' | 'unknown' | 'reconnect' | 'absent' | 'final';

/** Holds no token, address, header or body of the call; the SDK's own error never leaves the connector. */
export class PlatformError extends Error {
  readonly kind: PlatformErrorKind;
  readonly platform: PlatformName;
  /** Stable, snake_case. */
  readonly code: string;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(
    platform: PlatformName,
    kind: PlatformErrorKind,
    code: string,
    /** A safe sentence for the marketer. */
    sentence: string,
    more: { readonly status?: number; readonly retryAfterMs?: number } = {},
  ) {
    super(sentence);
    this.name = 'PlatformError';
    this.platform = platform;
    this.kind = kind;
    this.code = code;
    this.status = more.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}

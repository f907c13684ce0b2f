/**
 * What both fakes share: a call comes in, faults and limits have their say, the platform answers, and the call is kept with the token it
 * came with, so that a test can see whether tokens ever crossed.
 */
import type { Clock, Fetch, Random } from '../../../kernel/ports.ts';
import { type Delivery, type Hooks, openHooks } from './delivery.ts';
import { bearerOf, json, page, type Validate, type VendorAnswer, type VendorRequest } from './exchange.ts';
import { type Fault, type Faults, openFaults } from './faults.ts';
import { endGrant, type GrantState } from './grants.ts';

export type Platform = 'mailchimp' | 'klaviyo';

export interface VendorOptions {
  /** Its own root as the outside sees it, no slash at the end. */
  readonly url: string;
  readonly app: { readonly clientId: string; readonly clientSecret: string };
  /** Exactly these may be returned to. */
  readonly redirectUris: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: Fetch;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Where a person is asked for consent; the question's id goes behind it. Null: a bare form of the vendor's own. */
  readonly consentUrl: string | null;
  /** The vendor's rate limits apply. */
  readonly limits: boolean;
  readonly validate?: Validate;
  /** Told after every call that may have changed something. */
  readonly changed?: () => void;
}

/** A call as it was, with the token it carried. */
export interface Call {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly token: string | null;
  readonly account: string | null;
  readonly grant: string | null;
  readonly status: number;
  readonly fault: Fault['kind'] | null;
  readonly body: string;
}

/** One platform's own part. */
export interface PlatformFake {
  readonly platform: Platform;
  readonly grants: GrantState;
  answer(request: VendorRequest): VendorAnswer | Promise<VendorAnswer>;
  /** A call over the limit has its answer here. Undefined: it may come in. Called once a call; `leave` when it is over. */
  enter(request: VendorRequest): VendorAnswer | undefined;
  leave(request: VendorRequest): void;
  /** Account of the token it carries, works or not. */
  accountOf(token: string | null): { account: string; grant: string } | undefined;
  problem(status: number, request: VendorRequest): VendorAnswer;
  rateLimited(seconds: number): VendorAnswer;
}

export interface VendorCore {
  readonly platform: Platform;
  readonly url: string;
  readonly faults: Faults;
  readonly hooks: Hooks;
  /** Oldest first; the newest some ten thousand. */
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  answer(request: VendorRequest): Promise<VendorAnswer>;
  /** The user removed the app at the platform: every grant, or those of one account, ends. */
  uninstall(account?: string): void;
}

const CALLS_KEPT = 50_000;
const BODY_KEPT = 20_000;
const RETRY_AFTER_SECONDS = 1;
const SLOW_MS = 2000;

export function openCore(options: VendorOptions, fake: PlatformFake): VendorCore {
  const faults = openFaults(options);
  const hooks = openHooks(options);
  const calls: Call[] = [];
  const note = (request: VendorRequest, status: number, fault: Fault['kind'] | null): void => {
    const token = bearerOf(request);
    const whose = fake.accountOf(token);
    if (calls.length >= CALLS_KEPT) calls.shift();
    calls.push({
      at: options.clock.now(),
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      token,
      account: whose?.account ?? null,
      grant: whose?.grant ?? null,
      status,
      fault,
      body: isSecret(request) ? '' : Buffer.from(request.body).toString('utf8').slice(0, BODY_KEPT),
    });
  };
  const work = async (request: VendorRequest): Promise<VendorAnswer> => {
    const answer = await fake.answer(request);
    if (request.method !== 'GET') options.changed?.();
    return seen(options, fake, request, answer);
  };
  return {
    platform: fake.platform,
    url: options.url,
    faults,
    hooks,
    calls,
    deliveries: hooks.deliveries,
    async answer(request) {
      const full = fake.enter(request);
      if (full !== undefined) {
        note(request, full.status, null);
        return full;
      }
      try {
        const fault = isFaultable(request) ? faults.strike(`${request.method} ${request.path}`) : undefined;
        const answer = await struck(options, fake, request, fault, work);
        note(request, answer.status, fault?.kind ?? null);
        return answer;
      } finally {
        fake.leave(request);
      }
    },
    uninstall(account) {
      for (const grant of Object.values(fake.grants.grants)) {
        if (account === undefined || grant.account === account) endGrant(fake.grants, grant.id);
      }
      options.changed?.();
    },
  };
}

function seen(
  { validate }: VendorOptions,
  { platform }: PlatformFake,
  request: VendorRequest,
  answer: VendorAnswer,
): VendorAnswer {
  validate?.({ platform, request, answer });
  return answer;
}

async function struck(
  options: VendorOptions,
  fake: PlatformFake,
  request: VendorRequest,
  fault: Fault | undefined,
  work: (request: VendorRequest) => Promise<VendorAnswer>,
): Promise<VendorAnswer> {
  switch (fault?.kind) {
    case undefined:
      return work(request);
    case 'slow':
      await options.wait(fault.delayMs ?? SLOW_MS);
      return work(request);
    case 'lost':
      return { ...(await work(request)), cut: true };
    case 'refused':
      return { status: 0, headers: {}, body: '', cut: true };
    case 'rate_limited':
      return seen(options, fake, request, fake.rateLimited(fault.retryAfterSeconds ?? RETRY_AFTER_SECONDS));
    case 'server_error':
      return seen(options, fake, request, fake.problem(503, request));
    case 'bad_gateway':
      return page(
        502,
        '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>',
      );
    case 'forbidden':
      return { status: 403, headers: {}, body: '' };
    default:
      return json(500, {});
  }
}

/** A person's own browser isn't hit: what would be shown is no answer that the connector handles. */
function isFaultable(request: VendorRequest): boolean {
  return !request.path.endsWith('/authorize');
}

/** Codes, secrets and refresh tokens travel in these bodies. */
function isSecret(request: VendorRequest): boolean {
  return request.path.startsWith('/oauth');
}

/**
 * What an OAuth server remembers: questions put to a person, single-use codes, grants with their tokens. Strict on purpose: a code counts
 * once (a second use ends what came of the first), and an old refresh token that comes back ends its grant (RFC 6749 4.1.2, RFC 9700 4.14).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../../../kernel/ports.ts';

export interface Ask {
  readonly client: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly at: number;
}

interface Code {
  readonly ask: Ask;
  readonly account: string;
  readonly at: number;
  grant: string | null;
}

export interface VendorGrant {
  readonly id: string;
  readonly account: string;
  readonly scopes: readonly string[];
  state: 'live' | 'ended';
  /** When its refresh token was last used: unused ones die. */
  usedAt: number;
}

export interface GrantState {
  asks: Record<string, Ask>;
  codes: Record<string, Code>;
  grants: Record<string, VendorGrant>;
  access: Record<string, { readonly grant: string; readonly expiresAt: number | null }>;
  refresh: Record<string, { readonly grant: string; spent: boolean }>;
}

export interface Issued {
  readonly access: string;
  readonly refresh: string | null;
  readonly grant: VendorGrant;
}

export interface GrantRules {
  readonly codeMs: number;
  /** Null: access tokens don't expire and there are no refresh tokens. */
  readonly accessMs: number | null;
  readonly idleMs: number;
}

export type Refused = 'invalid_grant' | 'invalid_verifier' | 'wrong_redirect';

const ASK_MS = 3_600_000;

export function emptyGrants(): GrantState {
  return { asks: {}, codes: {}, grants: {}, access: {}, refresh: {} };
}

/** A word that nobody guesses. */
export function chance(random: Random, bytes = 24): string {
  return Buffer.from(random.bytes(bytes)).toString('base64url');
}

export function sameText(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

type Tools = { readonly clock: Clock; readonly random: Random; readonly rules: GrantRules };

export function noteAsk(state: GrantState, tools: Tools, ask: Omit<Ask, 'at'>): string {
  const now = tools.clock.now();
  for (const [id, { at }] of Object.entries(state.asks)) if (at + ASK_MS < now) delete state.asks[id];
  const id = chance(tools.random, 12);
  state.asks[id] = { ...ask, at: now };
  return id;
}

/** The person's consent: a code for his browser to carry back. The question is answered once. */
export function consent(state: GrantState, tools: Tools, id: string, account: string): string | undefined {
  const ask = state.asks[id];
  if (ask === undefined) return undefined;
  delete state.asks[id];
  const code = chance(tools.random);
  state.codes[code] = { ask, account, at: tools.clock.now(), grant: null };
  return code;
}

export function exchange(
  state: GrantState,
  tools: Tools,
  given: {
    readonly code: string;
    readonly client: string;
    readonly redirectUri: string;
    readonly verifier: string | null;
  },
): Issued | Refused {
  const code = state.codes[given.code];
  if (code === undefined || code.ask.client !== given.client) return 'invalid_grant';
  if (code.grant !== null) {
    endGrant(state, code.grant);
    return 'invalid_grant';
  }
  if (code.at + tools.rules.codeMs <= tools.clock.now()) return 'invalid_grant';
  if (code.ask.redirectUri !== given.redirectUri) return 'wrong_redirect';
  if (code.ask.challenge !== null && !verifies(given.verifier, code.ask.challenge)) return 'invalid_verifier';
  const issued = newGrant(state, tools, code.account, code.ask.scopes);
  code.grant = issued.grant.id;
  return issued;
}

export function newGrant(
  state: GrantState,
  tools: Tools,
  account: string,
  scopes: readonly string[],
): Issued {
  const grant: VendorGrant = {
    id: chance(tools.random, 9),
    account,
    scopes,
    state: 'live',
    usedAt: tools.clock.now(),
  };
  state.grants[grant.id] = grant;
  return issue(state, tools, grant);
}

/** New tokens for a refresh token. One that was spent before ends the grant. */
export function rotate(state: GrantState, tools: Tools, refreshToken: string): Issued | Refused {
  const refresh = state.refresh[refreshToken];
  const grant = refresh === undefined ? undefined : state.grants[refresh.grant];
  if (refresh === undefined || grant === undefined || grant.state === 'ended') return 'invalid_grant';
  if (refresh.spent || grant.usedAt + tools.rules.idleMs <= tools.clock.now()) {
    endGrant(state, grant.id);
    return 'invalid_grant';
  }
  refresh.spent = true;
  grant.usedAt = tools.clock.now();
  return issue(state, tools, grant);
}

/** The grant behind an access token that works now. */
export function grantOf(state: GrantState, clock: Clock, token: string | null): VendorGrant | undefined {
  const access = token === null ? undefined : state.access[token];
  if (access === undefined) return undefined;
  if (access.expiresAt !== null && access.expiresAt <= clock.now()) return undefined;
  const grant = state.grants[access.grant];
  return grant?.state === 'live' ? grant : undefined;
}

/** By either of its tokens. */
export function revokeToken(state: GrantState, token: string): void {
  const grant = state.refresh[token]?.grant ?? state.access[token]?.grant;
  if (grant !== undefined) endGrant(state, grant);
}

export function endGrant(state: GrantState, id: string): void {
  const grant = state.grants[id];
  if (grant !== undefined) grant.state = 'ended';
}

function issue(state: GrantState, tools: Tools, grant: VendorGrant): Issued {
  const { accessMs } = tools.rules;
  const now = tools.clock.now();
  for (const [token, { expiresAt }] of Object.entries(state.access)) {
    if (expiresAt !== null && expiresAt + ASK_MS < now) delete state.access[token];
  }
  const access = chance(tools.random);
  state.access[access] = { grant: grant.id, expiresAt: accessMs === null ? null : now + accessMs };
  if (accessMs === null) return { access, refresh: null, grant };
  const refresh = chance(tools.random);
  state.refresh[refresh] = { grant: grant.id, spent: false };
  return { access, refresh, grant };
}

function verifies(verifier: string | null, challenge: string): boolean {
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return sameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
}

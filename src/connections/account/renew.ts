/**
 * Tokens that are good for a call. One renewal at a time: within a process by sharing it, between processes by a lease on the row (F16).
 * New tokens are stored before they are used. If a process dies between the platform's answer and the store, the new refresh token is lost
 * and the old one is tried again: a platform that allows the repeat goes on, one that takes it for theft ends the grant, and the account has
 * to be connected anew. OAuth offers nothing better.
 */
import { type OAuth, PlatformError, type Tokens } from '../../../connectors/contract.ts';
import { texts } from '../../texts/catalogue.ts';
import { type Connection, TITLES } from './connection.ts';
import {
  giveLeaseBack,
  type HeldTokens,
  loadTokens,
  storeRenewed,
  type TokenPorts,
  takeLease,
} from './tokens.ts';

/** So long somebody else's renewal usually takes. */
const OTHERS_MS = 1_000;

const underWay = new WeakMap<TokenPorts['table'], Map<string, Promise<HeldTokens>>>();

/** `refused`: the generation that the platform has just said no to; null: none. Kind `reconnect`: the grant is over. */
export async function freshTokens(
  ports: TokenPorts,
  connection: Connection,
  oauth: OAuth,
  refused: number | null = null,
): Promise<HeldTokens> {
  const held = await loadTokens(ports, connection);
  if (held === undefined) throw over(connection);
  const wanted = held.generation === refused || endsWithin(ports, held, aheadMs(ports));
  return wanted ? renewed(ports, connection, oauth, held, refused) : held;
}

/** Renews whatever stands: for a grant that would else lapse unused. */
export async function renewTokens(
  ports: TokenPorts,
  connection: Connection,
  oauth: OAuth,
): Promise<HeldTokens> {
  const held = await loadTokens(ports, connection);
  if (held === undefined) throw over(connection);
  return renewed(ports, connection, oauth, held, held.generation);
}

function renewed(
  ports: TokenPorts,
  connection: Connection,
  oauth: OAuth,
  held: HeldTokens,
  refused: number | null,
): Promise<HeldTokens> {
  const shared = underWay.get(ports.table) ?? new Map<string, Promise<HeldTokens>>();
  underWay.set(ports.table, shared);
  const name = `${connection.id}#${held.generation}`;
  const running = shared.get(name) ?? renewAlone(ports, connection, oauth, held, refused);
  shared.set(name, running);
  const end = (): void => {
    if (shared.get(name) === running) shared.delete(name);
  };
  running.then(end, end);
  return running;
}

async function renewAlone(
  ports: TokenPorts,
  connection: Connection,
  oauth: OAuth,
  held: HeldTokens,
  refused: number | null,
): Promise<HeldTokens> {
  if (held.tokens.refresh === null) throw over(connection);
  const lease = await takeLease(ports, connection.id, held.generation);
  if (lease === undefined) return byOthers(ports, connection, held, refused);
  try {
    const tokens = await asked(ports, oauth, held.tokens.refresh, held.previous);
    if (await storeRenewed(ports, connection, held, lease, tokens)) return await standing(ports, connection);
    return await byOthers(ports, connection, held, refused);
  } catch (error) {
    await giveLeaseBack(ports, connection.id, lease);
    // What still works for a while outlives a platform that can't be asked right now.
    if (isOver(error) || held.generation === refused || endsWithin(ports, held, 0)) throw error;
    return held;
  }
}

/** The one before the last is the way back when the last never took hold there. */
async function asked(
  ports: TokenPorts,
  oauth: OAuth,
  refresh: string,
  previous: string | null,
): Promise<Tokens> {
  try {
    return await oauth.refresh(refresh, ports.clock.now());
  } catch (error) {
    if (previous === null || !isOver(error)) throw error;
    return oauth.refresh(previous, ports.clock.now());
  }
}

/** Another process renews, or has: what it stored, else what still works, else later. */
async function byOthers(
  ports: TokenPorts,
  connection: Connection,
  before: HeldTokens,
  refused: number | null,
): Promise<HeldTokens> {
  const now = await standing(ports, connection);
  if (now.generation !== before.generation) return now;
  if (now.generation !== refused && !endsWithin(ports, now, 0)) return now;
  const { platform } = connection;
  throw new PlatformError(
    platform,
    'again',
    'renewal_under_way',
    texts().connections.renewing(TITLES[platform]),
    { retryAfterMs: OTHERS_MS },
  );
}

async function standing(ports: TokenPorts, connection: Connection): Promise<HeldTokens> {
  const held = await loadTokens(ports, connection);
  if (held === undefined) throw over(connection);
  return held;
}

function endsWithin(ports: TokenPorts, { tokens }: HeldTokens, ms: number): boolean {
  return tokens.expiresAt !== null && ports.clock.now() + ms >= tokens.expiresAt;
}

function aheadMs(ports: TokenPorts): number {
  return ports.settings.limits.REFRESH_AHEAD_SECONDS * 1000;
}

function isOver(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === 'reconnect';
}

function over(connection: Connection): PlatformError {
  const { platform, account } = connection;
  return new PlatformError(
    platform,
    'reconnect',
    'grant_over',
    texts().connections.over(TITLES[platform], account.name),
  );
}

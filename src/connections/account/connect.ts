/**
 * Connecting an account (OAuth): the state goes out signed, comes back once, within minutes, in the session that began it; what proves us
 * to the platform (the PKCE verifier) never leaves this side. Rows `CO#<hash>` / `CO`: a sign-in that is under way.
 */
import { createHash } from 'node:crypto';
import {
  type Account,
  type Connector,
  PlatformError,
  type PlatformName,
  type Tokens,
} from '../../../connectors/contract.ts';
import { randomText } from '../../kernel/ids.ts';
import type { Key, NewJob, Ports, Row } from '../../kernel/ports.ts';
import { open, sign } from '../../kernel/signing.ts';
import { audit } from '../../organizers/audit.ts';
import { openSecret, sealSecret } from '../../organizers/vault.ts';
import type { ConnectProblem } from '../../texts/en/connections.ts';
import { type Connection, connectionId } from './connection.ts';
import { connectorOf } from './connector.ts';
import { openConnection } from './store.ts';
import { replaceTokens } from './tokens.ts';

export type ConnectPorts = Pick<Ports, 'table' | 'wrap' | 'random' | 'clock' | 'settings' | 'keys' | 'log'>;

/** Who connects: a session, as far as it matters here. */
export interface Asker {
  readonly id: string;
  readonly workspace: string;
  /** Stands for the browser. */
  readonly browser: string;
}

export interface Returned {
  readonly platform: PlatformName;
  readonly state: string | null;
  readonly code: string | null;
  /** The platform's word for a refusal. */
  readonly error: string | null;
}

const PURPOSE = 'connect';
const NONCE_CHARS = 52;
/** RFC 7636: 43 to 128 characters. */
const VERIFIER_CHARS = 64;
const CODE_CHARS_MAX = 2_048;

/** Where the browser goes to be asked. */
export async function beginConnect(
  ports: ConnectPorts,
  asker: Asker,
  platform: PlatformName,
): Promise<{ readonly url: string } | { readonly problem: ConnectProblem }> {
  const connector = connectorOf(ports, platform);
  if (connector === undefined) return { problem: 'no_app' };
  const nonce = randomText(ports.random, NONCE_CHARS);
  const verifier = connector.oauth.pkce ? randomText(ports.random, VERIFIER_CHARS) : null;
  const until = Math.floor(ports.clock.now() / 1000) + ports.settings.limits.CONNECT_SECONDS;
  const row: Row = {
    ...keyOf(nonce),
    workspace: asker.workspace,
    platform,
    browser: hashOf(asker.browser),
    ...(verifier === null
      ? {}
      : { verifier: await sealSecret(ports, placeOf(asker.workspace, nonce), verifier) }),
    expires: until,
  };
  await ports.table.put(row, { if: { row: 'absent' } });
  const state = sign(ports, PURPOSE, { n: nonce, p: platform }, until);
  const challenge = verifier === null ? null : base64url(verifier);
  return {
    url: connector.oauth.authorizeUrl({ redirectUri: redirectUri(ports, platform), state, challenge }),
  };
}

/** The platform has sent the browser back. `asker` null: nobody is signed in there. */
export async function finishConnect(
  ports: ConnectPorts,
  asker: Pick<Asker, 'id' | 'browser'> | null,
  returned: Returned,
): Promise<{ readonly connection: Connection } | { readonly problem: ConnectProblem }> {
  const begun = await takeState(ports, asker, returned);
  if ('problem' in begun) return begun;
  // The platform's own words are a stranger's text: only whether he declined is told.
  if (returned.error !== null) {
    return { problem: returned.error === 'access_denied' ? 'refused' : 'platform_error' };
  }
  const { code } = returned;
  if (code === null || code === '' || code.length > CODE_CHARS_MAX) return { problem: 'code_missing' };
  const connector = connectorOf(ports, returned.platform);
  if (connector === undefined) return { problem: 'no_app' };
  const granted = await grantFor(ports, connector, code, begun.verifier);
  if ('problem' in granted) return granted;
  return { connection: await keep(ports, begun, returned.platform, granted) };
}

interface Begun {
  readonly workspace: string;
  readonly session: string;
  readonly verifier: string | null;
}

/** A foreign browser takes nothing: whoever began it may still end it. */
async function takeState(
  ports: ConnectPorts,
  asker: Pick<Asker, 'id' | 'browser'> | null,
  { state, platform }: Returned,
): Promise<Begun | { readonly problem: ConnectProblem }> {
  const opened = open(ports, PURPOSE, state ?? '');
  if (!opened.ok) return { problem: opened.reason === 'expired' ? 'state_expired' : 'state_missing' };
  const { n: nonce, p } = opened.claims;
  if (typeof nonce !== 'string' || p !== platform) return { problem: 'state_missing' };
  const key = keyOf(nonce);
  const row = await ports.table.get(key);
  if (row === undefined) return { problem: 'state_used' };
  if (asker === null || row.browser !== hashOf(asker.browser)) return { problem: 'foreign_browser' };
  const first = await ports.table.remove(key, { if: { row: 'present' } });
  if (!first) return { problem: 'state_used' };
  const workspace = String(row.workspace);
  const verifier =
    typeof row.verifier === 'string'
      ? await openSecret(ports, placeOf(workspace, nonce), row.verifier)
      : null;
  return { workspace, session: asker.id, verifier };
}

async function grantFor(
  ports: ConnectPorts,
  { platform, oauth }: Connector,
  code: string,
  verifier: string | null,
): Promise<{ readonly tokens: Tokens; readonly account: Account } | { readonly problem: ConnectProblem }> {
  try {
    const tokens = await oauth.exchange({
      code,
      redirectUri: redirectUri(ports, platform),
      verifier,
      now: ports.clock.now(),
    });
    return { tokens, account: await oauth.account(tokens) };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    ports.log.warn('connect failed', { platform, kind: error.kind, code: error.code });
    if (error.kind === 'again' || error.kind === 'unknown') return { problem: 'platform_away' };
    return { problem: error.kind === 'reconnect' ? 'code_refused' : 'platform_error' };
  }
}

/** Tokens first: a connection without them would be a promise that nobody can keep. */
async function keep(
  ports: ConnectPorts,
  begun: Begun,
  platform: PlatformName,
  { tokens, account }: { readonly tokens: Tokens; readonly account: Account },
): Promise<Connection> {
  const { workspace } = begun;
  await replaceTokens(ports, { id: connectionId(workspace, platform, account.id), workspace }, tokens);
  const connection = await openConnection(ports, { workspace, platform, account }, jobsOf);
  await audit(ports, {
    workspace,
    what: 'connection_opened',
    who: begun.session,
    evidence: 'oauth',
    about: { connection: connection.id, platform },
  });
  return connection;
}

function jobsOf(connection: string): readonly NewJob[] {
  return [
    { lane: 'fast', kind: 'watch', body: { connection, anew: true } },
    { lane: 'bulk', kind: 'backfill', body: { connection } },
  ];
}

function redirectUri(ports: Pick<Ports, 'settings'>, platform: PlatformName): string {
  return `${ports.settings.baseUrl}/connect/${platform}/callback`;
}

function placeOf(workspace: string, nonce: string) {
  return { workspace, subject: keyOf(nonce).pk, field: 'verifier' };
}

/** The nonce itself is only in the browser's hands. */
function keyOf(nonce: string): Key {
  return { pk: `CO#${hashOf(nonce)}`, sk: 'CO' };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function base64url(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/**
 * Once a day each connection is looked after: does the grant still hold, will it lapse unused, is there an audience that nobody watches?
 * Platforms tell of a revoked app by refusing a call, and by nothing else.
 */
import { PlatformError } from '../../../connectors/contract.ts';
import type { JobResult } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import { renewContactTokens } from '../press/instant.ts';
import type { ClientPorts } from './client.ts';
import { type Connection, TITLES } from './connection.ts';
import { connectorOf } from './connector.ts';
import { freshTokens, renewTokens } from './renew.ts';
import { connectionById, noteHealth } from './store.ts';
import { loadTokens } from './tokens.ts';

const DAY_MS = 86_400_000;
const RETRY_MS = 600_000;

/** The job `connection-check`. */
export async function checkConnection(
  ports: ClientPorts,
  { connection: id }: { readonly connection: string },
): Promise<JobResult> {
  const connection = await connectionById(ports, id);
  if (connection?.state !== 'connected') return { done: true };
  try {
    await check(ports, connection);
    await renewContactTokens(ports, { workspace: connection.workspace, connection: id, audience: null });
    return { done: true };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    ports.log.warn('connection check failed', { connection: id, kind: error.kind, code: error.code });
    if (error.kind === 'again' || error.kind === 'unknown') {
      return { retryAfterMs: error.retryAfterMs ?? RETRY_MS, reason: error.code };
    }
    await noteFailure(ports, connection, error);
    return { done: true };
  }
}

async function check(ports: ClientPorts, connection: Connection): Promise<void> {
  const connector = connectorOf(ports, connection.platform);
  if (connector === undefined) return;
  const held = await loadTokens(ports, connection);
  const lasts = held !== undefined && held.tokens.refresh !== null;
  if (!lasts) {
    // Never renewed, so only a call can tell.
    const { tokens } = await freshTokens(ports, connection, connector.oauth);
    await connector.oauth.account(tokens);
    return;
  }
  const dormant = ports.settings.limits.DORMANT_DAYS * DAY_MS;
  if (ports.clock.now() - held.renewedAt >= dormant) await renewTokens(ports, connection, connector.oauth);
}

async function noteFailure(ports: ClientPorts, connection: Connection, error: PlatformError): Promise<void> {
  const { id, platform, account, connectedAt } = connection;
  if (error.kind !== 'reconnect') {
    await noteHealth(ports, id, { problem: error.message, connectedAt });
    return;
  }
  const problem = texts().connections.over(TITLES[platform], account.name);
  await noteHealth(ports, id, { state: 'needs_reconnect', problem, connectedAt });
}

/**
 * Disconnecting: from the first write on nobody uses the account; then the platform is told, as far as it listens, and the tokens are
 * forgotten whether or not it did. The job `disconnect` ends what a dead process left, and forgets whom we knew there.
 */
import { type Connector, PlatformError, type Tokens } from '../../../connectors/contract.ts';
import type { JobResult, Ports } from '../../kernel/ports.ts';
import { audit } from '../../organizers/audit.ts';
import { forgetContacts } from '../contacts/contact-rows.ts';
import type { ClientPorts } from './client.ts';
import type { Connection } from './connection.ts';
import { connectorOf } from './connector.ts';
import { freshTokens } from './renew.ts';
import { closeConnection, connectionById, noteWhetherConnected } from './store.ts';
import { forgetTokens, loadTokens } from './tokens.ts';
import { forgetHook, listHooks } from './watch.ts';

type DisconnectPorts = ClientPorts & Pick<Ports, 'keys'>;

/** After the one who asked has surely ended. */
const LATER_MS = 120_000;

/** False: it was disconnected already, or connected anew meanwhile. */
export async function disconnect(
  ports: DisconnectPorts,
  connection: Connection,
  who: string,
): Promise<boolean> {
  const now = ports.clock.now();
  const { id: named, connectedAt } = connection;
  const closed = await closeConnection(ports, connection, [
    { lane: 'bulk', kind: 'disconnect', body: { connection: named, connectedAt }, after: now + LATER_MS },
  ]);
  if (closed === null) return false;
  await farewell(ports, closed, now);
  await noteWhetherConnected(ports, connection.workspace);
  await audit(ports, {
    workspace: connection.workspace,
    what: 'connection_closed',
    who,
    evidence: 'request',
    about: { connection: connection.id, platform: connection.platform },
  });
  return true;
}

/** The job. `connectedAt` names the grant that was given up: a newer one is none of its business. */
export async function finishDisconnect(
  ports: DisconnectPorts,
  { connection: id, connectedAt }: { readonly connection: string; readonly connectedAt: string },
): Promise<JobResult> {
  const connection = await connectionById(ports, id);
  if (connection?.state !== 'disconnected' || connection.connectedAt !== connectedAt) return { done: true };
  await farewell(ports, connection, ports.clock.now() - LATER_MS);
  await noteWhetherConnected(ports, connection.workspace);
  await forgetContacts(ports, id);
  return { done: true };
}

async function farewell(ports: DisconnectPorts, connection: Connection, until: number): Promise<void> {
  const held = await loadTokens(ports, connection);
  const connector = connectorOf(ports, connection.platform);
  const hooks = await listHooks(ports, connection);
  if (held !== undefined && held.renewedAt <= until && connector !== undefined) {
    const tokens = await usable(ports, connection, connector, held.tokens);
    const told = async (what: string, tell: () => Promise<void>): Promise<void> => {
      try {
        await tell();
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        ports.log.warn('farewell not heard', { connection: connection.id, what, code: error.code });
      }
    };
    if (hooks.length > 0) {
      await told('hooks', async () => {
        const client = await connector.open({ tokens, account: connection.account });
        for (const { audience, id } of hooks) await client.unwatch({ audience, id });
      });
    }
    await told('tokens', () => connector.oauth.revoke(tokens));
  }
  for (const { audience } of hooks) await forgetHook(ports, connection.id, audience);
  await forgetTokens(ports, connection.id, until);
}

/** An access token that has ended can take no hook away. */
async function usable(
  ports: DisconnectPorts,
  connection: Connection,
  connector: Connector,
  held: Tokens,
): Promise<Tokens> {
  try {
    return (await freshTokens(ports, connection, connector.oauth)).tokens;
  } catch (error) {
    if (error instanceof PlatformError) return held;
    throw error;
  }
}

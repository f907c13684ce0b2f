/** `Accounts` on the connections as they are stored. Connectors and their SDKs load with the first client. */
import { PlatformError } from '../../../connectors/contract.ts';
import { texts } from '../../texts/catalogue.ts';
import { contactByAddressOf, contactOf, rememberContact } from '../contacts/contacts.ts';
import type { Accounts, KnownContact, OwnAccount } from './accounts.ts';
import { type ClientPorts, withClient } from './client.ts';
import { TITLES } from './connection.ts';
import { connectionById, listConnections, noteHealth } from './store.ts';

export function accountsOf(ports: ClientPorts): Accounts {
  return {
    byId: connection => connectionById(ports, connection),
    ofWorkspace: workspace => ofWorkspace(ports, workspace),
    withClient: async (account, use) => {
      const connection = await connectionById(ports, account.id);
      if (connection !== null) return withClient(ports, connection, use);
      const sentence = texts().connections.unusable.disconnected(TITLES[account.platform]);
      throw new PlatformError(account.platform, 'reconnect', 'disconnected', sentence);
    },
    remembered: (account, address) => remembered(ports, account, address),
    remember: (account, audience, contact) =>
      rememberContact(ports, { connection: account.id, audience, contact }),
    noteHealth: (connection, health) => noteHealth(ports, connection, health),
  };
}

async function ofWorkspace(ports: ClientPorts, workspace: string): Promise<readonly OwnAccount[]> {
  const { items } = await listConnections(ports, workspace);
  // The list may lag: each is read once more by its own key.
  const found = await Promise.all(items.map(({ id }) => connectionById(ports, id)));
  return found.filter(connection => connection !== null).filter(({ state }) => state !== 'disconnected');
}

/** The contact's own address may have become another one since. */
async function remembered(
  ports: ClientPorts,
  account: OwnAccount,
  address: string,
): Promise<KnownContact | null> {
  const known = await contactByAddressOf(ports, { connection: account.id, address });
  if (known === null) return null;
  const { id, audience, reference } = known;
  const contact = await contactOf(ports, { connection: account.id, audience, reference });
  return { id, audience, address: contact.state === 'known' ? contact.address : address };
}

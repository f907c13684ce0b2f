/** What reporting needs of a workspace's accounts at platforms, so that it can be run against a stand-in of one. */
import type { Contact, PlatformClient, PlatformName } from '../../../connectors/contract.ts';

/** A `Connection`, as far as reporting reads it. */
export interface OwnAccount {
  readonly id: string;
  readonly workspace: string;
  readonly platform: PlatformName;
  readonly state: 'connected' | 'needs_reconnect' | 'disconnected';
  /** The audience in which people are looked for who came by other doors. */
  readonly audience: string | null;
}

export interface KnownContact {
  readonly id: string;
  readonly address: string;
  readonly audience: string | null;
}

export interface Accounts {
  byId(connection: string): Promise<OwnAccount | null>;
  /** Without the disconnected ones. */
  ofWorkspace(workspace: string): Promise<readonly OwnAccount[]>;
  /** Rejects with a `PlatformError`; a grant that is over is written down with it. */
  withClient<T>(account: OwnAccount, use: (client: PlatformClient) => Promise<T>): Promise<T>;
  /** Remembered from a click, an audience or an earlier report; nothing is asked. */
  remembered(account: OwnAccount, address: string): Promise<KnownContact | null>;
  remember(account: OwnAccount, audience: string | null, contact: Contact): Promise<void>;
  noteHealth(
    connection: string,
    health: { readonly synced?: true; readonly problem?: string | null },
  ): Promise<void>;
}

/** A workspace's account at a platform. Rows: `C#<connection>` / `C`, `TOKENS`, `HOOK#...`, `TOLD`, contacts (`contact-rows.ts`). */
import { createHash } from 'node:crypto';
import type { Account, PlatformName } from '../../../connectors/contract.ts';
import { idOf } from '../../kernel/ids.ts';
import type { Key, Row } from '../../kernel/ports.ts';

export type ConnectionState = 'connected' | 'needs_reconnect' | 'disconnected';

export interface Connection {
  readonly id: string;
  readonly workspace: string;
  readonly platform: PlatformName;
  readonly account: Account;
  readonly state: ConnectionState;
  /** RFC 3339. */
  readonly lastSyncAt: string | null;
  /** A sentence for the marketer; null: all is well. */
  readonly problem: string | null;
  /** Where people are looked for, and invited from, who came by other doors. */
  readonly audience: string | null;
  /** When it was last connected: also names this grant, so that news of an older one changes nothing. */
  readonly connectedAt: string;
  readonly version: number;
}

/** The platforms an account can be at, in the order they are shown. */
export const TITLES: Readonly<Record<PlatformName, string>> = { mailchimp: 'Mailchimp', klaviyo: 'Klaviyo' };

export const CONNECTIONS = 'CONNECTIONS';
/** Sorts behind every moment: nothing has to be looked after. */
const NEVER = '9999';

/** The same account of the same workspace is always the same connection. */
export function connectionId(workspace: string, platform: PlatformName, account: string): string {
  const named = JSON.stringify([workspace, platform, account]);
  return idOf('con', createHash('sha256').update(named).digest());
}

export function isConnectionId(text: string): boolean {
  return /^con_[0-9a-hjkmnp-tv-z]{26}$/.test(text);
}

export function connectionKey(id: string): Key {
  return { pk: `C#${id}`, sk: 'C' };
}

export function listOf(workspace: string): string {
  return `W#${workspace}#${CONNECTIONS}`;
}

/** Index 2: when a connection is to be looked after next. */
export function dueKey(id: string, at: number | null): string {
  return `${at === null ? NEVER : new Date(at).toISOString()}#${id}`;
}

export function connectionFrom(row: Row): Connection {
  return {
    id: row.pk.slice('C#'.length),
    workspace: String(row.workspace),
    platform: row.platform as PlatformName,
    account: {
      id: String(row.account),
      name: String(row.accountName),
      endpoint: textOf(row.endpoint),
    },
    state: row.state as ConnectionState,
    lastSyncAt: textOf(row.lastSyncAt),
    problem: textOf(row.problem),
    audience: textOf(row.audience),
    connectedAt: String(row.connectedAt),
    version: Number(row.version),
  };
}

/** Rows keep an empty text for nothing, so that conditions can compare it. */
function textOf(value: Row[string]): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

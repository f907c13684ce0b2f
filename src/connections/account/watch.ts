/**
 * Where a platform tells us of unsubscribes, address changes and merges: one hook for each audience, or one for the account. Its address
 * holds a part that only the platform knows; what signs its notices is sealed. Rows `C#<connection>` / `HOOK#<audience or ->`.
 */
import { createHmac } from 'node:crypto';
import { type PlatformClient, PlatformError } from '../../../connectors/contract.ts';
import { randomText } from '../../kernel/ids.ts';
import type { JobResult, Key, Ports } from '../../kernel/ports.ts';
import { openSecret, sealSecret } from '../../organizers/vault.ts';
import { type ClientPorts, withClient } from './client.ts';
import type { Connection } from './connection.ts';
import { connectorOf } from './connector.ts';
import { connectionById } from './store.ts';

export interface Hook {
  readonly audience: string | null;
  /** The platform's id. */
  readonly id: string;
  readonly secret: string;
}

export type WatchPorts = ClientPorts & Pick<Ports, 'keys'>;

const SECRET_CHARS = 52;
const RETRY_MS = 60_000;

/** The job `watch`: registers what is not registered yet; `anew`: all of it, since the platform may have dropped what it had. */
export async function watchConnection(
  ports: WatchPorts,
  { connection: id, anew = false }: { readonly connection: string; readonly anew?: boolean | undefined },
): Promise<JobResult> {
  const connection = await connectionById(ports, id);
  if (connection?.state !== 'connected' || !canBeReached(ports, connection)) return { done: true };
  // One for the whole account is all there can be: no call, and no renewal of tokens for it.
  if (!anew && !isByAudience(ports, connection) && (await countHooks(ports, id)) > 0) return { done: true };
  try {
    await withClient(ports, connection, client => watchAll(ports, connection, client, anew));
    return { done: true };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    ports.log.warn('hooks not registered', { connection: id, kind: error.kind, code: error.code });
    const later = error.kind === 'again' || error.kind === 'unknown';
    return later ? { retryAfterMs: error.retryAfterMs ?? RETRY_MS, reason: error.code } : { done: true };
  }
}

async function watchAll(
  ports: WatchPorts,
  connection: Connection,
  client: PlatformClient,
  anew: boolean,
): Promise<void> {
  const known = anew ? [] : await listHooks(ports, connection);
  const standing = new Set(known.map(({ audience }) => audience));
  for (const audience of await watchable(ports, connection, client)) {
    if (standing.has(audience)) continue;
    const url = hookUrl(ports, connection, audience);
    const secret = randomText(ports.random, SECRET_CHARS);
    const made = await client.watch({ audience, url, secret });
    if (made !== null) await keepHook(ports, connection, { audience, ...made });
  }
}

/** Segments tell nothing of their own: their audience does. */
async function watchable(
  ports: WatchPorts,
  connection: Connection,
  client: PlatformClient,
): Promise<(string | null)[]> {
  if (!isByAudience(ports, connection)) return [null];
  const most = ports.settings.limits.HOOK_AUDIENCES;
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.audiences(cursor);
    found.push(...page.items.filter(({ kind }) => kind === 'audience').map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && found.length < most);
  return found.slice(0, most);
}

function isByAudience(ports: Pick<Ports, 'settings'>, { platform }: Connection): boolean {
  return connectorOf(ports, platform)?.needsAudience === true;
}

/** A platform calls only what it can reach; one that runs here reaches everything. */
function canBeReached(ports: Pick<Ports, 'settings'>, { platform }: Connection): boolean {
  const { baseUrl, platforms } = ports.settings;
  return baseUrl.startsWith('https:') || (platforms[platform]?.url ?? null) !== null;
}

export async function listHooks(ports: WatchPorts, connection: Connection): Promise<readonly Hook[]> {
  const { items } = await ports.table.query({ pk: hookKey(connection.id, null).pk, begins: 'HOOK#' });
  return Promise.all(
    items.map(async row => {
      const audience = typeof row.audience === 'string' ? row.audience : null;
      const secret = await openSecret(ports, placeOf(connection, audience), String(row.secret));
      return { audience, id: String(row.hook), secret };
    }),
  );
}

/** Opens no secret: for showing. */
export async function countHooks(ports: Pick<Ports, 'table'>, connection: string): Promise<number> {
  const { items } = await ports.table.query({ pk: hookKey(connection, null).pk, begins: 'HOOK#' });
  return items.length;
}

async function keepHook(ports: WatchPorts, connection: Connection, hook: Hook): Promise<void> {
  await ports.table.put({
    ...hookKey(connection.id, hook.audience),
    workspace: connection.workspace,
    audience: hook.audience,
    hook: hook.id,
    secret: await sealSecret(ports, placeOf(connection, hook.audience), hook.secret),
  });
}

export async function forgetHook(
  ports: Pick<Ports, 'table'>,
  connection: string,
  audience: string | null,
): Promise<void> {
  await ports.table.remove(hookKey(connection, audience));
}

/** Always the same for one audience, so that a hook which was made but not stored is found again by its address. */
export function hookSegment(ports: Pick<Ports, 'keys'>, connection: string, audience: string | null): string {
  const named = JSON.stringify([connection, audience]);
  return createHmac('sha256', ports.keys.derive('hook-address')).update(named).digest('base64url');
}

function hookUrl(ports: WatchPorts, { id, platform }: Connection, audience: string | null): string {
  return `${ports.settings.baseUrl}/hooks/${platform}/${id}/${hookSegment(ports, id, audience)}`;
}

function hookKey(connection: string, audience: string | null): Key {
  return { pk: `C#${connection}`, sk: `HOOK#${audience ?? '-'}` };
}

function placeOf(connection: Connection, audience: string | null) {
  return { workspace: connection.workspace, subject: connection.id, field: `hook ${audience ?? '-'}` };
}

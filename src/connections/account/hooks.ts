/**
 * What a platform tells us unasked. Raw bytes are verified with the secret of the hook whose address was used (T41); what is refused is
 * counted and nothing of it is kept. What holds is stored with its jobs before the platform is answered.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Notice, PlatformName } from '../../../connectors/contract.ts';
import type { Json, Ports, Write } from '../../kernel/ports.ts';
import type { Connection } from './connection.ts';
import { connectorOf } from './connector.ts';
import { connectionById } from './store.ts';
import { type Hook, hookSegment, listHooks, type WatchPorts } from './watch.ts';

export interface Delivery {
  readonly platform: PlatformName;
  readonly connection: string;
  /** The part of the address that only the platform knows. */
  readonly segment: string;
  readonly raw: Uint8Array;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
}

/** `gone`: nobody here wants to hear of this account any more. `unreadable`: signed, but in words we don't know. */
export type HookOutcome = 'accepted' | 'refused' | 'gone' | 'unreadable';

export interface Told {
  /** Deliveries whose signature or address didn't hold. */
  readonly refused: number;
  readonly lastRefusedAt: string | null;
  readonly unreadable: number;
  readonly lastHeardAt: string | null;
}

const DAY_SECONDS = 86_400;

export async function acceptHook(ports: WatchPorts, delivery: Delivery): Promise<HookOutcome> {
  const connection = await connectionById(ports, delivery.connection);
  // No row is written for a name that a stranger made up.
  if (connection === null || connection.platform !== delivery.platform) return 'refused';
  if (connection.state === 'disconnected') return 'gone';
  if (!(await isGenuine(ports, connection, delivery))) {
    await count(ports, connection, 'refused');
    return 'refused';
  }
  const notices = connectorOf(ports, connection.platform)?.webhooks.read(delivery.raw) ?? null;
  if (notices === null) {
    await count(ports, connection, 'unreadable');
    ports.log.warn('hook unreadable', { connection: connection.id, bytes: delivery.raw.byteLength });
    return 'unreadable';
  }
  await store(ports, connection, notices);
  await count(ports, connection, 'heard');
  return 'accepted';
}

async function isGenuine(ports: WatchPorts, connection: Connection, delivery: Delivery): Promise<boolean> {
  const hook = await addressed(ports, connection, delivery.segment);
  const webhooks = connectorOf(ports, connection.platform)?.webhooks;
  if (hook === undefined || webhooks === undefined) return false;
  const { raw, headers } = delivery;
  return webhooks.verify({ raw, headers, secret: hook.secret, now: ports.clock.now() });
}

async function addressed(
  ports: WatchPorts,
  connection: Connection,
  segment: string,
): Promise<Hook | undefined> {
  const hooks = await listHooks(ports, connection);
  return hooks.find(({ audience }) => same(segment, hookSegment(ports, connection.id, audience)));
}

function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

/** In rows of some notices each, so that a delivery of a thousand is answered in time. The same delivery makes the same rows. */
async function store(ports: WatchPorts, connection: Connection, notices: readonly Notice[]): Promise<void> {
  const { HOOK_NOTICES, KEEP_HOOK_DAYS } = ports.settings.limits;
  const expires = Math.floor(ports.clock.now() / 1000) + KEEP_HOOK_DAYS * DAY_SECONDS;
  const writes: Write[] = [];
  for (let from = 0; from < notices.length; from += HOOK_NOTICES) {
    const some = notices.slice(from, from + HOOK_NOTICES);
    const batch = hashOf(JSON.stringify(some.map(({ id }) => id)));
    writes.push({
      row: {
        pk: `HK#${connection.id}`,
        sk: `B#${batch}`,
        workspace: connection.workspace,
        notices: some as unknown as Json,
        expires,
      },
      if: { row: 'absent' },
      jobs: [{ lane: 'fast', kind: 'notices', body: { connection: connection.id, batch } }],
    });
  }
  if (writes.length > 0) await ports.table.putAll(writes);
}

async function count(
  ports: Pick<Ports, 'table' | 'clock'>,
  { id, workspace }: Connection,
  what: 'refused' | 'unreadable' | 'heard',
): Promise<void> {
  const at = new Date(ports.clock.now()).toISOString();
  await ports.table.update(
    toldKey(id),
    {
      set: { workspace, [what === 'refused' ? 'lastRefusedAt' : 'lastHeardAt']: at },
      ...(what === 'heard' ? {} : { add: { [what]: 1 } }),
    },
    { orCreate: true },
  );
}

export async function toldOf(ports: Pick<Ports, 'table'>, connection: string): Promise<Told> {
  const row = await ports.table.get(toldKey(connection));
  return {
    refused: Number(row?.refused ?? 0),
    lastRefusedAt: typeof row?.lastRefusedAt === 'string' ? row.lastRefusedAt : null,
    unreadable: Number(row?.unreadable ?? 0),
    lastHeardAt: typeof row?.lastHeardAt === 'string' ? row.lastHeardAt : null,
  };
}

function toldKey(connection: string) {
  return { pk: `C#${connection}`, sk: 'TOLD' };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

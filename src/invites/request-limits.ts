/** What keeps the doors from being turned against somebody: counts by network, by address over all workspaces, by event (P11, L17, L22, L24). */
import { createHash } from 'node:crypto';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst, type RateLimit } from '../kernel/rate.ts';
import { noteFirstMail } from './address-limit.ts';
import { partition, SHARDS, shardOf } from './rows.ts';
import type { InviteName } from './token.ts';

export interface Limited {
  readonly reason: 'network_limit' | 'address_limit' | 'recipient_limit';
  readonly retryAfterSeconds: number;
}

type LimitPorts = Pick<Ports, 'table' | 'clock' | 'settings'>;

const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

export async function overNetworkLimit(
  ports: LimitPorts,
  network: string | null,
): Promise<Limited | undefined> {
  if (network === null) return undefined;
  const { SIGNUPS_PER_NETWORK_MINUTE, SIGNUPS_PER_NETWORK_DAY } = ports.settings.limits;
  const key = networkKey(network);
  const neighbours = neighboursKey(network);
  return passed(ports, 'network_limit', [
    { key, seconds: MINUTE, limit: SIGNUPS_PER_NETWORK_MINUTE },
    { key, seconds: DAY, limit: SIGNUPS_PER_NETWORK_DAY },
    // Refuses nobody: what neighbours do together only makes a form look twice.
    ...(neighbours === null ? [] : [{ key: neighbours, seconds: HOUR, limit: Number.POSITIVE_INFINITY }]),
  ]);
}

export function networkKey(network: string): string {
  return `signup:${hashed(network)}`;
}

/** The 256 addresses of IPv4, or the /48 of IPv6, that a network lies in; null where it is neither. */
export function neighboursKey(network: string): string | null {
  const near = /^(?:\d{1,3}\.){3}(?=\d{1,3}$)|^(?:[0-9a-f]{1,4}:){3}(?=[0-9a-f]{1,4}::\/64$)/.exec(network);
  return near === null ? null : `signup-near:${hashed(near[0])}`;
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** `sameRequest`: the hour has counted it with another event of the same press. */
export async function overAddressLimit(
  ports: LimitPorts,
  person: string,
  sameRequest: boolean,
): Promise<Limited | undefined> {
  const retryAfterSeconds = await noteFirstMail(ports, person, sameRequest);
  return retryAfterSeconds === null ? undefined : { reason: 'address_limit', retryAfterSeconds };
}

/** People of an event, counted by partition; only near the limit are all partitions looked at. */
export async function overPeopleLimit(
  ports: LimitPorts,
  { event, person }: InviteName,
): Promise<Limited | undefined> {
  const limit = ports.settings.limits.PEOPLE_PER_EVENT;
  const key = { pk: partition(event, shardOf(person)), sk: 'COUNT' };
  const row = await ports.table.update(key, { add: { people: 1 } }, { orCreate: true });
  if (Number(row?.people) * SHARDS * 2 < limit) return undefined;
  if ((await peopleOf(ports, event)) <= limit) return undefined;
  await ports.table.update(key, { add: { people: -1 } });
  return { reason: 'recipient_limit', retryAfterSeconds: DAY };
}

async function peopleOf(ports: Pick<Ports, 'table'>, event: string): Promise<number> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => partition(event, shard));
  const rows = await Promise.all(shards.map(pk => ports.table.get({ pk, sk: 'COUNT' })));
  return rows.reduce((sum, row) => sum + Number(row?.people ?? 0), 0);
}

async function passed(
  ports: LimitPorts,
  reason: Limited['reason'],
  limits: readonly RateLimit[],
): Promise<Limited | undefined> {
  const counted = await countAgainst(ports, limits);
  return counted.ok ? undefined : { reason, retryAfterSeconds: counted.retryAfterSeconds };
}

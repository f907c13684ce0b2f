/**
 * When a public form looks twice: a network has used much of what it may ask for in a day, or its neighbours together ask for very much within
 * the hour. Nothing here depends on the address that was typed, or the second look would tell of it (T26).
 */
import type { Ports } from '../kernel/ports.ts';
import { countAgainst, countedIn } from '../kernel/rate.ts';
import { DAY, HOUR, neighboursKey, networkKey } from './request-limits.ts';

type SuspicionPorts = Pick<Ports, 'table' | 'clock' | 'settings'>;

export async function isSuspicious(ports: SuspicionPorts, network: string | null): Promise<boolean> {
  if (network === null) return false;
  const { SIGNUPS_PER_NETWORK_DAY, CHALLENGE_PERCENT, CHALLENGE_NEIGHBOURS } = ports.settings.limits;
  const neighbours = neighboursKey(network);
  const [own, theirs] = await Promise.all([
    countedIn(ports, networkKey(network), DAY),
    neighbours === null ? 0 : countedIn(ports, neighbours, HOUR),
  ]);
  return (
    own >= (SIGNUPS_PER_NETWORK_DAY * CHALLENGE_PERCENT) / 100 ||
    theirs >= SIGNUPS_PER_NETWORK_DAY * CHALLENGE_NEIGHBOURS
  );
}

/** Null: one more mail may ask an address whether it is its. Else the seconds to wait. */
export async function overCheckLimit(ports: SuspicionPorts, network: string | null): Promise<number | null> {
  if (network === null) return null;
  const counted = await countAgainst(ports, [
    {
      key: `check:${networkKey(network)}`,
      seconds: HOUR,
      limit: ports.settings.limits.CHECK_MAILS_PER_NETWORK_HOUR,
    },
  ]);
  return counted.ok ? null : counted.retryAfterSeconds;
}

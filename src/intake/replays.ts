/** A DKIM signature counts once (T6): the same `b=` under another arrival is an old mail sent again. Rows `B#<hash>`. */
import type { Ports } from '../kernel/ports.ts';

const DAY_SECONDS = 86_400;

/** True the first time, and whenever the same arrival asks again. */
export async function claimSignatures(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  hashes: readonly string[],
  arrival: string,
): Promise<boolean> {
  const expires =
    Math.floor(ports.clock.now() / 1000) + ports.settings.limits.KEEP_ARRIVALS_DAYS * DAY_SECONDS;
  for (const hash of hashes) {
    const key = { pk: `B#${hash}`, sk: 'B' };
    if (await ports.table.put({ ...key, arrival, expires }, { if: { row: 'absent' } })) continue;
    const first = await ports.table.get(key);
    if (first !== undefined && first.arrival !== arrival) return false;
  }
  return true;
}

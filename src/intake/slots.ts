/**
 * So many a window, each place held under a name: the same holder asking again has his place already. `kernel/rate.ts` counts every
 * call, which is right for a visitor and wrong for a step that may run twice: a crash would use up the only mail of the hour.
 */
import { ConflictError } from '../kernel/errors.ts';
import type { Ports, Row } from '../kernel/ports.ts';

const TRIES = 50;
const KEPT_BEHIND_SECONDS = 3_600;

export interface Slot {
  /** What is limited, with ids or hashes in it, never an address. */
  readonly key: string;
  readonly seconds: number;
  readonly limit: number;
  readonly holder: string;
}

export async function takeSlot(ports: Pick<Ports, 'table' | 'clock'>, slot: Slot): Promise<boolean> {
  const window = Math.floor(ports.clock.now() / 1000 / slot.seconds);
  const key = { pk: `R#${slot.key}`, sk: `${slot.seconds}#${window}` };
  const expires = (window + 1) * slot.seconds + KEPT_BEHIND_SECONDS;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.table.get(key);
    const holders = holdersOf(row);
    if (holders.includes(slot.holder)) return true;
    if (holders.length >= slot.limit) return false;
    const taken = await ports.table.update(
      key,
      { append: { holders: [slot.holder] }, set: { taken: holders.length + 1, expires } },
      {
        orCreate: true,
        if: row === undefined ? { row: 'absent' } : { attribute: 'taken', is: holders.length },
      },
    );
    if (taken !== undefined) return true;
  }
  throw new ConflictError('limit_busy', 'A limit was asked for too often at once.');
}

function holdersOf(row: Row | undefined): readonly string[] {
  return Array.isArray(row?.holders) ? row.holders.map(String) : [];
}

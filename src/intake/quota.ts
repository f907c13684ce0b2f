/** How many mails an organizer may send to `create@` (L25). The verdict is kept by arrival, so that working on it twice counts once. */
import { addressHash } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';

const HOUR = 3_600;
const DAY = 86_400;

/** `urgent`: a cancellation never waits behind the hour's limit; people would go to an event that is off. */
export async function withinQuota(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: {
    readonly arrival: string;
    readonly address: string;
    readonly proven: boolean;
    readonly urgent: boolean;
  },
): Promise<boolean> {
  const key = { pk: `R#create#${input.arrival}`, sk: 'R' };
  const standing = await ports.table.get(key);
  if (standing !== undefined) return standing.within === true;
  const { CREATE_MAILS_PER_ORGANIZER_HOUR, CREATE_MAILS_PER_ORGANIZER_DAY } = ports.settings.limits;
  // What somebody else can send in his name must not use up what is his.
  const who = `${addressHash(input.address)}${input.proven ? '' : ':unproven'}`;
  const day = await countAgainst(ports, [
    { key: `create:${who}`, seconds: DAY, limit: CREATE_MAILS_PER_ORGANIZER_DAY },
  ]);
  const hour = await countAgainst(ports, [
    { key: `create:${who}`, seconds: HOUR, limit: CREATE_MAILS_PER_ORGANIZER_HOUR },
  ]);
  const within = day.ok && (hour.ok || input.urgent);
  await ports.table.put(
    { ...key, within, expires: Math.floor(ports.clock.now() / 1000) + DAY * 2 },
    { if: { row: 'absent' } },
  );
  return within;
}

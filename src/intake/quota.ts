/** How many mails an organizer may send to `create@` (L25). */
import { addressHash } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { takeSlot } from './slots.ts';

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
  const { CREATE_MAILS_PER_ORGANIZER_HOUR, CREATE_MAILS_PER_ORGANIZER_DAY } = ports.settings.limits;
  // What somebody else can send in his name must not use up what is his.
  const key = `create:${addressHash(input.address)}${input.proven ? '' : ':unproven'}`;
  const holder = input.arrival;
  const hour = await takeSlot(ports, { key, seconds: HOUR, limit: CREATE_MAILS_PER_ORGANIZER_HOUR, holder });
  if (!hour && !input.urgent) return false;
  return takeSlot(ports, { key, seconds: DAY, limit: CREATE_MAILS_PER_ORGANIZER_DAY, holder });
}

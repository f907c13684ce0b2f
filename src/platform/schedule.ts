/** What has to happen without anybody asking, each minute on both runtimes. Each step may run twice and fail alone. */
import { planChecks } from '../connections/account/plan-checks.ts';
import { sweepArrivals } from '../intake/journal.ts';
import type { Ports } from '../kernel/ports.ts';

const DAY_MS = 86_400_000;
/** Blobs looked at a minute: a sweep must not become the machine's main work. */
const BLOBS_A_MINUTE = 1000;

export async function everyMinute(ports: Ports): Promise<void> {
  await attempt(ports, 'arrivals', () => sweepArrivals(ports));
  await attempt(ports, 'connections', () => planChecks(ports));
  // On AWS the bucket's own lifecycle rule does this.
  if (!ports.settings.local) return;
  const { KEEP_RAW_DAYS, KEEP_OUTBOX_DAYS } = ports.settings.limits;
  await attempt(ports, 'raw mail', () => dropOldBlobs(ports, 'raw/', KEEP_RAW_DAYS));
  await attempt(ports, 'notices', () => dropOldBlobs(ports, 'notices/', KEEP_OUTBOX_DAYS));
}

async function attempt(ports: Pick<Ports, 'log'>, what: string, step: () => Promise<number>): Promise<void> {
  try {
    const swept = await step();
    if (swept > 0) ports.log.info('swept', { what, swept });
  } catch (error) {
    ports.log.error('sweep failed', { what }, error);
  }
}

async function dropOldBlobs(
  ports: Pick<Ports, 'blobs' | 'clock'>,
  prefix: string,
  days: number,
): Promise<number> {
  const before = ports.clock.now() - days * DAY_MS;
  const page = await ports.blobs.list(prefix);
  const old = page.items.slice(0, BLOBS_A_MINUTE).filter(({ storedAt }) => storedAt < before);
  for (const { key } of old) await ports.blobs.remove(key);
  return old.length;
}

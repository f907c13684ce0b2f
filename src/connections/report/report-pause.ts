/**
 * When a platform asks for patience, or fails again and again, the whole connection waits: row `C#<connection>` / `WB-PAUSE`.
 * An outage costs one look for each slot and pause, however much waits behind it.
 */
import type { PlatformError } from '../../../connectors/contract.ts';
import type { Key, Ports } from '../../kernel/ports.ts';

export interface Pause {
  /** Epoch milliseconds; in the past: none. */
  readonly until: number;
  /** Calls in a row that failed. */
  readonly failures: number;
}

type PausePorts = Pick<Ports, 'table' | 'clock' | 'random' | 'settings'>;

/** So many failures in a row are the platform's, not one contact's. */
const FAILURES_THAT_PAUSE = 3;

export async function pauseOf(ports: Pick<Ports, 'table'>, connection: string): Promise<Pause> {
  const row = await ports.table.get(keyOf(connection));
  return { until: Number(row?.until ?? 0), failures: Number(row?.failures ?? 0) };
}

/** Counts a failure. `platform` true: the connection waits; else this contact alone, for `waitMs`. */
export async function noteFailure(
  ports: PausePorts,
  account: { readonly id: string; readonly workspace: string },
  error: PlatformError,
): Promise<{ readonly platform: boolean; readonly waitMs: number }> {
  const row = await ports.table.update(
    keyOf(account.id),
    { set: { workspace: account.workspace }, add: { failures: 1 } },
    { orCreate: true },
  );
  const failures = Number(row?.failures ?? 1);
  const waitMs = waitFor(ports, error, failures);
  const platform = error.status === 429 || error.retryAfterMs !== null || failures >= FAILURES_THAT_PAUSE;
  if (platform) await pauseUntil(ports, account.id, ports.clock.now() + waitMs);
  return { platform, waitMs };
}

/** True: it had failed before. */
export async function noteSuccess(ports: Pick<Ports, 'table'>, connection: string): Promise<boolean> {
  if ((await pauseOf(ports, connection)).failures === 0) return false;
  await ports.table.update(keyOf(connection), { set: { failures: 0 } });
  return true;
}

/** Retry-After is obeyed up to its limit, with a little more so that all don't come back at once; else exponential, full jitter. */
function waitFor(ports: PausePorts, { retryAfterMs }: PlatformError, failures: number): number {
  const { RETRY_AFTER_SECONDS, REPORT_RETRY_SECONDS, REPORT_RETRY_LONGEST_SECONDS } = ports.settings.limits;
  const chance = chanceOf(ports);
  if (retryAfterMs !== null) {
    const asked = Math.min(Math.max(retryAfterMs, 0), RETRY_AFTER_SECONDS * 1000);
    return Math.ceil(asked * (1 + chance / 10) + 50);
  }
  const longest = Math.min(
    REPORT_RETRY_LONGEST_SECONDS,
    REPORT_RETRY_SECONDS * 2 ** Math.min(failures - 1, 30),
  );
  return Math.ceil(longest * 1000 * chance) + 250;
}

/** Above 0, at most 1. */
function chanceOf(ports: Pick<Ports, 'random'>): number {
  const [high = 0, low = 0] = ports.random.bytes(2);
  return (high * 256 + low + 1) / 65_536;
}

async function pauseUntil(ports: PausePorts, connection: string, until: number): Promise<void> {
  await ports.table.update(
    keyOf(connection),
    { set: { until } },
    {
      if: {
        any: [
          { attribute: 'until', missing: true },
          { attribute: 'until', below: until },
        ],
      },
    },
  );
}

function keyOf(connection: string): Key {
  return { pk: `C#${connection}`, sk: 'WB-PAUSE' };
}

/** Fixed windows counted in the table, so that every process and Lambda counts together (T37). */
import type { Clock, Table } from './ports.ts';

export interface RateLimit {
  /** What is counted, with ids or hashes in it, never an address: `signup:<hash>`. */
  readonly key: string;
  readonly seconds: number;
  readonly limit: number;
}

/** What was counted in the window that is open now. */
export async function countedIn(
  ports: { table: Table; clock: Clock },
  key: string,
  seconds: number,
): Promise<number> {
  const window = Math.floor(ports.clock.now() / 1000 / seconds);
  return Number((await ports.table.get({ pk: `R#${key}`, sk: `${seconds}#${window}` }))?.count ?? 0);
}

const KEPT_BEHIND_SECONDS = 3600;

/** Counts one and answers whether all limits still hold; `retryAfterSeconds` is the end of the longest window passed. */
export async function countAgainst(
  ports: { table: Table; clock: Clock },
  limits: readonly RateLimit[],
): Promise<
  { readonly ok: true } | { readonly ok: false; readonly key: string; readonly retryAfterSeconds: number }
> {
  const now = Math.floor(ports.clock.now() / 1000);
  let passed: { key: string; retryAfterSeconds: number } | undefined;
  for (const { key, seconds, limit } of limits) {
    const window = Math.floor(now / seconds);
    const end = (window + 1) * seconds;
    const row = await ports.table.update(
      { pk: `R#${key}`, sk: `${seconds}#${window}` },
      { add: { count: 1 }, set: { expires: end + KEPT_BEHIND_SECONDS } },
      { orCreate: true },
    );
    const retryAfterSeconds = end - now;
    if (typeof row?.count === 'number' && row.count > limit) {
      if (passed === undefined || retryAfterSeconds > passed.retryAfterSeconds)
        passed = { key, retryAfterSeconds };
    }
  }
  return passed === undefined ? { ok: true } : { ok: false, ...passed };
}

/** A token bucket as one moment in time (GCRA): callers wait their turn, and a queue beyond the longest wait is turned away. */

export interface Turn {
  /** Nothing: it is your turn now. Else come back after so many milliseconds. */
  readonly retryAfterMs?: number;
}

export interface PacerOptions {
  readonly perSecond: number;
  readonly longestWaitMs?: number;
  /** Monotonic milliseconds, and waiting by them: pacing must go on when the wall clock jumps or stands still. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** A tenth of a second's worth may go at once, so that a lone mail after silence never waits. */
const BURST_MS = 100;

export function pacer({
  perSecond,
  longestWaitMs = 2_000,
  now = () => performance.now(),
  sleep = pause,
}: PacerOptions): () => Promise<Turn> {
  const interval = 1_000 / perSecond;
  const burst = Math.max(BURST_MS, interval);
  let free = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = Math.max(free, now() - burst + interval);
    const wait = at - now();
    if (wait > longestWaitMs) return { retryAfterMs: Math.ceil(wait) };
    free = at + interval;
    if (wait > 0) await sleep(wait);
    return {};
  };
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** Klaviyo's fixed windows, a second and a minute, per account and operation. */
import type { Clock } from '../../../../kernel/ports.ts';

export interface Rate {
  /** In one second. */
  readonly burst: number;
  /** In one minute. */
  readonly steady: number;
}

/** The documented sizes. */
export const XS: Rate = { burst: 1, steady: 15 };
export const M: Rate = { burst: 10, steady: 150 };
export const L: Rate = { burst: 75, steady: 750 };
export const XL: Rate = { burst: 350, steady: 3500 };

export type Taken =
  | { readonly ok: true; readonly remaining: number; readonly resetSeconds: number }
  | { readonly ok: false; readonly waitSeconds: number };

export interface Windows {
  take(who: string, rate: Rate): Taken;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

export function openWindows(clock: Clock): Windows {
  const counts = new Map<string, { window: number; count: number }>();
  const used = (key: string, window: number): { window: number; count: number } => {
    const standing = counts.get(key);
    if (standing?.window === window) return standing;
    const fresh = { window, count: 0 };
    counts.set(key, fresh);
    return fresh;
  };
  return {
    take(who, rate) {
      const now = clock.now();
      const second = used(`s ${who}`, Math.floor(now / SECOND_MS));
      const minute = used(`m ${who}`, Math.floor(now / MINUTE_MS));
      const resetSeconds = Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / SECOND_MS);
      if (minute.count >= rate.steady) return { ok: false, waitSeconds: resetSeconds };
      if (second.count >= rate.burst) return { ok: false, waitSeconds: 1 };
      second.count += 1;
      minute.count += 1;
      return { ok: true, remaining: rate.steady - minute.count, resetSeconds };
    },
  };
}

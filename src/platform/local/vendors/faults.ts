/** Faults on demand: what a platform does on a bad day, for so many calls, in a span of time, or by chance. */
import type { Clock, Random } from '../../../kernel/ports.ts';

export const FAULT_KINDS = [
  'rate_limited',
  'server_error',
  'bad_gateway',
  'forbidden',
  'refused',
  'lost',
  'slow',
] as const;

/**
 * `rate_limited` 429, `server_error` 503, `bad_gateway` 502 with a page of the CDN, `forbidden` a 403 without a body, `refused` the connection
 * is cut before anything is done, `lost` the work is done and then the connection is cut, `slow` a wait before the answer.
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** How many calls it hits; left out: all, until it is cleared. */
  readonly times?: number;
  /** Only calls whose `METHOD /path` fits. */
  readonly matching?: RegExp;
  /** Of the calls it could hit, from 0 to 1; left out: all. */
  readonly share?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  /** Epoch milliseconds. */
  readonly from?: number;
  readonly until?: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The first that hits this call, and one count less of it. */
  strike(call: string): Fault | undefined;
}

const UINT32 = 0x1_0000_0000;

export function openFaults({ clock, random }: { clock: Clock; random: Random }): Faults {
  let standing: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      standing.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      standing = [];
    },
    list: () =>
      standing.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault)),
    strike(call) {
      const now = clock.now();
      const hit = standing.find(({ fault }) => hits(fault, call, now, random));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      standing = standing.filter(({ fault, left }) => left > 0 && (fault.until ?? now + 1) > now);
      return hit.fault;
    },
  };
}

function hits(fault: Fault, call: string, now: number, random: Random): boolean {
  if (fault.matching !== undefined && !fault.matching.test(call)) return false;
  if (now < (fault.from ?? now) || now >= (fault.until ?? Number.POSITIVE_INFINITY)) return false;
  if (fault.share === undefined) return true;
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) / UINT32 < fault.share;
}

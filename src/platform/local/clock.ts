/** The machine's clock and chance. */
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../kernel/ports.ts';

export function systemClock(offsetSeconds: number): Clock {
  const offset = offsetSeconds * 1000;
  return { now: () => Date.now() + offset };
}

export const systemRandom: Random = { bytes: count => new Uint8Array(randomBytes(count)) };

/** The machine's clock and chance. */
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../kernel/ports.ts';

export function systemClock(offsetSeconds: number): Clock {
  const offset = offsetSeconds * 1000;
  return { now: () => Date.now() + offset };
}

/** Asking the system costs more than the octets: they are taken from a larger piece, each once. */
const PIECE = 4_096;
let piece = Buffer.alloc(0);

export const systemRandom: Random = {
  bytes(count) {
    if (count > PIECE) return new Uint8Array(randomBytes(count));
    if (piece.length < count) piece = randomBytes(PIECE);
    const taken = new Uint8Array(piece.subarray(0, count));
    piece.fill(0, 0, count);
    piece = piece.subarray(count);
    return taken;
  },
};

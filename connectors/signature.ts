/** What every webhook's proof needs: a header whatever its case, a fresh time, a comparison in constant time. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SIGNATURE_AGE_MS, SIGNATURE_HEADER_CHARS } from './limits.ts';

export function headerOf(
  headers: { readonly [name: string]: string | undefined },
  wanted: string,
): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === wanted && value !== undefined) {
      return value.length > SIGNATURE_HEADER_CHARS ? null : value.trim();
    }
  }
  return null;
}

/** Neither too old to be new nor from the future. */
export function isFresh(signedAt: number, now: number): boolean {
  return Number.isFinite(signedAt) && Math.abs(now - signedAt) <= SIGNATURE_AGE_MS;
}

export function isSignature(secret: string, parts: readonly (string | Uint8Array)[], hex: string): boolean {
  if (secret === '' || !/^[0-9a-f]{64}$/i.test(hex)) return false;
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return timingSafeEqual(hmac.digest(), Buffer.from(hex, 'hex'));
}

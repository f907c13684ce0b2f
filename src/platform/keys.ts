/** One key per purpose out of the installation's secret (HKDF, RFC 5869): a key for links opens nothing else. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Keys } from '../kernel/ports.ts';

const SALT = 'sis.keys.v1';
const KEY_BYTES = 32;

export function keysFrom(secret: string): Keys {
  const derived = new Map<string, KeyObject>();
  return {
    derive(purpose) {
      const known = derived.get(purpose);
      if (known !== undefined) return known;
      const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, SALT, purpose, KEY_BYTES)));
      derived.set(purpose, key);
      return key;
    },
  };
}

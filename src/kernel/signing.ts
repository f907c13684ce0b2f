/**
 * Signed, expiring tokens for links: JWT, HS256 only, one derived key and one audience per purpose (T28),
 * so that a token for one purpose is nothing for another.
 */
import jwt from 'jsonwebtoken';
import type { Clock, Json, Keys } from './ports.ts';

const ISSUER = 'sis';

export type Claims = { readonly [name: string]: Json };

export type Opened =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' };

/** `expiresAt` in epoch seconds. The purpose is the audience and picks the key. */
export function sign(ports: { keys: Keys }, purpose: string, claims: Claims, expiresAt: number): string {
  return jwt.sign({ ...claims, exp: Math.floor(expiresAt) }, ports.keys.derive(purpose), {
    algorithm: 'HS256',
    issuer: ISSUER,
    audience: purpose,
    noTimestamp: true,
  });
}

export function open(ports: { keys: Keys; clock: Clock }, purpose: string, token: string): Opened {
  if (token.length > 2048) return { ok: false, reason: 'damaged' };
  try {
    const claims = jwt.verify(token, ports.keys.derive(purpose), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: purpose,
      clockTimestamp: Math.floor(ports.clock.now() / 1000),
    });
    if (typeof claims === 'string' || typeof claims.exp !== 'number') return { ok: false, reason: 'damaged' };
    const { exp: _exp, iss: _iss, aud: _aud, ...rest } = claims;
    return { ok: true, claims: rest };
  } catch (error) {
    return { ok: false, reason: error instanceof jwt.TokenExpiredError ? 'expired' : 'damaged' };
  }
}

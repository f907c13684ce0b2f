/**
 * Signed, expiring tokens for links: JWT, HS256 only, one derived key and one audience per purpose (T28),
 * so that a token for one purpose is nothing for another. With one algorithm there is nothing to choose, so that no library is loaded for it:
 * a test holds both ways against `jsonwebtoken`.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Clock, Json, Keys } from './ports.ts';

const ISSUER = 'sis';
const TOKEN_CHARS = 2048;
const HEADER = { alg: 'HS256', typ: 'JWT' } as const;
const HEAD = part(HEADER);

function part(value: { readonly [name: string]: Json }): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function headOf(id: Json | undefined): string {
  return id === undefined ? HEAD : part({ ...HEADER, kid: id });
}

export type Claims = { readonly [name: string]: Json };

export type Opened =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' };

/** A key with a name of its own in the token's header, for purposes whose keys change. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly id?: string;
}

/** What a token says, told apart from whether it is too old. */
export interface Read {
  readonly claims: Claims;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** `expiresAt` in epoch seconds. The purpose is the audience and picks the key. */
export function sign(ports: { keys: Keys }, purpose: string, claims: Claims, expiresAt: number): string {
  return signWith({ key: ports.keys.derive(purpose) }, purpose, claims, expiresAt);
}

export function signWith(
  { key, id }: SigningKey,
  purpose: string,
  claims: Claims,
  expiresAt: number,
): string {
  const signed = `${headOf(id)}.${part({ ...claims, exp: Math.floor(expiresAt), aud: purpose, iss: ISSUER })}`;
  return `${signed}.${signatureOf(key, signed)}`;
}

function signatureOf(key: KeyObject, signed: string): string {
  return createHmac('sha256', key).update(signed).digest('base64url');
}

export function open(ports: { keys: Keys; clock: Clock }, purpose: string, token: string): Opened {
  const read = readWith(ports.keys.derive(purpose), purpose, token);
  if (read === undefined) return { ok: false, reason: 'damaged' };
  return isOver(read, ports.clock.now())
    ? { ok: false, reason: 'expired' }
    : { ok: true, claims: read.claims };
}

/** Undefined: damaged, or for another purpose. The caller looks at the end. */
export function readWith(key: KeyObject, purpose: string, token: string): Read | undefined {
  if (token.length > TOKEN_CHARS) return undefined;
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  // Nothing of it is read before it is proven.
  if (more.length > 0 || !sameText(signature, signatureOf(key, `${head}.${body}`))) return undefined;
  // A header that we don't write, and a beginning in time, are not ours to judge.
  if (head !== headOf(objectIn(head)?.kid)) return undefined;
  const { exp: expiresAt, iss, aud, nbf, ...claims } = objectIn(body) ?? {};
  if (typeof expiresAt !== 'number' || iss !== ISSUER || aud !== purpose || nbf !== undefined)
    return undefined;
  return { claims, expiresAt };
}

/** In a time that tells nothing of where they differ. */
function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function objectIn(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}

/** `now` in epoch milliseconds. A token's last second is over when it begins (RFC 7519 4.1.4). */
export function isOver({ expiresAt }: Pick<Read, 'expiresAt'>, now: number): boolean {
  return Math.floor(now / 1000) >= expiresAt;
}

/** The key's name in a header that nobody has proven yet: it only says which key to try. */
export function keyIdIn(token: string): unknown {
  if (token.length > TOKEN_CHARS) return undefined;
  return objectIn(token.slice(0, token.indexOf('.')))?.kid;
}

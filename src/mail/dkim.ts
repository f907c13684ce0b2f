/**
 * Our own DKIM check of the raw bytes (RFC 6376, RFC 8301, RFC 8463), with mailauth doing the cryptography. Only signatures that
 * `signature.ts` would believe reach it; what hosts wrote about earlier checks (Authentication-Results, ARC) is never read.
 */
import { createHash } from 'node:crypto';
import type { Clock, Resolver } from '../kernel/ports.ts';
import { fieldsNamed, type HeaderBlock, readHeaderBlock } from './header.ts';
import { type DkimResult, verifyDkim } from './mailauth.ts';
import { readSignature, type Signature, type SignatureFlaw } from './signature.ts';

/** Why a signature doesn't count; `bad` is one that did not verify, `no_key` one whose key isn't there. */
export type DkimRefusal = SignatureFlaw | 'bad' | 'no_key' | 'weak_key' | 'testing' | 'key_rules' | 'dns';

export interface CheckedSignature {
  readonly domain: string;
  readonly signed: readonly string[];
  readonly refusal: DkimRefusal | null;
  /** SHA-256 of b=, for the set of signatures already seen. */
  readonly hash: string;
}

export interface DkimCheck {
  /** The From address as the verifying library reads it: one more reader that must agree. */
  readonly from: readonly string[];
  readonly signatures: readonly CheckedSignature[];
}

/** More signatures than that on one mail only cost lookups. */
const SIGNATURES = 8;

export async function checkDkim(
  ports: { resolver: Resolver; clock: Clock },
  raw: Uint8Array,
): Promise<DkimCheck> {
  const { head, header, body } = splitHead(raw);
  const now = ports.clock.now();
  const claims = fieldsNamed(header.fields, 'dkim-signature').map(value =>
    readSignature(value, header.fields, Math.floor(now / 1000)),
  );
  const usable = new Set(
    claims.flatMap((claim, index) => (claim?.flaw === null ? [index] : [])).slice(0, SIGNATURES),
  );
  // Without a signature to check there is no need to hash megabytes of body.
  const hashed = usable.size === 0 || body.length === 0 ? Buffer.from('\r\n') : withCrlf(body);
  const verified = await verifyDkim(ports.resolver, keepOnly(head, hashed, usable), now);
  return {
    from: verified.from,
    signatures: claims.flatMap((claim, index) => {
      if (claim === null) return [];
      const found = usable.has(index) ? verified.results.find(result => isOf(result, claim)) : undefined;
      const refusal = claim.flaw ?? (found === undefined ? 'bad' : refusalOf(found, claim));
      return [{ domain: claim.domain, signed: claim.signed, refusal, hash: hashOf(claim.value) }];
    }),
  };
}

export function splitHead(raw: Uint8Array): { head: string; header: HeaderBlock; body: Buffer } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let end = 0;
  while (end < bytes.length) {
    const feed = bytes.indexOf(0x0a, end);
    const next = feed < 0 ? bytes.length : feed + 1;
    const line = bytes.subarray(end, next).toString('latin1');
    if (line === '\n' || line === '\r\n') break;
    end = next;
  }
  const head = bytes.subarray(0, end);
  return { head: head.toString('latin1'), header: readHeaderBlock(head), body: bytes.subarray(end) };
}

/** The message without ARC and without all signatures but these (by their order), so that the library looks up no key for the others. */
function keepOnly(head: string, body: Buffer, usable: ReadonlySet<number>): Buffer {
  let index = -1;
  const kept = head.split(/(?<=\n)(?![ \t])/).filter(field => {
    if (/^arc-/i.test(field)) return false;
    if (!/^dkim-signature[ \t]*:/i.test(field)) return true;
    index++;
    return usable.has(index);
  });
  return Buffer.concat([Buffer.from(kept.join(''), 'latin1'), body]);
}

/** A bare LF counts as CRLF either way; done here in one pass, where the library would take seconds for a body of line ends. */
function withCrlf(body: Buffer): Buffer {
  let bare = 0;
  for (let at = 0; at < body.length; at++) if (body[at] === 0x0a && body[at - 1] !== 0x0d) bare++;
  if (bare === 0) return body;
  const whole = Buffer.alloc(body.length + bare);
  let to = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === 0x0a && body[at - 1] !== 0x0d) whole[to++] = 0x0d;
    whole[to++] = body[at] ?? 0;
  }
  return whole;
}

function isOf(result: DkimResult, claim: Signature): boolean {
  return (
    result.signature === claim.value &&
    result.selector === claim.selector &&
    result.signingDomain?.toLowerCase() === claim.domain
  );
}

function refusalOf({ status, rr }: DkimResult, claim: Signature): DkimRefusal | null {
  switch (status.result) {
    case 'pass':
      return keyRefusal(rr ?? '', claim);
    case 'policy':
      return 'weak_key';
    case 'temperror':
      return 'dns';
    default:
      return /key/.test(status.comment ?? '') ? 'no_key' : 'bad';
  }
}

/** What the owner of a key says about its use (RFC 6376 3.6.1): not for this hash, not for mail, only in a test, not for subdomains. */
function keyRefusal(record: string, claim: Signature): DkimRefusal | null {
  const tags = new Map(
    record.split(';').map((piece): [string, string] => {
      const equals = piece.indexOf('=');
      return [
        piece.slice(0, equals).trim().toLowerCase(),
        piece
          .slice(equals + 1)
          .trim()
          .toLowerCase(),
      ];
    }),
  );
  const list = (name: string) => tags.get(name)?.split(':') ?? [];
  if (list('t').includes('y')) return 'testing';
  if (list('t').includes('s') && claim.identityDomain !== claim.domain) return 'key_rules';
  if (tags.has('h') && !list('h').includes('sha256')) return 'key_rules';
  return tags.has('s') && !list('s').some(service => service === '*' || service === 'email')
    ? 'key_rules'
    : null;
}

function hashOf(value: string): string {
  return createHash('sha256').update(Buffer.from(value, 'base64')).digest('hex');
}

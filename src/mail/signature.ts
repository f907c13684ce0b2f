/**
 * DKIM-Signature fields by RFC 6376's grammar, before anything is verified: which of them we would believe at all. Refused are `l=`
 * (unsigned text behind the signed), SHA-1 (RFC 8301), tags given twice, and an h= that leaves From, Date or Subject open to change.
 */
import type { HeaderField } from './header.ts';

export type SignatureFlaw =
  | 'grammar'
  | 'body_length'
  | 'algorithm'
  | 'identity'
  | 'unsigned_from'
  | 'unsigned_date'
  | 'unsigned_subject'
  | 'repeated_field'
  | 'expired';

export interface Signature {
  readonly domain: string;
  readonly selector: string;
  /** Domain of i=, or of d=. */
  readonly identityDomain: string;
  /** Names in h=, lower case, repeats kept. */
  readonly signed: readonly string[];
  /** b= without blanks. */
  readonly value: string;
  readonly flaw: SignatureFlaw | null;
}

const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)+$/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const ALGORITHMS = new Set(['rsa-sha256', 'ed25519-sha256']);
const CANONICALIZATION = /^(?:simple|relaxed)(?:\/(?:simple|relaxed))?$/;
/** A second one of these, unsigned, would show a reader something else than what was signed. */
const SINGLE_FIELDS = [
  'from',
  'date',
  'subject',
  'sender',
  'reply-to',
  'to',
  'cc',
  'message-id',
  'mime-version',
];

/** Null: so broken that it does not even say whose it claims to be. */
export function readSignature(
  value: string,
  fields: readonly HeaderField[],
  nowSeconds: number,
): Signature | null {
  const tags = readTags(value);
  const domain = tags?.get('d')?.toLowerCase();
  if (tags === null || domain === undefined || !DOMAIN.test(domain)) return null;
  const identity = tags.get('i') ?? `@${domain}`;
  const signature = {
    domain,
    selector: tags.get('s') ?? '',
    identityDomain: identity.slice(identity.lastIndexOf('@') + 1).toLowerCase(),
    signed: (tags.get('h') ?? '').toLowerCase().split(':').filter(Boolean),
    value: tags.get('b') ?? '',
  };
  return { ...signature, flaw: flawOf(tags, signature, fields, nowSeconds) };
}

/** Null for a field that two readers could split differently: quotes, comments, a tag twice. */
function readTags(value: string): ReadonlyMap<string, string> | null {
  if (/["'()\\]|[^\t\x20-\x7e]/.test(value)) return null;
  const tags = new Map<string, string>();
  for (const piece of value.split(';')) {
    if (piece.trim() === '') continue;
    const equals = piece.indexOf('=');
    if (equals < 0) return null;
    const name = piece.slice(0, equals).trim();
    if (!/^[a-z][a-z0-9_]*$/i.test(name) || tags.has(name.toLowerCase())) return null;
    tags.set(name.toLowerCase(), piece.slice(equals + 1).replace(/[ \t]/g, ''));
  }
  return tags;
}

function flawOf(
  tags: ReadonlyMap<string, string>,
  signature: Omit<Signature, 'flaw'>,
  fields: readonly HeaderField[],
  nowSeconds: number,
): SignatureFlaw | null {
  if (tags.has('l')) return 'body_length';
  if (!ALGORITHMS.has(tags.get('a')?.toLowerCase() ?? '')) return 'algorithm';
  if (!hasGrammar(tags)) return 'grammar';
  const { domain, identityDomain } = signature;
  if (identityDomain !== domain && !identityDomain.endsWith(`.${domain}`)) return 'identity';
  const expires = tags.get('x');
  if (expires !== undefined && Number(expires) < nowSeconds) return 'expired';
  return coverageFlaw(signature.signed, fields);
}

function hasGrammar(tags: ReadonlyMap<string, string>): boolean {
  return (
    tags.get('v') === '1' &&
    DOMAIN.test(`${tags.get('s') ?? ''}.s`) &&
    BASE64.test(tags.get('b') ?? '') &&
    BASE64.test(tags.get('bh') ?? '') &&
    CANONICALIZATION.test((tags.get('c') ?? 'simple/simple').toLowerCase()) &&
    /^\d{0,12}$/.test(tags.get('x') ?? '') &&
    /^dns\/txt$/i.test(tags.get('q') ?? 'dns/txt')
  );
}

function coverageFlaw(signed: readonly string[], fields: readonly HeaderField[]): SignatureFlaw | null {
  const inHeader = (name: string) => fields.filter(field => field.name === name).length;
  const inSignature = (name: string) => signed.filter(entry => entry === name).length;
  if (inSignature('from') === 0) return 'unsigned_from';
  if (inHeader('date') > inSignature('date')) return 'unsigned_date';
  if (inHeader('subject') > inSignature('subject')) return 'unsigned_subject';
  const opened = SINGLE_FIELDS.some(name => inSignature(name) > 0 && inHeader(name) > inSignature(name));
  return opened || inHeader('content-type') > 1 ? 'repeated_field' : null;
}

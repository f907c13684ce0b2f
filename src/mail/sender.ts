/**
 * Who really sent a mail, and how sure we are (design D8, threats-and-faults 3). Strong: our own aligned DKIM check together with a DMARC
 * record, or a trusted loopback connection. Weak: a confirmation by link is needed first. Failed and none: nothing it says is done.
 */
import { domainOf, normalAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { type CheckedSignature, checkDkim, type DkimCheck } from './dkim.ts';
import { checkSpf, type DmarcPolicy, type DmarcRecord, dmarcRecord, isAligned } from './dmarc.ts';
import type { InboundMail } from './inbound.ts';
import { RELAYS, type RelayName, speaksForAnother } from './relay.ts';

export type ProofLevel = 'strong' | 'weak' | 'failed' | 'none';

export type Evidence =
  | 'loopback'
  | 'dkim+dmarc'
  | 'dkim'
  | 'spf'
  | `relay:${RelayName}`
  | 'dmarc-fail'
  | 'dkim-fail'
  | 'dkim-partial'
  | 'spf-fail'
  | 'from'
  | 'unread'
  /** DNS did not answer: worth asking again before anything is decided. */
  | 'dns-unavailable'
  | 'none';

export interface Proof {
  readonly level: ProofLevel;
  /** The folded address that is proven; null unless strong or weak. */
  readonly identity: string | null;
  readonly evidence: Evidence;
  /** The From domain's DMARC policy; null without a record. */
  readonly policy: DmarcPolicy | null;
  readonly relay: RelayName | null;
  /** Of the signatures that verified: seen before, a mail can only be a repetition. */
  readonly signatureHashes: readonly string[];
  /** For people: words only, no address. */
  readonly detail: string;
}

export interface SenderInput {
  readonly raw: Uint8Array;
  readonly mail: InboundMail;
  readonly remote: {
    readonly ip: string | null;
    readonly helo: string | null;
    readonly mailFrom: string;
    readonly loopback: boolean;
  };
  readonly trustLoopback: boolean;
}

const PARTIAL = new Set([
  'body_length',
  'unsigned_from',
  'unsigned_date',
  'unsigned_subject',
  'repeated_field',
]);

export async function proveSender(
  ports: Pick<Ports, 'resolver' | 'clock'>,
  input: SenderInput,
): Promise<Proof> {
  const { mail, raw, remote } = input;
  if (mail.problem !== null) return unproven('none', 'unread', 'the mail was not read');
  const from = mail.fromAddress;
  if (from === null) return unproven('failed', 'from', `From: ${mail.fromProblem.replaceAll('_', ' ')}`);
  if (remote.loopback && input.trustLoopback) return byLoopback(mail, from);
  const dkim = await checkDkim(ports, raw);
  if (dkim.from.length !== 1 || normalAddress(dkim.from[0] ?? '') !== from) {
    return unproven('failed', 'from', 'From: read differently by two readers');
  }
  return byChecks(ports, input, from, dkim);
}

/** A trusted connection proves From, and with it only what From may say: a service that speaks for its users stays weak. */
function byLoopback(mail: InboundMail, from: string): Proof {
  const other = speaksForAnother(mail);
  const proof = { policy: null, signatureHashes: [], detail: 'loopback connection' };
  if (other === null) return { ...proof, level: 'strong', identity: from, evidence: 'loopback', relay: null };
  const { relay, identity } = other;
  return { ...proof, level: 'weak', identity, evidence: `relay:${relay.name}`, relay: relay.name };
}

async function byChecks(
  ports: Pick<Ports, 'resolver'>,
  { mail, remote }: SenderInput,
  from: string,
  dkim: DkimCheck,
): Promise<Proof> {
  const domain = domainOf(from);
  const record = await dmarcRecord(ports.resolver, domain);
  const relayed = byRelay(mail, dkim);
  if (record === 'dns') return relayed ?? unproven('none', 'dns-unavailable', 'dmarc=temperror');
  const policy = record?.policy ?? null;
  const hashes = dkim.signatures.filter(isVerified).map(({ hash }) => hash);
  const proven = { identity: from, policy, relay: null, signatureHashes: hashes };
  const aligned = dkim.signatures.filter(signature => alignedBy(domain, signature, record));
  // iCloud's machine address may be proven as well as can be: that says nothing about whom it speaks for.
  if (relayed !== null && (relayed.identity !== from || !aligned.some(isVerified)))
    return { ...relayed, policy };
  if (aligned.some(isVerified)) {
    if (record === null)
      return { ...proven, level: 'weak', evidence: 'dkim', detail: 'dkim=pass dmarc=none' };
    return { ...proven, level: 'strong', evidence: 'dkim+dmarc', detail: `dkim=pass dmarc=pass p=${policy}` };
  }
  const words = wordsOf(aligned, policy);
  const spf = await checkSpf(ports.resolver, remote);
  const spfAligned = spf !== null && isAligned(domain, spf.domain, record?.strictSpf ?? false);
  if (spfAligned && spf.result === 'pass') {
    return { ...proven, level: 'weak', evidence: 'spf', detail: `spf=pass ${words}` };
  }
  if (aligned.some(({ refusal }) => refusal === 'dns') || (spfAligned && spf.result === 'dns')) {
    return { ...unproven('none', 'dns-unavailable', words), policy };
  }
  return { ...refused(aligned, record, spfAligned && spf.result === 'fail', words), policy };
}

function refused(
  aligned: readonly CheckedSignature[],
  record: DmarcRecord | null,
  spfFailed: boolean,
  words: string,
): Proof {
  const partial = aligned.some(({ refusal }) => refusal !== null && PARTIAL.has(refusal));
  if (partial) return unproven('failed', 'dkim-partial', words);
  if (record !== null) return unproven('failed', 'dmarc-fail', words);
  // A key in test mode, or one that isn't there, says as much as no signature (RFC 6376 3.6.1, 6.1.2).
  if (aligned.some(({ refusal }) => refusal !== 'testing' && refusal !== 'no_key')) {
    return unproven('failed', 'dkim-fail', words);
  }
  return spfFailed ? unproven('failed', 'spf-fail', words) : unproven('none', 'none', words);
}

function byRelay(mail: InboundMail, dkim: DkimCheck): Proof | null {
  for (const relay of RELAYS) {
    const identity = relay.identity(mail);
    const signatures = dkim.signatures.filter(
      signature =>
        isVerified(signature) &&
        relay.signers.includes(signature.domain) &&
        relay.signed.every(name => signature.signed.includes(name)),
    );
    if (identity === null || signatures.length === 0) continue;
    return {
      level: 'weak',
      identity,
      evidence: `relay:${relay.name}`,
      policy: null,
      relay: relay.name,
      signatureHashes: signatures.map(({ hash }) => hash),
      detail: `dkim=pass relay=${relay.name}`,
    };
  }
  return null;
}

function isVerified({ refusal }: CheckedSignature): boolean {
  return refusal === null;
}

function alignedBy(domain: string, signature: CheckedSignature, record: DmarcRecord | null): boolean {
  return isAligned(domain, signature.domain, record?.strictDkim ?? false);
}

function unproven(level: 'failed' | 'none', evidence: Evidence, detail: string): Proof {
  return { level, identity: null, evidence, policy: null, relay: null, signatureHashes: [], detail };
}

function wordsOf(aligned: readonly CheckedSignature[], policy: DmarcPolicy | null): string {
  const refusals = aligned.map(({ refusal }) => refusal ?? 'pass');
  const dkim = refusals.length === 0 ? 'none' : refusals.join(',');
  return `dkim=${dkim} dmarc=${policy === null ? 'none' : `fail p=${policy}`}`;
}

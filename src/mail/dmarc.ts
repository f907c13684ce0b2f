/** DMARC policy (RFC 7489), alignment and SPF (RFC 7208) of a sender's domain. */
import { isIP } from 'node:net';
import { domainOf, normalAddress } from '../kernel/address.ts';
import type { Resolver } from '../kernel/ports.ts';
import { lookUpDmarc, sameOrganization, verifySpf } from './mailauth.ts';

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  readonly strictDkim: boolean;
  readonly strictSpf: boolean;
}

/** Null: the domain has no (single, readable) record. `dns`: nobody can tell at the moment. */
export async function dmarcRecord(resolver: Resolver, domain: string): Promise<DmarcRecord | null | 'dns'> {
  const found = await lookUpDmarc(resolver, domain);
  return found === null || found === 'dns' ? found : { ...found, policy: policyOf(found.policy) };
}

function policyOf(text: string): DmarcPolicy {
  const word = text.trim().toLowerCase();
  return word === 'reject' || word === 'quarantine' ? word : 'none';
}

/** Relaxed: the same organizational domain. Strict: the very same. */
export function isAligned(fromDomain: string, domain: string, strict: boolean): boolean {
  return fromDomain === domain || (!strict && sameOrganization(fromDomain, domain));
}

export interface SpfCheck {
  readonly result: 'pass' | 'fail' | 'other' | 'dns';
  /** Whose permission was looked at. */
  readonly domain: string;
}

export interface Remote {
  readonly ip: string | null;
  readonly helo: string | null;
  /** The envelope's sender; empty for a null return path. */
  readonly mailFrom: string;
}

const RESULTS: { readonly [word: string]: SpfCheck['result'] } = {
  pass: 'pass',
  fail: 'fail',
  temperror: 'dns',
};

/** Null where there is nothing to check: no network address, or a sender that is no address (T4). */
export async function checkSpf(resolver: Resolver, remote: Remote): Promise<SpfCheck | null> {
  if (remote.ip === null || isIP(remote.ip) === 0) return null;
  const bare = remote.mailFrom.trim().replace(/^<|>$/g, '');
  const sender = normalAddress(bare === '' ? `postmaster@${remote.helo ?? ''}` : bare);
  if (sender === undefined) return null;
  const word = await verifySpf(resolver, sender, remote.ip);
  return { domain: domainOf(sender), result: RESULTS[word] ?? 'other' };
}

/** DMARC policy (RFC 7489) and SPF (RFC 7208) of a mail, through the resolver port, by mailauth; alignment is judged here, strict mode included. */
import { isIP } from 'node:net';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import { getAlignment } from 'mailauth/lib/tools.js';
import { domainOf, normalAddress } from '../kernel/address.ts';
import type { Resolver } from '../kernel/ports.ts';

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  readonly strictDkim: boolean;
  readonly strictSpf: boolean;
}

/** Null: the domain has no (single, readable) record. `dns`: nobody can tell at the moment. */
export async function dmarcRecord(resolver: Resolver, domain: string): Promise<DmarcRecord | null | 'dns'> {
  const found = await dmarc({ headerFrom: [`postmaster@${domain}`], resolver: resolving(resolver) });
  if (found === false || found.status.result === 'none') return null;
  if (found.status.result === 'temperror') return 'dns';
  return {
    policy: policyOf(found.policy),
    strictDkim: found.alignment.dkim.strict,
    strictSpf: found.alignment.spf.strict,
  };
}

function policyOf(text: string | undefined): DmarcPolicy {
  const word = `${text ?? ''}`.trim().toLowerCase();
  return word === 'reject' || word === 'quarantine' ? word : 'none';
}

/** Relaxed: the same organizational domain. mailauth's own strict mode falls back to relaxed, so it is not asked. */
export function isAligned(fromDomain: string, domain: string, strict: boolean): boolean {
  if (fromDomain === domain) return true;
  return !strict && getAlignment(fromDomain, [domain]) !== false;
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

/** Null where there is nothing to check: no network address, or a sender that is no address (T4). */
export async function checkSpf(resolver: Resolver, remote: Remote): Promise<SpfCheck | null> {
  if (remote.ip === null || isIP(remote.ip) === 0) return null;
  const bare = remote.mailFrom.trim().replace(/^<|>$/g, '');
  const sender = normalAddress(bare === '' ? `postmaster@${remote.helo ?? ''}` : bare);
  if (sender === undefined) return null;
  const { status } = await spf({
    sender,
    ip: remote.ip,
    helo: domainOf(sender),
    mta: 'localhost',
    resolver: resolving(resolver),
  });
  const known = status.result === 'pass' || status.result === 'fail';
  return {
    domain: domainOf(sender),
    result: known ? (status.result as 'pass' | 'fail') : status.result === 'temperror' ? 'dns' : 'other',
  };
}

function resolving(resolver: Resolver): (name: string, type: string) => Promise<string[][]> {
  return (name, type) => resolver.resolve(name, type as 'TXT') as Promise<string[][]>;
}

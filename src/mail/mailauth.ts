/** The one place that knows mailauth, and what has to be known about it: types it doesn't publish, DNS through our port, no lookups of its own. */
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import { getAlignment } from 'mailauth/lib/tools.js';
import { domainOf } from '../kernel/address.ts';
import type { Resolver } from '../kernel/ports.ts';

const MIN_RSA_BITS = 1024;

export interface DkimResult {
  readonly signingDomain?: string;
  readonly selector?: string;
  /** b=. */
  readonly signature?: string;
  /** The key's record. */
  readonly rr?: string;
  readonly status: { readonly result: string; readonly comment?: string };
}

export async function verifyDkim(
  resolver: Resolver,
  message: Buffer,
  now: number,
): Promise<{ readonly from: readonly string[]; readonly results: readonly DkimResult[] }> {
  const checked = await dkimVerify(message, {
    curTime: new Date(now),
    minBitLength: MIN_RSA_BITS,
    // Else it would read Return-Path, a header like any other.
    sender: 'nobody@invalid',
    resolver: resolving(resolver),
  });
  return { from: checked.headerFrom, results: checked.results as readonly DkimResult[] };
}

export interface DmarcLookup {
  /** p=, or sp= for a subdomain, as written. */
  readonly policy: string;
  readonly strictDkim: boolean;
  readonly strictSpf: boolean;
}

/** Null: no (single) record. `dns`: nobody can tell at the moment. */
export async function lookUpDmarc(resolver: Resolver, domain: string): Promise<DmarcLookup | null | 'dns'> {
  const found = await dmarc({ headerFrom: [`postmaster@${domain}`], resolver: resolving(resolver) });
  if (found === false || found.status.result === 'none') return null;
  if (found.status.result === 'temperror') return 'dns';
  const { dkim, spf: path } = found.alignment;
  return { policy: `${found.policy ?? ''}`, strictDkim: dkim.strict, strictSpf: path.strict };
}

/** The word of RFC 7208 2.6. */
export async function verifySpf(resolver: Resolver, sender: string, ip: string): Promise<string> {
  const { status } = await spf({
    sender,
    ip,
    helo: domainOf(sender),
    mta: 'localhost',
    resolver: resolving(resolver),
  });
  return status.result;
}

/** By the Public Suffix List. mailauth's own strict mode falls back to this one, so strictness is judged by whoever asks. */
export function sameOrganization(one: string, other: string): boolean {
  return getAlignment(one, [other]) !== false;
}

function resolving(resolver: Resolver): (name: string, type: string) => Promise<string[][]> {
  return (name, type) => resolver.resolve(name, type as 'TXT') as Promise<string[][]>;
}

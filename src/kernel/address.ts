/**
 * The one grammar of an email address: dot-atom local part, no quotes, comments or source routes (T22), domain as A-label.
 * Identity folds case and nothing else: no dot or plus stripping.
 */

import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';

export const ADDRESS_CHARS = 254;
export const LOCAL_PART_CHARS = 64;

export interface Address {
  /** As it was typed, trimmed; the domain as A-label. Goes into ATTENDEE and To. */
  readonly typed: string;
  /** Folded, for comparing and for keys. */
  readonly normal: string;
}

export type AddressProblem = 'empty' | 'too_long' | 'no_at' | 'local_part' | 'domain';

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

export function parseAddress(
  text: string,
):
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly problem: AddressProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  // Before any pattern runs: a long text must not reach one.
  if (trimmed.length > ADDRESS_CHARS) return { ok: false, problem: 'too_long' };
  const at = trimmed.lastIndexOf('@');
  if (at < 1) return { ok: false, problem: 'no_at' };
  const local = trimmed.slice(0, at);
  if (local.length > LOCAL_PART_CHARS || !LOCAL_PART.test(local)) return { ok: false, problem: 'local_part' };
  const domain = aLabels(trimmed.slice(at + 1));
  if (!DOMAIN.test(domain)) return { ok: false, problem: 'domain' };
  const typed = `${local}@${domain}`;
  if (typed.length > ADDRESS_CHARS) return { ok: false, problem: 'too_long' };
  return { ok: true, address: { typed, normal: typed.toLowerCase() } };
}

/** Nearly every domain is spelled as it is looked up; a `--` may be an A-label that is none. */
function aLabels(domain: string): string {
  if (/^[a-z0-9.-]+\.[a-z]+$/i.test(domain) && !domain.includes('--')) return domain.toLowerCase();
  return domainToASCII(domain).toLowerCase();
}

/** The folded address, or undefined where the text is none. */
export function normalAddress(text: string): string | undefined {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.address.normal : undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** 128 bits of SHA-256 in hex: what keys and logs carry in the place of an address. Not a secret. */
export function addressHash(normal: string): string {
  return hash('sha256', normal).slice(0, 32);
}

/** `j•••@example.com`: enough to know one's own address by. */
export function maskAddress(address: string): string {
  return `${address.slice(0, 1)}•••@${domainOf(address)}`;
}

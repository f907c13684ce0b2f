/** Which of our doors an address is: `create@`, `list@`, or an organizer's own `<slug>@`. Clients damage plus tags: `%2B`, `+2B` are read. */
import { normalAddress } from '../kernel/address.ts';

export type MailDoor =
  | { readonly door: 'create' | 'list'; readonly tag: string | null }
  | { readonly door: 'organizer'; readonly slug: string; readonly tag: string | null };

const SLUG = /^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/;
/** Ours by RFC 2142 or by being a machine's: no organizer has them. */
const NO_DOOR = new Set(['postmaster', 'abuse', 'mailer-daemon', 'noreply', 'hostmaster', 'security', 'www']);

export function doorOf(address: string, mailDomain: string): MailDoor | null {
  const normal = normalAddress(address.trim().replace(/^<|>$/g, ''));
  if (normal === undefined) return null;
  const at = normal.lastIndexOf('@');
  if (normal.slice(at + 1) !== mailDomain.toLowerCase()) return null;
  const [name, tag] = splitTag(normal.slice(0, at));
  if (name === 'create' || name === 'list') return { door: name, tag };
  return SLUG.test(name) && !NO_DOOR.has(name) ? { door: 'organizer', slug: name, tag } : null;
}

function splitTag(local: string): readonly [string, string | null] {
  const decoded = local.replaceAll('%2b', '+');
  const plus = decoded.indexOf('+');
  if (plus < 0) return [decoded, null];
  const behind = decoded.slice(plus + 1);
  // `+2Bx`: percent-encoded once, and the percent sign lost on the way.
  const tag = behind.startsWith('2b') ? behind.slice(2) : behind;
  return [decoded.slice(0, plus), tag === '' ? null : tag];
}

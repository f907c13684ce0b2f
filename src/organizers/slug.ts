/**
 * The local part of the address invites come from: 3 to 40 of `[a-z0-9-]`, readable, made from the organizer's own address.
 * Words that mean a door or a mailbox every domain has (RFC 2142) are refused.
 */
import { domainOf } from '../kernel/address.ts';

const MIN = 3;
const MAX = 40;

const RESERVED = new Set([
  'abuse',
  'admin',
  'administrator',
  'create',
  'hostmaster',
  'list',
  'mailer-daemon',
  'no-reply',
  'noreply',
  'postmaster',
  'root',
  'security',
  'webmaster',
  'www',
]);

/** Mailboxes that many domains have: alone they would say nothing of whose they are. */
const COMMON = new Set(['calendar', 'contact', 'events', 'hello', 'info', 'mail', 'me', 'office', 'team']);

export function isOrganizerSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text) && fits(text) && !RESERVED.has(text);
}

/** `jane.doe@example.com` is `jane-doe`; `info@example.com` is `info-example`. */
export function slugFor(address: string): string {
  const local = kebab(address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, ''));
  const house = kebab(domainOf(address).split('.')[0] ?? '');
  const alone = cut(local, MAX);
  if (isOrganizerSlug(alone) && !COMMON.has(alone)) return alone;
  const both = cut([local, house].filter(part => part !== '').join('-'), MAX);
  return isOrganizerSlug(both) ? both : cut(`calendar-of-${both}`, MAX);
}

/** The n-th try: `jane-doe`, `jane-doe-2`, `jane-doe-3`, never longer than the limit. */
export function nthSlug(slug: string, n: number): string {
  if (n <= 1) return slug;
  const tail = `-${n}`;
  return `${cut(slug, MAX - tail.length)}${tail}`;
}

/** ASCII letters and digits in kebab case; accents fall off their letters. */
export function kebab(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** At most `max` characters, at a word's end where one is near. */
export function cut(slug: string, max: number): string {
  if (slug.length <= max) return slug;
  const hard = slug.slice(0, max);
  const dash = hard.lastIndexOf('-');
  const soft = slug[max] !== '-' && dash > max / 2 ? hard.slice(0, dash) : hard;
  return soft.replace(/-+$/, '');
}

function fits(text: string): boolean {
  return text.length >= MIN && text.length <= MAX;
}

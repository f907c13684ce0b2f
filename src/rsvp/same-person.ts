/** Other names of one mailbox (D2): plus tags, dots where a provider ignores them, alias domains of one provider. The same domain is no proof. */
import { normalAddress } from '../kernel/address.ts';

const DOMAINS: Readonly<Record<string, string>> = {
  'googlemail.com': 'gmail.com',
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
};
const IGNORE_DOTS = new Set(['gmail.com']);

export function isSameMailbox(one: string, other: string): boolean {
  const first = mailboxOf(one);
  return first !== undefined && first === mailboxOf(other);
}

function mailboxOf(address: string): string | undefined {
  const normal = normalAddress(address);
  if (normal === undefined) return undefined;
  const at = normal.lastIndexOf('@');
  const written = normal.slice(at + 1);
  const domain = DOMAINS[written] ?? written;
  const plus = normal.indexOf('+');
  // A local part that begins with its plus has no other name.
  const name = normal.slice(0, plus > 0 && plus < at ? plus : at);
  return `${IGNORE_DOTS.has(domain) ? name.replaceAll('.', '') : name}@${domain}`;
}

/**
 * The closed table of calendar services that send for their users from addresses of their own (design D8, "Relays"). Each entry says
 * whose signature counts, how its mail is known, and whom it speaks for. Always weak evidence: one confirmation by that person makes the pair strong.
 */
import { normalAddress } from '../kernel/address.ts';
import type { InboundMail } from './inbound.ts';

export type RelayName = 'google' | 'icloud';

export interface Relay {
  readonly name: RelayName;
  readonly signers: readonly string[];
  /** Fields that its recognition rests on: the signature must cover them. */
  readonly signed: readonly string[];
  /** Whom it speaks for, folded; null where the mail is none of its. */
  identity(mail: InboundMail): string | null;
}

const GOOGLE_SENDER = 'calendar-notification@google.com';
/** Apple's own mailboxes: nobody else can have an address there. */
const ICLOUD_DOMAIN = '@insideicloud.icloud.com';
const ICLOUD_SENDER = 'noreply@icloud.com';

const GOOGLE: Relay = {
  name: 'google',
  signers: ['google.com'],
  signed: ['from', 'sender'],
  identity: mail => (normalAddress(mail.sender?.address ?? '') === GOOGLE_SENDER ? mail.fromAddress : null),
};

const ICLOUD: Relay = {
  name: 'icloud',
  signers: ['icloud.com', 'insideicloud.icloud.com'],
  signed: ['from'],
  identity: mail => (isIcloudService(mail.fromAddress) ? organizerEmail(mail) : null),
};

export const RELAYS: readonly Relay[] = [GOOGLE, ICLOUD];

/** Google's From is the person himself, iCloud's is a machine: only for the latter does a proof of From prove nobody. */
export function speaksForAnother(mail: InboundMail): { relay: Relay; identity: string } | null {
  const identity = ICLOUD.identity(mail);
  return identity === null ? null : { relay: ICLOUD, identity };
}

function isIcloudService(from: string | null): boolean {
  return from !== null && (from.endsWith(ICLOUD_DOMAIN) || from === ICLOUD_SENDER);
}

/** EMAIL of ORGANIZER (RFC 7986 6.2) in the best calendar part; null unless all ORGANIZER lines there agree. */
function organizerEmail(mail: InboundMail): string | null {
  const bytes = mail.calendars[0]?.bytes;
  if (bytes === undefined) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const found = new Set<string | undefined>();
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    if (!/^organizer[;:]/i.test(line)) continue;
    const email = /;EMAIL="?([^";:,]{3,254})"?(?=[;:])/i.exec(line);
    found.add(normalAddress(email?.[1] ?? ''));
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

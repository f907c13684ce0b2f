/**
 * In whose name a calendar mail speaks, given who is proven to have sent it: the event's ORGANIZER, or a delegate of his (SENT-BY).
 * Everyone else has forwarded somebody's invitation, whatever he meant (imip.md 2.5, 3.6; T1, T2).
 */
import type { CalendarObject } from '../calendar/event.ts';
import { normalAddress } from '../kernel/address.ts';
import { headerText } from '../mail/compose.ts';
import type { InboundMail } from '../mail/inbound.ts';
import { doorOf } from '../mail/mailbox.ts';

export type Speaker =
  | { readonly kind: 'organizer'; readonly address: string; readonly name: string | null }
  | {
      readonly kind: 'delegate';
      readonly address: string;
      readonly name: string | null;
      readonly delegate: string;
    }
  | { readonly kind: 'stranger' }
  /** A REQUEST or CANCEL must name its organizer (RFC 5546 3.2.2). */
  | { readonly kind: 'unnamed' };

/** Google's calendars of a group are organizers themselves; the person who sends is the one we can prove. */
const GROUP_CALENDAR = /@group\.calendar\.google\.com$/;

export function speakerOf(calendar: CalendarObject, identity: string): Speaker {
  const named = calendar.events.flatMap(({ organizer }) => (organizer === null ? [] : [organizer]));
  const first = named[0];
  if (first === undefined) {
    const needed = calendar.method === 'REQUEST' || calendar.method === 'CANCEL';
    return needed ? { kind: 'unnamed' } : { kind: 'organizer', address: identity, name: null };
  }
  const addresses = new Set(named.map(({ email }) => folded(email)));
  const address = folded(first.email);
  if (address === null || addresses.size > 1) return { kind: 'stranger' };
  const { name } = first;
  if (address === identity) return { kind: 'organizer', address, name };
  if (GROUP_CALENDAR.test(address)) return { kind: 'organizer', address: identity, name: null };
  const sentBy = new Set(named.map(organizer => folded(organizer.sentBy)));
  if (sentBy.size === 1 && sentBy.has(identity))
    return { kind: 'delegate', address, name, delegate: identity };
  return { kind: 'stranger' };
}

/** Whether the organizer himself wrote to a `create@` of ours: as a guest, or where he lists no guests in To or Cc. */
export function isMeantForUs(
  calendar: CalendarObject,
  mail: Pick<InboundMail, 'to' | 'cc'>,
  mailDomain: string,
): boolean {
  const guests = calendar.events.flatMap(({ attendees }) => attendees.map(({ email }) => email));
  const named = guests.length > 0 ? guests : [...mail.to, ...mail.cc].map(({ address }) => address);
  return named.some(address => address !== null && doorOf(address, mailDomain)?.door === 'create');
}

const NAME_CHARS = 128;

/** Calendars write the bare address where they know no name: then the mail's own From may know one. */
export function nameFrom(mail: InboundMail, speaker: Extract<Speaker, { address: string }>): string {
  const own = mail.fromAddress === speaker.address ? (mail.from[0]?.name ?? null) : null;
  const named = [speaker.name, own].map(name => headerText(name ?? '', NAME_CHARS));
  const name = named.find(text => text !== '' && !text.includes('@'));
  return name ?? speaker.address.slice(0, speaker.address.lastIndexOf('@'));
}

function folded(email: string | null): string | null {
  return email === null ? null : (normalAddress(email) ?? null);
}

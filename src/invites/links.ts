/** Links of an invite in its mails: signed, for one purpose, naming event and person by ids only (T27 to T29). */
import type { Ports, Settings } from '../kernel/ports.ts';
import { open, sign } from '../kernel/signing.ts';
import type { Invite } from './invite.ts';
import { nameOf } from './store.ts';
import type { InviteName } from './token.ts';

type SignPorts = Pick<Ports, 'keys'> & { readonly settings: Pick<Settings, 'baseUrl' | 'limits'> };

export type LinkPurpose = 'unsubscribe' | 'confirm-invite';

export type OpenedLink =
  | { readonly ok: true; readonly name: InviteName }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' };

const DAY_SECONDS = 86_400;

/** `at` (epoch milliseconds) is when the mail was first composed, so that its repeat is the same. */
export function unsubscribeLink(ports: SignPorts, invite: Invite, at: number): string {
  return `${ports.settings.baseUrl}/u/${linkToken(ports, 'unsubscribe', invite, at)}`;
}

/** The same page, asked by somebody who never wanted it: counts as a complaint. */
export function notMeLink(unsubscribe: string): string {
  return `${unsubscribe}?not-me=1`;
}

export function confirmLink(ports: SignPorts, invite: Invite, at: number): string {
  return `${ports.settings.baseUrl}/i/${linkToken(ports, 'confirm-invite', invite, at)}`;
}

export function openLink(
  ports: Pick<Ports, 'keys' | 'clock'>,
  purpose: LinkPurpose,
  token: string,
): OpenedLink {
  const opened = open(ports, purpose, token);
  if (!opened.ok) return opened;
  const { e: event, p: person } = opened.claims;
  if (typeof event !== 'string' || typeof person !== 'string') return { ok: false, reason: 'damaged' };
  return { ok: true, name: { event, person } };
}

function linkToken(ports: SignPorts, purpose: LinkPurpose, invite: Invite, at: number): string {
  const { event, person } = nameOf(invite);
  const { LINK_DAYS, CONFIRM_DAYS } = ports.settings.limits;
  const days = purpose === 'confirm-invite' ? CONFIRM_DAYS : LINK_DAYS;
  return sign(ports, purpose, { e: event, p: person }, Math.floor(at / 1000) + days * DAY_SECONDS);
}

/**
 * "Is this your address?": to an address that nobody has proven yet, at most one a day for an event. Of the organizer's words it holds the
 * title alone, without links and numbers to ring (threats-and-faults 5).
 */

import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { type RegisteredEvent, statusAt } from '../events/event.ts';
import type { Ports } from '../kernel/ports.ts';
import { composeMail } from '../mail/compose.ts';
import { renderMail } from '../mail/layout.ts';
import { languageOf } from '../organizers/brand.ts';
import { planNotice } from '../organizers/notices.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { factsOf, titleOf } from './event-facts.ts';
import type { Invite } from './invite.ts';
import { confirmLink, notMeLink, unsubscribeLink } from './links.ts';

const TITLE_CHARS = 80;

export async function planConfirmation(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings'>,
  { event, invite }: { readonly event: RegisteredEvent; readonly invite: Invite },
): Promise<void> {
  if (statusAt(event, ports.clock.now()) !== 'live' || invite.reason === 'digest') return;
  const organizer = await organizerById(ports, event.organizer);
  if (organizer === undefined) return;
  const from = inviteAddress(organizer, ports.settings.mailDomain);
  const key = `confirm-invite:${invite.id}:${invite.askedAt.slice(0, 10)}`;
  const language = invite.language ?? (await languageOf(ports, event.workspace));
  const raw = await confirmationMail(
    ports,
    event,
    { ...invite, language },
    {
      name: organizer.name || organizer.slug,
      address: from,
    },
  );
  await planNotice(ports, {
    key,
    kind: 'confirm',
    to: invite.email,
    from,
    raw,
    workspace: event.workspace,
    event: event.id,
  });
}

async function confirmationMail(
  ports: Pick<Ports, 'keys' | 'settings' | 'clock'>,
  event: RegisteredEvent,
  invite: Invite & { readonly language: Language },
  from: { readonly name: string; readonly address: string },
): Promise<Uint8Array> {
  const { language } = invite;
  const words = texts(language).invites;
  const at = ports.clock.now();
  const facts = factsOf(event.state, SERIES, formatInstant(at), language);
  const title = plainTitle(titleOf(facts, language), language);
  const { text, html } = renderMail({
    language,
    preheader: words.confirm.lead(title),
    title: words.confirm.title,
    brand: { name: ports.settings.mailDomain },
    lead: words.confirm.lead(title),
    blocks: [
      { kind: 'button', label: words.confirm.button, url: confirmLink(ports, invite, at) },
      { kind: 'paragraph', text: words.confirm.not },
      { kind: 'paragraph', text: words.confirm.days(ports.settings.limits.CONFIRM_DAYS) },
    ],
    footer: [{ label: words.footer.notMe, url: notMeLink(unsubscribeLink(ports, invite, at)) }],
  });
  return composeMail({
    from,
    to: { name: null, address: invite.email },
    subject: words.subject.confirm(title),
    text,
    html,
    messageId: `confirm.${invite.id}.${invite.askedAt.slice(0, 10)}@${ports.settings.mailDomain}`,
    date: formatInstant(at),
    autoSubmitted: 'auto-generated',
  });
}

/** No address to click and no number to ring: a stranger made us send this. */
export function plainTitle(title: string, language: Language): string {
  const bare = title
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, '')
    .replace(/\S+@\S+/g, '')
    .replace(/\b[\w-]+(?:\.[\w-]+)+\b/g, '')
    .replace(/\+?\d[\d ()/.-]{5,}\d/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return [...(bare === '' ? texts(language).invites.untitled : bare)].slice(0, TITLE_CHARS).join('');
}

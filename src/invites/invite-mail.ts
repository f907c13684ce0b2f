/**
 * The mail of one send (imip.md 5.1 to 5.3, 6.3): From is ORGANIZER, one ATTENDEE, no address but these two anywhere.
 * All that could differ between two attempts is taken from the ledger's row, so that a repeat has the same bytes.
 */
import type { EventFacts } from '../calendar/describe.ts';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { writeInvite } from '../calendar/write.ts';
import { pageUrl, type RegisteredEvent } from '../events/event.ts';
import { InputError } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Ports } from '../kernel/ports.ts';
import { composeMail } from '../mail/compose.ts';
import { type Block, type Fact, renderMail } from '../mail/layout.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { texts } from '../texts/catalogue.ts';
import { changesSince, factsOf, titleOf } from './event-facts.ts';
import { byStamp, firstMessageId, mayHaveArrived } from './history.ts';
import { type Invite, OWN_DOORS, type Send } from './invite.ts';
import { notMeLink, unsubscribeLink } from './links.ts';
import { nameOf } from './store.ts';
import { inviteToken, uidOf } from './token.ts';

export interface InviteMail {
  readonly event: RegisteredEvent;
  readonly organizer: Organizer;
  readonly invite: Invite;
  /** All of the invite's. */
  readonly sends: readonly Send[];
  /** The claimed one. */
  readonly send: Send;
}

type MailPorts = Pick<Ports, 'keys' | 'settings'>;

/** Tried in turn until the mail is small enough (L6). */
const DESCRIPTION_STEPS = [1, 0.25, 0.05, 0] as const;

export async function composeInvite(ports: MailPorts, mail: InviteMail): Promise<Uint8Array> {
  const { limits } = ports.settings;
  for (const share of DESCRIPTION_STEPS) {
    const chars = Math.floor(limits.DESCRIPTION_CHARS_OUT * share);
    const raw = await composeWith(ports, mail, { ...limits, DESCRIPTION_CHARS_OUT: chars });
    if (raw.length <= limits.OUTBOUND_BYTES) return raw;
  }
  throw new InputError('outbound_too_large', 'The invite is too large to be sent.');
}

async function composeWith(ports: MailPorts, mail: InviteMail, limits: Limits): Promise<Uint8Array> {
  const { organizer, invite, send } = mail;
  const { mailDomain } = ports.settings;
  const at = send.composedAt ?? 0;
  const from = { name: organizer.name || organizer.slug, address: inviteAddress(organizer, mailDomain) };
  const earlier = earlierOf(mail);
  const first = firstMessageId(earlier);
  const facts = factsOf(mail.event.state, send.component, formatInstant(at));
  return composeMail({
    from,
    to: { name: invite.name, address: invite.email },
    subject: subjectOf(mail, facts),
    ...bodyOf(ports, mail, facts, limits),
    calendar: {
      ics: calendarOf(ports, mail, from, limits),
      method: send.kind === 'cancel' ? 'CANCEL' : 'REQUEST',
      filename: send.kind === 'cancel' ? 'cancel.ics' : 'invite.ics',
    },
    messageId: `${send.id}@${mailDomain}`,
    date: formatInstant(at),
    inReplyTo: first,
    references: first === null ? [] : [first],
    listId: { name: from.name, id: `${organizer.slug}.invites.${mailDomain}` },
    unsubscribe: { url: unsubscribeLink(ports, invite, at) },
    autoSubmitted: 'auto-generated',
  });
}

function calendarOf(
  ports: MailPorts,
  { event, invite, send }: InviteMail,
  from: { readonly name: string; readonly address: string },
  limits: Limits,
): string {
  const token = inviteToken(ports.keys, nameOf(invite), send.generation);
  return writeInvite({
    state: event.state,
    component: send.component,
    method: send.kind === 'cancel' ? 'CANCEL' : 'REQUEST',
    uid: uidOf(token, ports.settings),
    organizer: { name: from.name, email: from.address },
    attendee: { name: invite.name, email: invite.email, partstat: send.partstat ?? 'NEEDS-ACTION' },
    sequence: send.sequence ?? 0,
    dtstamp: send.dtstamp ?? formatInstant(send.composedAt ?? 0),
    now: formatInstant(send.composedAt ?? 0),
    pageUrl: pageUrl(ports.settings, event),
    limits,
  }).ics;
}

/** Mails of this invite before this one: what its reader has seen. */
function earlierOf({ sends, send }: InviteMail): readonly Send[] {
  return byStamp(
    sends.filter(
      each => each.id !== send.id && mayHaveArrived(each) && (each.dtstamp ?? '') < (send.dtstamp ?? ''),
    ),
  );
}

/** The newest content he has; undefined: this is an invitation, not an update. */
function lastTold(mail: InviteMail): Send | undefined {
  const last = earlierOf(mail)
    .filter(each => each.generation === mail.send.generation)
    .at(-1);
  return last?.kind === 'cancel' && last.component === SERIES ? undefined : last;
}

function subjectOf(mail: InviteMail, facts: EventFacts): string {
  const words = texts().invites.subject;
  const title = titleOf(facts);
  if (mail.send.kind === 'cancel') return words.cancel(title, facts.when);
  return isUpdate(mail) ? words.update(title, facts.when) : words.invitation(title, facts.when);
}

function isUpdate(mail: InviteMail): boolean {
  const last = lastTold(mail);
  return last !== undefined && last.revision < mail.send.revision;
}

function bodyOf(
  ports: MailPorts,
  mail: InviteMail,
  facts: EventFacts,
  limits: Limits,
): { readonly text: string; readonly html: string } {
  const words = texts().invites;
  const { event, organizer, invite, send } = mail;
  const at = send.composedAt ?? 0;
  const name = organizer.name || organizer.slug;
  return renderMail({
    language: 'en',
    preheader: words.preheader(facts.when, facts.location),
    title: titleOf(facts),
    brand: { name },
    lead: leadOf(mail, name),
    facts: factsShown(facts, name),
    blocks: [
      ...changeBlocks(mail),
      ...(send.kind === 'cancel' ? [] : joinBlocks(facts)),
      ...(send.kind === 'cancel' ? [] : descriptionBlocks(facts, limits.DESCRIPTION_CHARS_OUT)),
      { kind: 'link', label: words.page, url: pageUrl(ports.settings, event) },
      ...(send.kind === 'cancel' ? [] : [{ kind: 'paragraph', text: words.noButtons } as const]),
    ],
    footer: [
      whyOf(invite, name),
      { label: words.footer.stop, url: unsubscribeLink(ports, invite, at) },
      { label: words.footer.notMe, url: notMeLink(ports, invite, at) },
    ],
  });
}

function whyOf({ doors, email }: Invite, organizer: string): string {
  const { footer } = texts().invites;
  const [first] = doors;
  return first !== undefined && OWN_DOORS.has(first) ? footer.asked(email) : footer.listed(email, organizer);
}

function leadOf(mail: InviteMail, name: string): string {
  const { lead } = texts().invites;
  const { event, invite, send } = mail;
  const instance = send.component !== SERIES;
  if (send.kind === 'cancel') {
    const own = !instance && event.status === 'live' && event.state.components[SERIES]?.kind !== 'cancel';
    if (own && (invite.standing === 'withdrawn' || send.generation < invite.generation)) return lead.removed;
    return instance ? lead.cancelInstance(name) : lead.cancel(name);
  }
  if (!isUpdate(mail)) return lead.invitation(name);
  return instance ? lead.instance(name) : lead.update(name);
}

function factsShown(facts: EventFacts, host: string): readonly Fact[] {
  const words = texts().invites.facts;
  const shown: Fact[] = [[words.when, facts.when]];
  if (facts.recurrenceWords !== null) shown.push([words.repeats, facts.recurrenceWords]);
  const { location, joinUrl } = facts;
  if (location !== null && location !== '' && location !== joinUrl) shown.push([words.where, location]);
  if (joinUrl !== null) shown.push([words.join, joinUrl]);
  shown.push([words.host, host]);
  return shown;
}

function changeBlocks(mail: InviteMail): readonly Block[] {
  const last = lastTold(mail);
  if (last === undefined || mail.send.kind === 'cancel') return [];
  const items = changesSince(mail.event, last.revision, mail.send.component);
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: texts().invites.changed },
    { kind: 'list', items },
  ];
}

function joinBlocks(facts: EventFacts): readonly Block[] {
  return facts.joinUrl === null ? [] : [{ kind: 'button', label: texts().invites.join, url: facts.joinUrl }];
}

function descriptionBlocks(facts: EventFacts, most: number): readonly Block[] {
  const words = texts().invites;
  const text = facts.description?.trim() ?? '';
  if (text === '') return [];
  const characters = [...text];
  const shown = characters.length <= most ? text : characters.slice(0, most).join('').trimEnd();
  const paragraphs = shown.split(/\n{2,}/).filter(paragraph => paragraph.trim() !== '');
  return [
    { kind: 'heading', text: words.about },
    ...paragraphs.map(paragraph => ({ kind: 'paragraph', text: paragraph }) as const),
    ...(characters.length <= most ? [] : [{ kind: 'paragraph', text: words.more } as const]),
  ];
}

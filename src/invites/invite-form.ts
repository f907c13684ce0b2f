/**
 * What an invite says to all of its readers alike, composed once (D5): `Shared` is all that it may depend on, so nothing personal can
 * stay in it, and all that tells one form from another. The few forms in use are kept.
 */
import type { EventFacts } from '../calendar/describe.ts';
import type { ComponentKey } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { type InviteInput, type InvitePerson, inviteForm } from '../calendar/write.ts';
import { pageUrl, type RegisteredEvent } from '../events/event.ts';
import type { Settings } from '../kernel/ports.ts';
import { type Block, type Fact, renderAround, renderFooter } from '../mail/layout.ts';
import { mailForm } from '../mail/mail-form.ts';
import type { OwnMail, Reader, SharedMail } from '../mail/shared-mail.ts';
import { inviteAddress, type Organizer } from '../organizers/organizer.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { changesSince, factsOf, titleOf } from './event-facts.ts';
import type { Send } from './invite.ts';
import { notMeLink } from './links.ts';

export interface Shared {
  readonly event: Pick<RegisteredEvent, 'id' | 'version' | 'state' | 'history' | 'slug' | 'page'>;
  readonly organizer: Pick<Organizer, 'id' | 'name' | 'slug'>;
  readonly kind: Send['kind'];
  readonly component: ComponentKey;
  readonly language: Language;
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly lead: string;
  readonly isUpdate: boolean;
  /** He asked for it himself, at a door of ours. */
  readonly isAsked: boolean;
  /** The revision that its readers know; null: none. */
  readonly lastTold: number | null;
  /** Of the description. */
  readonly characters: number;
}

export interface Own {
  readonly person: InvitePerson;
  readonly mail: Omit<OwnMail, 'ics'>;
}

export type InviteForm = (own: Own) => Uint8Array | Promise<Uint8Array>;

type FormPorts = { readonly settings: Settings };

/** An invitation and its repeat, or a change from each of a few revisions, in each language. */
const MOST_FORMS = 48;
const forms = new WeakMap<Settings, KnownForms>();

interface KnownForms {
  /** The one that was not used for longest comes first. */
  readonly byKey: Map<string, Promise<InviteForm>>;
  /** What was asked for last, which the next mail mostly asks for again. */
  newest: { readonly parts: readonly unknown[]; readonly form: Promise<InviteForm> } | null;
}

export function inviteFormOf(ports: FormPorts, shared: Shared): Promise<InviteForm> {
  const known = forms.get(ports.settings) ?? { byKey: new Map(), newest: null };
  const { byKey, newest } = known;
  const parts = partsOf(shared);
  if (newest?.parts.every((part, at) => part === parts[at])) return newest.form;
  // None of them holds a NUL: names and leads are cleaned, the others are ids and numbers.
  const key = parts.join('\0');
  const found = byKey.get(key);
  const form = found ?? compiled(ports, shared);
  if (found === undefined) form.catch(() => forget(known, key));
  byKey.delete(key);
  byKey.set(key, form);
  for (const oldest of byKey.keys()) {
    if (byKey.size <= MOST_FORMS) break;
    byKey.delete(oldest);
  }
  known.newest = { parts, form };
  forms.set(ports.settings, known);
  return form;
}

function forget(known: KnownForms, key: string): void {
  known.byKey.delete(key);
  known.newest = null;
}

/** All that tells one form from another. */
function partsOf(shared: Shared): readonly unknown[] {
  const { event, organizer, kind, component, language, asOf, lead, isUpdate, isAsked, lastTold, characters } =
    shared;
  const of = [event.id, event.version, organizer.id, organizer.name, organizer.slug];
  return [...of, lead, kind, component, language, asOf, isUpdate, isAsked, lastTold, characters];
}

async function compiled(ports: FormPorts, shared: Shared): Promise<InviteForm> {
  const calendarOf = inviteForm(calendarShared(ports, shared));
  const mailOf = await mailForm(mailShared(ports, shared));
  return ({ person, mail }) => mailOf({ ...mail, ics: calendarOf(person) });
}

function senderOf({ settings }: FormPorts, { organizer }: Shared) {
  return { name: organizer.name || organizer.slug, address: inviteAddress(organizer, settings.mailDomain) };
}

export function calendarShared(ports: FormPorts, shared: Shared): Omit<InviteInput, keyof InvitePerson> {
  const { event, kind, component, language, asOf, characters } = shared;
  const { name, address } = senderOf(ports, shared);
  return {
    state: event.state,
    component,
    method: kind === 'cancel' ? 'CANCEL' : 'REQUEST',
    organizer: { name, email: address },
    now: formatInstant(asOf),
    pageUrl: pageUrl(ports.settings, event),
    limits: { ...ports.settings.limits, DESCRIPTION_CHARS_OUT: characters },
    language,
  };
}

export function mailShared(ports: FormPorts, shared: Shared): SharedMail {
  const { event, organizer, kind, component, language, asOf } = shared;
  const from = senderOf(ports, shared);
  const facts = factsOf(event.state, component, formatInstant(asOf), language);
  return {
    from,
    subject: subjectOf(shared, facts),
    ...bodyOf(ports, shared, facts),
    footer: reader => footerFor(reader, shared, from.name),
    calendar: {
      method: kind === 'cancel' ? 'CANCEL' : 'REQUEST',
      filename: kind === 'cancel' ? 'cancel.ics' : 'invite.ics',
    },
    listId: { name: from.name, id: `${organizer.slug}.invites.${ports.settings.mailDomain}` },
    autoSubmitted: 'auto-generated',
  };
}

function subjectOf({ kind, isUpdate, language }: Shared, facts: EventFacts): string {
  const words = texts(language).invites.subject;
  const title = titleOf(facts, language);
  if (kind === 'cancel') return words.cancel(title, facts.when);
  return isUpdate ? words.update(title, facts.when) : words.invitation(title, facts.when);
}

function bodyOf(ports: FormPorts, shared: Shared, facts: EventFacts): Pick<SharedMail, 'text' | 'html'> {
  const { event, kind, lead, characters, language } = shared;
  const words = texts(language).invites;
  const { name } = senderOf(ports, shared);
  return renderAround({
    language,
    preheader: words.preheader(facts.when, facts.location),
    title: titleOf(facts, language),
    brand: { name },
    lead,
    facts: factsShown(facts, name, language),
    blocks: [
      ...changeBlocks(shared),
      ...(kind === 'cancel' ? [] : joinBlocks(facts, language)),
      ...(kind === 'cancel' ? [] : descriptionBlocks(facts, characters, language)),
      { kind: 'link', label: words.page, url: pageUrl(ports.settings, event) },
      ...(kind === 'cancel' ? [] : [{ kind: 'paragraph', text: words.noButtons } as const]),
    ],
  });
}

function footerFor({ address, stop }: Reader, { isAsked, language }: Shared, host: string) {
  const { footer } = texts(language).invites;
  return renderFooter([
    isAsked ? footer.asked(address) : footer.listed(address, host),
    { label: footer.stop, url: stop },
    { label: footer.notMe, url: notMeLink(stop) },
  ]);
}

function factsShown(facts: EventFacts, host: string, language: Language): readonly Fact[] {
  const words = texts(language).invites.facts;
  const shown: Fact[] = [[words.when, facts.when]];
  if (facts.recurrenceWords !== null) shown.push([words.repeats, facts.recurrenceWords]);
  const { location, joinUrl } = facts;
  if (location !== null && location !== '' && location !== joinUrl) shown.push([words.where, location]);
  if (joinUrl !== null) shown.push([words.join, joinUrl]);
  shown.push([words.host, host]);
  return shown;
}

function changeBlocks({ event, kind, component, lastTold, language }: Shared): readonly Block[] {
  if (lastTold === null || kind === 'cancel') return [];
  const items = changesSince(event, lastTold, component, language);
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: texts(language).invites.changed },
    { kind: 'list', items },
  ];
}

function joinBlocks({ joinUrl }: EventFacts, language: Language): readonly Block[] {
  return joinUrl === null ? [] : [{ kind: 'button', label: texts(language).invites.join, url: joinUrl }];
}

function descriptionBlocks(facts: EventFacts, most: number, language: Language): readonly Block[] {
  const words = texts(language).invites;
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

/**
 * One confirmation for many events asked for at once, and for following: one mail a day for an address and an upcoming page, whose link
 * covers all that was asked for that day. Row `DG#<hash>`; GET shows, POST acts.
 */
import { createHash } from 'node:crypto';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { type EventRecord, statusAt } from '../events/event.ts';
import { loadEvent } from '../events/store.ts';
import type { Key, Ports, Row } from '../kernel/ports.ts';
import { open, sign } from '../kernel/signing.ts';
import { composeMail } from '../mail/compose.ts';
import { renderMail } from '../mail/layout.ts';
import { languageOf } from '../organizers/brand.ts';
import { planNotice } from '../organizers/notices.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { languageIn } from '../texts/languages.ts';
import { noteStopPressed } from './address-limit.ts';
import { plainTitle } from './confirm-mail.ts';
import { factsOf, titleOf } from './event-facts.ts';
import { type Following, noteFollow } from './follow.ts';
import { personOf } from './rows.ts';
import { inviteNamed } from './store.ts';
import { liftUnsubscribe, noteConsent, suppress } from './suppression.ts';
import { reopen } from './unsubscribe.ts';

const PURPOSE = 'confirm-digest';
const DAY_SECONDS = 86_400;

export interface DigestAsked extends Omit<Following, 'person'> {
  /** Folded. */
  readonly address: string;
  /** Whose events they are, and the address that writes. */
  readonly name: string;
  readonly from: string;
  readonly events: readonly EventRecord[];
  readonly follow: boolean;
}

type DigestPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings'>;

export async function askDigest(ports: DigestPorts, asked: DigestAsked): Promise<void> {
  const now = ports.clock.now();
  const day = new Date(now).toISOString().slice(0, 10);
  const { owner, workspace, email, slug, name, address } = asked;
  const language = asked.language ?? (await languageOf(ports, workspace));
  const person = personOf(address);
  const id = createHash('sha256').update(`${owner}\n${person}\n${day}`).digest('hex').slice(0, 32);
  const expires = Math.floor(now / 1000) + ports.settings.limits.CONFIRM_DAYS * DAY_SECONDS;
  await ports.table.update(
    digestKey(id),
    {
      set: {
        ...{ owner, workspace, person, email, address, slug, name, expires },
        ...(asked.follow ? { follow: true } : {}),
        ...(asked.language === null ? {} : { language: asked.language }),
      },
      append: { events: asked.events.map(event => event.id) },
    },
    { orCreate: true },
  );
  const url = `${ports.settings.baseUrl}/o/confirm/${sign(ports, PURPOSE, { d: id }, expires)}`;
  await planNotice(ports, {
    key: `digest:${id}`,
    kind: 'confirm',
    to: email,
    from: asked.from,
    raw: await digestMail(ports, { ...asked, language }, id, url),
    workspace,
  });
}

/** Of the organizer's words it holds titles alone, without links and numbers to ring (threats-and-faults 5). */
async function digestMail(
  ports: Pick<Ports, 'settings' | 'clock'>,
  { events, follow, name, from, email, language }: DigestAsked & { readonly language: Language },
  id: string,
  url: string,
): Promise<Uint8Array> {
  const words = texts(language).upcoming.digest;
  const at = formatInstant(ports.clock.now());
  const host = plainTitle(name, language);
  const titles = events.map(event =>
    plainTitle(titleOf(factsOf(event.state, SERIES, at, language), language), language),
  );
  const { text, html } = renderMail({
    language,
    preheader: words.lead(host),
    title: words.title,
    brand: { name: ports.settings.mailDomain },
    lead: words.lead(host),
    blocks: [
      ...(titles.length > 0 ? [{ kind: 'list', items: titles } as const] : []),
      ...(follow ? [{ kind: 'paragraph', text: words.follow } as const] : []),
      { kind: 'button', label: words.button, url },
      { kind: 'paragraph', text: words.not },
      { kind: 'paragraph', text: words.days(ports.settings.limits.CONFIRM_DAYS) },
    ],
    footer: [{ label: words.notMe, url }],
  });
  return composeMail({
    from: { name, address: from },
    to: { name: null, address: email },
    subject: words.subject(host),
    text,
    html,
    messageId: `digest.${id}@${ports.settings.mailDomain}`,
    date: at,
    autoSubmitted: 'auto-generated',
  });
}

export interface Digest extends Following {
  readonly address: string;
  readonly name: string;
  readonly follow: boolean;
  /** Those that are still to come. */
  readonly events: readonly EventRecord[];
}

export type OpenedDigest =
  | { readonly ok: true; readonly digest: Digest }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' };

export async function openDigest(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'keys'>,
  token: string,
): Promise<OpenedDigest> {
  const opened = open(ports, PURPOSE, token);
  if (!opened.ok) return opened;
  const row = await ports.table.get(digestKey(String(opened.claims.d)));
  if (row === undefined) return { ok: false, reason: 'expired' };
  const ids = Array.isArray(row.events) ? [...new Set(row.events.map(String))] : [];
  const now = ports.clock.now();
  const events = (await Promise.all(ids.map(id => loadEvent(ports, id)))).filter(
    (event): event is EventRecord => event !== undefined && statusAt(event, now) === 'live',
  );
  return { ok: true, digest: { ...digestOf(row), events } };
}

/** The address itself has said so: its invites go out, and what comes later follows. */
export async function confirmDigest(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock'>,
  digest: Digest,
): Promise<void> {
  const { workspace, person } = digest;
  await noteConsent(ports, workspace, person);
  await liftUnsubscribe(ports, workspace, person);
  for (const event of digest.events) {
    const invite = await inviteNamed(ports, { event: event.id, person });
    if (invite !== undefined && (invite.standing === 'unconfirmed' || invite.stopped === 'unsubscribed'))
      await reopen(ports, invite);
  }
  if (digest.follow) await noteFollow(ports, digest);
}

/** He never asked: counts as a complaint, and no mail of this workspace reaches him again. */
export async function refuseDigest(
  ports: Pick<Ports, 'table' | 'clock'>,
  { workspace, address, person }: Digest,
): Promise<void> {
  await suppress(ports, { workspace, address, reason: 'complained' });
  await noteStopPressed(ports, person, true);
}

function digestOf(row: Row): Omit<Digest, 'events'> {
  const { owner, workspace, person, email, address, slug, name } = row;
  return {
    owner: String(owner),
    workspace: String(workspace),
    person: String(person),
    email: String(email),
    address: String(address),
    slug: String(slug),
    name: String(name),
    language: languageIn(row.language),
    follow: row.follow === true,
  };
}

function digestKey(id: string): Key {
  return { pk: `DG#${id}`, sk: 'DG' };
}

/**
 * What stands behind `/c/<token>`: an organizer gives his word for mail that waits, or says which zone a time was meant in.
 * `confirmation` only looks; `confirm` acts, and may be pressed twice.
 */
import { describeEvent, type EventFacts } from '../calendar/describe.ts';
import type { Refusal } from '../calendar/event.ts';
import { sayingWords } from '../calendar/saying-words.ts';
import { canonicalZone, formatInstant } from '../calendar/time.ts';
import type { EventRecord } from '../events/event.ts';
import { loadEvent } from '../events/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { readMail } from '../mail/inbound.ts';
import { audit } from '../organizers/audit.ts';
import { languageOf } from '../organizers/brand.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { noteZone, openOrganizer, organizerById } from '../organizers/store.ts';
import type { Language } from '../texts/languages.ts';
import { type Held, type HeldKind, hold, listHeld, openConfirmLink, release } from './held.ts';
import { readInvitation } from './invitation.ts';
import { loadArrival } from './journal.ts';
import { mailLive } from './live-mail.ts';
import { nameFrom } from './speaker.ts';
import { type Submission, type SubmitPorts, submit } from './submit.ts';
import { remember } from './trust.ts';

const CONFIRMED = 'confirmed';
const CONFIRMED_TIER = 0;

export interface WaitingItem {
  /** Names the item in a form: the page posts back the ones it showed. */
  readonly arrival: string;
  readonly receivedAt: string;
  readonly kind: HeldKind;
  readonly title: string;
  /** For an update or a cancellation: what it changes. */
  readonly words: readonly string[];
  /** Of a new event: everything that would be public. Null where the event is known already. */
  readonly facts: EventFacts | null;
  readonly needsZone: boolean;
}

export type Confirmation =
  | {
      readonly kind: 'waiting';
      readonly organizer: Pick<Organizer, 'name' | 'address' | 'zone'>;
      readonly items: readonly WaitingItem[];
      readonly zoneNeeded: boolean;
    }
  /** All of it was confirmed already, or forgotten. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'damaged' };

export interface Word {
  /** IANA name. */
  readonly zone?: string;
  /** The arrivals that the page showed; what came in since then waits on. Left out: all. */
  readonly shown?: readonly string[];
}

export type Confirmed =
  | {
      readonly kind: 'confirmed';
      readonly events: readonly EventRecord[];
      /** What could not be taken although it is genuine. */
      readonly refusals: readonly Refusal[];
    }
  | { readonly kind: 'zone_needed' }
  | { readonly kind: 'unknown_zone' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'damaged' };

/** Whose word is asked for: the language of his workspace. */
export async function confirmLanguage(
  ports: Pick<Ports, 'table' | 'keys' | 'clock'>,
  token: string,
): Promise<Language> {
  const opened = openConfirmLink(ports, token);
  const organizer = opened.ok ? await organizerById(ports, opened.organizer) : undefined;
  return organizer === undefined ? 'en' : languageOf(ports, organizer.workspace);
}

export async function confirmation(
  ports: Pick<Ports, 'table' | 'blobs' | 'keys' | 'clock'>,
  token: string,
  language: Language,
): Promise<Confirmation> {
  const opened = openConfirmLink(ports, token);
  if (!opened.ok) return { kind: opened.reason };
  const organizer = await organizerById(ports, opened.organizer);
  const held = organizer === undefined ? [] : await listHeld(ports, organizer.id);
  if (organizer === undefined || held.length === 0) return { kind: 'nothing' };
  const items = await Promise.all(held.map(one => itemOf(ports, one, language)));
  const { name, address, zone } = organizer;
  return {
    kind: 'waiting',
    organizer: { name, address, zone },
    items,
    zoneNeeded: held.some(({ reason }) => reason === 'zone'),
  };
}

async function itemOf(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock'>,
  held: Held,
  language: Language,
): Promise<WaitingItem> {
  const event =
    held.kind === 'create' && held.event !== null ? await loadEvent(ports, held.event) : undefined;
  const now = formatInstant(ports.clock.now());
  const { arrival, receivedAt, kind, title, said } = held;
  return {
    arrival,
    receivedAt,
    kind,
    title,
    words: said.map(saying => sayingWords(saying, language)),
    facts: event === undefined ? null : describeEvent(event.state, { now, language }),
    needsZone: held.reason === 'zone',
  };
}

export async function confirm(ports: SubmitPorts, token: string, word: Word = {}): Promise<Confirmed> {
  const opened = openConfirmLink(ports, token);
  if (!opened.ok) return { kind: opened.reason };
  const organizer = await organizerById(ports, opened.organizer);
  const all = organizer === undefined ? [] : await listHeld(ports, organizer.id);
  const held = all.filter(({ arrival }) => word.shown?.includes(arrival) ?? true);
  if (organizer === undefined || held.length === 0) return { kind: 'nothing' };
  const zone = word.zone === undefined || word.zone === '' ? null : canonicalZone(word.zone);
  if (zone === null && word.zone) return { kind: 'unknown_zone' };
  if (zone === null && held.some(({ reason }) => reason === 'zone')) return { kind: 'zone_needed' };
  if (zone !== null) await noteZone(ports, organizer, zone);
  return applyAll(ports, zone === null ? organizer : { ...organizer, zone }, held);
}

/** Everything is applied before anything is told, and told before it is let go: broken off anywhere, a second press ends it. */
async function applyAll(ports: SubmitPorts, organizer: Organizer, held: readonly Held[]): Promise<Confirmed> {
  const done: Done[] = [];
  for (const one of held) done.push(await applyOne(ports, organizer, one));
  const events = new Map<string, EventRecord>();
  for (const { outcome, submission } of done) {
    if (outcome?.outcome !== 'applied' || outcome.event === null) continue;
    const event = await loadEvent(ports, outcome.event.id);
    if (event === undefined) continue;
    events.set(event.id, event);
    if (!outcome.fresh || submission === null) continue;
    const about = { arrival: submission.arrival.id, messageId: null };
    await mailLive(ports, { event, organizer: submission.organizer, notes: outcome.notes, about });
  }
  for (const { held: one, zoneAsked } of done) {
    await release(ports, organizer.id, one);
    if (zoneAsked) await hold(ports, organizer.id, { ...one, reason: 'zone' });
  }
  if (done.some(({ zoneAsked }) => zoneAsked)) return { kind: 'zone_needed' };
  return {
    kind: 'confirmed',
    events: [...events.values()],
    refusals: done.flatMap(({ outcome }) => outcome?.refusal ?? []),
  };
}

interface Done {
  readonly held: Held;
  readonly submission: Submission | null;
  readonly outcome: Awaited<ReturnType<typeof submit>> | null;
  /** Genuine now, and still without a zone. */
  readonly zoneAsked: boolean;
}

async function applyOne(ports: SubmitPorts, known: Organizer, held: Held): Promise<Done> {
  const nothing = { held, submission: null, outcome: null, zoneAsked: false };
  const arrival = await loadArrival(ports, held.arrival);
  const raw = arrival === undefined ? undefined : await ports.blobs.get(arrival.blob);
  if (arrival === undefined || raw === undefined) return nothing;
  const mail = await readMail(raw, ports.settings.limits);
  const invitation = readInvitation(mail);
  if (!invitation.ok) return nothing;
  const { calendar } = invitation;
  const named = calendar.events.find(event => event.organizer !== null)?.organizer ?? null;
  const speaker = { kind: 'organizer', address: known.address, name: named?.name ?? null } as const;
  const organizer = await openOrganizer(ports, {
    address: known.address,
    name: nameFrom(mail, speaker),
    tier: CONFIRMED_TIER,
  });
  if (held.pair !== null) await remember(ports, known.address, held.pair);
  await audit(ports, {
    workspace: organizer.workspace,
    what: 'mail_confirmed',
    who: organizer.id,
    evidence: `link after ${held.evidence}`,
    about: { arrival: held.arrival, event: held.event },
    at: held.receivedAt,
  });
  const zone = known.zone ?? organizer.zone;
  const submission = {
    arrival,
    mail,
    calendar,
    organizer: { ...organizer, zone },
    editor: held.editor,
    evidence: CONFIRMED,
  };
  const outcome = await submit(ports, submission, null, { announce: false, confirmed: true });
  return { held, submission, outcome, zoneAsked: outcome.outcome === 'draft' };
}

/**
 * An event as pages show it. Describing one costs more than all the rest of a page, so the facts are kept for (event, version, minute, the
 * organizer's words); the version is read anew each time, so that a page after an update is fresh at once.
 */
import { describeEvent, type EventFacts } from '../calendar/describe.ts';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { type EventRecord, type EventStatus, pagePath, pageUrl } from '../events/event.ts';
import { publicState } from '../events/page-options.ts';
import { eventIdOfSlug, peekEvent } from '../events/store.ts';
import { type Seating, seatingOf } from '../invites/seats.ts';
import { tally } from '../invites/tally.ts';
import type { Ports, Table } from '../kernel/ports.ts';
import { recentOf } from '../kernel/recent.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import type { Language } from '../texts/catalogue.ts';
import type { EventView } from './event-view.ts';
import { formNonce, formOfEvent } from './form-nonce.ts';
import { type Look, lookFor } from './look.ts';
import type { PageRequest } from './page.ts';
import { type Speech, speechFor } from './speech.ts';

type Asking = Pick<PageRequest, 'path' | 'headers'>;
type ReadPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings' | 'keys'>;

export interface ShownEvent {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly speech: Speech;
  readonly look: Look;
  readonly view: EventView;
  /** The same as long as nothing that the page shows has changed. */
  readonly stamp: string;
  /** What a page made of it in this language, kept as long as it is. */
  readonly kept: Map<string, unknown>;
}

interface Described {
  readonly stamp: string;
  readonly record: EventRecord;
  readonly nonce: string;
  readonly said: Map<Language, Said>;
}

/** In one language. */
interface Said {
  readonly facts: EventFacts;
  readonly kept: Map<string, unknown>;
}

const MINUTE_MS = 60_000;
const describedOf = recentOf<Table, string, Described>();
const comingOf = recentOf<Table, string, { readonly minute: number; readonly yes: number }>();
const slugsOf = recentOf<Table, string, string>();

/** Undefined: unknown, or a draft, which is nobody's business yet. */
export async function shownBySlug(
  ports: ReadPorts,
  request: Asking,
  typed: string,
): Promise<ShownEvent | undefined> {
  const slug = typed.toLowerCase();
  const slugs = slugsOf(ports.table, ports.settings.limits.DESCRIBED_EVENTS);
  // Once an event's, a slug stays with it.
  const known = slugs.get(slug);
  const id = known ?? (await eventIdOfSlug(ports, slug));
  if (id === undefined) return undefined;
  if (known === undefined) slugs.set(slug, id);
  return shownEvent(ports, request, id);
}

export async function shownEvent(
  ports: ReadPorts,
  request: Asking,
  id: string,
): Promise<ShownEvent | undefined> {
  const peeked = await peekEvent(ports, id);
  if (peeked === undefined) return undefined;
  const organizer = await organizerById(ports, peeked.organizer);
  if (organizer === undefined) return undefined;
  const now = ports.clock.now();
  const seating = await seatingOf(ports, id);
  const full = isFull(seating);
  const stamp = [peeked.version, Math.floor(now / MINUTE_MS), organizer.zone, organizer.name, full].join(
    '\n',
  );
  const memory = describedOf(ports.table, ports.settings.limits.DESCRIBED_EVENTS);
  let described = memory.get(id);
  if (described?.stamp !== stamp) {
    const record = await peeked.open();
    if (record === undefined) return undefined;
    described = { stamp, record, nonce: formNonce(ports, formOfEvent(id)), said: new Map() };
    // A newer one may have been read meanwhile: then the stamp differs, and nothing stale is kept.
    if (record.version === peeked.version) memory.set(id, described);
  }
  const { record, nonce, said } = described;
  const speech = await speechFor(ports, request, record);
  const { language } = speech;
  const { facts, kept } = said.get(language) ?? describe(record, organizer, language, now);
  said.set(language, { facts, kept });
  const status = statusOf(record, facts, now);
  if (status === 'draft') return undefined;
  const look = await lookFor(ports, record.workspace, organizer.name);
  const view = await viewOf(ports, { record, organizer, facts, language, status, nonce, seating, look });
  const { coming, seats } = view;
  return {
    record,
    organizer,
    speech: { ...speech, path: view.path },
    look,
    view,
    stamp: [stamp, status, coming, seats?.free, seats?.all, look.stamp].join('\n'),
    kept,
  };
}

/** As the page would be: nothing of it is kept, and it takes no form. */
export async function draftView(
  ports: ReadPorts,
  draft: Pick<Viewed, 'record' | 'organizer' | 'language' | 'seating' | 'look'>,
): Promise<EventView> {
  const { record, organizer, language } = draft;
  const now = ports.clock.now();
  const { facts } = describe(record, organizer, language, now);
  return viewOf(ports, { ...draft, facts, status: statusOf(record, facts, now), nonce: '' });
}

interface Viewed extends Pick<EventView, 'facts' | 'language' | 'status' | 'nonce'> {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly seating: Seating | null;
  readonly look: Look;
}

async function viewOf(
  ports: ReadPorts,
  { record, organizer, seating, look, ...said }: Viewed,
): Promise<EventView> {
  return {
    ...said,
    moved: (record.state.components[SERIES]?.significantRevision ?? 0) > 1,
    zone: organizer.zone,
    slug: record.slug,
    host: look.name ?? organizer.name,
    full: isFull(seating),
    url: pageUrl(ports.settings, record),
    path: pagePath(record),
    file: pagePath(record, '.ics'),
    page: record.page,
    seats: record.page.seats ? seatsOf(seating) : null,
    coming: record.page.counts ? await comingTo(ports, record) : null,
  };
}

function isFull(seating: Seating | null): boolean {
  return seating !== null && seating.taken >= seating.capacity;
}

function seatsOf(seating: Seating | null): EventView['seats'] {
  if (seating === null) return null;
  return { free: Math.max(0, seating.capacity - seating.taken), all: seating.capacity };
}

/** Counted once a minute: a page must not go through all invites at each look. */
async function comingTo(ports: ReadPorts, record: EventRecord): Promise<number> {
  const minute = Math.floor(ports.clock.now() / MINUTE_MS);
  const memory = comingOf(ports.table, ports.settings.limits.DESCRIBED_EVENTS);
  const known = memory.get(record.id);
  if (known?.minute === minute) return known.yes;
  const { yes } = await tally(ports, record);
  memory.set(record.id, { minute, yes });
  return yes;
}

function describe(record: EventRecord, { zone }: Organizer, language: Language, at: number): Said {
  const now = formatInstant(at);
  const facts = describeEvent(publicState(record.state, record.page), { now, zone, language });
  return { facts, kept: new Map() };
}

/** As `statusAt`, from the end that is known already: an event may end within the minute. */
function statusOf(record: EventRecord, { lastEndUtc }: EventFacts, now: number): EventStatus {
  if (record.status !== 'live') return record.status;
  return lastEndUtc !== null && Date.parse(lastEndUtc) <= now ? 'ended' : 'live';
}

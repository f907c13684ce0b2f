/** What comes of an organizer (`/o/<his slug>`) or a workspace (`/o/<its id>`), in the order of its next dates. */
import { describeEvent, type EventFacts } from '../calendar/describe.ts';
import { formatInstant, wallClock } from '../calendar/time.ts';
import type { EventRecord } from '../events/event.ts';
import { publicState } from '../events/page-options.ts';
import { comingEvents } from '../events/upcoming.ts';
import { type UpcomingOptions, upcomingOptionsOf } from '../events/upcoming-options.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Organizer } from '../organizers/organizer.ts';
import {
  organizerById,
  organizerBySlug,
  organizersOf,
  workspaceById,
  workspaceOfPageName,
} from '../organizers/store.ts';
import { type Look, lookFor } from './look.ts';
import type { PageRequest } from './page.ts';
import { type Speech, speechFor } from './speech.ts';

export interface Coming {
  readonly record: EventRecord;
  readonly organizer: Organizer;
  readonly facts: EventFacts;
}

export interface Upcoming {
  readonly slug: string;
  /** Id of the organizer, or of the workspace. */
  readonly owner: string;
  readonly workspace: string;
  readonly name: string;
  /** Who writes the digest. */
  readonly organizer: Organizer;
  readonly speech: Speech;
  readonly look: Look;
  readonly options: UpcomingOptions;
  /** Those the organizer put first, in his order, then by date. */
  readonly events: readonly Coming[];
}

type Asking = Pick<PageRequest, 'path' | 'headers'>;
type FindPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>;

export async function findUpcoming(
  ports: FindPorts,
  request: Asking,
  slug: string,
): Promise<Upcoming | undefined> {
  const organizer = await organizerBySlug(ports, slug);
  if (organizer !== undefined) {
    const { id, workspace, name, slug: own } = organizer;
    const records = await comingEvents(ports, { workspace, organizer: id });
    return described(
      ports,
      request,
      { slug: own, owner: id, workspace, name: name || own, organizer },
      records,
    );
  }
  const named = slug.startsWith('ws_') ? slug : await workspaceOfPageName(ports, slug);
  return named === undefined ? undefined : ofWorkspace(ports, request, named, slug);
}

async function ofWorkspace(
  ports: FindPorts,
  request: Asking,
  id: string,
  typed: string,
): Promise<Upcoming | undefined> {
  const workspace = await workspaceById(ports, id);
  const [first] = workspace === undefined ? [] : await organizersOf(ports, workspace.id);
  if (workspace === undefined || first === undefined) return undefined;
  const records = await comingEvents(ports, { workspace: workspace.id, organizer: null });
  const name = workspace.name || first.name || first.slug;
  const found = { slug: typed, owner: id, workspace: id, name, organizer: first };
  return described(ports, request, found, records);
}

async function described(
  ports: FindPorts,
  request: Asking,
  found: Omit<Upcoming, 'events' | 'speech' | 'look' | 'options'>,
  records: readonly EventRecord[],
): Promise<Upcoming> {
  const now = formatInstant(ports.clock.now());
  const options = await upcomingOptionsOf(ports, found.workspace);
  const look = await lookFor(ports, found.workspace, found.name);
  const speech = { ...(await speechFor(ports, request, found)), path: `/o/${found.slug}` };
  const { language } = speech;
  const events: Coming[] = [];
  const known = new Map([[found.organizer.id, found.organizer]]);
  for (const record of records) {
    const organizer = known.get(record.organizer) ?? (await organizerById(ports, record.organizer));
    if (organizer === undefined) continue;
    known.set(organizer.id, organizer);
    events.push({
      record,
      organizer,
      facts: describeEvent(publicState(record.state, record.page), { now, zone: organizer.zone, language }),
    });
  }
  events.sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  const name = look.name ?? found.name;
  return { ...found, name, speech, look, options, events: inOrder(events, options) };
}

/** Pinned ones first; what is over or not listed is none of them. */
export function inOrder(
  events: readonly Coming[],
  { pinned }: Pick<UpcomingOptions, 'pinned'>,
): readonly Coming[] {
  const first = pinned.flatMap(id => events.filter(({ record }) => record.id === id));
  return [...first, ...events.filter(coming => !first.includes(coming))];
}

function startOf({ facts }: Coming): string {
  const start = facts.next[0]?.start ?? facts.start;
  return start.utc ?? start.local;
}

export interface Filter {
  readonly q: string;
  /** `2026-03`, or empty. */
  readonly month: string;
}

const SEARCH_CHARS = 80;

export function filterOf(query: URLSearchParams): Filter {
  const month = query.get('month') ?? '';
  return {
    q: (query.get('q') ?? '').trim().slice(0, SEARCH_CHARS),
    month: /^\d{4}-\d{2}$/.test(month) ? month : '',
  };
}

export function fitting(events: readonly Coming[], { q, month }: Filter): readonly Coming[] {
  const wanted = q.toLocaleLowerCase('en');
  return events.filter(({ facts, organizer }) => {
    if (month !== '' && monthOf(facts, organizer.zone) !== month) return false;
    // The join link is not for everybody, so it can't be searched for either.
    const place = facts.joinUrl === null ? (facts.location ?? '') : '';
    return `${facts.title}\n${place}`.toLocaleLowerCase('en').includes(wanted);
  });
}

/** Of its next date, as the event's own calendar shows it. */
export function monthOf(facts: EventFacts, zone: string | null): string {
  const start = facts.next[0]?.start ?? facts.start;
  const inZone = start.kind === 'utc' && start.utc !== null && zone !== null;
  return (inZone ? wallClock(start.utc, zone) : start.local).slice(0, 7);
}

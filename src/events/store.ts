/**
 * Rows of events. `U#<organizer>#<uid hash>` decides id and slug; `E#<id>` is the record, written under its version;
 * `ES#<slug>` leads to it; `W#<workspace>` and `EVENTS#<month>` list it. A tombstone is a record nobody but the registry sees.
 */
import { createHash } from 'node:crypto';
import { uidKey } from '../calendar/uid.ts';
import { ConflictError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Key, NewJob, Page, Ports, Row, WriteOptions } from '../kernel/ports.ts';
import { monthPartition, newestFirst } from '../organizers/by-month.ts';
import { type PackedContent, packContent, unpackContent } from './content.ts';
import type { EventRecord, RegisteredEvent, StoredStatus } from './event.ts';
import { pageOptionsIn } from './page-options.ts';
import { newEventSlug } from './slug.ts';

type Reads = Pick<Ports, 'table' | 'blobs'>;

const READ_TRIES = 5;
const SLUG_TRIES = 10;
/** Events are kept for good; how far back the operator's list looks. */
const LISTED_DAYS = 3650;

/** The (organizer, UID) pair's own decision: taken once, for good. */
export interface EventClaim {
  readonly event: string;
  readonly slug: string;
  readonly createdAt: string;
}

export async function loadEvent(ports: Reads, id: string): Promise<EventRecord | undefined> {
  const record = await loadRegistered(ports, id);
  return record === undefined || record.tombstone ? undefined : record;
}

export async function eventBySlug(ports: Reads, slug: string): Promise<EventRecord | undefined> {
  const id = await eventIdOfSlug(ports, slug);
  return id === undefined ? undefined : loadEvent(ports, id);
}

/** For whom the whole record is too much to unpack at each look. */
export interface PeekedEvent {
  readonly version: number;
  readonly organizer: string;
  /** The record; a newer one where this version's content is gone already. */
  open(): Promise<EventRecord | undefined>;
}

export async function peekEvent(ports: Reads, id: string): Promise<PeekedEvent | undefined> {
  const row = await ports.table.get(eventKey(id));
  if (row === undefined || row.tombstone === true) return undefined;
  return {
    version: Number(row.version),
    organizer: String(row.organizer),
    open: async () => {
      const content = await unpackContent(ports, packedOf(row));
      return content === undefined ? loadEvent(ports, id) : { ...factsOf(row), ...content };
    },
  };
}

/** Changes what its page is called and shows, and nothing else. False: somebody wrote first. */
export async function saveFace(
  ports: Pick<Ports, 'table'>,
  { id, version }: Pick<EventRecord, 'id' | 'version'>,
  { slug, page }: Pick<EventRecord, 'slug' | 'page'>,
): Promise<boolean> {
  const row = await ports.table.update(
    eventKey(id),
    { set: { slug, page: { ...page } }, add: { version: 1 } },
    { if: { attribute: 'version', is: version } },
  );
  return row !== undefined;
}

/** Once an event's, a slug stays with it: links that hold it go on. False: it is another event's. */
export async function keepSlug(ports: Pick<Ports, 'table'>, slug: string, event: string): Promise<boolean> {
  const row = { pk: `ES#${slug}`, sk: 'ES', event };
  if (await ports.table.put(row, { if: { row: 'absent' } })) return true;
  return (await eventIdOfSlug(ports, slug)) === event;
}

/** A page's address to its event; for good. */
export async function eventIdOfSlug(ports: Pick<Ports, 'table'>, slug: string): Promise<string | undefined> {
  const row = await ports.table.get({ pk: `ES#${slug}`, sk: 'ES' });
  return row === undefined ? undefined : String(row.event);
}

/** With the registry's own fields, tombstones too. */
export async function loadRegistered(ports: Reads, id: string): Promise<RegisteredEvent | undefined> {
  for (let attempt = 0; attempt < READ_TRIES; attempt += 1) {
    const row = await ports.table.get(eventKey(id));
    if (row === undefined) return undefined;
    const content = await unpackContent(ports, packedOf(row));
    if (content !== undefined) return { ...factsOf(row), ...content };
  }
  throw new ConflictError('event_busy', 'The event changed too often while it was read.');
}

/** Newest first; `workspace` null: the operator, who sees all. */
export async function listEvents(
  ports: Reads & Pick<Ports, 'clock'>,
  workspace: string | null,
  options: { readonly cursor?: string; readonly limit: number },
): Promise<Page<EventRecord>> {
  const more = options.cursor === undefined ? {} : { cursor: options.cursor };
  const { limit } = options;
  const page =
    workspace === null
      ? await newestFirst(ports, { prefix: 'EVENTS', keepDays: LISTED_DAYS, limit, ...more })
      : await ports.table.query({ pk: `W#${workspace}`, begins: 'E#', newestFirst: true, limit, ...more });
  const records = await Promise.all(page.items.map(row => loadEvent(ports, String(row.event))));
  return { ...page, items: records.filter(record => record !== undefined) };
}

/** Answers the record as written, or undefined when somebody else wrote first: then read again and decide again (F10). */
export async function saveEvent(
  ports: Reads & Pick<Ports, 'random'>,
  record: RegisteredEvent,
  options: { readonly jobs?: readonly NewJob[]; readonly expires?: number } = {},
): Promise<RegisteredEvent | undefined> {
  const before = record.version === 0 ? undefined : await ports.table.get(eventKey(record.id));
  const packed = await packContent(ports, record.id, record);
  const version = record.version + 1;
  const write: WriteOptions = {
    if: record.version === 0 ? { row: 'absent' } : { attribute: 'version', is: record.version },
    ...(options.jobs === undefined || options.jobs.length === 0 ? {} : { jobs: options.jobs }),
  };
  if (!record.tombstone && (before === undefined || before.tombstone === true)) await list(ports, record);
  const saved = await ports.table.put(rowOf(record, version, packed, options.expires), write);
  const leftOver = saved ? before?.blob : packed.blob;
  if (typeof leftOver === 'string') await ports.blobs.remove(leftOver);
  return saved ? { ...record, version } : undefined;
}

export async function findClaim(
  ports: Pick<Ports, 'table'>,
  organizer: string,
  uid: string,
): Promise<EventClaim | undefined> {
  const row = await ports.table.get(claimKey(organizer, uid));
  return row === undefined ? undefined : claimOf(row);
}

/** Id and slug of an organizer's UID; the first one to ask decides. */
export async function claimEvent(
  ports: Pick<Ports, 'table' | 'random' | 'clock'>,
  input: { readonly organizer: string; readonly uid: string; readonly title: string | null },
): Promise<EventClaim> {
  const standing = await findClaim(ports, input.organizer, input.uid);
  if (standing !== undefined) return standing;
  const event = newId(ports.random, 'evt');
  const slug = await takeSlug(ports, event, input.title);
  const createdAt = new Date(ports.clock.now()).toISOString();
  const key = claimKey(input.organizer, input.uid);
  await ports.table.put({ ...key, event, slug, createdAt }, { if: { row: 'absent' } });
  const decided = await findClaim(ports, input.organizer, input.uid);
  if (decided === undefined) throw new ConflictError('event_gone', 'The event was removed meanwhile.');
  return decided;
}

async function takeSlug(
  ports: Pick<Ports, 'table' | 'random'>,
  event: string,
  title: string | null,
): Promise<string> {
  for (let attempt = 0; attempt < SLUG_TRIES; attempt += 1) {
    const slug = newEventSlug(ports.random, title);
    if (await ports.table.put({ pk: `ES#${slug}`, sk: 'ES', event }, { if: { row: 'absent' } })) return slug;
  }
  throw new ConflictError('slug_taken', 'No free name was found for the event page.');
}

/** Before the record itself: a listed event that is not there yet is skipped, an unlisted one would stay lost. */
async function list(ports: Pick<Ports, 'table'>, record: RegisteredEvent): Promise<void> {
  const at = `${record.createdAt}#${record.id}`;
  const { id: event, workspace } = record;
  await ports.table.putAll([
    { row: { pk: `W#${workspace}`, sk: `E#${at}`, event, workspace }, if: { row: 'absent' } },
    {
      row: { pk: monthPartition('EVENTS', record.createdAt), sk: at, event, workspace },
      if: { row: 'absent' },
    },
  ]);
}

function eventKey(id: string): Key {
  return { pk: `E#${id}`, sk: 'E' };
}

function claimKey(organizer: string, uid: string): Key {
  return {
    pk: `U#${organizer}#${createHash('sha256').update(uidKey(uid)).digest('hex').slice(0, 32)}`,
    sk: 'U',
  };
}

function claimOf(row: Row): EventClaim {
  return { event: String(row.event), slug: String(row.slug), createdAt: String(row.createdAt) };
}

function rowOf(
  record: RegisteredEvent,
  version: number,
  packed: PackedContent,
  expires: number | undefined,
): Row {
  return {
    ...eventKey(record.id),
    workspace: record.workspace,
    organizer: record.organizer,
    slug: record.slug,
    page: { ...record.page },
    status: record.status,
    draftReason: record.draftReason,
    tombstone: record.tombstone,
    createdBy: record.createdBy,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    version,
    content: packed.content,
    blob: packed.blob,
    ...(expires === undefined ? {} : { expires }),
  };
}

function factsOf(row: Row) {
  return {
    id: row.pk.slice('E#'.length),
    workspace: String(row.workspace),
    organizer: String(row.organizer),
    slug: String(row.slug),
    page: pageOptionsIn(row.page),
    status: row.status as StoredStatus,
    draftReason: typeof row.draftReason === 'string' ? row.draftReason : null,
    tombstone: row.tombstone === true,
    createdBy: String(row.createdBy),
    createdAt: String(row.createdAt),
    updatedAt: String(row.updatedAt),
    version: Number(row.version),
  };
}

function packedOf(row: Row): PackedContent {
  return {
    content: typeof row.content === 'string' ? row.content : null,
    blob: typeof row.blob === 'string' ? row.blob : null,
  };
}

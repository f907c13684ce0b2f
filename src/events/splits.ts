/**
 * A series that an organizer split ("this and following") goes on as another event: finds its halves among his events and hands the people
 * of the earlier one to the later one, once for each pair. Called after every applied message, so that the order of arrival never matters.
 * Rows: `SPLIT#<organizer>#<trace>` / `<event>` names a trace's events; `E#<later>` / `FROM#<earlier>` marks a pair that was seen to.
 */
import { createHash } from 'node:crypto';
import {
  beginningOf,
  givesWay,
  isCutShort,
  type SplitTraces,
  splitTraces,
  takesUp,
} from '../calendar/split.ts';
import type { EventState } from '../calendar/state.ts';
import { ConflictError } from '../kernel/errors.ts';
import type { Key, NewJob, Ports } from '../kernel/ports.ts';
import { type RegisteredEvent, statusAt } from './event.ts';
import { PAGE_DEFAULTS } from './page-options.ts';
import { findClaim, loadRegistered, saveFace } from './store.ts';

type SplitPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>;

/** More halves than that nobody looks through by hand either. */
const RELATIVES_READ = 50;

export interface SplitInput {
  readonly event: string;
  readonly receivedAt: string;
  /** The message made the event, or changed when it takes place: only then an equal title means something. */
  readonly reshaped: boolean;
}

/** Answers the events that this one continues. */
export async function linkSplits(ports: SplitPorts, input: SplitInput): Promise<readonly string[]> {
  if (ports.settings.limits.CARRY_OVER_SPLIT === 0) return [];
  const record = await standing(ports, input.event);
  const traces = record === undefined ? null : splitTraces(record.state);
  if (record === undefined || traces === null) return [];
  const named = await relativesByName(ports, record, traces);
  const titled = input.reshaped ? await relativesByTitle(ports, record, traces, input.receivedAt) : [];
  const pairs = [...neighbours(record, named), ...pairsByTitle(record, titled)];
  for (const pair of pairs) await link(ports, pair);
  return pairs.filter(({ later }) => later.id === record.id).map(({ earlier }) => earlier.id);
}

/** Both halves as they stand, where the later one still goes on from the earlier one; else the pair is forgotten, to be judged anew. */
export async function splitPair(
  ports: SplitPorts,
  ids: { readonly from: string; readonly to: string },
): Promise<Pair | undefined> {
  const [earlier, later] = await Promise.all([standing(ports, ids.from), standing(ports, ids.to)]);
  const stands =
    earlier !== undefined &&
    later !== undefined &&
    givesWay(earlier.state, later.state) &&
    statusAt(later, ports.clock.now()) === 'live';
  if (stands) return { earlier, later };
  await ports.table.remove(pairKey(ids.from, ids.to));
  return undefined;
}

export interface Pair {
  readonly earlier: RegisteredEvent;
  readonly later: RegisteredEvent;
}

export function carryOverJob(from: string, to: string, more: Pick<NewJob, 'after'> = {}): NewJob {
  return { lane: 'bulk', kind: 'carry-over', body: { from, to }, ...more };
}

/** A draft has no people, and may still turn out to be nobody's. */
async function standing(ports: SplitPorts, id: string): Promise<RegisteredEvent | undefined> {
  const record = await loadRegistered(ports, id);
  return record === undefined || record.tombstone || record.draftReason !== null ? undefined : record;
}

/** The row is written before the others are read: of two halves that come at once, one sees the other. */
async function relativesByName(
  ports: SplitPorts,
  record: RegisteredEvent,
  { baseUid, marked, sets }: SplitTraces,
): Promise<readonly RegisteredEvent[]> {
  const ids = new Set<string>();
  const base = marked ? await findClaim(ports, record.organizer, baseUid) : undefined;
  if (base !== undefined) ids.add(base.event);
  for (const trace of [`uid ${baseUid}`, ...sets.map(set => `set ${set}`)]) {
    const key = { pk: tracePartition(record.organizer, trace), sk: record.id };
    if (marked || trace.startsWith('set ')) await ports.table.put(key);
    for (const { sk } of await rowsOf(ports, key.pk)) ids.add(sk);
  }
  return recordsOf(ports, record, ids);
}

async function relativesByTitle(
  ports: SplitPorts,
  record: RegisteredEvent,
  { title }: SplitTraces,
  receivedAt: string,
): Promise<readonly RegisteredEvent[]> {
  if (title === null) return [];
  const windowMs = ports.settings.limits.SPLIT_SECONDS * 1000;
  const key = { pk: tracePartition(record.organizer, `title ${title}`), sk: record.id };
  const expires = Math.ceil((ports.clock.now() + windowMs) / 1000);
  await ports.table.put({ ...key, at: receivedAt, expires });
  const near = (await rowsOf(ports, key.pk)).filter(
    row => Math.abs(Date.parse(String(row.at)) - Date.parse(receivedAt)) < windowMs,
  );
  return recordsOf(ports, record, new Set(near.map(({ sk }) => sk)));
}

async function rowsOf(ports: Pick<Ports, 'table'>, pk: string) {
  return (await ports.table.query({ pk, limit: RELATIVES_READ })).items;
}

async function recordsOf(
  ports: SplitPorts,
  record: RegisteredEvent,
  ids: ReadonlySet<string>,
): Promise<readonly RegisteredEvent[]> {
  const others = [...ids].filter(id => id !== record.id);
  const records = await Promise.all(others.map(id => standing(ports, id)));
  return records.filter(other => other !== undefined).filter(other => other.workspace === record.workspace);
}

/** In a family the half just before goes on in the one just after: a second split continues the first one's second half. */
function neighbours(record: RegisteredEvent, others: readonly RegisteredEvent[]): readonly Pair[] {
  const family = [record, ...others].sort((one, other) => begins(one) - begins(other));
  const place = family.indexOf(record);
  return [
    [family[place - 1], record],
    [record, family[place + 1]],
  ].flatMap(([earlier, later]) =>
    earlier !== undefined && later !== undefined && givesWay(earlier.state, later.state)
      ? [{ earlier, later }]
      : [],
  );
}

function pairsByTitle(record: RegisteredEvent, others: readonly RegisteredEvent[]): readonly Pair[] {
  const pairs = others.flatMap(other => [
    { earlier: other, later: record },
    { earlier: record, later: other },
  ]);
  return pairs.filter(
    ({ earlier, later }) => isCutShort(earlier.state, earlier.reach) && takesUp(earlier.state, later.state),
  );
}

function begins({ state }: { readonly state: EventState }): number {
  return beginningOf(state);
}

/** When the earlier half's own change has left: no calendar shows both for one date. */
async function link(ports: SplitPorts, pair: Pair): Promise<void> {
  const { earlier, later } = pair;
  // Seen to already: what its organizer has chosen for it since is his word.
  if ((await ports.table.get(pairKey(earlier.id, later.id))) !== undefined) return;
  await takeOverPage(ports, pair);
  const after = ports.clock.now() + ports.settings.limits.COALESCE_SECONDS * 1000;
  const row = { ...pairKey(earlier.id, later.id), workspace: later.workspace };
  await ports.table.put(row, {
    if: { row: 'absent' },
    jobs: [carryOverJob(earlier.id, later.id, { after })],
  });
}

/** The half that goes on is as private as the one before, unless its page was set up by itself. */
async function takeOverPage(ports: SplitPorts, { earlier, later }: Pair): Promise<void> {
  if (JSON.stringify(later.page) !== JSON.stringify(PAGE_DEFAULTS)) return;
  if (await saveFace(ports, later, { slug: later.slug, page: earlier.page })) return;
  // The message is worked on once more.
  throw new ConflictError('event_busy', 'The event changed while its page was set up.');
}

function pairKey(earlier: string, later: string): Key {
  return { pk: `E#${later}`, sk: `FROM#${earlier}` };
}

function tracePartition(organizer: string, trace: string): string {
  return `SPLIT#${organizer}#${createHash('sha256').update(trace).digest('hex').slice(0, 32)}`;
}

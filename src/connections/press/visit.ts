/**
 * Who looked at a button's page, for the score and the report: a row for each (event, connection, contact), counters for the event. Hints, not
 * promises: nobody waits for them on one machine. Rows: VI#, and `E#<event>` / `VISITS#<shard>`.
 */
import { createHash } from 'node:crypto';
import type { Key, Ports, Row } from '../../kernel/ports.ts';
import type { EnvelopeAnswer } from '../button/envelope.ts';
import type { Opened, VisitKind } from './clicks.ts';

/** Whom a link belongs to. */
export interface Place {
  readonly workspace: string;
  readonly event: string;
  readonly connection: string | null;
  /** What the platform filled in; null where the link knows nobody. */
  readonly reference: string | null;
}

export interface Visit {
  readonly kind: VisitKind;
  readonly answer: EnvelopeAnswer;
}

type Counter = VisitKind | Ending;

/** What became of a press, as it is counted. */
export type Ending =
  | 'committed'
  | 'provisional'
  | 'asked_again'
  | 'conflict'
  | 'refused'
  | 'other_address'
  | 'instant'
  | 'instant_dropped';

export type VisitCounts = Readonly<Record<Counter, number>>;

const SHARDS = 8;
const DAY = 86_400;
const COUNTERS: readonly Counter[] = [
  'open',
  'head',
  'prefetch',
  'scanner',
  'decoy',
  'committed',
  'provisional',
  'asked_again',
  'conflict',
  'refused',
  'other_address',
  'instant',
  'instant_dropped',
];
const NOTHING: Opened = { yes: null, no: null, maybe: null, ask: null, head: null, decoy: null };

type VisitPorts = Pick<Ports, 'table' | 'clock' | 'settings'>;

/** 128 bits that stand for event and contact in keys. */
export function placeHash({ event, connection, reference }: Place): string {
  return createHash('sha256')
    .update(`${event}\n${connection ?? ''}\n${reference ?? ''}`)
    .digest('hex')
    .slice(0, 32);
}

export async function noteVisit(ports: VisitPorts, place: Place, visit: Visit): Promise<void> {
  const hash = placeHash(place);
  const marks = marksOf(visit, ports.clock.now());
  // Without a contact there is nobody whose visits could be told apart.
  const noted = marks === undefined || place.reference === null ? [] : [mark(ports, place, hash, marks)];
  await Promise.all([...noted, count(ports, place.event, hash, visit.kind)]);
}

export async function noteEnding(
  ports: Pick<Ports, 'table'>,
  place: Pick<Place, 'event' | 'connection' | 'reference' | 'workspace'>,
  ending: Ending,
): Promise<void> {
  await count(ports, place.event, placeHash(place), ending);
}

export async function openedOf(ports: Pick<Ports, 'table'>, place: Place): Promise<Opened> {
  if (place.reference === null) return NOTHING;
  const row = await ports.table.get(visitKey(placeHash(place)));
  return row === undefined ? NOTHING : openedIn(row);
}

export async function visitCounts(ports: Pick<Ports, 'table'>, event: string): Promise<VisitCounts> {
  const page = await ports.table.query({ pk: `E#${event}`, begins: 'VISITS#' });
  const sum = (name: Counter) => page.items.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  return Object.fromEntries(COUNTERS.map(name => [name, sum(name)])) as Record<Counter, number>;
}

/** A prefetch is nobody's interest, and leaves no mark. */
function marksOf({ kind, answer }: Visit, now: number): { readonly [name: string]: number } | undefined {
  switch (kind) {
    case 'open':
    case 'scanner':
      return { [answer]: now };
    case 'head':
      return { head: now };
    case 'decoy':
      return { decoy: now };
    case 'prefetch':
      return undefined;
  }
}

async function mark(
  ports: VisitPorts,
  { workspace, event }: Place,
  hash: string,
  marks: { readonly [name: string]: number },
): Promise<void> {
  const expires = Math.floor(ports.clock.now() / 1000) + ports.settings.limits.KEEP_VISITS_DAYS * DAY;
  await ports.table.hint(visitKey(hash), { set: { ...marks, workspace, event, expires } });
}

async function count(
  ports: Pick<Ports, 'table'>,
  event: string,
  hash: string,
  counter: Counter,
): Promise<void> {
  const shard = Number.parseInt(hash.slice(0, 2), 16) % SHARDS;
  await ports.table.hint({ pk: `E#${event}`, sk: `VISITS#${shard}` }, { add: { [counter]: 1 } });
}

function visitKey(hash: string): Key {
  return { pk: `VI#${hash}`, sk: 'VI' };
}

function openedIn(row: Row): Opened {
  const at = (name: keyof Opened) => {
    const value = row[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    yes: at('yes'),
    no: at('no'),
    maybe: at('maybe'),
    ask: at('ask'),
    head: at('head'),
    decoy: at('decoy'),
  };
}

/**
 * What the organizer's messages said, kept so that their order of arrival never matters: for each RECURRENCE-ID the newest REQUEST
 * and the newest CANCEL, when the master took which times, and the newest cancel of the series. `learn` only ever takes maxima.
 */
import type { CalendarEvent } from './event.ts';
import type { CustomZones } from './frame.ts';
import { compareOrder, compareStamps, isTied, newerOrder } from './ordering.ts';
import { rawKeyOf } from './series.ts';
import { shapeOf } from './shape.ts';
import {
  type ComponentKey,
  type ComponentState,
  type EventState,
  type Fact,
  type Kept,
  type Memory,
  type Order,
  SERIES,
  type Stamp,
} from './state.ts';

export interface Request {
  readonly stamp: Stamp;
  readonly event: CalendarEvent;
  readonly arrival: string;
  readonly besides: Order | null;
  readonly tied: boolean;
}

export type Cancel = Omit<Request, 'besides'>;

export interface Known {
  readonly request: Request | null;
  readonly cancel: Cancel | null;
}

export interface Facts {
  /** By the key that the message itself wrote: which date it names depends on the master and is worked out in `view.ts`. */
  readonly known: ReadonlyMap<ComponentKey, Known>;
  readonly shapes: Memory['shapes'];
  readonly lastCancel: Order | null;
}

/** One VEVENT of a message. */
export interface Claim {
  readonly event: CalendarEvent;
  readonly stamp: Stamp;
  readonly arrival: string;
  readonly besides: Order | null;
}

export const NOTHING: Facts = { known: new Map(), shapes: [], lastCancel: null };
const NEVER: Known = { request: null, cancel: null };
/** Text edits of one and the same time that are remembered singly. */
const SHAPES_KEPT = 64;

export type Novelty = 'newer' | 'same' | 'older';

export function claimKey(event: CalendarEvent): ComponentKey {
  return event.recurrenceId === null ? SERIES : rawKeyOf(event.recurrenceId);
}

export function newestOf(known: Known): Request | Cancel | null {
  if (known.request === null || known.cancel === null) return known.request ?? known.cancel;
  return compareStamps(known.request.stamp, known.cancel.stamp) > 0 ? known.request : known.cancel;
}

export function learn(facts: Facts, claim: Claim, zones: CustomZones): { facts: Facts; novelty: Novelty } {
  const key = claimKey(claim.event);
  const before = facts.known.get(key) ?? NEVER;
  const after =
    claim.stamp.method === 'cancel'
      ? { ...before, cancel: newerCancel(before.cancel, claim) }
      : { ...before, request: newerRequest(before.request, claim) };
  const learned: Facts = {
    known: new Map(facts.known).set(key, after),
    shapes: isMasterRequest(key, claim) ? withShape(facts.shapes, claim, zones) : facts.shapes,
    lastCancel: isMasterCancel(key, claim) ? newerOrder(facts.lastCancel, claim.stamp) : facts.lastCancel,
  };
  return { facts: learned, novelty: noveltyOf(before, claim.stamp) };
}

function noveltyOf(before: Known, stamp: Stamp): Novelty {
  const newest = newestOf(before);
  if (newest === null) return 'newer';
  const compared = compareStamps(stamp, newest.stamp);
  if (compared !== 0) return compared > 0 ? 'newer' : 'older';
  return 'same';
}

function isMasterRequest(key: ComponentKey, claim: Claim): boolean {
  return key === SERIES && claim.stamp.method === 'request';
}

function isMasterCancel(key: ComponentKey, claim: Claim): boolean {
  return key === SERIES && claim.stamp.method === 'cancel';
}

function newerRequest(before: Request | null, claim: Claim): Request {
  const { stamp, event, arrival } = claim;
  const besides = newerOrder(before?.besides ?? null, claim.besides);
  if (before === null) return { stamp, event, arrival, besides, tied: false };
  return { ...newerCancel(before, claim), besides };
}

function newerCancel(before: Cancel | null, claim: Claim): Cancel {
  const { stamp, event, arrival } = claim;
  if (before === null) return { stamp, event, arrival, tied: false };
  const compared = compareStamps(stamp, before.stamp);
  if (compared === 0) return before;
  const tied = isTied(stamp, before.stamp);
  return compared > 0 ? { stamp, event, arrival, tied } : { ...before, tied: before.tied || tied };
}

function withShape(shapes: Memory['shapes'], claim: Claim, zones: CustomZones): Memory['shapes'] {
  const entry = { stamp: claim.stamp, shape: shapeOf(claim.event, zones) };
  const others = shapes.filter(known => compareStamps(known.stamp, entry.stamp) !== 0);
  return recent([...others, entry].sort((a, b) => compareStamps(a.stamp, b.stamp)));
}

/** Nothing before the last other shape can matter again; of a long run of text edits the first and the newest are enough. */
function recent(shapes: Memory['shapes']): Memory['shapes'] {
  const current = shapes.at(-1)?.shape;
  const other = shapes.findLastIndex(entry => entry.shape !== current);
  const kept = shapes.slice(Math.max(0, other));
  if (kept.length <= SHAPES_KEPT) return kept;
  return [...kept.slice(0, 2), ...kept.slice(kept.length - SHAPES_KEPT + 2)];
}

export interface CurrentShape {
  /** The first master known to have the newest one's times, without another in between. */
  readonly since: Stamp;
  /** A master with other times is known before it. */
  readonly changed: boolean;
}

export function currentShape(facts: Facts): CurrentShape | null {
  const current = facts.shapes.at(-1);
  if (current === undefined) return null;
  const other = facts.shapes.findLastIndex(entry => entry.shape !== current.shape);
  return { since: (facts.shapes[other + 1] ?? current).stamp, changed: other >= 0 };
}

/** Forgets what can't come back: dates older than a cancel of the series, or than the last times the series gave up. */
export function pruned(facts: Facts): Facts {
  const gone =
    facts.shapes.at(-1)?.shape === facts.shapes[0]?.shape ? null : (facts.shapes[0]?.stamp ?? null);
  const known = [...facts.known].filter(([key, fact]) => {
    const newest = newestOf(fact);
    if (key === SERIES || newest === null) return newest !== null;
    const order = newerOrder(newest.stamp, fact.request?.besides ?? null) ?? newest.stamp;
    const dead = facts.lastCancel !== null && compareOrder(order, facts.lastCancel) <= 0;
    return !dead && (gone === null || order.sequence >= gone.sequence);
  });
  return { ...facts, known: new Map(known) };
}

/** Out of the state: a state without memory is one whose components are all that was ever said. */
export function remember(state: EventState | null): Facts {
  if (state === null) return NOTHING;
  if (state.memory === undefined) return fromComponents(state);
  const { facts, shapes, lastCancel } = state.memory;
  const known = Object.entries(facts).map(([key, fact]): [ComponentKey, Known] => {
    const request = unkept(fact.request, state);
    return [
      key,
      {
        request: request === null ? null : { ...request, besides: fact.request?.besides ?? null },
        cancel: unkept(fact.cancel, state),
      },
    ];
  });
  return { known: new Map(known), shapes, lastCancel };
}

function unkept(kept: Fact['cancel'], state: EventState): Cancel | null {
  if (kept === null) return null;
  const event = 'component' in kept.event ? state.components[kept.event.component]?.event : kept.event;
  return event === null || event === undefined ? null : { ...kept, event };
}

function fromComponents(state: EventState): Facts {
  let facts = NOTHING;
  for (const component of Object.values(state.components)) {
    const { event, stamp, arrival } = component;
    if (event === null) continue;
    facts = learn(facts, { event, stamp, arrival, besides: null }, state.customZones).facts;
  }
  return facts;
}

/** Into the state: an event that a component holds already is named, not stored twice. */
export function memoryOf(
  facts: Facts,
  components: { readonly [key: ComponentKey]: ComponentState },
  last: Memory['last'],
): Memory {
  const holders = new Map<CalendarEvent, ComponentKey>();
  for (const [key, component] of Object.entries(components)) {
    if (component.event !== null) holders.set(component.event, key);
  }
  const keep = (event: CalendarEvent): Kept => {
    const component = holders.get(event);
    return component === undefined ? event : { component };
  };
  const entries = [...facts.known].map(([key, { request, cancel }]): [ComponentKey, Fact] => [
    key,
    {
      request: request === null ? null : { ...request, event: keep(request.event) },
      cancel: cancel === null ? null : { ...cancel, event: keep(cancel.event) },
    },
  ]);
  return { facts: Object.fromEntries(entries), shapes: facts.shapes, lastCancel: facts.lastCancel, last };
}

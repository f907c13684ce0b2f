/**
 * What stands, as a pure function of what was ever said (`facts.ts`): overrides that a newer time of the series or a newer cancel
 * took away are gone, the dates are addressed by the master's own clock (imip 4.3 to 4.5).
 */
import type { CalendarEvent } from './event.ts';
import { currentShape, type Facts, type Known, newestOf, type Request } from './facts.ts';
import type { CustomZones } from './frame.ts';
import { compareOrder, compareStamps, newerOrder } from './ordering.ts';
import { hasKey, keyOf, rawKeyOf, type Series, seriesOf } from './series.ts';
import { type ComponentKey, type Order, SERIES, type Stamp } from './state.ts';

export interface Standing {
  readonly kind: 'request' | 'cancel';
  readonly event: CalendarEvent | null;
  readonly stamp: Stamp;
  readonly arrival: string;
  readonly tied: boolean;
}

export interface View {
  readonly components: ReadonlyMap<ComponentKey, Standing>;
  /** Dates that the master excludes and no message speaks about singly. */
  readonly excluded: ReadonlySet<ComponentKey>;
  /** The live master. */
  readonly series: Series | null;
}

export function viewOf(facts: Facts, customZones: CustomZones): View {
  const known = facts.known.get(SERIES);
  const top = known === undefined ? null : newestOf(known);
  const live = known?.request !== undefined && top === known.request ? known.request : null;
  const series = live === null ? null : seriesOf(live.event, customZones);
  const components = new Map<ComponentKey, Standing>();
  if (known !== undefined && top !== null) components.set(SERIES, standing(known, top.stamp.method));
  const excluded = new Set((series?.event.exdates ?? []).map(moment => keyOf(moment, series)));
  for (const [key, fact] of byDate(facts, series)) {
    if (!stands(key, fact, facts, series)) continue;
    const method = newestOf(fact)?.stamp.method ?? 'cancel';
    const hidden = method === 'request' && live !== null && excluded.has(key) && !reAdds(fact, live);
    components.set(key, hidden ? excludedBy(live, fact) : standing(fact, method));
    excluded.delete(key);
  }
  return { components, excluded, series };
}

/** Facts under the keys of the master; two spellings of one date become one. */
function byDate(facts: Facts, series: Series | null): Map<ComponentKey, Known> {
  const found = new Map<ComponentKey, Known>();
  for (const [raw, fact] of facts.known) {
    if (raw === SERIES) continue;
    const moment = (fact.request ?? fact.cancel)?.event.recurrenceId ?? null;
    const key = moment === null ? raw : series === null ? rawKeyOf(moment) : keyOf(moment, series);
    const other = found.get(key);
    found.set(key, other === undefined ? fact : joined(other, fact));
  }
  return found;
}

function joined(one: Known, other: Known): Known {
  const request = newer(one.request, other.request);
  const besides = newerOrder(one.request?.besides ?? null, other.request?.besides ?? null);
  return {
    request: request === null ? null : { ...request, besides },
    cancel: newer(one.cancel, other.cancel),
  };
}

function newer<T extends { readonly stamp: Stamp }>(one: T | null, other: T | null): T | null {
  if (one === null || other === null) return one ?? other;
  return compareStamps(one.stamp, other.stamp) >= 0 ? one : other;
}

function orderOf(fact: Known): Order {
  const stamp = newestOf(fact)?.stamp ?? { sequence: 0, dtstamp: '' };
  return newerOrder(stamp, fact.request?.besides ?? null) ?? stamp;
}

/** Not taken away by a newer cancel of the whole, nor by a newer time of the series (imip 4.3). */
function stands(key: ComponentKey, fact: Known, facts: Facts, series: Series | null): boolean {
  const order = orderOf(fact);
  if (facts.lastCancel !== null && compareOrder(order, facts.lastCancel) <= 0) return false;
  const shape = currentShape(facts);
  if (series === null || shape === null) return true;
  if (shape.changed && order.sequence < shape.since.sequence) return false;
  return compareOrder(order, shape.since) >= 0 || hasKey(series, key);
}

/** An override newer than the master that excludes its date brings it back. */
function reAdds(fact: Known, master: Request): boolean {
  return compareOrder(orderOf(fact), master.stamp) > 0;
}

function excludedBy(master: Request, fact: Known): Standing {
  const { stamp, arrival } = master;
  return { kind: 'cancel', event: fact.request?.event ?? null, stamp, arrival, tied: false };
}

function standing(fact: Known, method: Stamp['method']): Standing {
  const said = method === 'cancel' ? fact.cancel : fact.request;
  const { stamp, arrival, tied } = said ?? { stamp: NO_STAMP, arrival: '', tied: false };
  return { kind: method, event: fact.request?.event ?? contentOf(fact), stamp, arrival, tied };
}

const NO_STAMP: Stamp = { sequence: 0, dtstamp: '', method: 'cancel', lastModified: null, hash: '' };

/** A CANCEL's own content serves where nothing better is known. */
function contentOf(fact: Known): CalendarEvent | null {
  return (fact.cancel ?? null) ? (fact.cancel?.event ?? null) : null;
}

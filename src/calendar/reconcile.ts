/**
 * From what stood and what stands now: which components got a new revision, which numbers they go out with (design D3), and the
 * words that say it. A component with revision 0 has nothing to be told to anybody.
 */
import { type Difference, differenceOf, differences } from './changes.ts';
import { parseLocal } from './civil.ts';
import type { CustomZones } from './frame.ts';
import { excludedKeys, liveSeries } from './occurrences.ts';
import type { SaidDay, Saying } from './saying.ts';
import { hasKey, instanceAt, localOfKey, type Series } from './series.ts';
import { shapeOf } from './shape.ts';
import {
  type ComponentKey,
  type ComponentState,
  type EventChange,
  type EventState,
  SERIES,
} from './state.ts';
import { formatInstant, parseInstant } from './time.ts';
import type { Standing, View } from './view.ts';

export interface Reconciled {
  readonly components: { readonly [key: ComponentKey]: ComponentState };
  readonly changes: readonly EventChange[];
  readonly revision: number;
}

type Components = Readonly<Record<ComponentKey, ComponentState>>;

/** What is to be done with one component. */
type Verdict =
  | ({ readonly do: 'change'; readonly kind: EventChange['kind']; readonly standing: Content } & Difference)
  | { readonly do: 'keep'; readonly standing: Content }
  /** Known, and nothing to tell. */
  | { readonly do: 'note'; readonly standing: Content }
  | { readonly do: 'drop' };

type Content = Omit<Standing, 'tied'>;

interface Context {
  readonly before: Components;
  readonly view: View;
  readonly zones: { readonly before: CustomZones; readonly after: CustomZones };
  /** The live series as it was, and the dates it left out. */
  readonly old: Series | null;
  readonly oldExcluded: ReadonlySet<ComponentKey>;
  readonly now: string;
}

export function reconcile(
  state: EventState | null,
  view: View,
  customZones: CustomZones,
  now: string,
): Reconciled {
  const old = state === null ? null : liveSeries(state);
  const context: Context = {
    before: state?.components ?? {},
    view,
    zones: { before: state?.customZones ?? {}, after: customZones },
    old,
    oldExcluded: state === null ? new Set() : excludedKeys(state, old),
    now: formatInstant(parseInstant(now)),
  };
  const dates = dateVerdicts(context);
  const series = seriesVerdict(context, dates);
  return numbered(context, series, dates, state?.revision ?? 0);
}

function dateVerdicts(context: Context): Map<ComponentKey, Verdict> {
  const { before, view } = context;
  const keys = new Set([...Object.keys(before), ...view.components.keys(), ...view.excluded]);
  keys.delete(SERIES);
  const verdicts = new Map<ComponentKey, Verdict>();
  for (const key of [...keys].sort()) {
    const verdict = dateVerdict(key, context);
    if (verdict !== null) verdicts.set(key, verdict);
  }
  return verdicts;
}

function dateVerdict(key: ComponentKey, context: Context): Verdict | null {
  const { before, view } = context;
  const standing = view.components.get(key);
  if (standing?.kind === 'request') return requestVerdict(key, standing, context);
  if (standing !== undefined) return cancelVerdict(key, standing, context);
  if (view.excluded.has(key)) return excludedVerdict(key, context);
  return before[key] === undefined ? null : { do: 'drop' };
}

function requestVerdict(key: ComponentKey, standing: Standing, context: Context): Verdict | null {
  const { before, view, zones, oldExcluded } = context;
  const known = before[key];
  if (known?.kind === 'request' && known.event !== null && standing.event !== null) {
    const difference = differences(known.event, standing.event, zones);
    if (difference === null) return { do: 'keep', standing };
    return { do: 'change', kind: 'updated', standing, ...ofDate(key, difference, context) };
  }
  if ((known !== undefined && known.revision > 0) || (known === undefined && oldExcluded.has(key))) {
    const revived = told({ say: 'revivedDate', day: dayOf(key, context) });
    return { do: 'change', kind: 'revived', standing, ...revived };
  }
  if (view.series === null || standing.event === null || !hasKey(view.series, key)) {
    const created = told({ say: 'createdDate', day: dayOf(key, context) });
    return { do: 'change', kind: 'created', standing, ...created };
  }
  const plain = instanceAt(view.series, key);
  const difference = differences(plain, standing.event, { before: zones.after, after: zones.after });
  if (difference === null) return null;
  return { do: 'change', kind: 'updated', standing, ...ofDate(key, difference, context) };
}

function cancelVerdict(key: ComponentKey, standing: Content, context: Context): Verdict {
  if (context.before[key]?.kind === 'cancel') return { do: 'keep', standing };
  if (!tookPlace(key, context)) return { do: 'note', standing };
  const cancelled = told({ say: 'cancelledDate', day: dayOf(key, context) });
  return { do: 'change', kind: 'cancelled', standing, ...cancelled };
}

/** EXDATE alone: the dates a series never had need no component, the writer takes them from the master. */
function excludedVerdict(key: ComponentKey, context: Context): Verdict | null {
  const master = context.view.components.get(SERIES);
  if (master === undefined || (context.before[key] === undefined && !tookPlace(key, context))) return null;
  return cancelVerdict(key, { ...master, kind: 'cancel', event: null }, context);
}

function tookPlace(key: ComponentKey, { before, old, oldExcluded }: Context): boolean {
  const known = before[key];
  if (known !== undefined) return known.kind === 'request';
  return old !== null && !oldExcluded.has(key) && hasKey(old, key);
}

function seriesVerdict(context: Context, dates: ReadonlyMap<ComponentKey, Verdict>): Verdict | null {
  const { before, view } = context;
  const standing = view.components.get(SERIES);
  if (standing === undefined) return null;
  const known = before[SERIES];
  const lost = [...dates].filter(
    ([key, verdict]) => verdict.do === 'drop' && (before[key]?.revision ?? 0) > 0,
  );
  if (standing.kind === 'cancel') {
    const tells = known?.kind === 'request' || lost.some(([key]) => before[key]?.kind === 'request');
    if (tells) {
      return { do: 'change', kind: 'cancelled', standing, ...told({ say: 'cancelled' }) };
    }
    return { do: known === undefined ? 'note' : 'keep', standing };
  }
  if (known === undefined || known.revision === 0) {
    return { do: 'change', kind: 'created', standing, ...told({ say: 'created' }) };
  }
  if (known.kind === 'cancel') {
    return { do: 'change', kind: 'revived', standing, ...told({ say: 'revived' }) };
  }
  return updateVerdict(
    known,
    standing,
    lost.map(([key]) => key),
    context,
  );
}

function updateVerdict(
  known: ComponentState,
  standing: Standing,
  lost: readonly ComponentKey[],
  context: Context,
): Verdict {
  const { zones } = context;
  if (known.event === null || standing.event === null) return { do: 'keep', standing };
  const difference = differences(known.event, standing.event, zones);
  const moved = shapeOf(known.event, zones.before) !== shapeOf(standing.event, zones.after);
  const again = moved ? [] : followAgain(lost, context);
  if (difference === null && again.length === 0) return { do: 'keep', standing };
  const significant = difference?.significant === true || again.length > 0;
  const said = [...(difference?.said ?? []), ...again];
  return { do: 'change', kind: 'updated', standing, ...differenceOf(significant, said) };
}

/** Dates that follow the series again although its times are the old ones: it goes out whole, as their own message is gone. */
function followAgain(lost: readonly ComponentKey[], context: Context): readonly Saying[] {
  const { before, view, old, oldExcluded } = context;
  const gone = [...oldExcluded].filter(
    key =>
      old !== null &&
      before[key] === undefined &&
      !view.excluded.has(key) &&
      !view.components.has(key) &&
      view.series !== null &&
      hasKey(view.series, key),
  );
  const restored = [...lost.filter(key => before[key]?.kind === 'cancel'), ...gone];
  const reset = lost.length + gone.length - restored.length;
  const days = restored.map(key => dayOf(key, context));
  return [
    ...(days.length === 0 ? [] : [{ say: 'restored', days } as const]),
    ...(reset === 0 ? [] : [{ say: 'reset', count: reset } as const]),
  ];
}

/** In the clock of the series; with the year where it is not this one. */
function dayOf(key: ComponentKey, { view, old, now }: Context): SaidDay {
  const frame = (view.series ?? old)?.frame;
  const local = frame === undefined ? parseLocal(key.replace('Z', '')) : localOfKey(frame, key);
  return { local, year: new Date(local).getUTCFullYear() !== Number(now.slice(0, 4)) };
}

/** What asks everybody to answer anew. */
function told(saying: Saying): Difference {
  return differenceOf(true, [saying]);
}

function ofDate(key: ComponentKey, { significant, said }: Difference, context: Context): Difference {
  const day = dayOf(key, context);
  return differenceOf(
    significant,
    said.map(of => ({ say: 'ofDate', day, of })),
  );
}

/** A new series is numbered last, so that whoever gets it holds everything up to its revision. */
function numbered(
  context: Context,
  series: Verdict | null,
  dates: ReadonlyMap<ComponentKey, Verdict>,
  revision: number,
): Reconciled {
  const fresh = series?.do === 'change' && series.kind === 'created';
  const head: [ComponentKey, Verdict][] = series === null ? [] : [[SERIES, series]];
  const order = fresh ? [...dates, ...head] : [...head, ...dates];
  const components: Record<ComponentKey, ComponentState> = {};
  const changes: EventChange[] = [];
  let next = revision;
  for (const [key, verdict] of order) {
    const known = context.before[key];
    if (verdict.do === 'drop') continue;
    if (verdict.do !== 'change') {
      components[key] = unchanged(known, verdict.standing, context.now);
      continue;
    }
    next += 1;
    components[key] = changed(key, verdict, next, fresh, components[SERIES], context);
    const { kind, significant, words, said } = verdict;
    changes.push({ component: key, revision: next, kind, significant, words, said });
  }
  return { components, changes: inReadingOrder(changes), revision: next };
}

function inReadingOrder(changes: readonly EventChange[]): EventChange[] {
  const series = changes.filter(change => change.component === SERIES);
  return [...series, ...changes.filter(change => change.component !== SERIES)];
}

function unchanged(known: ComponentState | undefined, standing: Content, now: string): ComponentState {
  const { kind, event, stamp, arrival } = standing;
  if (known !== undefined) return { ...known, kind, event, stamp };
  const unsent = { revision: 0, significantRevision: 0, outSequence: 0, outDtstamp: now };
  return { kind, event, stamp, ...unsent, arrival };
}

function changed(
  key: ComponentKey,
  verdict: Extract<Verdict, { do: 'change' }>,
  revision: number,
  fresh: boolean,
  series: ComponentState | undefined,
  context: Context,
): ComponentState {
  const { kind, event, stamp, arrival } = verdict.standing;
  const known = context.before[key];
  // The series speaks for all its dates: its numbers go beyond theirs, and theirs beyond its.
  const all = Object.values(context.before);
  const relatives = key === SERIES ? all : [series ?? context.before[SERIES], known];
  const told = relatives
    .filter(component => component !== undefined)
    .filter(component => component.revision > 0);
  const highest = Math.max(0, ...told.map(component => component.outSequence));
  const raised = verdict.significant && verdict.kind !== 'created' && !fresh;
  const base = known ?? series ?? context.before[SERIES];
  const same = key === SERIES && verdict.kind !== 'created' ? (known?.outSequence ?? highest) : highest;
  return {
    kind,
    event,
    stamp,
    revision,
    significantRevision: verdict.significant ? revision : (base?.significantRevision ?? 0),
    outSequence: raised ? highest + 1 : same,
    outDtstamp: later(
      context.now,
      told.map(component => component.outDtstamp),
    ),
    arrival,
  };
}

/** Now, or a second after the last one. */
function later(now: string, before: readonly string[]): string {
  const last = [...before].sort().at(-1);
  if (last === undefined || last < now) return now;
  return formatInstant(parseInstant(last) + 1_000);
}

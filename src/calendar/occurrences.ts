/**
 * What really takes place: the series' dates without the excluded ones, overrides in their place. Always bounded by a number of
 * results; an endless series costs no more than what is asked for.
 */
import { DAY, HOUR, MINUTE, parseLocal } from './civil.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { positionOf } from './frame.ts';
import {
  hasKey,
  isRecurring,
  keyAt,
  keyOf,
  lengthOf,
  MOST_DATES,
  ownSpan,
  type Series,
  seriesOf,
  spanAt,
  startsOf,
  untilIn,
} from './series.ts';
import { type ComponentKey, type EventState, SERIES } from './state.ts';
import { formatInstant, parseInstant } from './time.ts';

export interface Occurrence {
  readonly key: ComponentKey;
  readonly start: Moment;
  readonly end: Moment;
  /** Null for dates and floating times. */
  readonly startUtc: string | null;
  readonly endUtc: string | null;
  /** Its own content (an override) or the series'. */
  readonly event: CalendarEvent;
  readonly changed: boolean;
}

export interface Window {
  /** Ends after this instant. */
  readonly from?: string;
  /** Starts before this instant. */
  readonly before?: string;
  readonly limit: number;
}

/** The master as a series; null where only single dates are known, or it is cancelled. */
export function liveSeries(state: EventState): Series | null {
  const master = state.components[SERIES];
  if (master === undefined || master.kind === 'cancel' || master.event === null) return null;
  return seriesOf(master.event, state.customZones);
}

/** Dates that don't take place: EXDATE and cancelled components. */
export function excludedKeys(state: EventState, series: Series | null): Set<ComponentKey> {
  const keys = new Set((series?.event.exdates ?? []).map(moment => keyOf(moment, series)));
  for (const [key, component] of Object.entries(state.components)) {
    if (key === SERIES) continue;
    if (component.kind === 'cancel') keys.add(key);
    else keys.delete(key);
  }
  return keys;
}

/** In order of their start. */
export function occurrences(state: EventState, window: Window): Occurrence[] {
  const from = window.from === undefined ? Number.NEGATIVE_INFINITY : parseInstant(window.from);
  const before = window.before === undefined ? Number.POSITIVE_INFINITY : parseInstant(window.before);
  const limit = Math.min(window.limit, MOST_DATES);
  const fits = (found: Occurrence) => endOf(found) > from && positionOf(found.start) < before;
  const overrides = overridesOf(state).filter(fits);
  const series = liveSeries(state);
  const regular = series === null ? [] : regularOf(state, series, { from, before, limit });
  return [...overrides, ...regular]
    .sort((a, b) => positionOf(a.start) - positionOf(b.start) || (a.key < b.key ? -1 : 1))
    .slice(0, limit);
}

/** An occurrence without length counts as running for its one second. */
function endOf(found: Occurrence): number {
  const start = positionOf(found.start);
  const end = positionOf(found.end);
  return found.start.kind === 'date' ? endOfDates(end) : Math.max(end, start + 1);
}

/** A day is over when it is over everywhere on earth (UTC-12). */
function endOfDates(end: number): number {
  return end + 12 * HOUR;
}

function overridesOf(state: EventState): Occurrence[] {
  const found: Occurrence[] = [];
  for (const [key, component] of Object.entries(state.components)) {
    const { event } = component;
    if (key === SERIES || component.kind === 'cancel' || event === null) continue;
    const alone = seriesOf(event, state.customZones);
    if (alone === null) continue;
    const { start, end } = ownSpan(alone);
    found.push({ key, ...utcs(start, end), event, changed: true });
  }
  return found;
}

function utcs(start: Moment, end: Moment): Pick<Occurrence, 'start' | 'end' | 'startUtc' | 'endUtc'> {
  return { start, end, startUtc: start.utc, endUtc: end.utc };
}

interface Range {
  readonly from: number;
  readonly before: number;
  readonly limit: number;
}

function regularOf(state: EventState, series: Series, range: Range): Occurrence[] {
  const excluded = excludedKeys(state, series);
  const { frame } = series;
  // A day's slack: wall clocks and instants differ by less, and dates end half a day late.
  const slack = lengthOf(series.event) + 2 * DAY;
  const low = Number.isFinite(range.from) ? frame.toLocal(range.from) - slack : undefined;
  const found: Occurrence[] = [];
  for (const local of startsOf(series, low)) {
    if (found.length >= range.limit || frame.toInstant(local) >= range.before) break;
    const key = keyAt(frame, local);
    if (excluded.has(key) || state.components[key] !== undefined) continue;
    const span = spanAt(series, local);
    const occurrence = { key, ...utcs(span.start, span.end), event: series.event, changed: false };
    if (endOf(occurrence) > range.from) found.push(occurrence);
  }
  return found;
}

/** When the last of it is over; null for an endless series. */
export function lastEnd(state: EventState): string | null {
  const series = seriesOfAny(state);
  const regular = series === null ? Number.NEGATIVE_INFINITY : seriesEnd(series);
  const overrides = Object.entries(state.components)
    .filter(([key]) => key !== SERIES)
    .map(([, component]) =>
      component.event === null ? Number.NEGATIVE_INFINITY : eventEnd(component.event),
    );
  const last = Math.max(regular, ...overrides);
  if (last === Number.POSITIVE_INFINITY) return null;
  // Nothing with a time is known, as after a CANCEL that came first: it is over since it was said.
  if (last === Number.NEGATIVE_INFINITY) return newestStamp(state);
  return formatInstant(last);
}

function newestStamp(state: EventState): string | null {
  const stamps = Object.values(state.components).map(component => component.stamp.dtstamp);
  return stamps.sort().at(-1) ?? null;
}

/** The series' last content, cancelled or not. */
function seriesOfAny(state: EventState): Series | null {
  const event = state.components[SERIES]?.event ?? null;
  return event === null ? null : seriesOf(event, state.customZones);
}

function eventEnd(event: CalendarEvent): number {
  if (event.start === null) return Number.NEGATIVE_INFINITY;
  const end = positionOf(event.start) + lengthOf(event);
  return event.start.kind === 'date' ? endOfDates(end) : end;
}

function seriesEnd(series: Series): number {
  if (!isRecurring(series.event)) return eventEnd(series.event);
  const ends = series.rules.map(rule => {
    if (rule.count === null && rule.until === null) return Number.POSITIVE_INFINITY;
    const one = { ...series, rules: [rule], extra: [] };
    return lastStart(one, untilIn(series.frame, rule));
  });
  const last = Math.max(series.start, series.extra.at(-1) ?? series.start, ...ends);
  if (!Number.isFinite(last)) return last;
  const end = positionOf(spanAt(series, last).end);
  return series.frame.kind === 'date' ? endOfDates(end) : end;
}

/** With UNTIL it is looked for from its end backwards, so that a long series costs little. */
function lastStart(series: Series, until: number | null): number {
  if (until !== null) {
    for (let back = 8 * DAY; back < 6_000 * DAY; back *= 4) {
      const found = lastOf(series, Math.max(series.start, until - back));
      if (found !== null) return found;
      if (until - back <= series.start) break;
    }
  }
  return lastOf(series, series.start) ?? series.start;
}

function lastOf(series: Series, from: number): number | null {
  let last: number | null = null;
  for (const local of startsOf(series, from)) last = local;
  return last;
}

/** RECURRENCE-ID of a reply or an override as the key of a component; `series` for the date of an event that has only one. */
export function recurrenceKeyOf(moment: Moment, state: EventState): ComponentKey {
  const event = state.components[SERIES]?.event ?? null;
  if (event === null) return matchingKey(moment, state);
  const series = seriesOf(event, state.customZones);
  const key = keyOf(moment, series);
  if (series === null || isRecurring(event) || state.components[key] !== undefined) return key;
  return key === keyAt(series.frame, series.start) ? SERIES : key;
}

/** Only single dates are known: the one that is meant, in whatever form. */
function matchingKey(moment: Moment, state: EventState): ComponentKey {
  const raw = moment.utc ?? moment.local;
  const keys = Object.keys(state.components).filter(key => key !== SERIES);
  if (keys.includes(raw)) return raw;
  const near = keys.filter(key => sameDay(key, moment));
  return near.length === 1 && near[0] !== undefined ? near[0] : raw;
}

function sameDay(key: ComponentKey, moment: Moment): boolean {
  const local = parseLocal(moment.local);
  if (moment.kind !== 'date' && key.length > 10) return false;
  const wanted = key.endsWith('Z') ? parseInstant(key) : parseLocal(key);
  return Math.abs(wanted - local) < DAY + MINUTE && key.slice(0, 10) === moment.local.slice(0, 10);
}

/** Whether a date belongs to the event, taken place or cancelled (imip 7.7). */
export function isKnownDate(state: EventState, key: ComponentKey): boolean {
  if (key === SERIES || state.components[key] !== undefined) return true;
  const series = seriesOfAny(state);
  return series !== null && hasKey(series, key);
}

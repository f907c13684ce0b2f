/**
 * "This and following" (imip.md 4.8): calendars cut a series short by UNTIL and go on under another UID. Which events belong to one
 * such family, and which of them takes up where another one ends. Pure; the order in which the halves arrived does not enter.
 */
import { DAY, weekdayOf } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { lastEnd } from './occurrences.ts';
import { formatRule, parseRule, type Rule } from './recurrence.ts';
import { hasStart, isRecurring, lengthOf, localIn, type Series, seriesOf, startsOf } from './series.ts';
import { type EventState, SERIES } from './state.ts';

/** Google: `<base>_R<first date>@google.com`, the base without a mark. */
const MARKED_UID = /^(.+?)_R\d{8}(?:T\d{6}Z?)?(@[^@]*)?$/;
/** Apple ties the halves together by a set of their own. */
const SET = 'X-CALENDARSERVER-RECURRENCE-SET';

export interface SplitTraces {
  /** The UID that all halves of a Google series come from: the event's own where it bears no mark. */
  readonly baseUid: string;
  readonly marked: boolean;
  readonly sets: readonly string[];
  /** Folded; null: the event does not repeat, so that an equal title says nothing. */
  readonly title: string | null;
}

/** Null for single dates alone, which no series goes on from. */
export function splitTraces(state: EventState): SplitTraces | null {
  const event = state.components[SERIES]?.event ?? null;
  if (event === null) return null;
  const [, base, host = ''] = MARKED_UID.exec(state.uid) ?? [];
  const title = (event.summary ?? '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  return {
    baseUid: base === undefined ? state.uid : `${base}${host}`,
    marked: base !== undefined,
    sets: event.relatedTo.filter(({ type }) => type.toUpperCase() === SET).map(({ value }) => value),
    title: title === '' || !isRecurring(event) ? null : title,
  };
}

/** When the series begins; orders a family. Infinite where nothing is known. */
export function beginningOf(state: EventState): number {
  const series = seriesIn(state);
  return series === null ? Number.POSITIVE_INFINITY : series.frame.toInstant(series.start);
}

/** The earlier half ends before the later one begins. One that was called off altogether has given way as well. */
export function givesWay(earlier: EventState, later: EventState): boolean {
  if (earlier.components[SERIES]?.kind === 'cancel') return beginningOf(earlier) < beginningOf(later);
  const last = lastDate(earlier);
  return last !== null && last < beginningOf(later);
}

/** Where nothing but the title ties them together: the later one begins where the earlier one's next dates would have been. */
export function takesUp(earlier: EventState, later: EventState): boolean {
  const before = seriesIn(earlier);
  const last = lastDate(earlier);
  if (before === null || last === null || !givesWay(earlier, later)) return false;
  const [rule] = before.rules;
  return rule !== undefined && beginningOf(later) < last + 2 * intervalOf(rule);
}

/** Same days, same hours, same length: only words may differ. */
export function keepsTimes(earlier: EventState, later: EventState): boolean {
  const [before, after] = [seriesIn(earlier), seriesIn(later)];
  if (before === null || after === null || after.event.start === null) return false;
  if (lengthOf(before.event) !== lengthOf(after.event)) return false;
  if (rulesOf(before).join() !== rulesOf(after).join()) return false;
  const endless = seriesOf(withoutEnd(before.event), earlier.customZones);
  return endless !== null && hasStart(endless, localIn(endless.frame, after.event.start));
}

/** Whether it ends earlier than people were once told; `reach` as `furtherReach` answers it. */
export function isCutShort(state: EventState, reach: string | null | undefined): boolean {
  const end = lastEnd(state);
  return end !== null && reach !== undefined && (reach === null || end < reach);
}

/** The latest end that was ever told; null: once without an end. */
export function furtherReach(state: EventState, before: string | null | undefined): string | null {
  const end = lastEnd(state);
  if (end === null || before === null) return null;
  return before === undefined || before < end ? end : before;
}

function seriesIn(state: EventState): Series | null {
  const event = state.components[SERIES]?.event ?? null;
  return event === null ? null : seriesOf(event, state.customZones);
}

/** Start of the last date by the rules; null: it has no end. */
function lastDate(state: EventState): number | null {
  const series = seriesIn(state);
  if (series === null || lastEnd(state) === null) return null;
  let last = series.start;
  for (const local of startsOf(series)) last = local;
  return series.frame.toInstant(last);
}

function intervalOf({ frequency, interval }: Rule): number {
  const days: Partial<Record<Rule['frequency'], number>> = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 };
  return (days[frequency] ?? 1) * interval * DAY;
}

/** A rule that names no weekday repeats on that of its start. */
function rulesOf({ rules, start }: Series): readonly string[] {
  const weekday = weekdayOf(Math.floor(start / DAY));
  return rules.map(rule => {
    const plain = formatRule({ ...rule, until: null, count: null });
    return rule.frequency === 'WEEKLY' && !plain.includes('BYDAY') ? `${plain};${weekday}` : plain;
  });
}

function withoutEnd(event: CalendarEvent): CalendarEvent {
  const rules = event.rrules.map(parseRule).filter(rule => rule !== null);
  const rrules = rules.map(rule => formatRule({ ...rule, until: null, count: null }));
  return { ...event, rrule: rrules[0] ?? null, rrules };
}

/**
 * VTIMEZONE as Outlook and Apple take it (imip 5.4): one STANDARD and at most one DAYLIGHT, each with one yearly RRULE or none, no
 * RDATE. What no yearly pair can say goes out in UTC (a single event) or with the pair in force and a warning (a series).
 */
import { type Language, texts } from '../texts/catalogue.ts';
import {
  DAY,
  dateOf,
  daysInMonth,
  daysOf,
  formatLocal,
  MINUTE,
  SECOND,
  startOfYear,
  weekdayOf,
  yearOf,
} from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { type CustomZones, customTimeline, type Frame, frameOfEvent, positionOf } from './frame.ts';
import { WEEKDAYS } from './recurrence.ts';
import { isRecurring, lengthOf, type Series, seriesOf, startsOf } from './series.ts';
import { canonicalZone, formatInstant, parseInstant, type Transition, transitionsOf } from './time.ts';
import { changesWithin, instantIn } from './timeline.ts';

const YEAR = 366 * DAY;
/** How far a rule must hold, and how many dates of a series are tried. */
const YEARS_CHECKED = 5;
const DATES_CHECKED = 400;

export interface ZonePlan {
  readonly form: 'date' | 'utc' | 'zone' | 'floating';
  /** The frame that wall clocks are written in. */
  readonly frame: Frame;
  /** As written; null but for `zone`. */
  readonly tzid: string | null;
  /** Content lines of the VTIMEZONE, unfolded; empty where none is needed. */
  readonly lines: readonly string[];
  /** Some dates of the series are off by what no yearly pair of rules can say. */
  readonly zoneRisk: boolean;
  /** The same for the organizer. */
  readonly warning: string | null;
}

/** How an event's times go out. `now` decides which rules count: those in force at the first date that is not over. */
export function zonePlan(
  event: CalendarEvent,
  customZones: CustomZones,
  now: string,
  language: Language = 'en',
): ZonePlan {
  const frame = frameOfEvent(event, customZones);
  const plain = { frame, tzid: null, lines: [], zoneRisk: false, warning: null };
  if (frame.kind === 'date') return { ...plain, form: 'date' };
  if (frame.kind === 'floating') return { ...plain, form: 'floating' };
  if (frame.kind === 'utc') return { ...plain, form: 'utc' };
  const series = seriesOf(event, customZones);
  if (series === null) return { ...plain, form: 'utc' };
  return isRecurring(event)
    ? planOfSeries(series, customZones, parseInstant(now), language)
    : planOfSingle(series, customZones);
}

function planOfSingle(series: Series, customZones: CustomZones): ZonePlan {
  const { frame, event } = series;
  const utc: ZonePlan = { form: 'utc', frame, tzid: null, lines: [], zoneRisk: false, warning: null };
  if (frame.zone === null || event.start === null) return utc;
  const start = positionOf(event.start);
  const instants = [start, start + lengthOf(event)];
  const clock = clockOf(frame, customZones, start);
  if (clock === null || !clock.stable || wrongOnes(clock, frame, instants) > 0) return utc;
  return { ...utc, form: 'zone', tzid: clock.tzid, lines: clock.lines };
}

function planOfSeries(series: Series, customZones: CustomZones, now: number, language: Language): ZonePlan {
  const { frame } = series;
  const instants = datesToCheck(series, now);
  const clock = clockOf(frame, customZones, instants[0] ?? now);
  if (clock === null) return { form: 'utc', frame, tzid: null, lines: [], zoneRisk: false, warning: null };
  const wrong = (one: ZoneClock) => wrongOnes(one, frame, instants);
  // The next date must be right before any later one: a change of the rules may well be announced until then.
  const isRightNext = (one: ZoneClock) => wrongOnes(one, frame, instants.slice(0, 1)) === 0;
  const fixed = fixedClock(frame, clock.tzid, instants[0] ?? now);
  const best = isRightNext(clock) && (clock.stable || wrong(clock) <= wrong(fixed)) ? clock : fixed;
  const words = texts(language).calendar.warning;
  const risk = frame.zone === null ? words.customZone : words.zone(frame.zone);
  const zoneRisk = wrong(best) > 0;
  const { tzid, lines } = best;
  return { form: 'zone', frame, tzid, lines, zoneRisk, warning: zoneRisk ? risk : null };
}

/** The dates still to come, some years ahead; the first one where all are over. */
function datesToCheck(series: Series, now: number): number[] {
  const found: number[] = [];
  const length = lengthOf(series.event);
  const from = series.frame.toLocal(now) - length - DAY;
  let last = Number.POSITIVE_INFINITY;
  for (const local of startsOf(series, Math.max(series.start, from))) {
    const instant = series.frame.toInstant(local);
    if (instant + length < now) continue;
    if (found.length === 0) last = instant + YEARS_CHECKED * YEAR;
    found.push(instant);
    if (found.length >= DATES_CHECKED || instant > last) break;
  }
  return found.length > 0 ? found : [series.frame.toInstant(series.start)];
}

interface ZoneClock {
  readonly tzid: string;
  readonly lines: readonly string[];
  /** Its rules hold for two years at least, or the zone knows no changes. */
  readonly stable: boolean;
}

/** Instants whose wall clock the block would put elsewhere. */
function wrongOnes(clock: ZoneClock, frame: Frame, instants: readonly number[]): number {
  const timelineAt = customTimeline(clock.lines.join('\r\n'));
  return instants.filter(instant => {
    const local = frame.toLocal(instant);
    const timeline = timelineAt(yearOf(local));
    return timeline === null || instantIn(timeline, local) !== instant;
  }).length;
}

/** The VTIMEZONE of an IANA zone around an instant, or null where there is no such zone. */
export function vtimezoneOf(zone: string, at: string): readonly string[] | null {
  const name = canonicalZone(zone);
  return name === null ? null : clockFrom(name, ianaChanges(name, parseInstant(at)), parseInstant(at)).lines;
}

function clockOf(frame: Frame, customZones: CustomZones, at: number): ZoneClock | null {
  if (frame.zone !== null) {
    const name = canonicalZone(frame.zone) ?? frame.zone;
    return clockFrom(name, ianaChanges(name, at), at);
  }
  const text = frame.tzid === null ? undefined : customZones[frame.tzid];
  if (text === undefined || frame.tzid === null) return null;
  const changes = customChanges(text, at);
  return changes.length === 0 ? null : clockFrom(safeName(frame.tzid), changes, at);
}

function fixedClock(frame: Frame, tzid: string, at: number): ZoneClock {
  const offset = (frame.toLocal(at) - at) / MINUTE;
  return { tzid, lines: block(tzid, [fixedObservance(offset, '')]), stable: false };
}

/** A name that needs no quotes and breaks no line. */
function safeName(tzid: string): string {
  const name = tzid
    .replaceAll(/[^A-Za-z0-9 ()/_+.-]/g, '')
    .trim()
    .slice(0, 60);
  return name === '' ? 'Custom' : name;
}

interface Change {
  readonly at: number;
  /** Minutes east. */
  readonly before: number;
  readonly after: number;
  readonly name: string;
  readonly nameBefore: string;
}

function ianaChanges(zone: string, at: number): Change[] {
  const found = transitionsOf(
    zone,
    formatInstant(at - 2 * YEAR),
    formatInstant(at + (YEARS_CHECKED + 1) * YEAR),
  );
  return paired(found.map((change: Transition) => ({ ...change, at: parseInstant(change.at) })));
}

function customChanges(text: string, at: number): Change[] {
  const timelineAt = customTimeline(text);
  const found: { at: number; offset: number; name: string }[] = [];
  for (let year = yearOf(at) - 2; year <= yearOf(at) + YEARS_CHECKED; year += 1) {
    const timeline = timelineAt(year);
    if (timeline === null) return [];
    for (const change of changesWithin(timeline, startOfYear(year), startOfYear(year + 1))) {
      const offset = Math.round((change.offset * SECOND) / MINUTE);
      if (found.at(-1)?.offset !== offset) found.push({ at: change.at, offset, name: '' });
    }
  }
  return paired(found);
}

/** The first entry says what held before: it is the start of the list and no change. */
function paired(entries: readonly { at: number; offset: number; name: string }[]): Change[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1] ?? entry;
    return {
      at: entry.at,
      before: before.offset,
      after: entry.offset,
      name: entry.name,
      nameBefore: before.name,
    };
  });
}

function clockFrom(tzid: string, entries: readonly Change[], at: number): ZoneClock {
  const [head, ...changes] = entries;
  const next = changes.filter(change => change.at > at && change.at <= at + YEAR + 30 * DAY);
  const previous = changes.findLast(change => change.at <= at);
  const [first, second = previous] = next;
  if (first === undefined) {
    const holds = previous ?? head;
    const observance = fixedObservance(holds?.after ?? 0, holds?.name ?? '');
    return { tzid, lines: block(tzid, [observance]), stable: true };
  }
  if (second === undefined || second.after !== first.before || second.before !== first.after) {
    const observance = fixedObservance(first.before, first.nameBefore);
    return { tzid, lines: block(tzid, [observance]), stable: false };
  }
  const later = changes.filter(change => change.at > at);
  const rules = [first, second].map(change => yearlyRule(change, later));
  const stable = rules.every(rule => rule.years >= 2);
  return {
    tzid,
    lines: block(
      tzid,
      rules.map(rule => rule.observance),
    ),
    stable,
  };
}

interface Observance {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly start: string;
  readonly rule: string | null;
}

function fixedObservance(offset: number, name: string): Observance {
  return { from: offset, to: offset, name, start: '19700101T000000', rule: null };
}

/** The onset as the nth or the last of its weekday in its month, whichever the coming years bear out for longer. */
function yearlyRule(change: Change, later: readonly Change[]): { observance: Observance; years: number } {
  const local = change.at + change.before * MINUTE;
  const day = Math.floor(local / DAY);
  const { year, month, day: dayOfMonth } = dateOf(day);
  const nth = Math.floor((dayOfMonth - 1) / 7) + 1;
  const isLast = dayOfMonth + 7 > daysInMonth(year, month);
  const candidates = [...(isLast ? [-1] : []), ...(nth < 5 ? [nth] : [])];
  const alike = later.filter(other => other.before === change.before && other.after === change.after);
  const yearsOf = (ordinal: number) => yearsHeld(ordinal, local, alike);
  const best = candidates.reduce((one, other) => (yearsOf(other) > yearsOf(one) ? other : one));
  const weekday = weekdayOf(day);
  const onset = formatLocal(nthDay(1970, month, weekday, best) * DAY + (local - day * DAY));
  const rule = `FREQ=YEARLY;BYMONTH=${month};BYDAY=${best}${WEEKDAYS[weekday]}`;
  const { before: from, after: to, name } = change;
  return { observance: { from, to, name, start: onset.replaceAll(/[-:]/g, ''), rule }, years: yearsOf(best) };
}

/** For how many of the coming changes in a row the rule hits. */
function yearsHeld(ordinal: number, local: number, alike: readonly Change[]): number {
  const { month } = dateOf(Math.floor(local / DAY));
  const weekday = weekdayOf(Math.floor(local / DAY));
  const clock = local - Math.floor(local / DAY) * DAY;
  const missed = alike.findIndex((change, index) => {
    const onset = change.at + change.before * MINUTE;
    const expected = nthDay(yearOf(alike[0]?.at ?? 0) + index, month, weekday, ordinal) * DAY + clock;
    return onset !== expected;
  });
  return missed < 0 ? alike.length : missed;
}

function nthDay(year: number, month: number, weekday: number, ordinal: number): number {
  if (ordinal > 0) {
    const first = daysOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (ordinal - 1) * 7;
  }
  const last = daysOf(year, month, daysInMonth(year, month));
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

function block(tzid: string, observances: readonly Observance[]): string[] {
  const standardOffset = Math.min(...observances.map(observance => observance.to));
  const sorted = [...observances].sort((a, b) => a.to - b.to);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...sorted.flatMap(observance => {
      const kind = observance.to === standardOffset ? 'STANDARD' : 'DAYLIGHT';
      return [
        `BEGIN:${kind}`,
        `DTSTART:${observance.start}`,
        `TZOFFSETFROM:${offsetText(observance.from)}`,
        `TZOFFSETTO:${offsetText(observance.to)}`,
        ...(observance.rule === null ? [] : [`RRULE:${observance.rule}`]),
        `TZNAME:${observance.name === '' ? offsetText(observance.to) : observance.name}`,
        `END:${kind}`,
      ];
    }),
    'END:VTIMEZONE',
  ];
}

function offsetText(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

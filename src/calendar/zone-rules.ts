/**
 * A file's own VTIMEZONE (RFC 5545 3.6.5) as offsets over time. Understands yearly rules, RDATE histories, starts in 1601 or the
 * year 1, offsets to the second. Any other rule makes the block unreadable. Rules are worked out a year at a time and never
 * run from their start, so a rule can't keep us busy; a budget bounds the rest.
 */
import {
  DAY,
  dateOf,
  daysInMonth,
  daysOf,
  HOUR,
  isLeap,
  MINUTE,
  SECOND,
  startOfYear,
  weekdayOf,
  yearOf,
} from './civil.ts';
import { all, type Component, first } from './component.ts';
import type { Property } from './content-line.ts';
import type { Timeline } from './timeline.ts';
import { readOffset, readTime } from './value.ts';

/** Steps one file may cost. */
export interface Budget {
  left: number;
}

export const ZONE_STEPS = 150_000;
const OBSERVANCES = 400;

export interface ZoneBlock {
  /** The first onset as an instant: before it the block says little. */
  readonly since: number;
  /** What holds around those years; null where the budget ran out. */
  around(fromYear: number, toYear: number): Timeline | null;
}

interface Observance {
  readonly from: number;
  readonly to: number;
  /** Single onsets as instants, sorted. */
  readonly single: readonly number[];
  readonly rules: readonly YearlyRule[];
}

interface Weekday {
  /** Within its month, from its end where negative; 0: each. */
  readonly nth: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

interface YearlyRule {
  readonly start: number;
  /** Time of day of every onset. */
  readonly clock: number;
  readonly interval: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly weekdays: readonly Weekday[];
  readonly setPositions: readonly number[];
  /** Last onset allowed, as wall clock or as instant. */
  readonly until: { readonly ms: number; readonly utc: boolean } | null;
  readonly count: number | null;
}

export function readZoneBlock(component: Component, budget: Budget): ZoneBlock | null {
  const blocks = component.children.filter(child => child.name === 'STANDARD' || child.name === 'DAYLIGHT');
  if (blocks.length === 0 || blocks.length > OBSERVANCES) return null;
  const observances: Observance[] = [];
  for (const block of blocks) {
    const observance = readObservance(block, budget);
    if (observance === null) return null;
    observances.push(observance);
  }
  const cache = new Map<string, Timeline | null>();
  return {
    since: Math.min(...observances.map(({ single }) => single[0] ?? Infinity)),
    around(fromYear, toYear) {
      const key = `${fromYear}-${toYear}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const timeline = timelineAround(observances, fromYear, toYear, budget);
      cache.set(key, timeline);
      return timeline;
    },
  };
}

function readObservance(block: Component, budget: Budget): Observance | null {
  const start = readTime(first(block, 'DTSTART')?.value ?? '');
  const to = readOffset(first(block, 'TZOFFSETTO')?.value ?? '');
  const from = readOffset(first(block, 'TZOFFSETFROM')?.value ?? '') ?? to;
  if (start === null || to === null || from === null) return null;
  const instant = (time: { readonly kind: string; readonly ms: number }) =>
    time.kind === 'utc' ? time.ms : time.ms - from * SECOND;
  const single = [instant(start)];
  for (const property of all(block, 'RDATE')) {
    for (const value of property.value.split(',')) {
      budget.left -= 1;
      const time = readTime(value.split('/')[0] ?? '');
      if (time !== null) single.push(instant(time));
    }
  }
  const rules: YearlyRule[] = [];
  for (const property of all(block, 'RRULE')) {
    const rule = readYearlyRule(property, start.ms);
    if (rule === null) return null;
    rules.push(rule);
  }
  return { from, to, single: single.sort((a, b) => a - b), rules };
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const KNOWN_PARTS =
  /^(?:FREQ|INTERVAL|BYMONTH|BYDAY|BYMONTHDAY|BYSETPOS|BYHOUR|BYMINUTE|BYSECOND|UNTIL|COUNT|WKST)$/;

function readYearlyRule(property: Property, start: number): YearlyRule | null {
  const parts = new Map<string, string>();
  for (const part of property.value.toUpperCase().split(';')) {
    const [name, value] = part.split('=', 2);
    if (name === undefined || value === undefined) continue;
    if (!KNOWN_PARTS.test(name.trim())) return null;
    parts.set(name.trim(), value.trim());
  }
  if (parts.get('FREQ') !== 'YEARLY') return null;
  const numbers = (name: string) => (parts.get(name)?.split(',') ?? []).map(Number).filter(Number.isInteger);
  const weekdays = (parts.get('BYDAY')?.split(',') ?? []).flatMap(text => {
    const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text.trim());
    return match === null ? [] : [{ nth: Number(match[1] ?? 0), weekday: WEEKDAYS.indexOf(match[2] ?? '') }];
  });
  const until = readTime(parts.get('UNTIL') ?? '');
  const months = numbers('BYMONTH').filter(month => month >= 1 && month <= 12);
  const { month } = dateOf(Math.floor(start / DAY));
  const clock = start - Math.floor(start / DAY) * DAY;
  // Notes writes the hour of the change into the rule.
  const part = (name: string, unit: number, span: number) =>
    (numbers(name)[0] ?? Math.floor((clock % span) / unit)) * unit;
  return {
    start,
    clock: part('BYHOUR', HOUR, DAY) + part('BYMINUTE', MINUTE, HOUR) + part('BYSECOND', SECOND, MINUTE),
    interval: Math.max(1, numbers('INTERVAL')[0] ?? 1),
    months: months.length > 0 ? months : [month],
    monthDays: numbers('BYMONTHDAY'),
    weekdays,
    setPositions: numbers('BYSETPOS'),
    until:
      until === null
        ? null
        : { ms: until.kind === 'date' ? until.ms + DAY - 1 : until.ms, utc: until.kind === 'utc' },
    count: numbers('COUNT')[0] ?? null,
  };
}

/** Instants at which an observance begins, within years, plus the last one before them. */
function onsets(observance: Observance, fromYear: number, toYear: number, budget: Budget): number[] {
  const low = startOfYear(fromYear);
  const high = startOfYear(toYear + 1);
  const found: number[] = [];
  let before = -Infinity;
  for (const at of observance.single) {
    budget.left -= 1;
    if (at >= high) break;
    if (at < low) before = at;
    else found.push(at);
  }
  for (const rule of observance.rules) {
    for (let year = fromYear; year <= toYear; year += 1) {
      found.push(...onsetsOfYear(rule, observance.from, year, budget));
    }
    before = Math.max(before, lastBefore(rule, observance.from, fromYear, budget));
  }
  return before === -Infinity ? found : [before, ...found];
}

/** The rule's last onset in a year before `year`; looks back over at most one interval and leap years. */
function lastBefore(rule: YearlyRule, offset: number, year: number, budget: Budget): number {
  const untilYear = rule.until === null ? Infinity : yearOf(rule.until.ms);
  const countYear = rule.count === null ? Infinity : yearOf(rule.start) + rule.count * rule.interval;
  const newest = Math.min(year - 1, untilYear, countYear);
  const oldest = Math.max(yearOf(rule.start), newest - Math.min(rule.interval, 100) - 8);
  for (let candidate = newest; candidate >= oldest && budget.left > 0; candidate -= 1) {
    const last = onsetsOfYear(rule, offset, candidate, budget).at(-1);
    if (last !== undefined) return last;
  }
  return -Infinity;
}

function onsetsOfYear(rule: YearlyRule, offset: number, year: number, budget: Budget): number[] {
  const startYear = yearOf(rule.start);
  if (year < startYear || (year - startYear) % rule.interval !== 0) return [];
  // Zones count one onset a year; a COUNT is read as that many years.
  if (rule.count !== null && (year - startYear) / rule.interval >= rule.count) return [];
  const found: number[] = [];
  for (const day of daysOfYear(rule, year, budget)) {
    const local = day * DAY + rule.clock;
    const instant = local - offset * SECOND;
    if (local < rule.start) continue;
    if (rule.until !== null && (rule.until.utc ? instant : local) > rule.until.ms) continue;
    found.push(instant);
  }
  return found;
}

function daysOfYear(rule: YearlyRule, year: number, budget: Budget): number[] {
  const days = rule.months.flatMap(month => daysOfMonth(rule, year, month, budget)).sort((a, b) => a - b);
  if (rule.setPositions.length === 0) return days;
  return rule.setPositions.flatMap(position => days.at(position > 0 ? position - 1 : position) ?? []);
}

function daysOfMonth(rule: YearlyRule, year: number, month: number, budget: Budget): number[] {
  const length = daysInMonth(year, month);
  const firstDay = daysOf(year, month, 1);
  if (rule.monthDays.length === 0 && rule.weekdays.length === 0) {
    const { day } = dateOf(Math.floor(rule.start / DAY));
    budget.left -= 1;
    return day <= length && (day < 29 || month !== 2 || isLeap(year)) ? [firstDay + day - 1] : [];
  }
  const [only, ...others] = rule.weekdays;
  if (rule.monthDays.length === 0 && only !== undefined && only.nth !== 0 && others.length === 0) {
    budget.left -= 1;
    const day = nthWeekday(only, weekdayOf(firstDay), length);
    return day < 1 || day > length ? [] : [firstDay + day - 1];
  }
  const found: number[] = [];
  for (let day = 1; day <= length; day += 1) {
    budget.left -= 1;
    const fits =
      (rule.monthDays.length === 0 ||
        rule.monthDays.some(wanted => wanted === day || wanted === day - length - 1)) &&
      (rule.weekdays.length === 0 ||
        rule.weekdays.some(wanted => isNth(wanted, weekdayOf(firstDay + day - 1), day, length)));
    if (fits) found.push(firstDay + day - 1);
  }
  return found;
}

/** What nearly every zone has, `-1SU`, without a look at each day. `first`: the weekday of the month's first day. */
function nthWeekday({ nth, weekday }: Weekday, first: number, length: number): number {
  const earliest = 1 + ((weekday - first + 7) % 7);
  if (nth > 0) return earliest + (nth - 1) * 7;
  const latest = earliest + Math.floor((length - earliest) / 7) * 7;
  return latest + (nth + 1) * 7;
}

function isNth(wanted: Weekday, weekday: number, day: number, length: number): boolean {
  if (wanted.weekday !== weekday) return false;
  if (wanted.nth === 0) return true;
  const nth = wanted.nth > 0 ? Math.ceil(day / 7) : -Math.ceil((length - day + 1) / 7);
  return nth === wanted.nth;
}

function timelineAround(
  observances: readonly Observance[],
  fromYear: number,
  toYear: number,
  budget: Budget,
): Timeline | null {
  if (budget.left <= 0) return null;
  const changes: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  for (const observance of observances) {
    const { from, to } = observance;
    for (const at of onsets(observance, fromYear - 1, toYear + 1, budget)) changes.push({ at, from, to });
    if (budget.left <= 0) return null;
  }
  changes.sort((a, b) => a.at - b.at);
  const earliest = changes[0];
  if (earliest === undefined) return beforeAll(observances);
  // Before the first onset its TZOFFSETFROM holds.
  return {
    offsets: [earliest.from, ...changes.map(change => change.to)],
    untils: [...changes.map(change => change.at), Infinity],
  };
}

/** Years before any onset. */
function beforeAll(observances: readonly Observance[]): Timeline | null {
  const earliest = [...observances].sort((a, b) => (a.single[0] ?? 0) - (b.single[0] ?? 0))[0];
  return earliest === undefined ? null : { offsets: [earliest.from], untils: [Infinity] };
}

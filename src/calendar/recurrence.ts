/**
 * RRULE (RFC 5545 3.3.10) over wall clocks as plain numbers, expanded lazily.
 * Bounded by construction: a rule that yields nothing ends after a fixed number of tries, and nothing is yielded after the year 2200.
 * A wall clock that a change of the zone skips is kept and read with the offset before it, as the calendars of guests show it.
 */
import { DAY, dateOf, daysInMonth, daysOf, HOUR, isLeap, MINUTE, SECOND, weekdayOf } from './civil.ts';
import type { Rule, RuleDay } from './rule.ts';

export {
  FREQUENCIES,
  type Frequency,
  formatRule,
  parseRule,
  type Rule,
  type RuleDay,
  WEEKDAYS,
} from './rule.ts';

const LAST_YEAR = 2200;
const EMPTY_PERIODS = 50_000;

export interface Bounds {
  /** Last wall clock that counts, UNTIL already in the start's own clock. */
  readonly until: number | null;
  /** Nothing before it is yielded; without COUNT the way there is skipped. */
  readonly from?: number;
}

/** Wall clocks in order. The start is always the first, also where it doesn't fit its rule, and counts. */
export function* ruleStarts(rule: Rule, start: number, bounds: Bounds): Generator<number, void, undefined> {
  const from = bounds.from ?? start;
  const until = bounds.until ?? Number.POSITIVE_INFINITY;
  let left = (rule.count ?? Number.POSITIVE_INFINITY) - 1;
  if (start >= from) yield start;
  for (const candidates of periods(rule, start, rule.count === null ? from : start)) {
    for (const candidate of candidates) {
      if (candidate <= start) continue;
      if (candidate > until || left <= 0) return;
      left -= 1;
      if (candidate >= from) yield candidate;
    }
  }
}

/** The candidates of each period (a year, a month, ... a second), INTERVAL apart. */
function* periods(rule: Rule, start: number, from: number): Generator<readonly number[], void, undefined> {
  const clock = clockOf(rule, start);
  const first = clock.index(start);
  const behind = Math.floor((clock.index(from) - first) / rule.interval) - 1;
  let empty = 0;
  for (let step = Math.max(0, behind); empty < EMPTY_PERIODS; step += 1) {
    const index = first + step * rule.interval;
    if (clock.year(index) > LAST_YEAR) return;
    const found = picked(rule, clock.candidates(index));
    empty = found.length === 0 ? empty + 1 : 0;
    yield found;
  }
}

function picked(rule: Rule, candidates: readonly number[]): readonly number[] {
  if (rule.position.length === 0) return candidates;
  const found = rule.position.map(position => candidates.at(position > 0 ? position - 1 : position));
  return unique(found.filter(candidate => candidate !== undefined)).sort((a, b) => a - b);
}

interface PeriodClock {
  /** Number of the period a wall clock lies in. */
  readonly index: (ms: number) => number;
  readonly year: (index: number) => number;
  readonly candidates: (index: number) => readonly number[];
}

function clockOf(rule: Rule, start: number): PeriodClock {
  switch (rule.frequency) {
    case 'YEARLY':
    case 'MONTHLY':
    case 'WEEKLY':
    case 'DAILY':
      return dayClock(rule, start);
    case 'HOURLY':
      return finerClock(rule, start, HOUR);
    case 'MINUTELY':
      return finerClock(rule, start, MINUTE);
    case 'SECONDLY':
      return finerClock(rule, start, SECOND);
  }
}

function dayClock(rule: Rule, start: number): PeriodClock {
  const fits = dayFilter(rule, dayOf(start));
  const times = timesOfDay(rule, start);
  const span = SPANS[rule.frequency as keyof typeof SPANS];
  return {
    index: ms => span.index(dayOf(ms), rule.weekStart),
    year: index => dateOf(span.first(index, rule.weekStart)).year,
    candidates: index => {
      const first = span.first(index, rule.weekStart);
      const found: number[] = [];
      for (let day = first; day < span.first(index + 1, rule.weekStart); day += 1) {
        if (fits(day)) found.push(...times.map(time => day * DAY + time));
      }
      return found;
    },
  };
}

interface Span {
  readonly index: (day: number, weekStart: number) => number;
  readonly first: (index: number, weekStart: number) => number;
}

const SPANS: Readonly<Record<'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY', Span>> = {
  YEARLY: { index: day => dateOf(day).year, first: index => daysOf(index, 1, 1) },
  MONTHLY: {
    index: day => dateOf(day).year * 12 + dateOf(day).month - 1,
    first: index => daysOf(Math.floor(index / 12), (index % 12) + 1, 1),
  },
  // 1970-01-01 was a Thursday (4).
  WEEKLY: {
    index: (day, weekStart) => Math.floor((day + 4 - weekStart) / 7),
    first: (index, weekStart) => index * 7 - 4 + weekStart,
  },
  DAILY: { index: day => day, first: index => index },
};

/** Below a day the BY parts that are no finer than the frequency limit, the finer ones expand. */
function finerClock(rule: Rule, start: number, unit: number): PeriodClock {
  const fits = dayFilter(rule, dayOf(start));
  const offsets = timesWithin(rule, start, unit);
  const allowed = (ms: number) =>
    fits(dayOf(ms)) &&
    among(rule.hour, Math.floor((ms % DAY) / HOUR)) &&
    (unit > MINUTE || among(rule.minute, Math.floor((ms % HOUR) / MINUTE))) &&
    (unit > SECOND || among(rule.second, Math.floor((ms % MINUTE) / SECOND)));
  return {
    index: ms => Math.floor(ms / unit),
    year: index => dateOf(dayOf(index * unit)).year,
    candidates: index => (allowed(index * unit) ? offsets.map(offset => index * unit + offset) : []),
  };
}

function timesOfDay(rule: Rule, start: number): number[] {
  const hours = rule.hour.length > 0 ? rule.hour : [Math.floor((start - dayOf(start) * DAY) / HOUR)];
  const within = timesWithin(rule, start, HOUR);
  return hours.flatMap(hour => within.map(time => hour * HOUR + time)).sort((a, b) => a - b);
}

function timesWithin(rule: Rule, start: number, unit: number): number[] {
  const clock = start - dayOf(start) * DAY;
  const minutes = rule.minute.length > 0 ? rule.minute : [Math.floor((clock % HOUR) / MINUTE)];
  const seconds = rule.second.length > 0 ? rule.second : [Math.floor((clock % MINUTE) / SECOND)];
  const minuteOffsets = unit >= HOUR ? minutes.map(minute => minute * MINUTE) : [0];
  const secondOffsets = unit >= MINUTE ? seconds.map(second => Math.min(second, 59) * SECOND) : [0];
  return unique(minuteOffsets.flatMap(minute => secondOffsets.map(second => minute + second))).sort(
    (a, b) => a - b,
  );
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY);
}

function among(list: readonly number[], value: number): boolean {
  return list.length === 0 || list.includes(value);
}

function counted(list: readonly number[], value: number, length: number): boolean {
  return list.length === 0 || list.includes(value) || list.includes(value - length - 1);
}

/** Whether a day passes all BY parts; what the rule leaves open comes from the start (RFC 5545 3.3.10). */
function dayFilter(rule: Rule, start: number): (day: number) => boolean {
  const open = openParts(rule, start);
  return day => {
    const date = dateOf(day);
    if (!among(open.month, date.month)) return false;
    if (!counted(open.monthDay, date.day, daysInMonth(date.year, date.month))) return false;
    if (!weekdayFits(rule, open.day, day)) return false;
    const yearLength = isLeap(date.year) ? 366 : 365;
    if (!counted(rule.yearDay, day - daysOf(date.year, 1, 1) + 1, yearLength)) return false;
    return rule.frequency !== 'YEARLY' || weekFits(rule, day);
  };
}

function openParts(rule: Rule, start: number): Pick<Rule, 'month' | 'monthDay' | 'day'> {
  const { month, monthDay, day } = rule;
  const date = dateOf(start);
  const startDay = [{ ordinal: 0, weekday: weekdayOf(start) }];
  if (day.length > 0 || monthDay.length > 0 || rule.yearDay.length > 0) return { month, monthDay, day };
  if (rule.frequency === 'WEEKLY' || rule.weekNumber.length > 0) return { month, monthDay, day: startDay };
  if (rule.frequency === 'MONTHLY') return { month, monthDay: [date.day], day };
  if (rule.frequency === 'YEARLY') {
    return { month: month.length > 0 ? month : [date.month], monthDay: [date.day], day };
  }
  return { month, monthDay, day };
}

function weekdayFits(rule: Rule, wanted: readonly RuleDay[], day: number): boolean {
  if (wanted.length === 0) return true;
  return wanted.some(({ ordinal, weekday }) => {
    if (weekdayOf(day) !== weekday) return false;
    return ordinal === 0 || ordinalsOf(rule, day).includes(ordinal);
  });
}

/** Which of its weekday a day is, from the front and from the back: in its month, or in its year for YEARLY without BYMONTH. */
function ordinalsOf(rule: Rule, day: number): readonly number[] {
  const { year, month, day: dayOfMonth } = dateOf(day);
  const inYear = rule.frequency === 'YEARLY' && rule.month.length === 0;
  if (rule.frequency !== 'MONTHLY' && rule.frequency !== 'YEARLY') return [0];
  const position = inYear ? day - daysOf(year, 1, 1) : dayOfMonth - 1;
  const length = inYear ? (isLeap(year) ? 366 : 365) : daysInMonth(year, month);
  return [Math.floor(position / 7) + 1, -(Math.floor((length - 1 - position) / 7) + 1)];
}

function weekFits(rule: Rule, day: number): boolean {
  if (rule.weekNumber.length === 0) return true;
  const middle = day - ((weekdayOf(day) - rule.weekStart + 7) % 7) + 3;
  const { year } = dateOf(middle);
  const number = Math.floor((middle - daysOf(year, 1, 1)) / 7) + 1;
  return counted(rule.weekNumber, number, weeksIn(year, rule.weekStart));
}

function weeksIn(year: number, weekStart: number): number {
  const firstMiddle = (weekdayOf(daysOf(year, 1, 1)) - weekStart + 7) % 7;
  const length = isLeap(year) ? 366 : 365;
  // A year has 53 weeks where its first or last day is the middle (fourth) day of a week.
  return firstMiddle === 3 || (length === 366 && firstMiddle === 2) ? 53 : 52;
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)];
}

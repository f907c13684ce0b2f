/** A repeat rule as a person reads it. */
import { type Language, texts } from '../texts/catalogue.ts';
import { DAY, dateOf } from './civil.ts';
import { longDay, said } from './day-words.ts';
import type { Rule, RuleDay } from './recurrence.ts';

/** The pieces of a rule's words; `on` and `months` stand behind `every` in English. */
interface Body {
  readonly every: string;
  readonly on: string | null;
  readonly months: string | null;
}

/** `every 2 weeks on Tuesday and Thursday, until Tuesday 30 June 2026`; `start` and `until` are wall clocks. */
export function ruleWords(
  rule: Rule,
  start: number,
  until: number | null,
  language: Language = 'en',
): string {
  const words = texts(language).calendar.rule;
  const every = words.every(saidFrequency(rule), rule.interval);
  const body = bodyOf(rule, start, every, language) ?? plain(words.special(every));
  return words.whole(body.every, body.on, body.months, endWords(rule, until, language));
}

/** Each month but only in some, each day but only on some: as a person says it, each year in these, each week on those. */
function saidFrequency({ frequency, interval, month, day }: Rule): Rule['frequency'] {
  if (interval !== 1) return frequency;
  if (frequency === 'MONTHLY' && month.length > 0) return 'YEARLY';
  return frequency === 'DAILY' && day.length > 0 ? 'WEEKLY' : frequency;
}

function plain(every: string, on: string | null = null, months: string | null = null): Body {
  return { every, on, months };
}

function endWords(rule: Rule, until: number | null, language: Language): string | null {
  const words = texts(language).calendar.rule;
  if (rule.count !== null) return words.times(rule.count);
  return until === null ? null : words.until(longDay(until, language));
}

/** Null for what has no plain words. */
function bodyOf(rule: Rule, start: number, every: string, language: Language): Body | null {
  const odd = [rule.second, rule.minute, rule.hour, rule.yearDay, rule.weekNumber];
  if (odd.some(list => list.length > 0)) return null;
  switch (rule.frequency) {
    case 'DAILY':
      return simpleDays(rule, every, language);
    case 'WEEKLY':
      return weekWords(rule, start, every, language);
    case 'MONTHLY':
      return monthWords(rule, start, every, language);
    case 'YEARLY':
      return yearWords(rule, start, every, language);
    default:
      return rule.day.length + rule.monthDay.length + rule.month.length + rule.position.length === 0
        ? plain(every)
        : null;
  }
}

const WORKDAYS = [1, 2, 3, 4, 5];

function isWorkweek(days: readonly RuleDay[]): boolean {
  return (
    days.length === 5 &&
    WORKDAYS.every(day => days.some(found => found.weekday === day && found.ordinal === 0))
  );
}

function simpleDays(rule: Rule, every: string, language: Language): Body | null {
  const words = texts(language).calendar.rule;
  if (rule.position.length + rule.monthDay.length + rule.month.length > 0) return null;
  if (rule.day.length === 0) return plain(every);
  if (isWorkweek(rule.day) && rule.interval === 1) return plain(words.weekdays);
  return plain(every, words.onDays(weekdayNames(rule.day, rule.weekStart, language)));
}

function weekWords(rule: Rule, start: number, every: string, language: Language): Body | null {
  const words = texts(language).calendar.rule;
  if (rule.position.length + rule.monthDay.length + rule.month.length > 0) return null;
  if (isWorkweek(rule.day) && rule.interval === 1) return plain(words.weekdays);
  const days = rule.day.length > 0 ? rule.day : [{ ordinal: 0, weekday: new Date(start).getUTCDay() }];
  return plain(every, words.onDays(weekdayNames(days, rule.weekStart, language)));
}

function monthWords(rule: Rule, start: number, every: string, language: Language): Body | null {
  const words = texts(language).calendar.rule;
  const months = monthsOf(rule, language);
  if (rule.day.length > 0) {
    const days = nthWords(rule, language);
    return days === null || rule.monthDay.length > 0 ? null : plain(every, days, months);
  }
  if (rule.position.length > 0) return null;
  if (rule.monthDay.length === 1 && rule.monthDay[0] === -1) return plain(every, words.onLastDay, months);
  const days = rule.monthDay.length > 0 ? rule.monthDay : [dateOf(Math.floor(start / DAY)).day];
  if (days.some(day => day < 0)) return null;
  return plain(every, words.onMonthDays([...days].sort((a, b) => a - b).map(String)), months);
}

/** BYDAY=2TU, BYDAY=1MO,3MO, BYDAY=TU;BYSETPOS=2, and the workdays of `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`. */
function nthWords(rule: Rule, language: Language): string | null {
  const words = texts(language).calendar.rule;
  const [position] = rule.position;
  if (position !== undefined) {
    const kind = kindOfDays(rule.day, language);
    if (rule.position.length > 1 || kind === null || rule.day.some(day => day.ordinal !== 0)) return null;
    const nth = words.nth(position, kind.name, kind.weekday);
    return nth === null ? null : words.onNth([nth]);
  }
  const days = rule.day
    .map(({ ordinal, weekday }) => words.nth(ordinal, weekdayName(weekday, language), weekday))
    .filter(day => day !== null);
  return days.length < rule.day.length ? null : words.onNth(days);
}

function kindOfDays(
  days: readonly RuleDay[],
  language: Language,
): { readonly name: string; readonly weekday: number | null } | null {
  const kinds = texts(language).calendar.rule.dayOrWorkday;
  const weekdays = new Set(days.map(day => day.weekday));
  if (weekdays.size === 7) return { name: kinds.any, weekday: null };
  if (isWorkweek(days)) return { name: kinds.workday, weekday: null };
  if (weekdays.size === 2 && weekdays.has(0) && weekdays.has(6))
    return { name: kinds.weekendDay, weekday: null };
  const [only] = days;
  if (days.length !== 1 || only === undefined) return null;
  return { name: weekdayName(only.weekday, language), weekday: only.weekday };
}

function yearWords(rule: Rule, start: number, every: string, language: Language): Body | null {
  const words = texts(language).calendar.rule;
  const date = dateOf(Math.floor(start / DAY));
  if (rule.day.length > 0) {
    if (rule.month.length === 0 || rule.monthDay.length > 0) return null;
    const days = nthWords(rule, language);
    return days === null ? null : plain(every, days, monthsOf(rule, language));
  }
  if (rule.position.length > 0 || rule.month.length > 1 || rule.monthDay.length > 1) return null;
  if (rule.monthDay.length === 1 && rule.month.length === 0) return null;
  const month = rule.month[0] ?? date.month;
  const day = rule.monthDay[0] ?? date.day;
  if (day < 0) return null;
  return plain(every, words.onDate(said(Date.UTC(2000, month - 1, day), 'monthDay', language)));
}

function monthsOf(rule: Rule, language: Language): string | null {
  if (rule.month.length === 0) return null;
  const months = [...rule.month].sort((a, b) => a - b);
  return texts(language).calendar.rule.inMonths(
    months.map(month => said((month - 1) * 31 * DAY, 'month', language)),
  );
}

/** In the order of the week, each once. */
function weekdayNames(days: readonly RuleDay[], weekStart: number, language: Language): string[] {
  const found = [...new Set(days.map(day => day.weekday))];
  found.sort((a, b) => ((a - weekStart + 7) % 7) - ((b - weekStart + 7) % 7));
  return found.map(weekday => weekdayName(weekday, language));
}

function weekdayName(weekday: number, language: Language): string {
  // 1970-01-04 was a Sunday.
  return said((3 + weekday) * DAY, 'weekday', language);
}

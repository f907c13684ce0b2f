/**
 * Dates, times, zones and rules as a person reads them. Intl only names days and months of wall clocks that are already worked out
 * (always with timeZone UTC); the zone arithmetic is `time.ts`'s.
 */
import { type Language, texts } from '../texts/catalogue.ts';
import { DAY, dateOf, HOUR, MINUTE, parseLocal } from './civil.ts';
import type { Moment } from './event.ts';
import type { Frame } from './frame.ts';
import { momentAt, positionOf } from './frame.ts';
import type { Rule, RuleDay } from './recurrence.ts';
import { type Span, untilIn } from './series.ts';

/** English as most of the world's calendars write it: day before month, 24 hours. */
const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  pt: 'pt-BR',
  it: 'it-IT',
  nl: 'nl-NL',
  ja: 'ja-JP',
  ar: 'ar-u-nu-latn',
};
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, style: 'short' | 'long'): Intl.DateTimeFormat {
  const key = `${language}/${style}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: 'UTC',
    weekday: style,
    day: 'numeric',
    month: style,
    year: 'numeric',
  });
  formats.set(key, made);
  return made;
}

interface DayWords {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

function partsOf(local: number, style: 'short' | 'long', language: Language): DayWords {
  const parts = format(language, style).formatToParts(new Date(local));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(found => found.type === type)?.value ?? '';
  // ICU shortens September to four letters in this locale only.
  const month = style === 'short' ? part('month').slice(0, 3) : part('month');
  return { weekday: part('weekday'), day: part('day'), month, year: part('year') };
}

/** `Tuesday 3 March 2026` */
export function longDay(local: number, language: Language = 'en'): string {
  return texts(language).calendar.day(partsOf(local, 'long', language));
}

/** `Tue 3 Mar`, with the year where it is asked for. */
export function shortDay(local: number, withYear: boolean, language: Language = 'en'): string {
  const parts = partsOf(local, 'short', language);
  return texts(language).calendar.shortDay({ ...parts, year: withYear ? parts.year : null });
}

/** `16:00` */
export function timeOfDay(local: number): string {
  const clock = ((local % DAY) + DAY) % DAY;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(clock / HOUR)}:${two((clock % HOUR) / MINUTE)}`;
}

/** `UTC+1`, `UTC+5:30`, `UTC`. */
export function offsetLabel(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(Math.round(minutes));
  const rest = size % 60;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `Europe/Berlin, UTC+1`; null for dates. */
export function zoneLabel(frame: Frame, instant: number, language: Language = 'en'): string | null {
  const words = texts(language).calendar;
  if (frame.kind === 'date') return null;
  if (frame.kind === 'floating') return words.floating;
  const offset = offsetLabel((frame.toLocal(instant) - instant) / MINUTE);
  if (frame.zone === null || frame.zone === 'Etc/UTC') return offset;
  return words.zoneAndOffset(frame.zone, offset);
}

/** The zone's name alone, for where the offset says nothing new. */
export function zoneName(frame: Frame, instant: number): string | null {
  if (frame.kind === 'date' || frame.kind === 'floating') return null;
  if (frame.zone === 'Etc/UTC') return 'UTC';
  return frame.zone ?? offsetLabel((frame.toLocal(instant) - instant) / MINUTE);
}

/** `Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)`; all days of a date, its last one included. */
export function whenWords(span: Span, frame: Frame, language: Language = 'en'): string {
  const words = texts(language).calendar;
  if (frame.kind === 'date') return dateSpan(span, language);
  const start = positionOf(span.start);
  const from = frame.toLocal(start);
  const to = frame.toLocal(Math.max(start, positionOf(span.end)));
  const zone = zoneLabel(frame, start, language);
  const text = timeSpan(from, to, language);
  return zone === null ? text : words.inZone(text, zone);
}

function timeSpan(from: number, to: number, language: Language): string {
  const words = texts(language).calendar;
  const start = words.at(longDay(from, language), timeOfDay(from));
  if (to <= from) return start;
  if (Math.floor(from / DAY) === Math.floor(to / DAY)) return words.span(start, timeOfDay(to));
  return words.span(start, words.at(longDay(to, language), timeOfDay(to)));
}

function dateSpan(span: Span, language: Language): string {
  const words = texts(language).calendar;
  const first = parseLocal(span.start.local);
  const last = Math.max(first, parseLocal(span.end.local) - DAY);
  const days =
    first === last ? longDay(first, language) : words.span(longDay(first, language), longDay(last, language));
  return words.allDay(days);
}

/** `Tue 3 Mar 10:00`; a date alone for all-day events. */
export function shortMoment(
  moment: Moment,
  frame: Frame,
  withYear: boolean,
  language: Language = 'en',
): string {
  const local = moment.utc === null ? parseLocal(moment.local) : frame.toLocal(positionOf(moment));
  const day = shortDay(local, withYear, language);
  return moment.kind === 'date' ? day : `${day} ${timeOfDay(local)}`;
}

export function durationWords(ms: number, language: Language = 'en'): string {
  const minutes = Math.round(ms / MINUTE);
  return texts(language).calendar.duration(
    Math.floor(minutes / 1440),
    Math.floor((minutes % 1440) / 60),
    minutes % 60,
  );
}

/** `every 2 weeks on Tuesday and Thursday, until Tuesday 30 June 2026` */
export function ruleWords(rule: Rule, start: number, frame: Frame, language: Language = 'en'): string {
  const words = texts(language).calendar.rule;
  const every = words.every(rule.frequency, rule.interval);
  const body = bodyWords(rule, start, language);
  return `${body ?? words.special(every)}${endWords(rule, frame, language)}`;
}

function endWords(rule: Rule, frame: Frame, language: Language): string {
  const words = texts(language).calendar.rule;
  if (rule.count !== null) return words.times(rule.count);
  const until = untilIn(frame, rule);
  return until === null ? '' : words.until(longDay(until, language));
}

/** Null for what has no plain words. */
function bodyWords(rule: Rule, start: number, language: Language): string | null {
  const words = texts(language).calendar.rule;
  const odd = [rule.second, rule.minute, rule.hour, rule.yearDay, rule.weekNumber];
  if (odd.some(list => list.length > 0)) return null;
  const every = words.every(rule.frequency, rule.interval);
  switch (rule.frequency) {
    case 'DAILY':
      return simpleDays(rule, every, language);
    case 'WEEKLY':
      return weekWords(rule, start, every, language);
    case 'MONTHLY':
      return withMonths(rule, monthWords(rule, start, every, language), language);
    case 'YEARLY':
      return yearWords(rule, start, every, language);
    default:
      return rule.day.length + rule.monthDay.length + rule.month.length + rule.position.length === 0
        ? every
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

function simpleDays(rule: Rule, every: string, language: Language): string | null {
  const words = texts(language).calendar.rule;
  if (rule.position.length + rule.monthDay.length + rule.month.length > 0) return null;
  if (rule.day.length === 0) return every;
  if (isWorkweek(rule.day) && rule.interval === 1) return words.weekdays;
  return `${every}${words.onDays(weekdayNames(rule.day, rule.weekStart, language))}`;
}

function weekWords(rule: Rule, start: number, every: string, language: Language): string | null {
  const words = texts(language).calendar.rule;
  if (rule.position.length + rule.monthDay.length + rule.month.length > 0) return null;
  if (isWorkweek(rule.day) && rule.interval === 1) return words.weekdays;
  const own = [{ ordinal: 0, weekday: new Date(start).getUTCDay() }];
  return `${every}${words.onDays(weekdayNames(rule.day.length > 0 ? rule.day : own, rule.weekStart, language))}`;
}

function monthWords(rule: Rule, start: number, every: string, language: Language): string | null {
  const words = texts(language).calendar.rule;
  if (rule.day.length > 0) {
    const days = nthWords(rule, language);
    return days === null || rule.monthDay.length > 0 ? null : `${every}${days}`;
  }
  if (rule.position.length > 0) return null;
  if (rule.monthDay.length === 1 && rule.monthDay[0] === -1) return `${every}${words.onLastDay}`;
  const days = rule.monthDay.length > 0 ? rule.monthDay : [dateOf(Math.floor(start / DAY)).day];
  if (days.some(day => day < 0)) return null;
  return `${every}${words.onMonthDays([...days].sort((a, b) => a - b).map(String))}`;
}

/** BYDAY=2TU, BYDAY=1MO,3MO, BYDAY=TU;BYSETPOS=2, and the workdays of `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`. */
function nthWords(rule: Rule, language: Language): string | null {
  const { rule: words, ordinal } = texts(language).calendar;
  const [position] = rule.position;
  if (position !== undefined) {
    const nth = rule.position.length === 1 ? ordinal(position) : null;
    if (nth === null || rule.day.some(day => day.ordinal !== 0)) return null;
    const kind = kindOfDays(rule.day, language);
    return kind === null ? null : words.onNthList([words.onNth(nth, kind)]);
  }
  const days = rule.day.map(day => {
    const nth = ordinal(day.ordinal);
    const [name] = weekdayNames([day], rule.weekStart, language);
    return nth === null || name === undefined ? null : words.onNth(nth, name);
  });
  const found = days.filter(day => day !== null);
  return found.length < days.length ? null : words.onNthList(found);
}

function kindOfDays(days: readonly RuleDay[], language: Language): string | null {
  const kinds = texts(language).calendar.rule.dayOrWorkday;
  const weekdays = new Set(days.map(day => day.weekday));
  if (weekdays.size === 7) return kinds.any;
  if (isWorkweek(days)) return kinds.workday;
  if (weekdays.size === 2 && weekdays.has(0) && weekdays.has(6)) return kinds.weekendDay;
  return days.length === 1 ? (weekdayNames(days, 1, language)[0] ?? null) : null;
}

function yearWords(rule: Rule, start: number, every: string, language: Language): string | null {
  const words = texts(language).calendar;
  const date = dateOf(Math.floor(start / DAY));
  if (rule.day.length > 0) {
    if (rule.month.length === 0 || rule.monthDay.length > 0) return null;
    const days = nthWords(rule, language);
    return withMonths(rule, days === null ? null : `${every}${days}`, language);
  }
  if (rule.position.length > 0 || rule.month.length > 1 || rule.monthDay.length > 1) return null;
  if (rule.monthDay.length === 1 && rule.month.length === 0) return null;
  const month = rule.month[0] ?? date.month;
  const day = rule.monthDay[0] ?? date.day;
  if (day < 0) return null;
  return `${every}${words.rule.onDate(words.monthDay(String(day), monthName(month, language)))}`;
}

function withMonths(rule: Rule, body: string | null, language: Language): string | null {
  if (body === null || rule.month.length === 0) return body;
  const months = [...rule.month].sort((a, b) => a - b).map(month => monthName(month, language));
  return `${body}${texts(language).calendar.rule.inMonths(months)}`;
}

/** In the order of the week, each once. */
function weekdayNames(days: readonly RuleDay[], weekStart: number, language: Language): string[] {
  const found = [...new Set(days.map(day => day.weekday))];
  found.sort((a, b) => ((a - weekStart + 7) % 7) - ((b - weekStart + 7) % 7));
  // 1970-01-04 was a Sunday.
  return found.map(weekday => partsOf((3 + weekday) * DAY, 'long', language).weekday);
}

function monthName(month: number, language: Language): string {
  return partsOf((month - 1) * 31 * DAY, 'long', language).month;
}

/** Both ends as a moment of a frame: what a person sees when he looks at it from there. */
export function spanIn(frame: Frame, span: Span): Span {
  if (span.start.utc === null || span.end.utc === null) return span;
  return {
    start: momentAt(frame, frame.toLocal(positionOf(span.start))),
    end: momentAt(frame, frame.toLocal(positionOf(span.end))),
  };
}

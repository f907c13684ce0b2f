/**
 * RRULE as a value (RFC 5545 3.3.10): parsed strictly, written back in one form. Refuses what is no rule; unknown parts are left out.
 */
import { readTime } from './value.ts';

export const FREQUENCIES = [
  'SECONDLY',
  'MINUTELY',
  'HOURLY',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'YEARLY',
] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** `ordinal` 0 means every such weekday; 0 is Sunday. */
export interface RuleDay {
  readonly ordinal: number;
  readonly weekday: number;
}

export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** As written: `20260331`, `20260331T220000` or `20260331T220000Z`. */
  readonly until: string | null;
  readonly second: readonly number[];
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly day: readonly RuleDay[];
  readonly monthDay: readonly number[];
  readonly yearDay: readonly number[];
  readonly weekNumber: readonly number[];
  readonly month: readonly number[];
  readonly position: readonly number[];
  readonly weekStart: number;
}

export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const LIST_ITEMS = 400;

/** Null for whatever is no rule: an unknown frequency, a number out of range, COUNT together with UNTIL, an UNTIL that is no day. */
export function parseRule(text: string): Rule | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const frequency = FREQUENCIES.find(known => known === parts.get('FREQ'));
  const lists = LISTS.map(([name, low, high]) => numbers(parts.get(name), low, high));
  const interval = count(parts.get('INTERVAL'));
  const limit = count(parts.get('COUNT'));
  const until = parts.get('UNTIL') ?? null;
  const day = days(parts.get('BYDAY'));
  const weekStart = parts.has('WKST') ? dayNamed(parts.get('WKST')) : 1;
  if (frequency === undefined || lists.includes(null) || day === null || weekStart < 0) return null;
  if (Number.isNaN(interval) || Number.isNaN(limit) || (limit !== null && until !== null)) return null;
  if (until !== null && (!/^\d{8}(?:T\d{6}Z?)?$/.test(until) || readTime(until) === null)) return null;
  const [second, minute, hour, monthDay, yearDay, weekNumber, month, position] = lists.map(
    list => list ?? [],
  );
  return {
    frequency,
    interval: interval ?? 1,
    count: limit,
    until,
    second: second ?? [],
    minute: minute ?? [],
    hour: hour ?? [],
    day,
    monthDay: monthDay ?? [],
    yearDay: yearDay ?? [],
    weekNumber: weekNumber ?? [],
    month: month ?? [],
    position: position ?? [],
    weekStart,
  };
}

/** Name, lowest and highest value; negative lists allow `-high` to `-1` too. */
const LISTS: readonly (readonly [name: string, low: number, high: number])[] = [
  ['BYSECOND', 0, 60],
  ['BYMINUTE', 0, 59],
  ['BYHOUR', 0, 23],
  ['BYMONTHDAY', -31, 31],
  ['BYYEARDAY', -366, 366],
  ['BYWEEKNO', -53, 53],
  ['BYMONTH', 1, 12],
  ['BYSETPOS', -366, 366],
];

/** Stray semicolons and blanks are common; a part without a value, or one that stands twice, is not. */
function partsOf(text: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of text.replaceAll(/\s/g, '').toUpperCase().split(';')) {
    if (part === '') continue;
    const [name = '', value = '', ...more] = part.split('=');
    if (value === '' || more.length > 0 || parts.has(name)) return null;
    parts.set(name, value);
  }
  return parts;
}

/** Null when absent, NaN when wrong. */
function count(text: string | undefined): number | null {
  if (text === undefined) return null;
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : Number.NaN;
}

function numbers(text: string | undefined, low: number, high: number): number[] | null {
  if (text === undefined) return [];
  const values = text.split(',').slice(0, LIST_ITEMS + 1);
  const fits = (value: string) => /^[+-]?\d{1,3}$/.test(value) && (low === 0 || Number(value) !== 0);
  if (values.length > LIST_ITEMS || !values.every(fits)) return null;
  const found = values.map(Number);
  return found.every(value => value >= low && value <= high) ? unique(found) : null;
}

function days(text: string | undefined): RuleDay[] | null {
  if (text === undefined) return [];
  const found: RuleDay[] = [];
  for (const value of text.split(',').slice(0, LIST_ITEMS)) {
    const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(value);
    const ordinal = Number(match?.[1] ?? 0);
    if (match === null || Math.abs(ordinal) > 53 || (match[1] !== undefined && ordinal === 0)) return null;
    found.push({ ordinal, weekday: dayNamed(match[2]) });
  }
  return found;
}

/** -1 where it is none. */
function dayNamed(text: string | undefined): number {
  const names: readonly string[] = WEEKDAYS;
  return names.indexOf(text ?? '');
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)];
}

/** The one written form; `until` takes the place of the rule's own. */
export function formatRule(rule: Rule, until: string | null = rule.until): string {
  const parts: (readonly [string, string])[] = [
    ['FREQ', rule.frequency],
    ['UNTIL', until ?? ''],
    ['COUNT', rule.count === null ? '' : String(rule.count)],
    ['INTERVAL', rule.interval === 1 ? '' : String(rule.interval)],
    ['BYSECOND', rule.second.join(',')],
    ['BYMINUTE', rule.minute.join(',')],
    ['BYHOUR', rule.hour.join(',')],
    [
      'BYDAY',
      rule.day.map(day => `${day.ordinal === 0 ? '' : day.ordinal}${WEEKDAYS[day.weekday]}`).join(','),
    ],
    ['BYMONTHDAY', rule.monthDay.join(',')],
    ['BYYEARDAY', rule.yearDay.join(',')],
    ['BYWEEKNO', rule.weekNumber.join(',')],
    ['BYMONTH', rule.month.join(',')],
    ['BYSETPOS', rule.position.join(',')],
    ['WKST', rule.weekStart === 1 ? '' : (WEEKDAYS[rule.weekStart] ?? '')],
  ];
  return parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

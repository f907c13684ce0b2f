/**
 * Days and wall clocks of the proleptic Gregorian calendar as plain numbers. A wall clock counts as milliseconds as if it were UTC.
 * Own arithmetic, because `Date.UTC` reads the years 0 to 99 as 1900 to 1999 and VTIMEZONEs begin in the year 1.
 */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Days since 1970-01-01; the month may be any from 1 to 12. */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function dateOf(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

/** 0 is Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

export function yearOf(ms: number): number {
  return dateOf(Math.floor(ms / DAY)).year;
}

export function startOfYear(year: number): number {
  return daysOf(year, 1, 1) * DAY;
}

/** Of numbers that a clock or a calendar shows. */
const PAIRS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function pad(value: number): string {
  return PAIRS[value] ?? String(value);
}

/** `2026-03-03` */
export function formatDate(days: number): string {
  const { year, month, day } = dateOf(days);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** `2026-03-03T16:00:00` */
export function formatLocal(ms: number): string {
  const days = Math.floor(ms / DAY);
  const rest = ms - days * DAY;
  const part = (of: number, unit: number) => pad(Math.floor(of / unit));
  return `${formatDate(days)}T${part(rest, HOUR)}:${part(rest % HOUR, MINUTE)}:${part(rest % MINUTE, SECOND)}`;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?)?$/;

/** A wall clock or a date (its midnight); NaN where the text is neither. */
export function parseLocal(text: string): number {
  if (!LOCAL.test(text)) return Number.NaN;
  const number = (from: number, to: number) => Number(text.slice(from, to));
  const [year, month, day] = [number(0, 4), number(5, 7), number(8, 10)];
  if (text.length === 10) return localMs(year, month, day, 0, 0, 0);
  return localMs(year, month, day, number(11, 13), number(14, 16), number(17, 19));
}

/** NaN where there is no such day or clock; a leap second counts as the second before it (RFC 5545 3.3.12). */
export function localMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return daysOf(year, month, day) * DAY + hour * HOUR + minute * MINUTE + Math.min(second, 59) * SECOND;
}

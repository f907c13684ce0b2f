/** Time values with their zone made Moments and Ends (RFC 5545 3.3.5, 3.6.1, 3.8.2). */
import { DAY, formatDate, formatLocal, yearOf } from './civil.ts';
import { type Property, parameter } from './content-line.ts';
import type { End, Moment } from './event.ts';
import { formatInstant, parseInstant } from './time.ts';
import { instantIn, wallClockIn } from './timeline.ts';
import { type Duration, readDuration, readTime } from './value.ts';
import type { FileZones } from './zones.ts';

/** A wall clock behind a colon that stood unquoted in the TZID: `TZID=(GMT+01:00) Amsterdam:20260303T160000`. */
const TORN_TZID = /^([^:]{1,100}):(\d{8}(?:T\d{4,6}Z?)?)$/i;

export function readMoment(property: Property, zones: FileZones): Moment | null {
  const tzid = (parameter(property, 'TZID') ?? '').trim();
  const torn = tzid === '' ? null : TORN_TZID.exec(property.value.trim());
  if (torn !== null) return momentOf(torn[2] ?? '', `${tzid}:${torn[1]}`, zones);
  return momentOf(property.value.trim(), tzid === '' ? null : tzid, zones);
}

/** Every value of an EXDATE or RDATE; of a PERIOD the start. Unreadable ones are left out. */
export function readMoments(property: Property, zones: FileZones): Moment[] {
  const tzid = (parameter(property, 'TZID') ?? '').trim() || null;
  return property.value.split(',').flatMap(text => {
    const value = text.trim();
    const moment = momentOf(value.split('/')[0] ?? '', tzid, zones);
    return moment === null ? [] : [{ ...moment, value }];
  });
}

function momentOf(value: string, tzid: string | null, zones: FileZones): Moment | null {
  const time = readTime(value);
  if (time === null) return null;
  if (time.kind === 'date') {
    return { kind: 'date', value, local: formatDate(time.ms / DAY), tzid, zone: null, utc: null };
  }
  const local = formatLocal(time.ms);
  if (time.kind === 'utc') {
    return { kind: 'utc', value, local, tzid, zone: 'Etc/UTC', utc: formatInstant(time.ms), from: 'utc' };
  }
  if (tzid === null) return { kind: 'floating', value, local, tzid, zone: null, utc: null };
  return { kind: 'zoned', value, local, tzid, ...zones.resolve(tzid, time.ms) };
}

/** Start plus DURATION: days on the wall clock, hours exact. Null for a negative one. */
export function endByDuration(start: Moment, text: string, zones: FileZones): End | null {
  const duration = readDuration(text);
  if (duration === null || duration.negative) return null;
  return { ...later(start, duration, zones), value: text.trim(), source: 'DURATION' };
}

/** RFC 5545 3.6.1: a day for a date, nothing for a date-time. */
export function impliedEnd(start: Moment): End {
  if (start.kind !== 'date') return { ...start, source: 'implied' };
  return { ...dateLater(start, 1), source: 'implied' };
}

function dateLater(start: Moment, days: number): Moment {
  const time = readTime(start.local);
  const local = formatDate((time?.ms ?? 0) / DAY + days);
  return { ...start, value: local.replaceAll('-', ''), local };
}

function later(start: Moment, duration: Duration, zones: FileZones): Moment {
  // A date has no clock: hours beyond whole days make it the day they reach into.
  if (start.kind === 'date') return dateLater(start, duration.days + Math.ceil(duration.ms / DAY));
  const nominal = (readTime(start.local)?.ms ?? 0) + duration.days * DAY;
  const exact = nominal + duration.ms;
  if (start.kind === 'utc') return { ...start, local: formatLocal(exact), utc: formatInstant(exact) };
  const timeline =
    start.kind === 'zoned' && start.tzid !== null ? zones.timeline(start.tzid, yearOf(nominal)) : null;
  if (timeline === null || start.utc === null) return { ...start, local: formatLocal(exact) };
  const instant =
    (duration.days === 0 ? parseInstant(start.utc) : instantIn(timeline, nominal)) + duration.ms;
  return { ...start, local: formatLocal(wallClockIn(timeline, instant)), utc: formatInstant(instant) };
}

/** DTSTAMP and its like: an instant, or null where the value is none. A TZID beside it still makes it one. */
export function readInstant(property: Property | null, zones: FileZones): string | null {
  return property === null ? null : (readMoment(property, zones)?.utc ?? null);
}

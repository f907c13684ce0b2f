/**
 * The dates of one VEVENT before any override: DTSTART, RRULE, RDATE (RFC 5545 3.8.5), and which RECURRENCE-ID names which of them.
 * Lazy and bounded; EXDATE is the caller's business, because an excluded date still exists as an address.
 */
import { DAY, formatDate, formatLocal, HOUR, parseLocal } from './civil.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { type CustomZones, type Frame, frameOfEvent, momentAt, positionOf } from './frame.ts';
import { parseRule, type Rule, ruleStarts } from './recurrence.ts';
import type { ComponentKey } from './state.ts';
import { formatInstant, parseInstant } from './time.ts';

/** No series is followed further, whatever its rule says. */
export const MOST_DATES = 10_000;

export interface Series {
  readonly event: CalendarEvent;
  readonly frame: Frame;
  /** Wall clock of DTSTART. */
  readonly start: number;
  readonly rules: readonly Rule[];
  /** RDATEs as wall clocks, sorted. */
  readonly extra: readonly number[];
}

/** Null for an event without a start. */
export function seriesOf(event: CalendarEvent, customZones: CustomZones): Series | null {
  if (event.start === null) return null;
  const frame = frameOfEvent(event, customZones);
  const rules = event.rrules.map(parseRule).filter(rule => rule !== null);
  const extra = event.rdates.map(moment => localIn(frame, moment)).sort((a, b) => a - b);
  return { event, frame, start: parseLocal(event.start.local), rules, extra };
}

export function isRecurring(event: CalendarEvent): boolean {
  return event.rrules.length > 0 || event.rdates.length > 0;
}

/** A moment in any form as a wall clock of the frame. */
export function localIn(frame: Frame, moment: Moment): number {
  const local = parseLocal(moment.local);
  if (frame.kind === 'date') return Math.floor(local / DAY) * DAY;
  return moment.utc === null ? local : frame.toLocal(parseInstant(moment.utc));
}

/** UNTIL as the last wall clock that counts; a date means its whole day. */
export function untilIn(frame: Frame, rule: Rule): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(rule.until ?? '');
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, zulu] = match;
  const date = parseLocal(`${year}-${month}-${day}`);
  if (frame.kind === 'date') return date;
  if (hour === undefined) return date + DAY - 1;
  const clock = parseLocal(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return zulu === 'Z' ? frame.toLocal(clock) : clock;
}

/** Wall clocks in order, each once; from `from` on where it is given. */
export function* startsOf(series: Series, from?: number): Generator<number, void, undefined> {
  const low = from ?? Number.NEGATIVE_INFINITY;
  const sources = series.rules.map(rule =>
    ruleStarts(rule, series.start, {
      until: untilIn(series.frame, rule),
      ...(from === undefined ? {} : { from }),
    }),
  );
  const single = [series.start, ...series.extra].sort((a, b) => a - b).filter(local => local >= low);
  let last = Number.NEGATIVE_INFINITY;
  let given = 0;
  for (const local of merged([...sources, single.values()])) {
    if (local === last) continue;
    if (given >= MOST_DATES) return;
    last = local;
    given += 1;
    yield local;
  }
}

function* merged(sources: readonly Iterator<number>[]): Generator<number, void, undefined> {
  const heads = sources.map(source => ({ source, next: source.next() }));
  for (;;) {
    let smallest: (typeof heads)[number] | null = null;
    for (const head of heads) {
      if (head.next.done === true) continue;
      if (smallest === null || head.next.value < Number(smallest.next.value)) smallest = head;
    }
    if (smallest === null || smallest.next.done === true) return;
    yield smallest.next.value;
    smallest.next = smallest.source.next();
  }
}

/** The address of one date of a series. */
export function keyAt(frame: Frame, local: number): ComponentKey {
  if (frame.kind === 'date') return formatDate(Math.floor(local / DAY));
  if (frame.kind === 'floating') return formatLocal(local);
  return formatInstant(frame.toInstant(local));
}

/** The address a moment has of itself, where no series is known. */
export function rawKeyOf(moment: Moment): ComponentKey {
  return moment.utc ?? moment.local;
}

/** A key back as a wall clock of the frame; NaN where it fits none. */
export function localOfKey(frame: Frame, key: ComponentKey): number {
  if (!key.endsWith('Z')) {
    const local = parseLocal(key);
    return frame.kind === 'date' ? Math.floor(local / DAY) * DAY : local;
  }
  return frame.kind === 'date' ? Math.floor(parseInstant(key) / DAY) * DAY : frame.toLocal(parseInstant(key));
}

/**
 * RECURRENCE-ID and EXDATE are compared as instants, never as text (imip 4.3): UTC, another zone, a date for a timed event,
 * and local midnight for an all-day event name the same date.
 */
export function keyOf(moment: Moment, series: Series | null): ComponentKey {
  if (series === null) return rawKeyOf(moment);
  const { frame } = series;
  if (frame.kind === 'date') return dateKey(moment, series);
  if (moment.kind === 'date') return dayKey(parseLocal(moment.local), series);
  if (moment.utc === null) return keyAt(frame, parseLocal(moment.local));
  return frame.kind === 'floating' ? keyAt(frame, parseLocal(moment.local)) : moment.utc;
}

/** Midnight somewhere: in its own zone where it is written so, else the near date that the series has. */
function dateKey(moment: Moment, series: Series): ComponentKey {
  const local = parseLocal(moment.local);
  const written = formatDate(Math.floor(local / DAY));
  if (moment.kind !== 'utc' || local % DAY === 0) return written;
  const near = [12, 14, 0].map(hours => Math.floor((local + hours * HOUR) / DAY) * DAY);
  const fitting = near.find(day => hasStart(series, day)) ?? near[0] ?? local;
  return formatDate(Math.floor(fitting / DAY));
}

/** The date of a timed series that lies on that day; a single one, else the day at the series' own time. */
function dayKey(day: number, series: Series): ComponentKey {
  for (const local of startsOf(series, day)) {
    if (local < day + DAY) return keyAt(series.frame, local);
    break;
  }
  return keyAt(series.frame, day + (((series.start % DAY) + DAY) % DAY));
}

export function hasStart(series: Series, local: number): boolean {
  if (!Number.isFinite(local)) return false;
  for (const start of startsOf(series, local)) return start === local;
  return false;
}

export function hasKey(series: Series, key: ComponentKey): boolean {
  const local = localOfKey(series.frame, key);
  return hasStart(series, local) && keyAt(series.frame, local) === key;
}

export interface Span {
  readonly start: Moment;
  readonly end: Moment;
}

/**
 * Start and end of the date at a wall clock. DTEND gives every date the same exact length, DURATION the same days (RFC 5545 3.8.5.3);
 * a day lasts a day at least, and nothing ends before it starts.
 */
export function spanAt(series: Series, local: number): Span {
  const { frame, event } = series;
  const start = momentAt(frame, local);
  const end = event.end;
  if (event.start === null || end === null) {
    return { start, end: frame.kind === 'date' ? momentAt(frame, local + DAY) : start };
  }
  const nominal = parseLocal(end.local) - parseLocal(event.start.local);
  if (frame.kind === 'date') {
    return { start, end: momentAt(frame, local + Math.max(DAY, Math.ceil(nominal / DAY) * DAY)) };
  }
  if (event.start.utc === null || end.utc === null || (end.source === 'DURATION' && nominal % DAY === 0)) {
    return { start, end: momentAt(frame, local + Math.max(0, nominal)) };
  }
  const exact = Math.max(0, parseInstant(end.utc) - parseInstant(event.start.utc));
  return { start, end: momentAt(frame, frame.toLocal(frame.toInstant(local) + exact)) };
}

/** Of the event itself, or of its first date. */
export function ownSpan(series: Series): Span {
  return spanAt(series, series.start);
}

/** One date of a series as an event of its own, as an override that changes nothing. */
export function instanceAt(series: Series, key: ComponentKey): CalendarEvent {
  const span = spanAt(series, localOfKey(series.frame, key));
  return {
    ...series.event,
    recurrenceId: { ...span.start, range: null },
    start: span.start,
    end: { ...span.end, source: 'DTEND' },
    rrule: null,
    rrules: [],
    exdates: [],
    rdates: [],
    hash: `${series.event.hash}#${key}`,
  };
}

/** How long it lasts, in milliseconds. */
export function lengthOf(event: CalendarEvent): number {
  const { start, end } = event;
  if (start === null) return 0;
  const least = start.kind === 'date' ? DAY : 0;
  if (end === null) return least;
  const both = start.utc !== null && end.utc !== null;
  const length = both ? positionOf(end) - positionOf(start) : parseLocal(end.local) - parseLocal(start.local);
  return Math.max(least, start.kind === 'date' ? Math.ceil(length / DAY) * DAY : length);
}

/**
 * What a registered event means beyond what its file says: floating times in the organizer's zone, Outlook's midnight-to-midnight
 * days as dates, UNTIL in the form of DTSTART (RFC 5545 3.3.10), texts within their limits. Every repair leaves a note.
 */
import type { Limits } from '../kernel/limits.ts';
import { DAY, formatDate, formatLocal, parseLocal } from './civil.ts';
import { isShareable, withoutPrivateLinks } from './description.ts';
import type { CalendarEvent, End, Moment } from './event.ts';
import { hashOf } from './read-event.ts';
import { instantOf, wallClock } from './time.ts';
import { readDuration, readTime } from './value.ts';

export type Note = (code: string) => void;

/** Rewrites every moment of an event. */
function withMoments(event: CalendarEvent, change: (moment: Moment) => Moment): CalendarEvent {
  const { recurrenceId, start, end } = event;
  return {
    ...event,
    recurrenceId: recurrenceId === null ? null : { ...change(recurrenceId), range: recurrenceId.range },
    start: start === null ? null : change(start),
    end: end === null ? null : { ...change(end), source: end.source },
    exdates: event.exdates.map(change),
    rdates: event.rdates.map(change),
  };
}

export function isFloating(event: CalendarEvent): boolean {
  const { recurrenceId, start, end, exdates, rdates } = event;
  return [recurrenceId, start, end, ...exdates, ...rdates].some(moment => moment?.kind === 'floating');
}

export function inZone(event: CalendarEvent, zone: string): CalendarEvent {
  return withMoments(event, moment => {
    if (moment.kind !== 'floating') return moment;
    return { ...moment, kind: 'zoned', tzid: zone, zone, utc: instantOf(moment.local, zone), from: 'iana' };
  });
}

const MIDNIGHT = 'T00:00:00';
const UNTIL = /(^|;)(UNTIL=)([^;]*)/i;

function withRule(event: CalendarEvent, until: string): CalendarEvent {
  const rrule = (event.rrule ?? '').replace(UNTIL, `$1$2${until}`);
  return { ...event, rrule, rrules: [rrule, ...event.rrules.slice(1)] };
}

/** R-24: the flag of Microsoft's programs counts where both ends are midnights. `zone` is the series'. */
export function asAllDay(event: CalendarEvent, note: Note): CalendarEvent {
  const { start, end } = event;
  if (event.allDayFlag !== true || start === null || start.kind === 'date') return event;
  if (!start.local.endsWith(MIDNIGHT) || (end !== null && !end.local.endsWith(MIDNIGHT))) return event;
  note('all_day_by_flag');
  const days = withMoments(event, moment => asDate(moment, start.zone));
  const until = readTime(UNTIL.exec(event.rrule ?? '')?.[3] ?? '');
  if (until?.kind !== 'utc' || start.zone === null) return days;
  return withRule(
    days,
    wallClock(`${formatLocal(until.ms)}Z`, start.zone)
      .slice(0, 10)
      .replaceAll('-', ''),
  );
}

/** An override or an excluded date of an all-day series, told as a midnight in whatever zone. */
export function asDate(moment: Moment, zone: string | null): Moment {
  if (moment.kind === 'date') return moment;
  const elsewhere =
    moment.kind === 'utc' && moment.utc !== null && zone !== null && !moment.local.endsWith(MIDNIGHT);
  const local = elsewhere ? wallClock(moment.utc, zone) : moment.local;
  if (!local.endsWith(MIDNIGHT)) return moment;
  const date = local.slice(0, 10);
  return { kind: 'date', value: date.replaceAll('-', ''), local: date, tzid: null, zone: null, utc: null };
}

/** Google writes a day's end as its start; the last day of a date range is never included. */
export function withWholeDays(event: CalendarEvent): CalendarEvent {
  const { start, end } = event;
  if (start?.kind !== 'date' || end === null || end.kind !== 'date' || end.local !== start.local)
    return event;
  const local = formatDate(parseLocal(start.local) / DAY + 1);
  const next: End = { ...end, value: local.replaceAll('-', ''), local };
  return { ...event, end: next };
}

/** UNTIL in UTC for a time with a zone, a date for a date; Microsoft's midnight in UTC means that whole local day. */
export function withUntil(event: CalendarEvent, prodId: string | null, note: Note): CalendarEvent {
  const match = UNTIL.exec(event.rrule ?? '');
  const until = readTime(match?.[3] ?? '');
  if (match === null || until === null || event.start === null) return event;
  const text = untilFor(event.start, until, /microsoft/i.test(prodId ?? ''));
  if (text === null || text === match[3]?.toUpperCase()) return event;
  note('until_rewritten');
  return withRule(event, text);
}

type Until = NonNullable<ReturnType<typeof readTime>>;

function untilFor(start: Moment, until: Until, microsoft: boolean): string | null {
  const day = formatDate(Math.floor(until.ms / DAY));
  if (start.kind === 'date') return day.replaceAll('-', '');
  if (start.utc === null) return null;
  const zone = start.zone ?? 'Etc/UTC';
  if (start.zone === null && start.kind !== 'utc') return null;
  const wholeDay =
    until.kind === 'date' ||
    (microsoft && until.kind === 'utc' && until.ms % DAY === 0 && !start.utc.endsWith(`${MIDNIGHT}Z`));
  if (wholeDay) return compact(instantOf(`${day}T23:59:59`, zone));
  if (until.kind === 'utc') return null;
  return compact(instantOf(formatLocal(until.ms), zone));
}

function compact(instant: string): string {
  return instant.replace(/[-:]/g, '');
}

/** Domino lists a series as PERIODs: those that last as long as the event are no more than their starts. */
export function withPlainDates(event: CalendarEvent, note: Note): CalendarEvent {
  const { start, end, rdates } = event;
  if (start === null || end === null || !rdates.some(({ value }) => value.includes('/'))) return event;
  const length = parseLocal(end.local) - parseLocal(start.local);
  const plain = rdates.map(date =>
    periodLength(date) === length ? { ...date, value: startOf(date.value) } : date,
  );
  if (plain.every(({ value }) => !value.includes('/'))) note('periods_as_dates');
  return { ...event, rdates: plain };
}

function startOf(period: string): string {
  return period.split('/')[0] ?? period;
}

function periodLength({ value, local }: Moment): number {
  const till = value.split('/')[1] ?? '';
  const duration = readDuration(till);
  if (duration !== null) return duration.days * DAY + duration.ms;
  return (readTime(till)?.ms ?? Number.NaN) - parseLocal(local);
}

type TextLimits = Pick<Limits, 'SUMMARY_CHARS' | 'LOCATION_CHARS' | 'DESCRIPTION_CHARS'>;

/** L11: cut with a note, never silently; links that act for a guest leave every field. */
export function withTexts(event: CalendarEvent, limits: TextLimits, note: Note): CalendarEvent {
  const cut = (text: string | null, atMost: number, code: string) => {
    if (text === null || text.length <= atMost) return text;
    note(code);
    return cutTo(text, atMost);
  };
  const shared = (text: string | null) => (text === null ? null : withoutPrivateLinks(text));
  const long = (event.html?.length ?? 0) > limits.DESCRIPTION_CHARS * 2;
  if (long) note('html_left_out');
  return {
    ...event,
    summary: cut(shared(event.summary), limits.SUMMARY_CHARS, 'summary_cut'),
    location: cut(shared(event.location), limits.LOCATION_CHARS, 'location_cut'),
    description: cut(event.description, limits.DESCRIPTION_CHARS, 'description_cut'),
    html: long ? null : event.html,
    url: event.url !== null && isShareable(event.url) ? event.url : null,
  };
}

/** Never between the halves of a character beyond the basic plane. */
function cutTo(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const half = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, half ? length - 1 : length);
}

export function rehashed(event: CalendarEvent): CalendarEvent {
  return { ...event, hash: hashOf(event) };
}

/**
 * How an event's wall clock maps to instants: as a date, in UTC, in an IANA zone, in the file's own VTIMEZONE, or not at all.
 * Refuses nothing: what can't be resolved is floating.
 */
import { DEFAULT_LIMITS } from '../kernel/limits.ts';
import { DAY, formatDate, formatLocal, parseLocal, SECOND, yearOf } from './civil.ts';
import { type Component, parseComponents } from './component.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { formatInstant, isZone, parseInstant, timelineOf } from './time.ts';
import { instantIn, type Timeline, wallClockIn } from './timeline.ts';
import { unfold } from './unfold.ts';
import { readZoneBlock, ZONE_STEPS } from './zone-rules.ts';

export type CustomZones = { readonly [tzid: string]: string };

export interface Frame {
  readonly kind: 'date' | 'utc' | 'zone' | 'custom' | 'floating';
  /** IANA; null for a date, a custom zone or floating time. */
  readonly zone: string | null;
  readonly tzid: string | null;
  /** Wall clock in milliseconds as if UTC, to the instant; for dates and floating time the same number. */
  toInstant(local: number): number;
  toLocal(instant: number): number;
}

const same = (ms: number) => ms;
const FLOATING: Frame = { kind: 'floating', zone: null, tzid: null, toInstant: same, toLocal: same };
const DATE: Frame = { ...FLOATING, kind: 'date' };
const UTC: Frame = { ...FLOATING, kind: 'utc', zone: 'Etc/UTC' };

export function frameOf(moment: Moment | null, customZones: CustomZones): Frame {
  if (moment === null || moment.kind === 'floating') return FLOATING;
  if (moment.kind === 'date') return DATE;
  if (moment.kind === 'utc') return UTC;
  return moment.zone === null || !isZone(moment.zone)
    ? customFrame(moment, customZones)
    : zoneFrame(moment.zone, moment.tzid);
}

export function frameOfEvent(event: CalendarEvent, customZones: CustomZones): Frame {
  return frameOf(event.start, customZones);
}

export function zoneFrame(zone: string, tzid: string | null = zone): Frame {
  if (zone === 'Etc/UTC') return { ...UTC, tzid };
  const timeline = timelineOf(zone);
  return {
    kind: 'zone',
    zone,
    tzid,
    toInstant: local => instantIn(timeline, local),
    toLocal: instant => wallClockIn(timeline, instant),
  };
}

/** Without a readable block the offset of the moment itself is all that is known. */
function customFrame(moment: Moment, customZones: CustomZones): Frame {
  if (moment.utc === null || moment.tzid === null) return FLOATING;
  const offset = parseLocal(moment.local) - parseInstant(moment.utc);
  const timelineAt = customTimeline(customZones[moment.tzid]);
  const fixed: Timeline = { offsets: [offset / SECOND], untils: [Number.POSITIVE_INFINITY] };
  const around = (ms: number) => timelineAt(yearOf(ms)) ?? fixed;
  return {
    kind: 'custom',
    zone: null,
    tzid: moment.tzid,
    toInstant: local => instantIn(around(local), local),
    toLocal: instant => wallClockIn(around(instant), instant),
  };
}

type TimelineAt = (year: number) => Timeline | null;
const NONE: TimelineAt = () => null;
/** The texts of VTIMEZONEs come again and again with one event; a few are kept worked out. */
const known = new Map<string, TimelineAt>();
const KNOWN = 64;

export function customTimeline(text: string | undefined): TimelineAt {
  if (text === undefined) return NONE;
  const found = known.get(text) ?? timelineFrom(text);
  if (known.size >= KNOWN) known.clear();
  known.set(text, found);
  return found;
}

function timelineFrom(text: string): TimelineAt {
  const component = zoneComponent(text);
  if (component === null) return NONE;
  const years = new Map<number, Timeline | null>();
  return year => {
    const found = years.get(year);
    if (found !== undefined) return found;
    const timeline = readZoneBlock(component, { left: ZONE_STEPS })?.around(year - 1, year + 1) ?? null;
    years.set(year, timeline);
    return timeline;
  };
}

function zoneComponent(text: string): Component | null {
  const whole = `BEGIN:VCALENDAR\r\n${text.trim()}\r\nEND:VCALENDAR\r\n`;
  const unfolded = unfold(new TextEncoder().encode(whole), 'utf-8', DEFAULT_LIMITS);
  if (!unfolded.ok) return null;
  const parsed = parseComponents(unfolded.lines, DEFAULT_LIMITS);
  const children = parsed.ok ? parsed.calendars.flatMap(calendar => calendar.children) : [];
  return children.find(child => child.name === 'VTIMEZONE') ?? null;
}

/** A wall clock of a frame as the value a file would hold. */
export function momentAt(frame: Frame, local: number): Moment {
  if (frame.kind === 'date') {
    const date = formatDate(Math.floor(local / DAY));
    return { kind: 'date', value: date.replaceAll('-', ''), local: date, tzid: null, zone: null, utc: null };
  }
  const text = formatLocal(local);
  const value = text.replaceAll(/[-:]/g, '');
  if (frame.kind === 'floating') {
    return { kind: 'floating', value, local: text, tzid: null, zone: null, utc: null };
  }
  const utc = formatInstant(frame.toInstant(local));
  if (frame.kind === 'utc') {
    return { kind: 'utc', value: `${value}Z`, local: text, tzid: null, zone: 'Etc/UTC', utc, from: 'utc' };
  }
  const from = frame.kind === 'zone' ? 'iana' : 'vtimezone';
  return { kind: 'zoned', value, local: text, tzid: frame.tzid, zone: frame.zone, utc, from };
}

/** Where a moment stands on the line of time: its instant, else its wall clock or midnight as if UTC. */
export function positionOf(moment: Moment): number {
  return moment.utc === null ? parseLocal(moment.local) : parseInstant(moment.utc);
}

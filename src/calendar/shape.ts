/**
 * The times of an event as one short text: two contents with equal shapes take place at the same instants. A zone counts by what
 * its clocks do, not by its name, so a renamed TZID is no change (imip 4.9).
 */
import { hash } from 'node:crypto';
import { DAY, parseLocal } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { type CustomZones, type Frame, frameOfEvent } from './frame.ts';
import { formatRule, parseRule } from './recurrence.ts';
import { isRecurring, keyAt, lengthOf, localIn, untilIn } from './series.ts';

const YEARS_COMPARED = 3;

/** Contents never change, and each is compared several times while one message is judged. */
const shapes = new WeakMap<CalendarEvent, { readonly zones: CustomZones; readonly shape: string }>();

export function shapeOf(event: CalendarEvent, customZones: CustomZones): string {
  const known = shapes.get(event);
  if (known !== undefined && known.zones === customZones) return known.shape;
  const shape = workedOut(event, customZones);
  shapes.set(event, { zones: customZones, shape });
  return shape;
}

function workedOut(event: CalendarEvent, customZones: CustomZones): string {
  const frame = frameOfEvent(event, customZones);
  const local = event.start === null ? Number.NaN : parseLocal(event.start.local);
  const start = event.start === null ? null : keyAt(frame, local);
  const parts = [event.start?.kind === 'date' ? 'date' : 'time', start, lengthOf(event)];
  const series = isRecurring(event)
    ? [ruleTexts(event, frame), dates(event, frame), clockOf(frame, local)]
    : [];
  return hash('sha256', JSON.stringify([...parts, ...series])).slice(0, 24);
}

/** UNTIL in another form but at the same moment is the same rule. */
function ruleTexts(event: CalendarEvent, frame: Frame): string[] {
  return event.rrules
    .map(text => {
      const rule = parseRule(text);
      if (rule === null) return text;
      const until = untilIn(frame, rule);
      return `${formatRule({ ...rule, until: null })};${until === null ? '' : keyAt(frame, until)}`;
    })
    .sort();
}

function dates(event: CalendarEvent, frame: Frame): string[] {
  return [...new Set(event.rdates.map(moment => keyAt(frame, localIn(frame, moment))))].sort();
}

/** Offsets week by week: enough to tell apart any two zones whose clocks differ for longer than a week. */
function clockOf(frame: Frame, start: number): string {
  if (frame.kind === 'date' || frame.kind === 'floating') return frame.kind;
  const offsets: number[] = [];
  for (let week = 0; week < YEARS_COMPARED * 53; week += 1) {
    const local = start + week * 7 * DAY;
    offsets.push((local - frame.toInstant(local)) / 60_000);
  }
  return offsets.join(',');
}

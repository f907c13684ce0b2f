/** DTSTART, DTEND, RECURRENCE-ID, RRULE, EXDATE, RDATE as they go out: in one clock per object, one value a line (imip 5.4, 5.5). */
import { DAY, formatDate, formatLocal } from './civil.ts';
import { parameterValue } from './content-text.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { type CustomZones, positionOf } from './frame.ts';
import { formatRule, parseRule } from './recurrence.ts';
import {
  hasKey,
  keyAt,
  localIn,
  localOfKey,
  ownSpan,
  type Series,
  seriesOf,
  spanAt,
  untilIn,
} from './series.ts';
import type { ComponentKey } from './state.ts';
import { formatInstant } from './time.ts';
import type { ZonePlan } from './vtimezone.ts';

/** `2026-03-03T16:00:00` as `20260303T160000`. */
export function basic(text: string): string {
  return text.replaceAll(/[-:]/g, '');
}

/** A moment in the object's clock, whatever clock it was told in. */
export function timeLine(name: string, moment: Moment, plan: ZonePlan): string {
  if (moment.kind === 'date') return `${name};VALUE=DATE:${basic(moment.local)}`;
  if (moment.utc === null) return `${name}:${basic(moment.local)}`;
  if (plan.form === 'zone' && plan.tzid !== null) {
    const local = formatLocal(plan.frame.toLocal(positionOf(moment)));
    return `${name};TZID=${parameterValue(plan.tzid)}:${basic(local)}`;
  }
  return `${name}:${basic(moment.utc)}`;
}

/** Without a length no end is written: that is what DTSTART alone means (RFC 5545 3.6.1). */
export function spanLines(event: CalendarEvent, plan: ZonePlan, customZones: CustomZones): string[] {
  const own = seriesOf(event, customZones);
  if (own === null) return [];
  const { start, end } = ownSpan(own);
  const head = timeLine('DTSTART', start, plan);
  return positionOf(end) > positionOf(start) ? [head, timeLine('DTEND', end, plan)] : [head];
}

/** The date as the series calls it, also where it has moved since; without a series as it calls itself. */
export function recurrenceLine(
  key: ComponentKey,
  event: CalendarEvent | null,
  series: Series | null,
  plan: ZonePlan,
): string[] {
  if (series !== null) {
    const original = spanAt(series, localOfKey(series.frame, key)).start;
    return [timeLine('RECURRENCE-ID', original, plan)];
  }
  const moment = event?.recurrenceId ?? null;
  return moment === null ? [] : [timeLine('RECURRENCE-ID', moment, plan)];
}

/** UNTIL in UTC for times, as a date for days (RFC 5545 3.3.10). A rule that can't be read is not passed on. */
export function ruleLines(series: Series): string[] {
  const { frame } = series;
  return series.event.rrules.flatMap(text => {
    const rule = parseRule(text);
    if (rule === null) return [];
    const until = untilIn(frame, rule);
    if (until === null) return [`RRULE:${formatRule(rule)}`];
    const written =
      frame.kind === 'date'
        ? formatDate(Math.floor(until / DAY))
        : frame.kind === 'floating'
          ? formatLocal(until)
          : formatInstant(frame.toInstant(until));
    return [`RRULE:${formatRule(rule, basic(written))}`];
  });
}

export function exdateLines(series: Series, excluded: ReadonlySet<ComponentKey>, plan: ZonePlan): string[] {
  return [...excluded]
    .filter(key => hasKey(series, key))
    .sort()
    .map(key => timeLine('EXDATE', spanAt(series, localOfKey(series.frame, key)).start, plan));
}

export function rdateLines(series: Series, plan: ZonePlan): string[] {
  const locals = [...new Set(series.event.rdates.map(moment => localIn(series.frame, moment)))];
  return locals
    .filter(local => keyAt(series.frame, local) !== keyAt(series.frame, series.start))
    .sort((a, b) => a - b)
    .map(local => timeLine('RDATE', spanAt(series, local).start, plan));
}

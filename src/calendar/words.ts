/** Times, zones and lengths as a person reads them; the zone arithmetic is `time.ts`'s. */
import { type Language, texts } from '../texts/catalogue.ts';
import { DAY, HOUR, MINUTE, parseLocal } from './civil.ts';
import { longDay } from './day-words.ts';
import type { Frame } from './frame.ts';
import { momentAt, positionOf } from './frame.ts';
import type { Span } from './series.ts';

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
  const text = clockWords(span, frame, language);
  const zone = frame.kind === 'date' ? null : zoneLabel(frame, positionOf(span.start), language);
  return zone === null ? text : texts(language).calendar.inZone(text, zone);
}

/** The same without the zone. */
export function clockWords(span: Span, frame: Frame, language: Language = 'en'): string {
  if (frame.kind === 'date') return dateSpan(span, language);
  const start = positionOf(span.start);
  const from = frame.toLocal(start);
  const to = frame.toLocal(Math.max(start, positionOf(span.end)));
  return timeSpan(from, to, language);
}

function timeSpan(from: number, to: number, language: Language): string {
  const words = texts(language).calendar;
  const day = longDay(from, language);
  const start = words.at(day, timeOfDay(from));
  if (to <= from) return start;
  if (Math.floor(from / DAY) === Math.floor(to / DAY))
    return words.hours(day, timeOfDay(from), timeOfDay(to));
  return words.moments(start, words.at(longDay(to, language), timeOfDay(to)));
}

function dateSpan(span: Span, language: Language): string {
  const words = texts(language).calendar;
  const first = parseLocal(span.start.local);
  const last = Math.max(first, parseLocal(span.end.local) - DAY);
  const days =
    first === last ? longDay(first, language) : words.days(longDay(first, language), longDay(last, language));
  return words.allDay(days);
}

export function durationWords(ms: number, language: Language = 'en'): string {
  const minutes = Math.round(ms / MINUTE);
  return texts(language).calendar.duration(
    Math.floor(minutes / 1440),
    Math.floor((minutes % 1440) / 60),
    minutes % 60,
  );
}

/** Both ends as a moment of a frame: what a person sees when he looks at it from there. */
export function spanIn(frame: Frame, span: Span): Span {
  if (span.start.utc === null || span.end.utc === null) return span;
  return {
    start: momentAt(frame, frame.toLocal(positionOf(span.start))),
    end: momentAt(frame, frame.toLocal(positionOf(span.end))),
  };
}

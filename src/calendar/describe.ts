/** An event as facts that pages, mails and the API show. Pure: what time it is comes in with the options. */
import { type Language, texts } from '../texts/catalogue.ts';
import type { CalendarEvent, Moment } from './event.ts';
import { type Frame, frameOf, frameOfEvent, zoneFrame } from './frame.ts';
import { mainKey } from './main-key.ts';
import { lastEnd, type Occurrence, occurrences } from './occurrences.ts';
import { outlookWarning } from './outlook.ts';
import { rulesInWords, saidRules } from './saying-words.ts';
import { isRecurring, ownSpan, type Span, seriesOf } from './series.ts';
import type { ComponentKey, ComponentState, EventState } from './state.ts';
import { isZone, parseInstant } from './time.ts';
import { zonePlan } from './vtimezone.ts';
import { clockWords, spanIn, whenWords } from './words.ts';

export { isKnownDate, lastEnd, recurrenceKeyOf } from './occurrences.ts';

export interface NextDate {
  readonly start: Moment;
  readonly end: Moment;
  readonly key: ComponentKey;
  readonly title: string;
  /** It differs from the series. */
  readonly changed: boolean;
  /** As `EventFacts.when`. */
  readonly when: string;
  /** The same without the zone, where that is said already. */
  readonly clock: string;
}

export interface EventFacts {
  readonly title: string;
  readonly allDay: boolean;
  /** Of the series' first date, or of the single event. */
  readonly start: Moment;
  readonly end: Moment | null;
  /** Null for dates. */
  readonly startUtc: string | null;
  readonly endUtc: string | null;
  /** IANA, `Etc/UTC`, or null for dates and custom zones. */
  readonly zone: string | null;
  /** "Tuesday 3 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)"; of a series the next date, or the last one when it is over. */
  readonly when: string;
  /** The same in another zone; in the event's own where it has dates only, or where there is no such zone. */
  whenIn(zone: string): string;
  readonly location: string | null;
  readonly joinUrl: string | null;
  readonly description: string | null;
  /** Sanitised by the reader. */
  readonly html: string | null;
  readonly url: string | null;
  readonly recurrence: string | null;
  readonly recurrenceWords: string | null;
  /** Overrides applied, excluded dates left out, at most five. */
  readonly next: readonly NextDate[];
  /** Null: endless. */
  readonly lastEndUtc: string | null;
  readonly ended: boolean;
  readonly cancelled: boolean;
  /** A series in a zone whose clocks change by no yearly rule: some dates may be off in some calendars (imip.md 5.4). */
  readonly zoneRisk: boolean;
  /** For the organizer. */
  readonly warnings: readonly string[];
}

export interface DescribeOptions {
  readonly now: string;
  /** Where to show events that are in UTC: the organizer's zone. */
  readonly zone?: string | null;
  readonly language?: Language;
}

const NEXT_DATES = 5;
const NO_START: Moment = {
  kind: 'date',
  value: '19700101',
  local: '1970-01-01',
  tzid: null,
  zone: null,
  utc: null,
};

export function describeEvent(state: EventState, options: DescribeOptions): EventFacts {
  const { language = 'en' } = options;
  const main = mainComponent(state);
  const event = main?.event ?? null;
  const cancelled = Object.values(state.components).every(component => component.kind === 'cancel');
  const start = event?.start ?? NO_START;
  const own = event === null ? null : seriesOf(event, state.customZones);
  const end = own === null ? null : ownSpan(own).end;
  const upcoming = occurrences(state, { from: options.now, limit: NEXT_DATES });
  const shown = upcoming[0] ?? lastShown(event, state);
  const frame = displayFrame(start, state, options.zone ?? null);
  const last = lastEnd(state);
  return {
    title: titleOf(event, language),
    allDay: start.kind === 'date',
    start,
    end,
    startUtc: start.utc,
    endUtc: end?.utc ?? null,
    zone: start.kind === 'date' ? null : frameOf(start, state.customZones).zone,
    when: whenWords(spanIn(frame, shown), frameFor(shown, frame), language),
    whenIn: zone => {
      const there = isZone(zone) && shown.start.kind !== 'date' ? zoneFrame(zone) : frameFor(shown, frame);
      return whenWords(spanIn(there, shown), there, language);
    },
    location: event?.location ?? null,
    joinUrl: event?.joinUrl ?? null,
    description: event?.description ?? null,
    html: event?.html ?? null,
    url: event?.url ?? null,
    recurrence: event?.rrule ?? null,
    recurrenceWords: event === null ? null : recurrenceWords(event, state, language),
    next: upcoming.map(found => nextDate(found, frame, language)),
    lastEndUtc: last,
    ended: last !== null && parseInstant(last) <= parseInstant(options.now),
    cancelled,
    // Only the organizer's pages and mails ask for them, and they cost more than all the rest.
    get zoneRisk() {
      return (
        event !== null && !cancelled && zonePlan(event, state.customZones, options.now, language).zoneRisk
      );
    },
    get warnings() {
      return event === null || cancelled ? [] : warningsOf(event, state, options.now, language);
    },
  };
}

function mainComponent(state: EventState): ComponentState | null {
  return state.components[mainKey(state)] ?? null;
}

export function titleOf(event: CalendarEvent | null, language: Language = 'en'): string {
  const title = (event?.summary ?? '').replaceAll(/\s+/g, ' ').trim();
  return title === '' ? texts(language).calendar.untitled : title;
}

/** What is over is shown as it last was known: a single event itself, a series by its first date. */
function lastShown(event: CalendarEvent | null, state: EventState): Span {
  const series = event === null ? null : seriesOf(event, state.customZones);
  return series === null ? { start: NO_START, end: NO_START } : ownSpan(series);
}

function displayFrame(start: Moment, state: EventState, zone: string | null): Frame {
  const own = frameOf(start, state.customZones);
  return own.kind === 'utc' && zone !== null && isZone(zone) ? zoneFrame(zone) : own;
}

/** An override may be all-day in a timed series, or the other way round. */
function frameFor(span: Span, frame: Frame): Frame {
  if ((span.start.kind === 'date') === (frame.kind === 'date')) return frame;
  return frameOf(span.start, {});
}

function nextDate(found: Occurrence, frame: Frame, language: Language): NextDate {
  const { start, end, key, changed, event } = found;
  const [span, there] = [spanIn(frame, found), frameFor(found, frame)];
  const when = whenWords(span, there, language);
  const clock = clockWords(span, there, language);
  return { start, end, key, title: titleOf(event, language), changed, when, clock };
}

function recurrenceWords(event: CalendarEvent, state: EventState, language: Language): string | null {
  if (!isRecurring(event)) return null;
  const rules = saidRules(event, frameOfEvent(event, state.customZones));
  if (rules.length === 0) return texts(language).calendar.rule.dates(event.rdates.length + 1);
  return rulesInWords(rules, language);
}

function warningsOf(event: CalendarEvent, state: EventState, now: string, language: Language): string[] {
  const zone = zonePlan(event, state.customZones, now, language).warning;
  return [outlookWarning(event, language), zone].filter(warning => warning !== null);
}

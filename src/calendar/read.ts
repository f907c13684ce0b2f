/**
 * A calendar file to the calendar core's words. Never throws: what is no event of ours is a refusal with a reason. Bounded by
 * bytes, lines, nesting, components and zone work; the service's policy (`checkForRegister`) is judged after it.
 *
 * Content lines are read by our own tolerant reader: ical.js 2.2.1 refuses whole files for one bad line of a known producer.
 */
import { DEFAULT_LIMITS, type Limits } from '../kernel/limits.ts';
import { all, type Component, componentText, first, parseComponents } from './component.ts';
import type { CalendarObject, Reading, Refusal } from './event.ts';
import { readEvent } from './read-event.ts';
import { refusal } from './refusal.ts';
import { unfold } from './unfold.ts';
import { type Budget, ZONE_STEPS } from './zone-rules.ts';
import { zonesOf } from './zones.ts';

export { checkForRegister, checkReading } from './check.ts';

export interface ReadingHints {
  /** Of the MIME part. */
  readonly charset?: string | null;
  /** The MIME part's `method`: counts only where the object names none. */
  readonly method?: string | null;
}

export function readCalendar(
  bytes: Uint8Array,
  hints: ReadingHints = {},
  limits: Limits = DEFAULT_LIMITS,
): Reading {
  const unfolded = unfold(bytes, hints.charset ?? null, limits);
  if (!unfolded.ok) return unfolded;
  const parsed = parseComponents(unfolded.lines, limits);
  if (!parsed.ok) return parsed;
  const problem = structureProblem(parsed.calendars);
  if (problem !== null) return { ok: false, refusal: problem };
  const budget: Budget = { left: ZONE_STEPS };
  const repairs = [...unfolded.repairs, ...parsed.repairs];
  const calendars = parsed.calendars.map(component =>
    readObject(component, hints.method ?? null, repairs, budget, limits),
  );
  const [calendar] = calendars;
  if (calendar === undefined) return { ok: false, refusal: refusal('not_icalendar') };
  const unusable = startProblem(calendars);
  return unusable === null ? { ok: true, calendar, calendars } : { ok: false, refusal: unusable };
}

const TASKS = ['VTODO', 'VJOURNAL', 'VPOLL'];

function structureProblem(calendars: readonly Component[]): Refusal | null {
  const [calendar] = calendars;
  if (calendar === undefined) return refusal('not_icalendar');
  const children = calendars.flatMap(({ children }) => children);
  const event = children.find(({ name }) => name === 'VEVENT');
  if (event === undefined) {
    const task = children.find(({ name }) => TASKS.includes(name));
    return task === undefined ? refusal('no_event', calendar.line) : refusal('task_only', task.line);
  }
  if (calendars.every(({ properties }) => isVersion1(properties)))
    return refusal('vcalendar_1', calendar.line);
  const cut = calendars.find(({ closed }) => !closed);
  const cutEvent = children.find(({ name, closed }) => name === 'VEVENT' && !closed);
  const at = cutEvent ?? cut;
  return at === undefined ? null : refusal('truncated', at.line);
}

function isVersion1(properties: Component['properties']): boolean {
  return properties.find(({ name }) => name === 'VERSION')?.value.trim() === '1.0';
}

function readObject(
  component: Component,
  methodHint: string | null,
  repairs: readonly string[],
  budget: Budget,
  limits: Limits,
): CalendarObject {
  const zones = zonesOf(component, budget, componentText);
  const found = new Set(repairs);
  const events = component.children
    .filter(({ name }) => name === 'VEVENT')
    .map(child => readEvent(child, { zones, attendeesAtMost: limits.ATTENDEES_READ }));
  if (all(component, 'SEQUENCE').length > 0) found.add('sequence_outside_event');
  if (events.some(({ uid }) => uid === '')) found.add('missing_uid');
  if (events.some(({ dtstamp }) => dtstamp === null)) found.add('missing_dtstamp');
  if (budget.left <= 0) found.add('zone_too_complex');
  const method = first(component, 'METHOD')?.value.trim() || methodHint?.trim() || null;
  return {
    method: method === null ? null : method.toUpperCase(),
    prodId: first(component, 'PRODID')?.value.trim() || null,
    line: component.line,
    methodLine: first(component, 'METHOD')?.line ?? null,
    events,
    others: countOthers(component),
    defaultZone: zones.defaultZone,
    customZones: zones.customZones(),
    repairs: [...found],
  };
}

function countOthers(component: Component): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of component.children) {
    if (name !== 'VEVENT' && name !== 'VTIMEZONE') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** Answers and cancellations do without DTSTART (RFC 5546 3.2.3, 3.2.5). */
const NEEDS_NO_START = new Set(['REPLY', 'CANCEL', 'REFRESH', 'DECLINECOUNTER']);

function startProblem(calendars: readonly CalendarObject[]): Refusal | null {
  const useful = calendars.some(
    ({ method, events }) =>
      events.some(({ start }) => start !== null) ||
      (events.length > 0 && method !== null && NEEDS_NO_START.has(method)),
  );
  if (useful) return null;
  const events = calendars.flatMap(calendar => calendar.events);
  const bad = events.flatMap(event => event.unreadable ?? []).find(({ name }) => name === 'DTSTART');
  return bad === undefined
    ? refusal('no_start', events[0]?.line ?? null)
    : refusal('bad_start', bad.line, bad.value);
}

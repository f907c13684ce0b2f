/**
 * May this calendar object become an event of ours? Technical reading is behind us; here policy speaks (design.md: policy limits
 * apply at register). Answers with the normalised object and notes, or with one refusal that names what to change.
 */
import type { Limits } from '../kernel/limits.ts';
import { DAY, parseLocal, yearOf } from './civil.ts';
import type { CalendarEvent, CalendarObject, Moment, Reading, Refusal, RefusalCode } from './event.ts';
import {
  asAllDay,
  asDate,
  inZone,
  isFloating,
  type Note,
  rehashed,
  withPlainDates,
  withTexts,
  withUntil,
  withWholeDays,
} from './normalise.ts';
import { refusal } from './refusal.ts';
import { ruleProblem } from './rule-policy.ts';
import { parseInstant } from './time.ts';
import { uidKey } from './uid.ts';

export interface RegisterHints {
  /** The organizer's confirmed zone: what floating times of his mean. */
  readonly organizerZone: string | null;
}

export type RegisterCheck =
  | { readonly ok: true; readonly calendar: CalendarObject; readonly notes: string[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** The whole reading of one part: one calendar object, then the policy. */
export function checkReading(reading: Reading, limits: Limits, hints: RegisterHints): RegisterCheck {
  if (!reading.ok) return reading;
  if (reading.calendars.length > 1) {
    return { ok: false, refusal: refusal('two_calendars', reading.calendars[1]?.line) };
  }
  return checkForRegister(reading.calendar, limits, hints);
}

export function checkForRegister(
  calendar: CalendarObject,
  limits: Limits,
  hints: RegisterHints,
): RegisterCheck {
  const problem = objectProblem(calendar, limits);
  if (problem !== null) return { ok: false, refusal: problem };
  const notes = new Set(calendar.repairs);
  const normalised = normalise(calendar, limits, hints, code => notes.add(code));
  for (const event of normalised.events) {
    const found = eventProblem(event, normalised.method === 'CANCEL', limits);
    if (found !== null) return { ok: false, refusal: found };
  }
  return { ok: true, calendar: normalised, notes: [...notes] };
}

/** The line of the property to blame: the one with that value, else the first that is there; else of the event. */
export function lineOf(event: CalendarEvent, names: readonly string[], value = ''): number {
  const found = names.flatMap(name => event.source?.filter(line => line.name === name) ?? []);
  const exact = found.find(line => line.value.split(',').some(one => one.trim() === value));
  return (exact ?? found[0])?.line ?? event.line;
}

const SEQUENCES = ['SEQUENCE', 'X-MICROSOFT-CDO-APPT-SEQUENCE'];
const END = ['DTEND', 'DURATION'];

/** RFC 5546 3.2: what an organizer sends. Without a method a file is a publication (design D2). */
const METHODS = new Set(['REQUEST', 'CANCEL', 'PUBLISH']);

function objectProblem({ method, methodLine, line, events }: CalendarObject, limits: Limits): Refusal | null {
  const [event] = events;
  if (event === undefined) return refusal('no_event', line);
  if (method !== null && !METHODS.has(method)) {
    return refusal('unknown_method', methodLine, method.slice(0, 40));
  }
  const other = events.find(({ uid }) => uidKey(uid) !== uidKey(event.uid));
  if (other !== undefined) return refusal('two_events', other.line);
  const masters = events.filter(({ recurrenceId }) => recurrenceId === null);
  if (masters.length > 1) return refusal('two_events', masters[1]?.line);
  const invited = method === 'REQUEST' || method === 'CANCEL';
  const nameless = events.find(({ organizer }) => (organizer === null ? invited : organizer.email === null));
  if (event.uid === '') return refusal('no_uid', event.line);
  if (!isUid(event.uid, limits)) return refusal('bad_uid', lineOf(event, ['UID']));
  if (nameless !== undefined) return refusal('no_organizer', lineOf(nameless, ['ORGANIZER']));
  return null;
}

function isUid(uid: string, limits: Limits): boolean {
  return Buffer.byteLength(uid) <= limits.UID_BYTES && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(uid);
}

function normalise(
  calendar: CalendarObject,
  limits: Limits,
  hints: RegisterHints,
  note: Note,
): CalendarObject {
  const zone = calendar.defaultZone ?? hints.organizerZone;
  const settled = calendar.events.map(event => {
    if (zone === null || !isFloating(event)) return event;
    note(calendar.defaultZone === null ? 'floating_in_organizer_zone' : 'floating_in_calendar_zone');
    return inZone(event, zone);
  });
  const master = settled.find(({ recurrenceId }) => recurrenceId === null);
  const days = settled.map(event => withWholeDays(asAllDay(event, note)));
  const allDay = days.find(({ recurrenceId }) => recurrenceId === null)?.start?.kind === 'date';
  const events = days.map(event => {
    const own = allDay ? withDates(event, master?.start?.zone ?? null) : event;
    const ruled =
      own.recurrenceId === null
        ? withUntil(withPlainDates(own, note), calendar.prodId, note)
        : withoutRule(own, note);
    return rehashed(withTexts(ruled, limits, note));
  });
  return { ...calendar, events };
}

/** What refers to days of an all-day series is a date, however it was written. */
function withDates(event: CalendarEvent, zone: string | null): CalendarEvent {
  const { recurrenceId } = event;
  return {
    ...event,
    recurrenceId: recurrenceId === null ? null : { ...asDate(recurrenceId, zone), range: recurrenceId.range },
    exdates: event.exdates.map(date => asDate(date, zone)),
    rdates: event.rdates.map(date => asDate(date, zone)),
  };
}

/** One changed occurrence repeats nothing. */
function withoutRule(event: CalendarEvent, note: Note): CalendarEvent {
  if (event.rrules.length + event.rdates.length + event.exdates.length === 0) return event;
  note('rule_in_override');
  return { ...event, rrule: null, rrules: [], rdates: [], exdates: [] };
}

function eventProblem(event: CalendarEvent, cancel: boolean, limits: Limits): Refusal | null {
  const numbers = [event.sequence ?? 0, event.apptSequence ?? 0];
  const odd = numbers.find(number => number < 0 || number > limits.SEQUENCE_MAX);
  if (odd !== undefined) {
    return refusal('sequence_out_of_range', lineOf(event, SEQUENCES, String(odd)), String(odd));
  }
  const range = event.recurrenceId?.range ?? null;
  if (range !== null) return refusal('range_not_supported', lineOf(event, ['RECURRENCE-ID']));
  const unreadable = event.unreadable?.find(({ name }) => name === 'RECURRENCE-ID' || !cancel);
  if (unreadable !== undefined) {
    const both = unreadable.name === 'DURATION' && event.end !== null ? `${event.end.value}, ` : '';
    return refusal(unreadable.code, unreadable.line, `${both}${unreadable.value}`);
  }
  return cancel ? cancelProblem(event, limits) : contentProblem(event, limits);
}

function cancelProblem(event: CalendarEvent, limits: Limits): Refusal | null {
  const { recurrenceId } = event;
  if (recurrenceId === null) return null;
  const code = momentProblem(recurrenceId, limits, true);
  return code === null ? null : blamed(event, ['RECURRENCE-ID'], recurrenceId, code);
}

function contentProblem(event: CalendarEvent, limits: Limits): Refusal | null {
  const { start, end, recurrenceId } = event;
  if (start === null) return refusal('no_start', event.line);
  const moments: readonly (readonly [names: readonly string[], moment: Moment | null])[] = [
    [['DTSTART'], start],
    [END, end],
    [['RECURRENCE-ID'], recurrenceId],
    ...event.rdates.map(moment => [['RDATE'], moment] as const),
    ...event.exdates.map(moment => [['EXDATE'], moment] as const),
  ];
  for (const [names, moment] of moments) {
    const code = moment === null ? null : momentProblem(moment, limits, false);
    if (moment !== null && code !== null) return blamed(event, names, moment, code);
  }
  const rule = ruleProblem(event, limits);
  if (rule !== null) return refusal(rule.code, lineOf(event, rule.names, rule.value), rule.detail);
  return end === null ? null : lengthProblem(event, start, end, limits);
}

function momentProblem(moment: Moment, limits: Limits, mayFloat: boolean): RefusalCode | null {
  const year = yearOf(parseLocal(moment.local));
  if (year < limits.EVENT_YEAR_MIN || year > limits.EVENT_YEAR_MAX) return 'year_out_of_range';
  if (moment.kind === 'floating') return mayFloat ? null : 'floating_time';
  return moment.kind === 'zoned' && moment.utc === null ? 'unknown_zone' : null;
}

function blamed(event: CalendarEvent, names: readonly string[], moment: Moment, code: RefusalCode): Refusal {
  const detail = code === 'unknown_zone' ? (moment.tzid ?? '') : moment.value;
  return refusal(code, lineOf(event, names, moment.value), detail);
}

function lengthProblem(event: CalendarEvent, start: Moment, end: Moment, limits: Limits): Refusal | null {
  const blame = (code: RefusalCode, detail?: string) =>
    refusal(code, lineOf(event, [...END, 'DTSTART']), detail);
  const values = `${start.value}, ${end.value}`;
  // A date beside a time says nothing sure about the length.
  if ((start.kind === 'date') !== (end.kind === 'date')) return blame('bad_end', values);
  const length = position(end) - position(start);
  if (length < 0) return blame('end_before_start', values);
  return length > limits.EVENT_DAYS * DAY ? blame('too_long') : null;
}

function position(moment: Moment): number {
  return moment.utc === null ? parseLocal(moment.local) : parseInstant(moment.utc);
}

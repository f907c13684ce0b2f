/** One VEVENT to the words of `event.ts`: what the file says, repaired where the repair is certain, and no policy. */
import { hash } from 'node:crypto';
import { readAttendee, readCalAddress } from './addresses.ts';
import { all, type Component, first } from './component.ts';
import { type Property, parameter } from './content-line.ts';
import { describe, webUrl } from './description.ts';
import type { Attendee, CalendarEvent, End, Moment, RefusalCode, UnreadableProperty } from './event.ts';
import { endByDuration, impliedEnd, readInstant, readMoment, readMoments } from './moments.ts';
import { textList, unescapeText } from './text.ts';
import type { FileZones } from './zones.ts';

const MAY_BE_BLAMED = new Set([
  'UID',
  'ORGANIZER',
  'SEQUENCE',
  'X-MICROSOFT-CDO-APPT-SEQUENCE',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RECURRENCE-ID',
  'RRULE',
  'RDATE',
  'EXDATE',
]);

export interface EventReading {
  readonly zones: FileZones;
  readonly attendeesAtMost: number;
}

export function readEvent(component: Component, reading: EventReading): CalendarEvent {
  const { zones } = reading;
  const unreadable: UnreadableProperty[] = [];
  const start = timeOf(component, 'DTSTART', 'bad_start', zones, unreadable);
  const recurrence = timeOf(component, 'RECURRENCE-ID', 'bad_start', zones, unreadable);
  const recurrenceProperty = first(component, 'RECURRENCE-ID');
  const range = recurrenceProperty === null ? null : upper(parameter(recurrenceProperty, 'RANGE'));
  const event = {
    uid: first(component, 'UID')?.value.trim() ?? '',
    recurrenceId: recurrence === null ? null : { ...recurrence, range },
    sequence: integer(component, 'SEQUENCE'),
    apptSequence: integer(component, 'X-MICROSOFT-CDO-APPT-SEQUENCE'),
    dtstamp: readInstant(first(component, 'DTSTAMP'), zones),
    created: readInstant(first(component, 'CREATED'), zones),
    lastModified: readInstant(first(component, 'LAST-MODIFIED'), zones),
    start,
    end: endOf(component, start, zones, unreadable),
    summary: textOf(component, 'SUMMARY'),
    location: textOf(component, 'LOCATION'),
    ...describe(component),
    url: webUrl(first(component, 'URL')?.value),
    geo: geoOf(component),
    categories: all(component, 'CATEGORIES').flatMap(property => textList(property.value)),
    priority: integer(component, 'PRIORITY'),
    status: word(component, 'STATUS'),
    transp: word(component, 'TRANSP'),
    class: word(component, 'CLASS'),
    organizer: organizerOf(component),
    attendees: attendeesOf(component, reading.attendeesAtMost),
    rrule: rulesOf(component)[0] ?? null,
    rrules: rulesOf(component),
    exdates: all(component, 'EXDATE').flatMap(property => readMoments(property, zones)),
    rdates: all(component, 'RDATE').flatMap(property => readMoments(property, zones)),
    relatedTo: all(component, 'RELATED-TO').map(property => ({
      type: upper(parameter(property, 'RELTYPE')) ?? 'PARENT',
      value: unescapeText(property.value.trim()),
    })),
    replyTime: readInstant(first(component, 'X-MICROSOFT-CDO-REPLYTIME'), zones),
    originalStart: originalStartOf(component, zones),
    comments: commentsOf(component),
    responseRequested: word(component, 'X-MICROSOFT-ISRESPONSEREQUESTED') !== 'FALSE',
    busyStatus:
      word(component, 'X-MICROSOFT-CDO-INTENDEDSTATUS') ?? word(component, 'X-MICROSOFT-CDO-BUSYSTATUS'),
    line: component.line,
    source: component.properties.filter(({ name }) => MAY_BE_BLAMED.has(name)),
    allDayFlag: word(component, 'X-MICROSOFT-CDO-ALLDAYEVENT') === 'TRUE',
    unreadable,
  };
  return { ...event, hash: hashOf(event) };
}

function timeOf(
  component: Component,
  name: string,
  code: RefusalCode,
  zones: FileZones,
  unreadable: UnreadableProperty[],
): Moment | null {
  const property = first(component, name);
  if (property === null) return null;
  const moment = readMoment(property, zones);
  if (moment === null) unreadable.push(blame(code, property));
  return moment;
}

function blame(code: RefusalCode, { name, line, value }: Property): UnreadableProperty {
  return { code, name, line, value: value.slice(0, 100) };
}

/** DTEND before DURATION before what RFC 5545 3.6.1 implies. */
function endOf(
  component: Component,
  start: Moment | null,
  zones: FileZones,
  unreadable: UnreadableProperty[],
): End | null {
  const dtend = first(component, 'DTEND');
  const duration = first(component, 'DURATION');
  if (dtend !== null) {
    const moment = readMoment(dtend, zones);
    if (moment !== null) {
      const disagrees = start !== null && duration !== null && !endsAlike(moment, start, duration, zones);
      if (disagrees) unreadable.push(blame('bad_end', duration));
      return { ...moment, source: 'DTEND' };
    }
    unreadable.push(blame('bad_end', dtend));
    return null;
  }
  if (start === null) return null;
  if (duration === null) return impliedEnd(start);
  const end = endByDuration(start, duration.value, zones);
  if (end === null) unreadable.push(blame('bad_end', duration));
  return end;
}

function endsAlike(end: Moment, start: Moment, duration: Property, zones: FileZones): boolean {
  // Thunderbird leaves a DURATION of nothing beside DTEND.
  if (/^P(?:T?0[WDHMS])+$/i.test(duration.value.trim())) return true;
  const other = endByDuration(start, duration.value, zones);
  return other !== null && (other.utc ?? other.local) === (end.utc ?? end.local);
}

function textOf(component: Component, name: string): string | null {
  const property = first(component, name);
  return property === null ? null : unescapeText(property.value).trim();
}

function upper(text: string | null): string | null {
  const word = text?.trim().toUpperCase() ?? '';
  return word === '' ? null : word;
}

function word(component: Component, name: string): string | null {
  return upper(first(component, name)?.value ?? null);
}

/** A number beyond what a double holds exactly is still a number here; register judges it. */
function integer(component: Component, name: string): number | null {
  const text = first(component, name)?.value.trim() ?? '';
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}

function geoOf(component: Component): string | null {
  const text = first(component, 'GEO')?.value.trim() ?? '';
  const match = /^([+-]?\d{1,3}(?:\.\d{1,20})?);([+-]?\d{1,3}(?:\.\d{1,20})?)$/.exec(text);
  return match !== null && Math.abs(Number(match[1])) <= 90 && Math.abs(Number(match[2])) <= 180
    ? text
    : null;
}

function organizerOf(component: Component): CalendarEvent['organizer'] {
  const property = first(component, 'ORGANIZER');
  const organizer = property === null ? null : readCalAddress(property);
  // `ORGANIZER:` names nobody.
  return organizer?.value === '' && organizer.email === null ? null : organizer;
}

function attendeesOf(component: Component, atMost: number): Attendee[] {
  return all(component, 'ATTENDEE').slice(0, atMost).map(readAttendee);
}

function rulesOf(component: Component): string[] {
  return all(component, 'RRULE')
    .map(property => property.value.trim())
    .filter(rule => rule !== '');
}

function originalStartOf(component: Component, zones: FileZones): string | null {
  const property = first(component, 'X-MS-OLK-ORIGINALSTART');
  const moment = property === null ? null : readMoment(property, zones);
  return moment === null ? null : (moment.utc ?? moment.local);
}

const COMMENTS = ['COMMENT', 'X-CALENDARSERVER-PRIVATE-COMMENT', 'X-CALENDARSERVER-ATTENDEE-COMMENT'];

function commentsOf(component: Component): string[] {
  return COMMENTS.flatMap(name => all(component, name))
    .map(property => unescapeText(property.value).trim())
    .filter(comment => comment !== '');
}

type Hashed = Omit<CalendarEvent, 'hash'>;

/** Over what the event means. Left out: when and how often it was sent, where it stood, and how its zone was spelled. */
export function hashOf(event: Hashed): string {
  const moment = (value: Moment | null) =>
    value === null ? null : [value.kind, value.utc ?? value.local, value.zone ?? value.tzid];
  const meaning = [
    event.uid,
    [moment(event.recurrenceId), event.recurrenceId?.range ?? null],
    [moment(event.start), moment(event.end)],
    [event.summary, event.location, event.description, event.html, event.joinUrl, event.url, event.geo],
    [event.categories, event.priority, event.status, event.transp, event.class, event.busyStatus],
    event.organizer === null ? null : (event.organizer.email ?? event.organizer.value).toLowerCase(),
    event.attendees.map(({ email, value, partstat }) => [(email ?? value).toLowerCase(), partstat]),
    [
      event.rrules,
      event.exdates.map(moment),
      event.rdates.map(date => [date.value, ...(moment(date) ?? [])]),
    ],
    [event.relatedTo, event.comments, event.originalStart],
  ];
  return hash('sha256', JSON.stringify(meaning));
}

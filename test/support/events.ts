/** Calendar contents for tests, built field by field: no reader in between, so that a fault there hides none here. */
import { createHash } from 'node:crypto';
import type { CalendarEvent, CalendarObject, End, Moment } from '../../src/calendar/event.ts';
import type { OrganizerMessage } from '../../src/calendar/state.ts';
import { instantOf } from '../../src/calendar/time.ts';

/** `2026-03-03` | `2026-03-03T16:00` (Europe/Berlin) | `2026-03-03T15:00Z` | `2026-03-03T16:00 America/New_York` | `… floating` */
export function at(text: string): Moment {
  const [time = '', zone = 'Europe/Berlin'] = text.split(' ');
  const value = time.replaceAll(/[-:]/g, '');
  if (time.length === 10) {
    return { kind: 'date', value, local: time, tzid: null, zone: null, utc: null };
  }
  const local = `${time.replace('Z', '')}:00`;
  if (time.endsWith('Z')) {
    return {
      kind: 'utc',
      value: `${value.slice(0, -1)}00Z`,
      local,
      tzid: null,
      zone: 'Etc/UTC',
      utc: `${local}Z`,
      from: 'utc',
    };
  }
  if (zone === 'floating')
    return { kind: 'floating', value: `${value}00`, local, tzid: null, zone: null, utc: null };
  return {
    kind: 'zoned',
    value: `${value}00`,
    local,
    tzid: zone,
    zone,
    utc: instantOf(local, zone),
    from: 'iana',
  };
}

export function until(text: string, source: End['source'] = 'DTEND'): End {
  return { ...at(text), source };
}

export interface Told
  extends Partial<Omit<CalendarEvent, 'start' | 'end' | 'recurrenceId' | 'exdates' | 'rdates'>> {
  readonly start?: string | null;
  readonly end?: string | null;
  readonly recurrenceId?: string | null;
  readonly range?: string;
  readonly exdates?: readonly string[];
  readonly rdates?: readonly string[];
}

/** A weekly hour on Tuesdays unless told otherwise: `start`, `end`, `rrule`, `recurrenceId`. */
export function event(told: Told = {}): CalendarEvent {
  const {
    start = '2026-03-03T16:00',
    end,
    recurrenceId = null,
    exdates = [],
    rdates = [],
    range,
    ...rest
  } = told;
  const rrule = told.rrule ?? null;
  const made: CalendarEvent = {
    uid: 'abc@organizer.example.com',
    recurrenceId: recurrenceId === null ? null : { ...at(recurrenceId), range: range ?? null },
    sequence: 0,
    apptSequence: null,
    dtstamp: '2026-02-01T10:00:00Z',
    created: null,
    lastModified: null,
    start: start === null ? null : at(start),
    end: end === undefined ? anHourLater(start) : end === null ? null : until(end),
    summary: 'Spring Webinar',
    location: null,
    description: null,
    html: null,
    joinUrl: null,
    url: null,
    geo: null,
    categories: [],
    priority: null,
    status: null,
    transp: null,
    class: null,
    organizer: {
      email: 'jane@organizer.example.com',
      value: 'mailto:jane@organizer.example.com',
      name: 'Jane Roe',
      sentBy: null,
      mailto: true,
    },
    attendees: [],
    exdates: exdates.map(at),
    rdates: rdates.map(at),
    relatedTo: [],
    replyTime: null,
    originalStart: null,
    comments: [],
    responseRequested: true,
    busyStatus: null,
    line: 1,
    hash: '',
    ...rest,
    rrule,
    rrules: rrule === null ? [] : [rrule],
  };
  return { ...made, hash: told.hash ?? hashOf(made) };
}

function anHourLater(start: string | null): End | null {
  if (start === null) return null;
  const moment = at(start);
  if (moment.kind === 'date') {
    const next = new Date(Date.parse(`${moment.local}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    return { ...at(next), source: 'DTEND' };
  }
  const [, hour = '00'] = /T(\d\d)/.exec(start) ?? [];
  return until(start.replace(`T${hour}`, `T${String((Number(hour) + 1) % 24).padStart(2, '0')}`));
}

function hashOf({ dtstamp: _, hash: __, line: ___, ...content }: CalendarEvent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export function calendar(method: string | null, events: readonly CalendarEvent[]): CalendarObject {
  return {
    method,
    prodId: '-//Example//Organizer//EN',
    events,
    others: {},
    defaultZone: null,
    customZones: {},
    repairs: [],
  };
}

let arrivals = 0;

export function message(
  method: string | null,
  events: readonly CalendarEvent[],
  more: Partial<OrganizerMessage> = {},
): OrganizerMessage {
  arrivals += 1;
  return {
    calendar: calendar(method, events),
    arrival: `arrival-${arrivals}`,
    receivedAt: '2026-02-01T12:00:00Z',
    ...more,
  };
}

/** Tuesdays 16:00 to 17:00 in Berlin, from 3 March 2026. */
export function weekly(told: Told = {}): CalendarEvent {
  return event({ rrule: 'FREQ=WEEKLY;COUNT=8', ...told });
}

/** One Tuesday of `weekly` told anew. */
export function tuesday(day: string, told: Told = {}): CalendarEvent {
  return event({ recurrenceId: `${day}T16:00`, start: `${day}T16:00`, ...told });
}

/**
 * What an organizer's calendar would mail next: a first invitation, an update, a cancellation. Written from what is registered,
 * under the organizer's own UID and address, one SEQUENCE higher.
 */
import type { CalendarEvent, Moment } from '../../../calendar/event.ts';
import { type ComponentKey, type EventState, SERIES } from '../../../calendar/state.ts';
import { instantOf } from '../../../calendar/time.ts';
import { writeInvite } from '../../../calendar/write.ts';
import type { Limits } from '../../../kernel/limits.ts';

export interface Sender {
  readonly name: string;
  readonly address: string;
  /** `create@…`: the guest whom the organizer invites. */
  readonly mailbox: string;
  readonly now: string;
  readonly limits: Limits;
}

export interface Edit {
  readonly title: string;
  readonly place: string;
  /** `2026-03-05`, in the event's zone. */
  readonly day: string;
  /** `18:30`; ignored for all-day events. */
  readonly time: string;
}

const ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];
const SAMPLE_MINUTES = 90;
const SAMPLE_COUNT = 10;

export function sampleText(
  sender: Pick<Sender, 'name' | 'address' | 'mailbox' | 'now'>,
  sample: {
    readonly title: string;
    readonly day: string;
    readonly time: string;
    readonly weekly: boolean;
    readonly uid: string;
  },
): string {
  const start = `${sample.day}T${sample.time}:00`;
  return lines([
    'BEGIN:VCALENDAR',
    'PRODID:-//Sample//Local outbox//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
    ...ZONE,
    'BEGIN:VEVENT',
    `DTSTART;TZID=Europe/Berlin:${basic(start)}`,
    `DTEND;TZID=Europe/Berlin:${basic(shifted(start, SAMPLE_MINUTES * 60_000))}`,
    ...(sample.weekly ? [`RRULE:FREQ=WEEKLY;COUNT=${SAMPLE_COUNT}`] : []),
    `DTSTAMP:${basic(sender.now)}`,
    `ORGANIZER;CN="${parameterText(sender.name)}":mailto:${sender.address}`,
    `UID:${sample.uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${sender.mailbox}`,
    'SEQUENCE:0',
    `SUMMARY:${escapedText(sample.title)}`,
    'DESCRIPTION:Two groups\\, 5 km and 10 km. Afterwards soup.',
    'LOCATION:Clubhouse\\, 12 Park Street',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** Null where the series itself is not known, only single dates of it. */
export function updateText(state: EventState, sender: Sender, edit: Edit): string | null {
  const series = state.components[SERIES];
  const event = series?.event;
  if (series === undefined || event == null || event.start === null) return null;
  const changed = edited(event, event.start, edit);
  const sameStart = changed.start?.local === event.start.local;
  const component = { ...series, kind: 'request' as const, event: changed };
  const components = sameStart ? { ...state.components, [SERIES]: component } : { [SERIES]: component };
  return written({ ...state, components }, sender, {
    key: SERIES,
    method: 'REQUEST',
    sequence: series.stamp.sequence + 1,
  });
}

export function cancelText(state: EventState, sender: Sender, key: ComponentKey): string {
  const known = state.components[key] ?? state.components[SERIES];
  return written(state, sender, { key, method: 'CANCEL', sequence: (known?.stamp.sequence ?? 0) + 1 });
}

function written(
  state: EventState,
  sender: Sender,
  what: { readonly key: ComponentKey; readonly method: 'REQUEST' | 'CANCEL'; readonly sequence: number },
): string {
  return writeInvite({
    state,
    component: what.key,
    method: what.method,
    uid: state.uid,
    organizer: { name: sender.name, email: sender.address },
    attendee: { name: null, email: sender.mailbox, partstat: 'NEEDS-ACTION' },
    sequence: what.sequence,
    dtstamp: sender.now,
    now: sender.now,
    pageUrl: null,
    limits: sender.limits,
  }).ics;
}

function edited(event: CalendarEvent, start: Moment, edit: Edit): CalendarEvent {
  const target = start.kind === 'date' ? edit.day : `${edit.day}T${edit.time}:00`;
  const by = millisecondsOf(target) - millisecondsOf(start.local);
  return {
    ...event,
    summary: edit.title,
    location: edit.place === '' ? null : edit.place,
    start: by === 0 ? start : moved(start, by),
    end: event.end === null || by === 0 ? event.end : moved(event.end, by),
  };
}

function moved<M extends Moment>(moment: M, by: number): M {
  const local = shifted(moment.local, by);
  return {
    ...moment,
    local,
    value: `${basic(local)}${moment.kind === 'utc' ? 'Z' : ''}`.replace(/ZZ$/, 'Z'),
    utc: instantAfter(moment, local, by),
  };
}

function instantAfter(moment: Moment, local: string, by: number): string | null {
  if (moment.utc === null) return null;
  if (moment.kind === 'zoned' && moment.zone !== null) return instantOf(local, moment.zone);
  return `${new Date(Date.parse(moment.utc) + by).toISOString().slice(0, 19)}Z`;
}

function millisecondsOf(local: string): number {
  return Date.parse(local.length === 10 ? `${local}T00:00:00Z` : `${local}Z`);
}

/** Wall clock arithmetic: the zone comes back in afterwards. */
function shifted(local: string, by: number): string {
  return new Date(millisecondsOf(local) + by).toISOString().slice(0, local.length);
}

/** `2026-03-05T18:00:00Z` to `20260305T180000Z`; a date and a wall clock likewise. */
function basic(moment: string): string {
  return moment.replace(/[-:]/g, '').replace(/\.\d+/, '');
}

function escapedText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

function parameterText(text: string): string {
  return text.replace(/["\r\n]/g, "'");
}

function lines(unfolded: readonly string[]): string {
  return `${unfolded.map(line => (line.match(/.{1,60}/gsu) ?? ['']).join('\r\n ')).join('\r\n')}\r\n`;
}

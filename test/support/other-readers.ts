/** What readers that are not ours find in a calendar object: ical.js, node-ical, and Python's icalendar where the machine has it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { readCalendar } from '../../src/calendar/read.ts';

/** Instants as `2026-03-03T15:00:00Z`, days as `2026-03-03`; null where the object does not say. */
export interface Found {
  readonly uid: string;
  readonly sequence: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly date: string | null;
  readonly summary: string | null;
  readonly status: string | null;
  readonly rule: string | null;
  readonly attendees: number;
}

export function foundByUs(ics: string): Found[] {
  const reading = readCalendar(Buffer.from(ics));
  if (!reading.ok) throw new Error(reading.refusal.code);
  return sorted(
    reading.calendar.events.map(event => ({
      uid: event.uid,
      sequence: event.sequence ?? 0,
      start: event.start?.utc ?? event.start?.local ?? null,
      end: event.end === null || event.end.source === 'implied' ? null : (event.end.utc ?? event.end.local),
      date: event.recurrenceId?.utc ?? event.recurrenceId?.local ?? null,
      summary: event.summary,
      status: event.status,
      rule: ruleOf(event.rrule),
      attendees: event.attendees.length,
    })),
  );
}

export function foundByIcalJs(ics: string): Found[] {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map(block => {
      const zone = new ICAL.Timezone(block);
      return [zone.tzid, zone];
    }),
  );
  return sorted(
    calendar.getAllSubcomponents('vevent').map(event => {
      const time = (name: string) => {
        const value = event.getFirstPropertyValue(name);
        if (!(value instanceof ICAL.Time)) return null;
        if (value.isDate) return value.toString();
        const zone = zones.get(String(event.getFirstProperty(name)?.getFirstParameter('tzid') ?? ''));
        if (zone !== undefined) value.zone = zone;
        return instant(new Date(value.toUnixTime() * 1000));
      };
      const text = (name: string) => {
        const value = event.getFirstPropertyValue(name);
        return value === null ? null : String(value);
      };
      return {
        uid: text('uid') ?? '',
        sequence: Number(text('sequence') ?? 0),
        start: time('dtstart'),
        end: time('dtend'),
        date: time('recurrence-id'),
        summary: text('summary'),
        status: text('status'),
        rule: ruleOf(text('rrule')),
        attendees: event.getAllProperties('attendee').length,
      };
    }),
  );
}

/** It puts changed dates under their series, and gives rules back in a form of its own. */
export function foundByNodeIcal(ics: string): Omit<Found, 'rule' | 'sequence'>[] {
  const found: Omit<Found, 'rule' | 'sequence'>[] = [];
  const add = (event: VEvent) => {
    const day = event.datetype === 'date';
    const time = (date: Date | undefined) =>
      date === undefined ? null : day ? localDay(date) : instant(date);
    const attendees = event.attendee === undefined ? [] : [event.attendee].flat();
    found.push({
      uid: event.uid,
      start: time(event.start),
      end: time(event.end),
      date: time(event.recurrenceid),
      summary: typeof event.summary === 'string' ? event.summary : (event.summary?.val ?? null),
      status: event.status ?? null,
      attendees: attendees.length,
    });
  };
  for (const each of Object.values(ical.sync.parseICS(ics))) {
    if (each?.type !== 'VEVENT') continue;
    add(each);
    const dates = new Set(Object.values((each.recurrences ?? {}) as Readonly<Record<string, VEvent>>));
    for (const date of dates) if (date.recurrenceid?.getTime() !== each.recurrenceid?.getTime()) add(date);
  }
  return sorted(found);
}

const PYTHON = '/usr/bin/python3';
const SCRIPT = `
import json, sys
from datetime import datetime, timezone
from icalendar import Calendar
def time(value):
    if value is None: return None
    at = value.dt
    if not isinstance(at, datetime): return at.isoformat()
    return at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
def text(value): return None if value is None else str(value)
def rule(value): return None if value is None else value.to_ical().decode()
def events(ics):
    for event in Calendar.from_ical(ics).walk('VEVENT'):
        guests = event.get('ATTENDEE', [])
        yield dict(uid=str(event['UID']), sequence=int(event.get('SEQUENCE', 0)), start=time(event.get('DTSTART')),
            end=time(event.get('DTEND')), date=time(event.get('RECURRENCE-ID')), summary=text(event.get('SUMMARY')),
            status=text(event.get('STATUS')), rule=rule(event.get('RRULE')),
            attendees=len(guests) if isinstance(guests, list) else 1)
json.dump([list(events(ics)) for ics in json.load(sys.stdin)], sys.stdout)
`;

/** Null where the machine lacks it. */
export function foundByPython(objects: readonly string[]): Found[][] | null {
  if (!existsSync(PYTHON) || spawnSync(PYTHON, ['-c', 'import icalendar']).status !== 0) return null;
  const ran = spawnSync(PYTHON, ['-c', SCRIPT], {
    input: JSON.stringify(objects),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  const found = JSON.parse(ran.stdout) as Found[][];
  return found.map(events => sorted(events.map(event => ({ ...event, rule: ruleOf(event.rule) }))));
}

function sorted<T extends { readonly date: string | null }>(events: readonly T[]): T[] {
  return [...events].sort((one, other) => ((one.date ?? '') < (other.date ?? '') ? -1 : 1));
}

/** Parts in any order are the same rule. */
function ruleOf(text: string | null): string | null {
  return text === null ? null : text.split(';').sort().join(';');
}

function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** An invite as a calendar program keeps it: the lines of the VEVENT that is answered, and whose it is. */
import { formatLocal, parseLocal } from '../../../calendar/civil.ts';
import { type Property, parameter, readContentLine } from '../../../calendar/content-line.ts';
import { unescapeText } from '../../../calendar/text.ts';
import { formatInstant, instantOf, parseInstant, wallClock } from '../../../calendar/time.ts';
import { unfold } from '../../../calendar/unfold.ts';
import { zoneNamed } from '../../../calendar/zones.ts';
import { InputError } from '../../../kernel/errors.ts';
import { DEFAULT_LIMITS } from '../../../kernel/limits.ts';
import { readMail } from '../../../mail/inbound.ts';

export interface Person {
  readonly name: string | null;
  readonly email: string;
}

export interface ReceivedInvite {
  readonly attendee: Person;
  readonly organizer: Person;
  /** Properties of the VEVENT that is answered: the series, or one occurrence with its RECURRENCE-ID. */
  readonly event: readonly Property[];
  /** VTIMEZONE blocks, line by line. */
  readonly zones: readonly string[];
  readonly summary: string;
  readonly recurring: boolean;
  readonly messageId: string | null;
}

const PER_OCCURRENCE = new Set([
  'RRULE',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'RECURRENCE-ID',
  'DTSTART',
  'DTEND',
  'DURATION',
]);

export async function readReceived(raw: Uint8Array, occurrence: string | null): Promise<ReceivedInvite> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const part = mail.calendars[0];
  const unfolded = part === undefined ? undefined : unfold(part.bytes, part.charset, DEFAULT_LIMITS);
  if (unfolded === undefined || !unfolded.ok) throw noInvite();
  const { events, zones } = split(unfolded.lines);
  const event = chosen(events, occurrence);
  const organizer = event && personOf(event, 'ORGANIZER');
  const attendee = event && personOf(event, 'ATTENDEE');
  if (event === undefined || organizer === undefined || attendee === undefined) throw noInvite();
  return {
    attendee,
    organizer,
    event,
    zones,
    summary: unescapeText(textOf(event, 'SUMMARY') ?? ''),
    recurring: propertyOf(event, 'RRULE') !== undefined,
    messageId: mail.messageId,
  };
}

export function propertyOf(event: readonly Property[], name: string): Property | undefined {
  return event.find(property => property.name === name);
}

export function textOf(event: readonly Property[], name: string): string | undefined {
  return propertyOf(event, name)?.value;
}

/** The content line again, not folded. */
export function lineOf(property: Property, name = property.name): string {
  const parameters = property.parameters.map(([key, value]) => `;${key}=${value}`);
  return `${name}${parameters.join('')}:${property.value}`;
}

/** The value in UTC (`20260303T150000Z`); a date or a floating time stays as it is. */
export function inUtc(property: Property): Property {
  const tzid = parameter(property, 'TZID');
  const zone = tzid === null ? null : (zoneNamed(tzid)?.zone ?? null);
  if (zone === null) return property;
  const instant = instantOf(localOf(property.value), zone);
  return { ...property, parameters: [], value: compact(instant) };
}

export function compact(text: string): string {
  return text.replace(/\.\d+(?=Z$)/, '').replace(/[-:]/g, '');
}

function split(lines: readonly { readonly number: number; readonly text: string }[]) {
  const events: Property[][] = [];
  const zones: string[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const property = readContentLine(line);
    if (property === null) continue;
    const value = property.value.toUpperCase();
    if (property.name === 'BEGIN') {
      open.push(value);
      if (value === 'VEVENT') events.push([]);
    }
    if (open.includes('VTIMEZONE')) zones.push(line.text);
    if (open.at(-1) === 'VEVENT' && property.name !== 'BEGIN' && property.name !== 'END')
      events.at(-1)?.push(property);
    if (property.name === 'END') open.pop();
  }
  return { events, zones };
}

function chosen(events: readonly Property[][], occurrence: string | null): readonly Property[] | undefined {
  const series = events.find(event => propertyOf(event, 'RECURRENCE-ID') === undefined);
  if (occurrence === null) return series ?? events[0];
  const override = events.find(event => {
    const id = propertyOf(event, 'RECURRENCE-ID');
    return id !== undefined && inUtc(id).value === compact(occurrence);
  });
  return override ?? (series && occurrenceOf(series, occurrence));
}

/** One occurrence of the series: its rule gone, its times moved, in the series' own way of writing times. */
function occurrenceOf(series: readonly Property[], occurrence: string): readonly Property[] {
  const start = propertyOf(series, 'DTSTART');
  const end = propertyOf(series, 'DTEND');
  if (start === undefined) throw noInvite();
  const begins = movedTo(start, occurrence);
  const moved = parseLocal(localOf(begins.value)) - parseLocal(localOf(start.value));
  const times = end === undefined ? [begins] : [begins, shifted(end, moved)];
  return [
    ...series.filter(({ name }) => !PER_OCCURRENCE.has(name)),
    { ...begins, name: 'RECURRENCE-ID' },
    ...times,
  ];
}

function movedTo(start: Property, occurrence: string): Property {
  const tzid = parameter(start, 'TZID');
  const zone = tzid === null ? null : (zoneNamed(tzid)?.zone ?? null);
  const isInstant = occurrence.endsWith('Z');
  const value =
    zone !== null && isInstant ? wallClock(formatInstant(parseInstant(occurrence)), zone) : occurrence;
  return { ...start, value: compact(value) };
}

function shifted(property: Property, ms: number): Property {
  const moved = compact(formatLocal(parseLocal(localOf(property.value)) + ms));
  const value = property.value.includes('T') ? moved : moved.slice(0, 8);
  return { ...property, value: property.value.endsWith('Z') ? `${value}Z` : value };
}

/** `20260303T160000Z` to `2026-03-03T16:00:00`, a date to its midnight. */
function localOf(value: string): string {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

function personOf(event: readonly Property[], name: string): Person | undefined {
  const property = propertyOf(event, name);
  const email = property?.value.replace(/^mailto:/i, '').trim();
  if (property === undefined || !email?.includes('@')) return undefined;
  return { name: parameter(property, 'CN'), email };
}

function noInvite(): InputError {
  return new InputError('no_invite', 'This mail is no calendar invite that could be answered.');
}

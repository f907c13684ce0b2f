/** One VEVENT of ours in its fixed order of properties (imip 5.2, 6.3), and the VCALENDAR around all of them. */
import type { Limits } from '../kernel/limits.ts';
import type { Language } from '../texts/catalogue.ts';
import { fileOf, mailto, oneLine, quoted, textValue } from './content-text.ts';
import { titleOf } from './describe.ts';
import type { CalendarEvent } from './event.ts';
import { excludedKeys } from './occurrences.ts';
import { isRecurring, type Series } from './series.ts';
import { type ComponentKey, type ComponentState, type EventState, SERIES } from './state.ts';
import type { ZonePlan } from './vtimezone.ts';
import { type Detail, detailLines, htmlLines, microsoftLines } from './write-details.ts';
import { basic, exdateLines, rdateLines, recurrenceLine, ruleLines, spanLines } from './write-times.ts';

export const PROD_ID = '-//SIS//Simple Invite Service 1.0//EN';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

export interface Guest {
  readonly name: string | null;
  readonly email: string;
  readonly partstat: 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
}

/** The master or one date, about to be written. */
export interface Part {
  readonly key: ComponentKey;
  readonly event: CalendarEvent;
  readonly component: ComponentState | undefined;
}

/** What all VEVENTs of one object share. */
export interface Sheet {
  readonly state: EventState;
  readonly series: Series | null;
  readonly plan: ZonePlan;
  readonly uid: string;
  /** To one person, under his own numbers; null: for anybody, under the event's. */
  readonly personal: { readonly sequence: number; readonly dtstamp: string; readonly attendee: Guest } | null;
  readonly organizer: Mailbox;
  readonly pageUrl: string | null;
  readonly limits: Limits;
  /** Of what is added to the organizer's own words. */
  readonly language: Language;
}

export function objectOf(method: string, plan: ZonePlan | null, events: readonly string[]): string {
  return fileOf(objectLines(method, plan, events));
}

/** Not folded yet. */
export function objectLines(method: string, plan: ZonePlan | null, events: readonly string[]): string[] {
  return [
    'BEGIN:VCALENDAR',
    `PRODID:${PROD_ID}`,
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...(plan === null || !usesZone(plan, events) ? [] : plan.lines),
    ...events,
    'END:VCALENDAR',
  ];
}

/** A VTIMEZONE that nobody refers to is left out, as for a date of a timed series that became a whole day. */
function usesZone(plan: ZonePlan, events: readonly string[]): boolean {
  return (
    plan.tzid !== null &&
    events.some(line => /^(?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE);TZID=/.test(line))
  );
}

export function requestLines(part: Part, sheet: Sheet, detail: Detail): string[] {
  const { key, event, component } = part;
  return [
    'BEGIN:VEVENT',
    ...identityLines(part, sheet),
    ...(key === SERIES ? [] : recurrenceLine(key, event, sheet.series, sheet.plan)),
    ...spanLines(event, sheet.plan, sheet.state.customZones),
    ...(key === SERIES ? repeatLines(sheet) : []),
    ...detailLines(event, detail, sheet.pageUrl, sheet.limits, sheet.language),
    ...peopleLines(sheet),
    // Whatever the organizer's copy is, this one is public.
    'CLASS:PUBLIC',
    `STATUS:${statusOf(part)}`,
    `TRANSP:${event.transp === 'TRANSPARENT' ? 'TRANSPARENT' : 'OPAQUE'}`,
    ...(event.created === null ? [] : [`CREATED:${basic(event.created)}`]),
    ...(component === undefined ? [] : [`LAST-MODIFIED:${basic(component.outDtstamp)}`]),
    ...(detail.html ? htmlLines(event) : []),
    ...microsoftLines(event, sheet.personal !== null),
    'END:VEVENT',
  ];
}

function repeatLines({ series, plan, state }: Sheet): string[] {
  if (series === null || !isRecurring(series.event)) return [];
  return [
    ...ruleLines(series),
    ...rdateLines(series, plan),
    ...exdateLines(series, excludedKeys(state, series), plan),
  ];
}

function statusOf({ event, component }: Part): string {
  if (component?.kind === 'cancel') return 'CANCELLED';
  return event.status === 'TENTATIVE' ? 'TENTATIVE' : 'CONFIRMED';
}

/** RFC 5546 3.2.5 asks for less; Outlook wants the times, and people the title. Never an RRULE. */
export function cancelLines(
  part: Omit<Part, 'event'> & { readonly event: CalendarEvent | null },
  sheet: Sheet,
): string[] {
  const { key, event } = part;
  return [
    'BEGIN:VEVENT',
    ...identityLines(part, sheet),
    ...(key === SERIES ? [] : recurrenceLine(key, event, sheet.series, sheet.plan)),
    ...(event === null ? [] : spanLines(event, sheet.plan, sheet.state.customZones)),
    summaryLine(event, sheet.limits),
    ...peopleLines(sheet),
    'STATUS:CANCELLED',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

export function summaryLine(event: CalendarEvent | null, limits: Pick<Limits, 'SUMMARY_CHARS'>): string {
  return `SUMMARY:${textValue(oneLine(titleOf(event), limits.SUMMARY_CHARS))}`;
}

function identityLines({ key, component }: Pick<Part, 'key' | 'component'>, sheet: Sheet): string[] {
  const own = component?.outSequence ?? 0;
  const { personal } = sheet;
  // A changed date in one object with its series is never behind its own number (Zimbra wants it not behind the series').
  const sequence = personal === null ? own : Math.max(personal.sequence, key === SERIES ? 0 : own);
  const dtstamp = personal?.dtstamp ?? component?.outDtstamp ?? '1970-01-01T00:00:00Z';
  return [`UID:${textValue(sheet.uid)}`, `DTSTAMP:${basic(dtstamp)}`, `SEQUENCE:${sequence}`];
}

function peopleLines({ organizer, personal }: Sheet): string[] {
  return personal === null
    ? [organizerLine(organizer)]
    : [organizerLine(organizer), guestLine(personal.attendee)];
}

/** Without CN Outlook may take the reader for the organizer and hide the buttons. */
export function organizerLine({ name, email }: Mailbox): string {
  return `ORGANIZER;CN=${quoted(name.trim() === '' ? email : name)}:${mailto(email)}`;
}

export function guestLine({ name, email, partstat }: Guest): string {
  const cn = quoted(name === null || name.trim() === '' ? email : name);
  return `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat};RSVP=TRUE;CN=${cn}:${mailto(email)}`;
}

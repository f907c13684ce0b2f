/** What was read from one corpus file, in the manifest's field names. */
import { createHash } from 'node:crypto';
import type {
  CalAddress,
  CalendarEvent,
  CalendarObject,
  End,
  Moment,
  Reading,
} from '../../calendar/event.ts';
import { readCalendar } from '../../calendar/read.ts';
import { zoneNamed } from '../../calendar/zones.ts';
import { DEFAULT_LIMITS } from '../../kernel/limits.ts';
import { type InboundMail, readMail } from '../../mail/inbound.ts';
import type { EnvelopeFacts, EventFacts, ListedDate, MomentFacts, PartFacts } from './corpus-manifest.ts';

export interface FileFacts {
  readonly file: string;
  readonly outcome: 'read' | 'refused';
  /** A refusal's code; null where the file was read. */
  readonly reason: string | null;
  readonly prodid: string | null;
  /** METHOD of the first object. */
  readonly method: string | null;
  /** Without it, the MIME part's parameter. */
  readonly method_in_force: string | null;
  readonly calendars: number;
  readonly event_count: number;
  readonly other_components: { readonly [name: string]: number };
  readonly events: readonly EventFacts[];
  readonly envelope?: EnvelopeFacts;
  readonly calendar_part?: PartFacts | null;
}

export async function factsOf(file: string, kind: 'ics' | 'mail', bytes: Uint8Array): Promise<FileFacts> {
  return kind === 'ics' ? calendarFacts(file, readCalendar(bytes)) : mailFacts(file, bytes);
}

async function mailFacts(file: string, bytes: Uint8Array): Promise<FileFacts> {
  const mail = await readMail(bytes, DEFAULT_LIMITS);
  const [part] = mail.calendars;
  const about = {
    envelope: envelopeFacts(mail),
    calendar_part: part === undefined ? null : partFacts(part),
  };
  if (mail.problem !== null) return { ...refused(file, mail.problem.code), ...about };
  // A bounce carries our own invitation back: nobody's event.
  if (mail.dsn !== null) return { ...refused(file, 'bounce'), ...about };
  if (part === undefined) return { ...refused(file, mail.tnef ? 'tnef' : 'no_calendar'), ...about };
  const reading = readCalendar(part.bytes, { charset: part.charset, method: part.method });
  const alone = readCalendar(part.bytes, { charset: part.charset });
  const facts = calendarFacts(file, reading);
  return { ...facts, method: alone.ok ? alone.calendar.method : null, ...about };
}

function refused(file: string, reason: string): FileFacts {
  return {
    file,
    outcome: 'refused',
    reason,
    prodid: null,
    method: null,
    method_in_force: null,
    calendars: 0,
    event_count: 0,
    other_components: {},
    events: [],
  };
}

function calendarFacts(file: string, reading: Reading): FileFacts {
  if (!reading.ok) return refused(file, reading.refusal.code);
  const { calendar, calendars } = reading;
  const several = calendars.length > 1;
  return {
    file,
    outcome: 'read',
    reason: null,
    prodid: calendar.prodId,
    method: calendar.method,
    method_in_force: calendar.method,
    calendars: calendars.length,
    event_count: calendars.reduce((sum, { events }) => sum + events.length, 0),
    other_components: sum(calendars),
    events: calendars.flatMap(({ events, method }, index) =>
      events.map(event => ({ ...eventFacts(event), ...(several ? { calendar: index, method } : {}) })),
    ),
  };
}

function sum(calendars: readonly CalendarObject[]): { readonly [name: string]: number } {
  const counts = new Map<string, number>();
  for (const { others } of calendars) {
    for (const [name, count] of Object.entries(others)) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return Object.fromEntries(counts);
}

function eventFacts(event: CalendarEvent): EventFacts {
  const { organizer, recurrenceId, rrules, exdates, rdates } = event;
  const bad = (name: string) => event.unreadable?.find(property => property.name === name);
  return {
    uid: event.uid === '' ? null : event.uid,
    sequence: event.sequence,
    dtstamp: event.dtstamp,
    recurrence_id:
      recurrenceId === null
        ? invalid(bad('RECURRENCE-ID')?.value)
        : {
            ...momentFacts(recurrenceId),
            ...(recurrenceId.range === null ? {} : { range: recurrenceId.range }),
          },
    dtstart: event.start === null ? invalid(bad('DTSTART')?.value) : momentFacts(event.start),
    end: event.end === null ? invalidEnd(bad('DTEND')?.value, bad('DURATION')?.value) : endFacts(event.end),
    summary: event.summary,
    location: event.location,
    organizer: organizer === null ? null : addressFact(organizer),
    ...(organizer === null || organizer.mailto ? {} : { organizer_not_mailto: true }),
    attendees: event.attendees.map(attendee => ({
      email: addressFact(attendee),
      partstat: attendee.partstat,
    })),
    rrule: event.rrule,
    ...(rrules.length > 1 ? { rrule_all: rrules } : {}),
    exdates: exdates.length,
    rdates: rdates.length,
    ...(exdates.length > 0 ? { exdate: exdates.map(listed) } : {}),
    ...(rdates.length > 0 ? { rdate: rdates.map(listed) } : {}),
    status: event.status,
  };
}

function momentFacts(moment: Moment): MomentFacts {
  if (moment.kind === 'date') return { value: moment.value, type: 'date', date: moment.local };
  const named = moment.tzid === null ? null : zoneNamed(moment.tzid);
  return {
    value: moment.value,
    type: 'date-time',
    form: moment.kind,
    local: moment.local,
    ...(moment.tzid === null ? {} : { tzid: moment.tzid }),
    utc: moment.utc,
    ...(moment.kind === 'zoned' ? { utc_from: decidedBy(moment, named !== null) } : {}),
    ...(moment.kind === 'zoned' && moment.utc === null ? { tz_unresolved: true } : {}),
    ...(moment.kind === 'zoned' && moment.zone !== null && named !== null && named.by !== 'name'
      ? { iana: named.listed }
      : {}),
  };
}

function endFacts(end: End): MomentFacts {
  return { source: end.source, ...momentFacts(end) };
}

function invalid(value: string | undefined): MomentFacts | null {
  return value === undefined ? null : { value, type: 'invalid' };
}

function invalidEnd(dtend: string | undefined, duration: string | undefined): MomentFacts | null {
  if (dtend !== undefined) return { source: 'DTEND', value: dtend, type: 'invalid' };
  return duration === undefined ? null : { source: 'DURATION', value: duration, invalid: true };
}

/** As written: the token of an iCloud organizer, not the person. */
function addressFact({ value }: CalAddress): string {
  return value.replace(/^mailto:/i, '').trim();
}

function listed({ value, tzid }: Moment): ListedDate {
  return tzid === null ? { value } : { value, tzid };
}

function envelopeFacts(mail: InboundMail): EnvelopeFacts {
  return {
    from: mail.from.map(({ address }) => address),
    to: mail.to.map(({ address }) => address),
    cc: mail.cc.map(({ address }) => address),
    subject: mail.subject,
    message_id: mail.messageId,
    in_reply_to: mail.inReplyTo,
    top_type: mail.type,
  };
}

function partFacts(part: InboundMail['calendars'][number]): PartFacts {
  const { path, types, method, charset, encoding, filename, disposition } = part;
  return { path, types, method, charset, encoding, filename, disposition, body_sha1: bodyHash(part.bytes) };
}

function bodyHash(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1').replace(/\r\n?/g, '\n');
  return createHash('sha1').update(Buffer.from(text.trimEnd(), 'latin1')).digest('hex');
}

function decidedBy({ from, zone }: Moment, named: boolean): string {
  if (from === 'vtimezone') return named && zone !== null ? 'vtimezone=iana' : 'vtimezone';
  return from === 'iana' ? 'iana' : 'unresolved-tzid';
}

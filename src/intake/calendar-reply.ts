/**
 * What `create@` answers to the organizer's own calendar (imip.md 1.4): ACCEPTED once the event is stored, DECLINED with the reason
 * when it is refused. Once for each (UID, RECURRENCE-ID, SEQUENCE), from the very spelling that was invited.
 */
import type { Attendee, CalendarEvent, CalendarObject } from '../calendar/event.ts';
import { formatInstant } from '../calendar/time.ts';
import { writeOrganizerReply } from '../calendar/write.ts';
import { domainOf, parseAddress } from '../kernel/address.ts';
import type { InboundMail } from '../mail/inbound.ts';
import { doorOf } from '../mail/mailbox.ts';
import { languageOf } from '../organizers/brand.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { texts } from '../texts/catalogue.ts';
import { mayAnswerCalendar } from './answerable.ts';
import type { ArrivalRecord } from './journal.ts';
import { mailOrganizer, type NoticePorts } from './organizer-mail.ts';

/** Hosts whose ORGANIZER is a token of theirs that leads to the person (iCloud changes it with each revision). */
const TOKEN_HOSTS = new Set(['imip.me.com', 'group.calendar.google.com']);

export interface CalendarReply {
  readonly arrival: ArrivalRecord;
  readonly mail: InboundMail;
  readonly calendar: CalendarObject;
  readonly organizer: Organizer;
  readonly partstat: 'ACCEPTED' | 'DECLINED';
  readonly comment: string | null;
  readonly event?: string;
}

export async function replyToCalendar(ports: NoticePorts, input: CalendarReply): Promise<void> {
  if (input.calendar.method !== 'REQUEST' || !mayAnswerCalendar(input.arrival, input.mail)) return;
  for (const event of answered(ports, input.calendar)) await replyTo(ports, input, event);
}

/** The series where the mail has it; else the single dates it is about, a few of them. */
function answered(ports: NoticePorts, calendar: CalendarObject): readonly CalendarEvent[] {
  const series = calendar.events.find(event => event.recurrenceId === null);
  return series === undefined ? calendar.events.slice(0, ports.settings.limits.OVERRIDE_MAILS) : [series];
}

async function replyTo(ports: NoticePorts, input: CalendarReply, event: CalendarEvent): Promise<void> {
  const attendee = event.attendees.find(({ email }) => isCreate(email, ports.settings.mailDomain));
  if (attendee === undefined || !wantsReply(event, attendee, input.partstat)) return;
  const from = spelling(attendee);
  const to = replyAddress(event, input.organizer);
  if (from === null) return;
  const language = await languageOf(ports, input.organizer.workspace);
  const words = texts(language).intake;
  const title = event.summary ?? words.untitled;
  const accepted = input.partstat === 'ACCEPTED';
  const subject = accepted ? words.reply.accepted(title) : words.reply.declined(title);
  const body = accepted ? words.reply.acceptedBody : words.reply.declinedBody;
  const now = formatInstant(ports.clock.now());
  await mailOrganizer(ports, {
    key: keyOf(input, event),
    kind: 'reply',
    to: { name: input.organizer.name, address: to },
    from,
    language,
    subject,
    content: { preheader: body, title: subject, lead: input.comment ?? body, blocks: [] },
    calendar: {
      ics: writeOrganizerReply({
        event,
        attendee: from,
        partstat: input.partstat,
        comment: input.comment,
        dtstamp: now,
      }),
      method: 'REPLY',
      filename: 'reply.ics',
    },
    why: 'invited',
    autoSubmitted: 'auto-replied',
    about: { arrival: input.arrival.id, messageId: input.mail.messageId },
    workspace: input.organizer.workspace,
    ...(input.event === undefined ? {} : { event: input.event }),
  });
}

function keyOf(input: CalendarReply, event: CalendarEvent): string {
  const { organizer, partstat } = input;
  const date = event.recurrenceId === null ? '' : (event.recurrenceId.utc ?? event.recurrenceId.local);
  return JSON.stringify(['reply', organizer.id, event.uid, date, event.sequence ?? 0, partstat]);
}

function isCreate(email: string | null, mailDomain: string): boolean {
  return email !== null && doorOf(email, mailDomain)?.door === 'create';
}

/** Not where the organizer wants none, where his calendar shows it already, or where no UID says what the answer is to. */
function wantsReply(event: CalendarEvent, attendee: Attendee, partstat: 'ACCEPTED' | 'DECLINED'): boolean {
  if (event.uid === '') return false;
  return event.responseRequested && attendee.noReply !== true && attendee.partstat !== partstat;
}

/** As the invitation wrote it, plus tag and capitals included: the calendar looks for that very guest. */
function spelling(attendee: Attendee): string | null {
  const written = parseAddress(attendee.value.replace(/^mailto:/i, ''));
  if (written.ok) return written.address.typed;
  const read = parseAddress(attendee.email ?? '');
  return read.ok ? read.address.typed : null;
}

/** Never an address that only the calendar text names: that would let it aim our mail at anybody. */
function replyAddress(event: CalendarEvent, organizer: Organizer): string {
  const written = parseAddress((event.organizer?.value ?? '').replace(/^mailto:/i, ''));
  if (!written.ok) return organizer.address;
  const { typed, normal } = written.address;
  return normal === organizer.address || TOKEN_HOSTS.has(domainOf(normal)) ? typed : organizer.address;
}

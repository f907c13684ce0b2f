/** An organizer with an event, and people who were or will be invited: the real rooms on the real local store. */
import { readCalendar } from '../../src/calendar/read.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { register } from '../../src/events/register.ts';
import { loadEvent } from '../../src/events/store.ts';
import { acceptArrival, loadArrival } from '../../src/intake/journal.ts';
import type { Door, InviteWithSends } from '../../src/invites/invite.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { loadInvite } from '../../src/invites/store.ts';
import { addressHash } from '../../src/kernel/address.ts';
import type { OutgoingMail } from '../../src/kernel/ports.ts';
import { readMail } from '../../src/mail/inbound.ts';
import type { Organizer, TrustTier } from '../../src/organizers/organizer.ts';
import { openOrganizer } from '../../src/organizers/store.ts';
import { type ReadMail, withWords } from '../mail/fixture.ts';
import { localWorld, type TestWorld, type WorldOptions } from '../support/world.ts';

export interface Said {
  readonly method?: string;
  readonly uid?: string;
  readonly sequence?: number;
  readonly dtstamp?: string;
  readonly start?: string;
  readonly end?: string;
  readonly zone?: string;
  readonly summary?: string;
  readonly location?: string;
  readonly description?: string;
  readonly lines?: readonly string[];
}

export const ORGANIZER = 'jane@example.com';
const UID = 'organizers-own-uid@calendar.example.com';

let arrivals = 0;

/** What an organizer's calendar writes; times as `20260407T170000` in the zone. */
export function said(event: Said = {}): string {
  const zone = event.zone ?? 'Europe/Berlin';
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Organizer//EN',
    'VERSION:2.0',
    `METHOD:${event.method ?? 'REQUEST'}`,
    'BEGIN:VEVENT',
    `UID:${event.uid ?? UID}`,
    `DTSTAMP:${event.dtstamp ?? '20260220T090000Z'}`,
    `SEQUENCE:${event.sequence ?? 0}`,
    `DTSTART;TZID=${zone}:${event.start ?? '20260407T170000'}`,
    `DTEND;TZID=${zone}:${event.end ?? '20260407T180000'}`,
    `SUMMARY:${event.summary ?? 'Spring webinar'}`,
    ...(event.location === undefined ? [] : [`LOCATION:${event.location}`]),
    ...(event.description === undefined ? [] : [`DESCRIPTION:${event.description}`]),
    ...(event.lines ?? []),
    `ORGANIZER;CN=Jane Roe:mailto:${ORGANIZER}`,
    'ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:create@sis.localhost',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

export interface Party {
  readonly world: TestWorld;
  readonly organizer: Organizer;
  /** The event as it is now. */
  event(): Promise<EventRecord>;
  /** The organizer's calendar says something; fan-outs are not run. */
  say(event: Said): Promise<EventRecord>;
  ask(email: string, door?: Door): ReturnType<typeof requestInvite>;
  /** Asks and delivers. */
  invite(email: string, door?: Door): Promise<InviteWithSends>;
  person(email: string): Promise<InviteWithSends>;
  /** Lets the clock pass the time in which changes are collected, and works. */
  settle(): Promise<void>;
  mailsTo(email: string): readonly OutgoingMail[];
  lastTo(email: string): Promise<Received>;
  /** A mail arrives over loopback and is worked on. */
  receive(raw: string, recipients?: readonly string[]): ReturnType<typeof loadArrival>;
}

export interface Received {
  readonly mail: ReadMail;
  readonly raw: string;
  /** Unfolded content lines. */
  readonly lines: readonly string[];
  /** The value behind a property's name, parameters and all; the first VEVENT's before the object's. */
  property(name: string): string | undefined;
  readonly uid: string;
}

export interface PartyOptions extends WorldOptions {
  readonly event?: Said;
  readonly tier?: TrustTier;
  readonly guests?: readonly string[];
  /** Where it takes place; left out: a world of its own. */
  readonly world?: TestWorld;
}

export async function party(options: PartyOptions = {}): Promise<Party> {
  const world = options.world ?? (await localWorld(options));
  const organizer = await openOrganizer(world, {
    address: ORGANIZER,
    name: 'Jane Roe',
    tier: options.tier ?? 1,
  });
  let id = '';
  const say = async (event: Said): Promise<EventRecord> => {
    arrivals += 1;
    const reading = readCalendar(Buffer.from(said(event)));
    if (!reading.ok) throw new Error(reading.refusal.code);
    const outcome = await register(world, {
      organizer,
      calendar: reading.calendar,
      arrival: `arr_${arrivals}`,
      receivedAt: new Date(world.clock.now()).toISOString(),
      draft: null,
      guests: options.guests ?? [],
    });
    if (outcome.event === null) throw new Error(`${outcome.outcome} ${outcome.refusal?.code}`);
    id = outcome.event.id;
    return outcome.event;
  };
  const event = async (): Promise<EventRecord> => {
    const record = await loadEvent(world, id);
    if (record === undefined) throw new Error('no event');
    return record;
  };
  const ask = async (email: string, door: Door = 'page') =>
    requestInvite(world, { event: await event(), email, door });
  const person = async (email: string): Promise<InviteWithSends> => {
    const found = await loadInvite(world, { event: id, person: addressHash(email.toLowerCase()) });
    if (found === undefined) throw new Error('not invited');
    return found;
  };
  const mailsTo = (email: string) =>
    world.outbox().filter(mail => mail.to.toLowerCase() === email.toLowerCase());
  await say(options.event ?? {});
  await world.runJobs();
  return {
    world,
    organizer,
    event,
    say,
    ask,
    person,
    mailsTo,
    async invite(email, door) {
      await ask(email, door);
      await world.runJobs();
      return person(email);
    },
    async settle() {
      world.clock.advance((world.settings.limits.COALESCE_SECONDS + 1) * 1000);
      await world.runJobs();
    },
    async lastTo(email) {
      const last = mailsTo(email).at(-1);
      if (last === undefined) throw new Error('no mail');
      return received(world, last.raw);
    },
    async receive(raw, recipients = [`${organizer.slug}@sis.localhost`]) {
      const arrival = await acceptArrival(world, {
        raw: Buffer.from(raw.replace(/\r?\n/g, '\r\n')),
        mailFrom: 'bounces@example.org',
        recipients: [...recipients],
        remote: { ip: '127.0.0.1', helo: 'client', loopback: true },
      });
      await world.runJobs();
      return loadArrival(world, arrival);
    },
  };
}

export async function received(world: TestWorld, raw: Uint8Array): Promise<Received> {
  const mail = await withWords(await readMail(raw, world.settings.limits));
  const text = Buffer.from(mail.calendars[0]?.bytes ?? []).toString('utf8');
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  const from = lines.indexOf('BEGIN:VEVENT');
  const property = (name: string): string | undefined =>
    [...lines.slice(from), ...lines.slice(0, from)]
      .find(line => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
      ?.slice(name.length);
  return {
    mail,
    raw: Buffer.from(raw).toString('latin1'),
    lines,
    property,
    uid: property('UID')?.slice(1) ?? '',
  };
}

/**
 * `npm run demo [file.eml] [--as-organizer]`: the whole loop as a story, against a service of its own on a temporary data folder,
 * through its doors alone (SMTP, pages, API). Exits non-zero if any step fails.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMessage } from '../../calendar/apply.ts';
import { describeEvent } from '../../calendar/describe.ts';
import type { CalendarObject } from '../../calendar/event.ts';
import { readCalendar } from '../../calendar/read.ts';
import { DEFAULT_LIMITS } from '../../kernel/limits.ts';
import { readMail } from '../../mail/inbound.ts';
import type { MailClient } from '../local/mailboxes.ts';
import { cancelledText, decodedText, movedText, organizerMail } from '../local/organizer-client.ts';
import { DemoService } from './demo-service.ts';
import { sampleMail } from './sample-mail.ts';

const PEOPLE: readonly { email: string; client: MailClient; answer: 'yes' | 'maybe' | 'no' }[] = [
  { email: 'person-one@example.com', client: 'google', answer: 'yes' },
  { email: 'person-two@example.com', client: 'outlook', answer: 'maybe' },
  { email: 'person-three@example.com', client: 'apple', answer: 'no' },
];

const DAY = 86_400_000;
const CREATE = 'create@sis.localhost';

export interface DemoOptions {
  readonly say: (line: string) => void;
}

export async function main(args: readonly string[], { say }: DemoOptions): Promise<number> {
  const file = args.find(argument => !argument.startsWith('--'));
  const raw = file === undefined ? sampleMail(Date.now()) : readFileSync(file);
  const folder = mkdtempSync(join(tmpdir(), 'sis-demo-'));
  try {
    await tell(raw, args.includes('--as-organizer'), folder, say);
    say('\nEvery step held.');
    return 0;
  } catch (error) {
    say(`\nA step failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the organizer's mail says, read the way the service reads it. */
interface Original {
  readonly raw: Uint8Array;
  readonly from: string;
  readonly text: string;
  readonly calendar: CalendarObject;
}

async function tell(
  raw: Uint8Array,
  asOrganizer: boolean,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const original = await readOriginal(raw, asOrganizer);
  const start = clockFor(original.calendar);
  const service = await DemoService.start(folder, start - Date.now());
  try {
    say(`The service runs at ${service.http}; its clock says ${new Date(service.now()).toISOString()}.\n`);
    const event = await create(service, original, say);
    if ((await service.event(event)).status === 'ended') return await refuse(service, event, say);
    const revisions = await subscribe(service, event, say);
    await answer(service, event, say);
    const moved = await move(service, original, event, revisions, say);
    await cancel(service, original, event, moved, say);
    await table(service, event, say);
  } finally {
    await service.stop();
  }
}

async function readOriginal(raw: Uint8Array, asOrganizer: boolean): Promise<Original> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const part = mail.calendars[0];
  if (part === undefined) throw new Error('the mail has no calendar part');
  const reading = readCalendar(part.bytes, { charset: part.charset, method: part.method });
  if (!reading.ok) throw new Error(`the calendar can't be read: ${reading.refusal.sentence}`);
  const organizer = reading.calendar.events[0]?.organizer?.email ?? null;
  const from = asOrganizer && organizer !== null ? organizer : (mail.from[0]?.address ?? organizer);
  if (from === null || from === undefined) throw new Error('the mail names no sender');
  const text = decodedText(part.bytes);
  if (!asOrganizer) return { raw, from, text, calendar: reading.calendar };
  const method = reading.calendar.method ?? 'REQUEST';
  const now = reading.calendar.events[0]?.dtstamp ?? new Date(0).toISOString();
  return {
    raw: organizerMail({
      from,
      to: CREATE,
      subject: mail.subject ?? 'Invitation',
      calendar: text,
      method,
      now,
    }),
    from,
    text,
    calendar: reading.calendar,
  };
}

/** The later of DTSTAMP and a day before the start, so that a mail of years ago is news again. */
function clockFor(calendar: CalendarObject): number {
  const stamps = calendar.events.map(event => Date.parse(event.dtstamp ?? '')).filter(Number.isFinite);
  const starts = calendar.events
    .map(event => Date.parse(event.start?.utc ?? `${event.start?.local.slice(0, 10)}T00:00:00Z`))
    .filter(Number.isFinite);
  return Math.max(...stamps, Math.min(...starts) - DAY);
}

async function create(
  service: DemoService,
  original: Original,
  say: (line: string) => void,
): Promise<string> {
  say(`1. The organizer invites ${CREATE} to an event in his own calendar.`);
  await service.smtp(original.raw, original.from, CREATE);
  const arrival = await service.arrival(1);
  if (arrival.outcome !== 'applied' || arrival.event === null) {
    throw new Error(`the mail ended ${arrival.outcome}(${arrival.reason ?? ''})`);
  }
  const event = await service.event(arrival.event);
  if (event.status !== 'ended') {
    await service.mail(
      mail => mail.kind === 'organizer' && mail.event === event.id,
      'the "your event is live" mail',
    );
  }
  say(
    `   It is ${event.status}: "${event.title}", ${event.start} ${event.timeZone ?? ''}${event.recurrence === null ? '' : `, ${event.recurrence}`}`,
  );
  say(`   The page everybody may share: ${event.pageUrl}`);
  return event.id;
}

/** A mail about an event that was over when it was written: registered, listed as ended, and nobody can get it any more. */
async function refuse(service: DemoService, event: string, say: (line: string) => void): Promise<void> {
  const { pageUrl } = await service.event(event);
  const [person] = PEOPLE;
  const status = await service.ask(pageUrl, person?.email ?? '');
  if (status !== 410) throw new Error(`the page of an event that is over answered ${status}`);
  if ((await service.people(event)).length > 0)
    throw new Error('somebody was invited to an event that is over');
  say('\n2. It was over before this mail was written: the page says so kindly, and nobody is invited.');
}

async function subscribe(service: DemoService, event: string, say: (line: string) => void): Promise<number> {
  say('\n2. Three people ask for it on that page.');
  const { pageUrl } = await service.event(event);
  for (const { email } of PEOPLE) {
    const status = await service.ask(pageUrl, email);
    if (status >= 400) throw new Error(`the page answered ${status}`);
    const invite = await service.mail(
      mail => mail.kind === 'request' && mail.to === email,
      `the invite for ${email}`,
    );
    say(`   ${email} has "${invite.subject}" ${invite.afterMs} ms after pressing.`);
  }
  return PEOPLE.length;
}

async function answer(service: DemoService, event: string, say: (line: string) => void): Promise<void> {
  say('\n3. They answer from their calendars.');
  for (const person of PEOPLE) {
    const invite = await service.mail(
      mail => mail.kind === 'request' && mail.to === person.email,
      'the invite',
    );
    await service.reply(person.client, invite.raw, person.answer);
    say(`   ${person.email} presses ${person.answer} in ${person.client}.`);
  }
  const counts = await service.until('the answers are counted', async () => {
    const { counts } = await service.event(event);
    return counts.yes === 1 && counts.maybe === 1 && counts.no === 1 ? counts : undefined;
  });
  say(`   Counted: ${counts.yes} yes, ${counts.maybe} maybe, ${counts.no} no.`);
}

async function move(
  service: DemoService,
  original: Original,
  event: string,
  mailsBefore: number,
  say: (line: string) => void,
): Promise<{ text: string; now: string }> {
  const before = await service.event(event);
  const now = new Date(service.now()).toISOString();
  const text = movedText(original.text, { now });
  say('\n4. The organizer moves the event in his calendar.');
  const subject = `Updated invitation: ${before.title}`;
  await service.smtp(
    organizerMail({ from: original.from, to: CREATE, subject, calendar: text, method: 'REQUEST', now }),
    original.from,
    CREATE,
  );
  const after = await service.until('the move is registered', async () => {
    const view = await service.event(event);
    return view.revision > before.revision ? view : undefined;
  });
  if (after.start === before.start) throw new Error('the move changed no start');
  await service.until('everybody has the update', async () => {
    const updates = service
      .mails()
      .filter(mail => mail.kind === 'request' && mail.event === event && mail.revision > before.revision);
    return updates.length >= mailsBefore ? updates : undefined;
  });
  say(
    `   ${before.start} becomes ${after.start}; ${mailsBefore} people have the update. Their answers are asked for anew.`,
  );
  return { text, now };
}

async function cancel(
  service: DemoService,
  original: Original,
  event: string,
  moved: { text: string; now: string },
  say: (line: string) => void,
): Promise<void> {
  const occurrence = occurrenceToCancel(moved, new Date(service.now()).toISOString());
  const now = new Date(service.now() + 1000).toISOString();
  const text = cancelledText(moved.text, { now, occurrence });
  say(`\n5. The organizer cancels ${occurrence === null ? 'the event' : `one date (${occurrence})`}.`);
  const mail = organizerMail({
    from: original.from,
    to: CREATE,
    subject: 'Canceled event',
    calendar: text,
    method: 'CANCEL',
    now,
  });
  await service.smtp(mail, original.from, CREATE);
  const cancels = await service.until('everybody has the cancellation', async () => {
    const sent = service.mails().filter(one => one.kind === 'cancel' && one.event === event);
    return sent.length >= PEOPLE.length ? sent : undefined;
  });
  const { status } = await service.event(event);
  if (occurrence === null && status !== 'cancelled') throw new Error(`the event is ${status}, not cancelled`);
  if (occurrence !== null && status !== 'live')
    throw new Error(`one date was cancelled, yet the event is ${status}`);
  say(`   ${cancels.length} people have the cancellation; the event is ${status}.`);
}

/** The second of the coming dates of a series with at least three; null: the event as a whole. */
function occurrenceToCancel(moved: { text: string; now: string }, now: string): string | null {
  const reading = readCalendar(Buffer.from(moved.text));
  if (!reading.ok || (reading.calendar.events[0]?.rrule ?? null) === null) return null;
  const applied = applyMessage(
    null,
    { calendar: reading.calendar, arrival: 'demo', receivedAt: moved.now },
    moved.now,
  );
  if (applied.outcome !== 'applied') return null;
  const { next } = describeEvent(applied.state, { now });
  return next.length >= 3 ? (next[1]?.key ?? null) : null;
}

async function table(service: DemoService, event: string, say: (line: string) => void): Promise<void> {
  const people = await service.people(event);
  const view = await service.event(event);
  say('\nThe people of the event:\n');
  const columns = ['email', 'state', 'answer', 'previousAnswer', 'origin', 'prodId', 'revisionSent'] as const;
  const rows = [
    columns.map(String),
    ...people.map(person => columns.map(column => String(person[column] ?? ''))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map(row => row[index]?.length ?? 0)));
  for (const row of rows) say(`   ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`);
  if (people.length !== PEOPLE.length)
    throw new Error(`${people.length} people are listed, ${PEOPLE.length} asked`);
  if (people.some(person => person.origin === null)) throw new Error('a person has no origin');
  say(
    `\n   Page: ${view.pageUrl}\n   File: ${view.pageUrl}.ics\n   Report: ${service.http}/api/v1/events/${event}/report.csv`,
  );
}

/** A mail comes in as the listener hands it over, and everything that follows from it is done. */
import { type ArrivalRecord, acceptArrival, loadArrival } from '../../src/intake/journal.ts';
import type { MailKind, OutgoingMail } from '../../src/kernel/ports.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { type ReadMail, withWords } from '../mail/fixture.ts';
import { CREATE, ORGANIZER } from './calendar-mail.ts';
import type { TestWorld } from './world.ts';

export interface Envelope {
  readonly mailFrom?: string;
  readonly recipients?: readonly string[];
  readonly loopback?: boolean;
}

export async function accept(world: TestWorld, raw: Uint8Array, envelope: Envelope = {}): Promise<string> {
  return acceptArrival(world, {
    raw,
    mailFrom: envelope.mailFrom ?? ORGANIZER,
    recipients: envelope.recipients ?? [CREATE],
    remote: { ip: '127.0.0.1', helo: 'localhost', loopback: envelope.loopback ?? true },
  });
}

/** Two mails never come in at the very same moment. */
export async function arrive(
  world: TestWorld,
  raw: Uint8Array,
  envelope: Envelope = {},
): Promise<ArrivalRecord> {
  world.clock.advance(1000);
  const id = await accept(world, raw, envelope);
  await world.runJobs();
  const arrival = await loadArrival(world, id);
  if (arrival === undefined) throw new Error('the arrival is not in the journal');
  return arrival;
}

export function sent(world: TestWorld, kind: MailKind): readonly OutgoingMail[] {
  return world.outbox().filter(({ about }) => about.kind === kind);
}

export async function opened(world: TestWorld, mail: OutgoingMail | undefined): Promise<ReadMail> {
  if (mail === undefined) throw new Error('no such mail was sent');
  return withWords(await readMail(mail.raw, world.settings.limits));
}

/** The path of the first link that begins so. */
export function linkIn(text: string | null, start: string): string {
  const found = new RegExp(`http://127\\.0\\.0\\.1:3000(${start}[^\\s<>"]*)`).exec(text ?? '');
  if (found?.[1] === undefined) throw new Error(`no link to ${start} in the mail`);
  return found[1];
}

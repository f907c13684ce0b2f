/**
 * A stored mail goes to the room its mailbox names. Reads the raw bytes, works out who really sent them, routes, and writes the
 * one outcome. May run twice: what has an outcome is left alone.
 */
import { readCalendar } from '../calendar/read.ts';
import { type ArrivalEnd, type ArrivalRecord, finishArrival, loadArrival } from '../intake/journal.ts';
import { receive } from '../intake/receive.ts';
import type { JobResult, Ports } from '../kernel/ports.ts';
import { type InboundMail, readMail } from '../mail/inbound.ts';
import { doorOf, type MailDoor } from '../mail/mailbox.ts';
import { type Proof, proveSender } from '../mail/sender.ts';
import { receiveReply } from '../rsvp/by-mail.ts';

/** A stored object may become readable late, and DNS may be away for a while (F14). */
const PATIENCE_MS = 3_600_000;
const FIRST_PAUSE_MS = 30_000;
const ANSWERS = new Set<string | null>(['REPLY', 'COUNTER', 'REFRESH']);

export async function handleArrival(
  ports: Ports,
  { arrival: id }: { readonly arrival: string },
): Promise<JobResult> {
  const arrival = await loadArrival(ports, id);
  if (arrival === undefined || arrival.outcome !== null) return { done: true };
  const age = ports.clock.now() - Date.parse(arrival.receivedAt);
  const patient = age < PATIENCE_MS;
  const raw = await ports.blobs.get(arrival.blob);
  if (raw === undefined) {
    if (patient) return { retryAfterMs: pauseAfter(age), reason: 'raw_missing' };
    await finishArrival(ports, id, { outcome: 'rejected', reason: 'raw_missing' });
    return { done: true };
  }
  const mail = await readMail(raw, ports.settings.limits);
  const proof = await proveSender(ports, {
    raw,
    mail,
    remote: { ...arrival.remote, mailFrom: arrival.mailFrom },
    trustLoopback: ports.settings.trustLoopback,
  });
  if (proof.evidence === 'dns-unavailable' && patient)
    return { retryAfterMs: pauseAfter(age), reason: 'dns_unavailable' };
  const end = await route(ports, arrival, mail, proof);
  await finishArrival(ports, id, end);
  ports.log.info('arrival', {
    arrival: id,
    outcome: end.outcome,
    reason: end.reason,
    evidence: proof.evidence,
  });
  return { done: true };
}

/** Few tries reach far: a job is parked after five. */
function pauseAfter(age: number): number {
  return Math.max(FIRST_PAUSE_MS, age * 4);
}

async function route(
  ports: Ports,
  arrival: ArrivalRecord,
  mail: InboundMail,
  proof: Proof,
): Promise<ArrivalEnd> {
  const door = chosenDoor(arrival, mail, ports.settings.mailDomain);
  const common = {
    evidence: proof.evidence,
    from: mail.fromAddress ?? mail.from[0]?.address ?? null,
    subject: mail.subject,
    messageId: mail.messageId,
  };
  if (door === null) return { ...common, outcome: 'rejected', reason: 'no_such_mailbox' };
  if (door.door === 'create') return receive(ports, { arrival, mail, proof });
  if (door.door !== 'organizer') return { ...common, outcome: 'rejected', reason: 'lists_not_offered' };
  const { slug } = door;
  const { id, receivedAt, to: recipients } = arrival;
  const told = await receiveReply(ports, { arrival: id, receivedAt, mail, proof, slug, recipients });
  return { ...common, ...told };
}

/** Answers go to the organizer's address even where `create@` got a copy; everything else `create@` takes first. */
function chosenDoor(arrival: ArrivalRecord, mail: InboundMail, mailDomain: string): MailDoor | null {
  const doors = arrival.to.flatMap(address => doorOf(address, mailDomain) ?? []);
  const organizer = doors.find(({ door }) => door === 'organizer');
  const create = doors.find(({ door }) => door === 'create');
  if (organizer !== undefined && (create === undefined || ANSWERS.has(methodOf(mail)))) return organizer;
  return create ?? doors[0] ?? null;
}

function methodOf(mail: InboundMail): string | null {
  const part = mail.calendars[0];
  if (part === undefined) return null;
  const reading = readCalendar(part.bytes, part);
  return reading.ok ? reading.calendar.method : part.method;
}

/**
 * Mail at an organizer's own address, in the order of imip.md 7.5: a report about our mail, a calendar's answer (however automatic), an
 * automatic mail, a person's words. Answers nothing that is automatic; says why for everything.
 */
import type { CalendarObject } from '../calendar/event.ts';
import { readCalendar } from '../calendar/read.ts';
import { readReplies } from '../calendar/reply.ts';
import { domainOf } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import type { InboundMail } from '../mail/inbound.ts';
import type { Proof } from '../mail/sender.ts';
import { organizerBySlug } from '../organizers/store.ts';
import { takeBounce } from './bounce.ts';
import { type ReplySource, takeReplies } from './calendar-answer.ts';
import { forwardMessage } from './forward.ts';

export interface ReplyArrival {
  /** Its id. */
  readonly arrival: string;
  /** RFC 3339; left out: now. Given, a mail that is worked on again is judged as before. */
  readonly receivedAt?: string;
  readonly mail: InboundMail;
  readonly proof: Proof;
  readonly slug: string;
  /** The envelope's. */
  readonly recipients: readonly string[];
}

export interface ReplyEnd {
  readonly outcome: 'reply' | 'bounce' | 'automatic' | 'message' | 'rejected' | 'quarantined';
  readonly reason: string | null;
  readonly event: string | null;
  readonly workspace: string | null;
  readonly uid: string | null;
  readonly method: string | null;
}

const ANSWERS: ReadonlySet<string | null> = new Set(['REPLY', 'COUNTER', 'REFRESH']);

type ReplyPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings' | 'log'>;

export async function receiveReply(ports: ReplyPorts, given: ReplyArrival): Promise<ReplyEnd> {
  const arrival = { ...given, proof: ofWriter(given.proof) };
  const { mail, proof, slug } = arrival;
  const organizer = await organizerBySlug(ports, slug);
  if (organizer === undefined) return end('rejected', 'no_such_mailbox', null);
  const { workspace } = organizer;
  const receivedAt = arrival.receivedAt ?? new Date(ports.clock.now()).toISOString();
  if (mail.dsn !== null) {
    const told = await takeBounce(ports, mail.dsn, receivedAt);
    return { ...end('bounce', told.reason, workspace), event: told.event };
  }
  if (mail.problem !== null) return end('rejected', mail.problem.code, workspace);
  const refusal = untrusted(mail, proof);
  if (refusal !== null) return end('quarantined', refusal, workspace);
  if (isOurs(ports, mail)) return end('rejected', 'own_domain', workspace);
  const calendars = calendarsOf(mail);
  const answering = calendars.find(({ method }) => ANSWERS.has(method));
  if (answering !== undefined) {
    return takeCalendar(ports, answering, { ...arrival, receivedAt, organizer });
  }
  if (mail.automatic !== null || mail.list) return end('automatic', mail.automatic ?? 'list', workspace);
  if (calendars.length > 0) {
    return { ...end('rejected', 'not_a_reply', workspace), method: calendars[0]?.method ?? null };
  }
  if (mail.fromAddress === organizer.address) return end('rejected', 'from_organizer', workspace);
  if (proof.level === 'failed') return end('quarantined', proof.evidence, workspace);
  const reason = await forwardMessage(ports, { arrival: arrival.arrival, mail, proof, organizer });
  return end(reason === null ? 'message' : 'rejected', reason, workspace);
}

async function takeCalendar(
  ports: ReplyPorts,
  calendar: CalendarObject,
  source: ReplySource,
): Promise<ReplyEnd> {
  const told = await takeReplies(ports, readReplies(calendar), source);
  return {
    outcome: 'reply',
    reason: told.reason,
    event: told.event,
    workspace: source.organizer.workspace,
    uid: calendar.events[0]?.uid ?? null,
    method: calendar.method,
  };
}

/** iCloud's service is believed about the ORGANIZER that its mail names: in an answer that is who is answered, and whoever answers writes it. */
function ofWriter(proof: Proof): Proof {
  return proof.relay === 'icloud' ? { ...proof, level: 'none', identity: null } : proof;
}

/** Exactly one sender; and where his domain says that unproven mail is to be refused, it is (D8). */
function untrusted(mail: InboundMail, proof: Proof): string | null {
  if (mail.fromProblem !== 'none') return mail.fromProblem;
  // Two readers of the one From saw two senders.
  if (proof.evidence === 'from') return 'from';
  return proof.level === 'failed' && proof.policy === 'reject' ? proof.evidence : null;
}

/** Two machines of ours must never talk to each other. */
function isOurs(ports: Pick<Ports, 'settings'>, mail: InboundMail): boolean {
  return mail.fromAddress !== null && domainOf(mail.fromAddress) === ports.settings.mailDomain.toLowerCase();
}

function calendarsOf(mail: InboundMail): readonly CalendarObject[] {
  return mail.calendars.flatMap(part => {
    const reading = readCalendar(part.bytes, part);
    return reading.ok ? reading.calendars : [];
  });
}

function end(outcome: ReplyEnd['outcome'], reason: string | null, workspace: string | null): ReplyEnd {
  return { outcome, reason, event: null, workspace, uid: null, method: null };
}

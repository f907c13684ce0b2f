/**
 * A mail at `create@`: who speaks, is that proven, which event, one outcome. Nothing here is an error: each refusal has its word.
 * The order is the defence: automatic mail and the unproven end in silence before the calendar text is even read.
 */
import { lineOf } from '../calendar/check.ts';
import type { CalendarObject, Refusal } from '../calendar/event.ts';
import { refusal, refusalWords } from '../calendar/refusal.ts';
import type { RegisterOutcome } from '../events/register.ts';
import { findClaim, loadRegistered } from '../events/store.ts';
import { addressHash, domainOf } from '../kernel/address.ts';
import type { InboundMail } from '../mail/inbound.ts';
import type { Proof } from '../mail/sender.ts';
import { languageOf } from '../organizers/brand.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { openOrganizer, organizerByAddress } from '../organizers/store.ts';
import { texts } from '../texts/catalogue.ts';
import { replyToCalendar } from './calendar-reply.ts';
import { explain } from './explain.ts';
import { readInvitation } from './invitation.ts';
import type { ArrivalEnd, ArrivalRecord } from './journal.ts';
import { withinQuota } from './quota.ts';
import { claimSignatures } from './replays.ts';
import { isMeantForUs, nameFrom, type Speaker, speakerOf } from './speaker.ts';
import { type Submission, type SubmitPorts, submit, waitForWord } from './submit.ts';
import { type Judged, judge } from './trust.ts';

export interface ReceiveInput {
  readonly arrival: ArrivalRecord;
  readonly mail: InboundMail;
  readonly proof: Proof;
}

/** What a mail came to, for the journal. */
export async function receive(ports: SubmitPorts, input: ReceiveInput): Promise<ArrivalEnd> {
  const { mail, proof } = input;
  const end = await outcomeOf(ports, input);
  return {
    evidence: proof.evidence,
    from: mail.fromAddress ?? mail.from[0]?.address ?? null,
    subject: mail.subject,
    messageId: mail.messageId,
    ...end,
  };
}

async function outcomeOf(ports: SubmitPorts, input: ReceiveInput): Promise<ArrivalEnd> {
  const { arrival, mail, proof } = input;
  const machine = machineReason(mail, ports.settings.mailDomain);
  if (machine !== null) return rejected(machine);
  if (mail.problem !== null) return rejected(mail.problem.code);
  if (proof.identity === null) return quarantined(ports, mail, proof);
  if (!(await claimSignatures(ports, proof.signatureHashes, arrival.id)))
    return { outcome: 'duplicate', reason: 'replayed' };
  const invitation = readInvitation(mail);
  if (!invitation.ok) return turnAway(ports, input, invitation.code, invitation.refusal);
  return withMethod(ports, { ...input, calendar: invitation.calendar, identity: proof.identity });
}

/** Bounces, answers of programs and list mail. A calendar's own invitation may be `auto-generated`, so a calendar part wins there. */
function machineReason(mail: InboundMail, mailDomain: string): string | null {
  if (mail.fromAddress !== null && domainOf(mail.fromAddress) === mailDomain) return 'own_domain';
  if (mail.dsn !== null || mail.list) return 'automatic';
  return mail.automatic !== null && mail.calendars.length === 0 ? 'automatic' : null;
}

/** No answer, and no hint (T2, T9); the owner of the address sees it in his own list. */
async function quarantined(ports: SubmitPorts, mail: InboundMail, proof: Proof): Promise<ArrivalEnd> {
  const named = mail.fromAddress === null ? undefined : await organizerByAddress(ports, mail.fromAddress);
  return { outcome: 'quarantined', reason: proof.evidence, workspace: named?.workspace ?? null };
}

interface Read extends ReceiveInput {
  readonly calendar: CalendarObject;
  /** Who is proven to have sent it. */
  readonly identity: string;
}

const TAKEN = new Set<string | null>(['REQUEST', 'CANCEL', 'PUBLISH', null]);
const ANSWERS = new Set<string | null>(['REPLY', 'COUNTER', 'REFRESH']);
const KNOWN_ELSEWHERE = new Set<string | null>(['ADD', 'DECLINECOUNTER']);

async function withMethod(ports: SubmitPorts, input: Read): Promise<ArrivalEnd> {
  const { method, methodLine, events } = input.calendar;
  const about = { method, uid: events[0]?.uid || null };
  // `create@` invites nobody, so there is nothing that it could be answered to.
  if (ANSWERS.has(method)) return { outcome: 'reply', reason: 'no_invite', ...about };
  if (KNOWN_ELSEWHERE.has(method))
    return { ...(await turnAway(ports, input, 'method_not_supported', null)), ...about };
  if (!TAKEN.has(method))
    return {
      ...(await turnAway(
        ports,
        input,
        'unknown_method',
        refusal('unknown_method', methodLine, method?.slice(0, 40)),
      )),
      ...about,
    };
  const speaker = speakerOf(input.calendar, input.identity);
  // Loopback is the operator's own machine; elsewhere a guest may pass on, unchanged and well signed, what was meant for him alone.
  const meant =
    input.proof.evidence === 'loopback' ||
    isMeantForUs(input.calendar, input.mail, ports.settings.mailDomain);
  if (speaker.kind === 'stranger') return { ...(await turnAway(ports, input, 'forwarded', null)), ...about };
  if (!meant) return { ...(await passedOn(ports, input)), ...about };
  if (speaker.kind === 'unnamed')
    return {
      ...(await turnAway(
        ports,
        input,
        'no_organizer',
        refusal('no_organizer', events[0] && lineOf(events[0], ['ORGANIZER'])),
      )),
      ...about,
    };
  return { ...(await inTheNameOf(ports, input, speaker)), ...about };
}

type Speaking = Extract<Speaker, { address: string }>;

async function inTheNameOf(ports: SubmitPorts, input: Read, speaker: Speaking): Promise<ArrivalEnd> {
  const { arrival, calendar, identity, proof } = input;
  const judged = await judge(ports, proof, speaker, await makersOf(ports, calendar, speaker.address));
  const proven = judged.wait === null;
  const urgent = calendar.method === 'CANCEL';
  if (!(await withinQuota(ports, { arrival: arrival.id, address: identity, proven, urgent })))
    return turnAway(ports, input, 'too_many_mails', null);
  const organizer = await openOrganizer(ports, {
    address: speaker.address,
    name: nameFrom(input.mail, speaker),
    tier: proof.evidence === 'loopback' ? 1 : 0,
    proven,
  });
  const submission = submissionOf(input, speaker, organizer);
  const outcome = await submit(ports, submission, judged.wait);
  return { workspace: organizer.workspace, ...(await finish(ports, input, submission, judged, outcome)) };
}

/** Who made the event that this mail is about; null when there is none yet. */
async function makersOf(
  ports: SubmitPorts,
  calendar: CalendarObject,
  address: string,
): Promise<readonly string[] | null> {
  const organizer = await organizerByAddress(ports, address);
  const uid = calendar.events[0]?.uid;
  if (organizer === undefined || uid === undefined) return null;
  const claim = await findClaim(ports, organizer.id, uid);
  const event = claim === undefined ? undefined : await loadRegistered(ports, claim.event);
  return event === undefined ? null : event.editors;
}

function submissionOf(input: Read, speaker: Speaking, organizer: Organizer): Submission {
  const { arrival, mail, calendar, proof } = input;
  const editor = speaker.kind === 'delegate' ? addressHash(speaker.delegate) : null;
  return { arrival, mail, calendar, organizer, editor, evidence: proof.evidence };
}

async function finish(
  ports: SubmitPorts,
  input: Read,
  submission: Submission,
  judged: Judged,
  outcome: RegisterOutcome,
): Promise<ArrivalEnd> {
  const event = outcome.event?.id ?? null;
  switch (outcome.outcome) {
    case 'applied':
      return { outcome: 'applied', reason: orderReason(outcome), event };
    case 'tombstone':
      await tell(ports, input, 'nothing_to_cancel', null, submission.organizer.workspace);
      return { outcome: 'applied', reason: 'tombstone' };
    case 'stale':
      return { outcome: 'duplicate', reason: 'stale', event };
    case 'rejected':
      return refuse(ports, input, submission, judged, outcome.refusal);
    case 'draft':
      return { outcome: 'draft', reason: await waitForWord(ports, submission, outcome, judged.pair), event };
    case 'duplicate':
      // Sent again because it still waits: the word is asked for again.
      if (outcome.event?.draftReason != null) await waitForWord(ports, submission, outcome, judged.pair);
      return { outcome: 'duplicate', reason: null, event };
  }
}

/** Equal in everything that orders them, other content: the larger hash stands (D3), and somebody may want to look. */
function orderReason({ event }: RegisterOutcome): string | null {
  return event?.state.ambiguousOrder === true ? 'ambiguous_order' : null;
}

/** The sender is who he says and the event is his, only its content cannot be taken: his calendar is told too. */
async function refuse(
  ports: SubmitPorts,
  input: Read,
  submission: Submission,
  judged: Judged,
  why: Refusal | null,
): Promise<ArrivalEnd> {
  const code = why?.code ?? 'other';
  await tell(ports, input, code, why, submission.organizer.workspace);
  if (judged.wait === null) {
    const { arrival, mail, calendar, organizer } = submission;
    const language = await languageOf(ports, organizer.workspace);
    const comment =
      why === null || why.sentence === ''
        ? texts(language).intake.explain.what.other()
        : refusalWords(why, language);
    await replyToCalendar(ports, { arrival, mail, calendar, organizer, partstat: 'DECLINED', comment });
  }
  return rejected(code);
}

/** Its writer is proven and wrote to somebody else: a mail of ours to him would be one that his guest made us send. */
async function passedOn(ports: SubmitPorts, { identity }: Read): Promise<ArrivalEnd> {
  const workspace = (await organizerByAddress(ports, identity))?.workspace ?? null;
  return { ...rejected('forwarded'), workspace };
}

async function turnAway(
  ports: SubmitPorts,
  input: ReceiveInput,
  code: string,
  why: Refusal | null,
): Promise<ArrivalEnd> {
  const { identity } = input.proof;
  const workspace =
    identity === null ? null : ((await organizerByAddress(ports, identity))?.workspace ?? null);
  await tell(ports, input, code, why, workspace);
  return { ...rejected(code), workspace };
}

async function tell(
  ports: SubmitPorts,
  { arrival, mail, proof }: ReceiveInput,
  reason: string,
  why: Refusal | null,
  workspace: string | null,
): Promise<void> {
  await explain(ports, { arrival, mail, proof, reason, refusal: why, workspace });
}

function rejected(reason: string): ArrivalEnd {
  return { outcome: 'rejected', reason };
}

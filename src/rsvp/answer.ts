/**
 * The one place that changes an answer. Decides by what is answered to, then by when (imip.md 7.6, 7.7): any order of arrival of the same
 * answers ends alike, an answer to an old content is kept but counts for nothing, weak evidence never replaces a proven answer (D8).
 */
import { mainKey } from '../calendar/main-key.ts';
import { type ComponentKey, SERIES } from '../calendar/state.ts';
import type { EventRecord } from '../events/event.ts';
import { countsFrom, effectiveAnswer } from '../invites/answers.ts';
import { mayHaveArrived } from '../invites/history.ts';
import type { Answer, Invite, RecordedAnswer, Send } from '../invites/invite.ts';
import { deliverJob } from '../invites/ledger.ts';
import { seatJobs } from '../invites/seats.ts';
import { changeInvite, loadInvite, nameOf } from '../invites/store.ts';
import type { NewJob, Ports } from '../kernel/ports.ts';

export interface GivenAnswer {
  readonly event: EventRecord;
  readonly invite: Invite;
  readonly component: ComponentKey;
  /** `none` takes an answer back. */
  readonly answer: Answer;
  /** RFC 3339: when it was given, and when we received it. */
  readonly at: string;
  readonly receivedAt: string;
  /** SEQUENCE of a REPLY; null or left out: what he was sent last before `at`. */
  readonly toSequence?: number | null;
  /** A press on a page answers to what the page showed. */
  readonly toRevision?: number;
  readonly evidence: RecordedAnswer['evidence'];
  readonly origin: string | null;
  readonly prodId: string | null;
  readonly note: string | null;
  readonly guests: number;
}

export interface AnswerOutcome {
  /** `stale`: kept beside a newer answer. `older`: a later answer stands. `weaker`: a proven one stands. */
  readonly outcome: 'recorded' | 'duplicate' | 'stale' | 'older' | 'weaker';
  readonly invite: Invite;
}

export async function answer(
  ports: Pick<Ports, 'table' | 'clock'>,
  given: GivenAnswer,
): Promise<AnswerOutcome> {
  const { event, component } = given;
  const loaded = await loadInvite(ports, nameOf(given.invite));
  if (loaded === undefined) return { outcome: 'older', invite: given.invite };
  const next = recordedAnswer(given, loaded.sends);
  const from = countsFrom(event.state, component);
  const seats = await seatJobs(ports, given.invite);
  let outcome: AnswerOutcome['outcome'] = 'older';
  const invite = await changeInvite(ports, nameOf(given.invite), before => {
    outcome = judge(before, component, next, from);
    if (outcome === 'recorded') return recorded(event, before, component, next, seats);
    if (outcome !== 'stale') return undefined;
    return { invite: { ...before, staleAnswers: { ...before.staleAnswers, [component]: next } } };
  });
  return { outcome, invite: invite ?? given.invite };
}

function recordedAnswer(given: GivenAnswer, sends: readonly Send[]): RecordedAnswer {
  const { answer: said, at, receivedAt, evidence, origin, prodId, note, guests } = given;
  const toRevision = given.toRevision ?? revisionAnswered(given, sends);
  return { answer: said, at, toRevision, evidence, origin, prodId, note, guests, receivedAt };
}

/** The newest content that this SEQUENCE can mean; without one, what had been sent by then. */
function revisionAnswered(given: GivenAnswer, sends: readonly Send[]): number {
  const { component, event, toSequence = null, at } = given;
  const key = component === SERIES ? mainKey(event.state) : component;
  const told = sends.filter(
    send =>
      send.kind === 'request' &&
      mayHaveArrived(send) &&
      (send.component === SERIES || send.component === key),
  );
  const meant = told.filter(send =>
    toSequence === null ? (send.sentAt ?? '') <= at : (send.sequence ?? 0) <= toSequence,
  );
  if (meant.length > 0) return Math.max(...meant.map(send => send.revision));
  return told.length > 0 ? Math.min(...told.map(send => send.revision)) : 0;
}

function judge(
  invite: Invite,
  component: ComponentKey,
  next: RecordedAnswer,
  from: number,
): AnswerOutcome['outcome'] {
  const before = invite.answers[component];
  if (before === undefined) return 'recorded';
  if (
    isSame(before, next) ||
    (invite.staleAnswers[component] && isSame(invite.staleAnswers[component], next))
  ) {
    return 'duplicate';
  }
  if (before.evidence === 'verified' && next.evidence === 'low') return 'weaker';
  if (before.evidence === 'low' && next.evidence === 'verified') return 'recorded';
  if (before.toRevision >= from !== next.toRevision >= from) {
    return next.toRevision >= from ? 'recorded' : 'stale';
  }
  if (next.toRevision < from && next.toRevision !== before.toRevision) {
    return next.toRevision > before.toRevision ? 'recorded' : 'older';
  }
  return momentOf(next) >= momentOf(before) ? 'recorded' : 'older';
}

function recorded(
  event: EventRecord,
  before: Invite,
  component: ComponentKey,
  next: RecordedAnswer,
  seats: readonly NewJob[],
) {
  const invite: Invite = { ...before, answers: { ...before.answers, [component]: next } };
  const was = effectiveAnswer(before, event.state, component).answer;
  const is = effectiveAnswer(invite, event.state, component).answer;
  // Whoever had said no was spared small changes: now he needs them.
  const back = was === 'no' && is !== 'no' ? [deliverJob(invite, 'fast')] : [];
  const jobs = comes(event, before) === comes(event, invite) ? back : [...back, ...seats];
  return jobs.length === 0 ? { invite } : { invite, jobs };
}

function comes(event: EventRecord, invite: Invite): boolean {
  return effectiveAnswer(invite, event.state).answer !== 'no';
}

function isSame(one: RecordedAnswer, other: RecordedAnswer): boolean {
  return (
    one.answer === other.answer &&
    one.at === other.at &&
    one.note === other.note &&
    one.guests === other.guests &&
    one.evidence === other.evidence
  );
}

function momentOf({ at, receivedAt }: RecordedAnswer): string {
  return `${new Date(at).toISOString()} ${receivedAt}`;
}

/**
 * What a platform should know of one invite, worked out from what is true now: never from the change that caused the look. Two looks at
 * the same truth give the same key, so that nothing is told twice and nothing old after something new.
 */
import type { ReportedState } from '../../../connectors/contract.ts';
import { mainKey } from '../../calendar/main-key.ts';
import { SERIES } from '../../calendar/state.ts';
import type { EventRecord } from '../../events/event.ts';
import { countsFrom, type EffectiveAnswer, effectiveAnswer } from '../../invites/answers.ts';
import { mayHaveArrived } from '../../invites/history.ts';
import type { Invite, InviteWithSends, Send, Stop } from '../../invites/invite.ts';

export interface Standing {
  readonly state: ReportedState;
  /** Same as long as there is nothing new to tell. */
  readonly key: string;
  /** When it came about, RFC 3339. */
  readonly at: string;
  /** The answer that stands, whatever the state. */
  readonly answer: 'yes' | 'no' | 'maybe' | null;
}

export interface Stopped {
  readonly reason: Stop;
  readonly at: string;
}

/** Null: there is nothing to tell of him (not invited, or erased). */
export function standingOf(
  event: Pick<EventRecord, 'status' | 'state'>,
  invited: InviteWithSends,
  stopped: Stopped | null,
): Standing | null {
  const state = stateOf(event, invited, stopped);
  if (state === null) return null;
  const { answer } = effectiveAnswer(invited.invite, event.state);
  return { ...state, answer: answer === 'none' ? null : answer };
}

type Told = Omit<Standing, 'answer'>;

function stateOf(
  event: Pick<EventRecord, 'status' | 'state'>,
  { invite, sends }: InviteWithSends,
  stopped: Stopped | null,
): Told | null {
  const answered = effectiveAnswer(invite, event.state);
  if (event.status === 'draft' || isOut(invite, sends, answered, stopped)) return null;
  const main = event.state.components[mainKey(event.state)];
  const changedAt = main?.outDtstamp ?? invite.createdAt;
  // Who only said no was sent nothing that could be moved or called off.
  if (invite.standing === 'skipped') return saidOnly(answered);
  if (event.status === 'cancelled') return told('cancelled', main?.revision, changedAt);
  const left = leftAt(invite, stopped, answered);
  if (left !== null) return told('unsubscribed', undefined, left);
  if (invite.standing === 'withdrawn') return told('cancelled', 'withdrawn', invite.askedAt);
  const from = countsFrom(event.state, SERIES);
  if (answered.answer !== 'none') return told(answered.answer, from, answered.recorded?.at ?? changedAt);
  return wasChanged(sends, answered, from)
    ? told('changed', from, changedAt)
    : told('invited', undefined, invite.createdAt);
}

function told(state: ReportedState, basis: string | number | undefined, at: string): Told {
  return { state, key: basis === undefined ? state : `${state}#${basis}`, at };
}

function saidOnly({ recorded }: EffectiveAnswer): Told | null {
  if (recorded === null || recorded.answer === 'none') return null;
  return told(recorded.answer, undefined, recorded.at);
}

function isOut(
  invite: Invite,
  sends: readonly Send[],
  { answer }: EffectiveAnswer,
  stopped: Stopped | null,
): boolean {
  if (stopped?.reason === 'erased' || invite.stopped === 'erased') return true;
  // Asked for by somebody, and not yet confirmed by the address itself.
  return invite.standing === 'unconfirmed' && answer === 'none' && !sends.some(mayHaveArrived);
}

/** When he stopped our mail by his own wish; an answer that he gave later counts for more. */
function leftAt(
  invite: Invite,
  stopped: Stopped | null,
  { answer, recorded }: EffectiveAnswer,
): string | null {
  const reason = stopped?.reason ?? invite.stopped;
  if (reason !== 'unsubscribed' && reason !== 'complained') return null;
  const at = stopped?.at ?? invite.askedAt;
  return answer !== 'none' && recorded !== null && recorded.receivedAt > at ? null : at;
}

/** He was told an older time, and has not answered to this one. */
function wasChanged(
  sends: readonly Send[],
  { previousAnswer, recorded }: EffectiveAnswer,
  from: number,
): boolean {
  if (recorded !== null && recorded.toRevision >= from) return false;
  if (previousAnswer !== null) return true;
  return sends.some(send => send.kind === 'request' && send.revision < from && mayHaveArrived(send));
}

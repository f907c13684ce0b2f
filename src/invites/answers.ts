/** What an invite's recorded answers mean for the event as it is now: a significant change sets them back (RFC 5546 2.1.4, R-74). */
import { mainKey } from '../calendar/main-key.ts';
import { type ComponentKey, type EventState, SERIES } from '../calendar/state.ts';
import type { Answer, Invite, Partstat, RecordedAnswer } from './invite.ts';

export interface EffectiveAnswer {
  readonly answer: Answer;
  /** The answer before a significant change took it back. */
  readonly previousAnswer: Answer | null;
  readonly recorded: RecordedAnswer | null;
}

/** The revision from which on an answer about this component counts. */
export function countsFrom(state: EventState, component: ComponentKey): number {
  const series = significant(state, SERIES);
  return component === SERIES ? series : Math.max(series, significant(state, component));
}

export function effectiveAnswer(
  invite: Pick<Invite, 'answers'>,
  state: EventState,
  component: ComponentKey = SERIES,
): EffectiveAnswer {
  const recorded = invite.answers[component] ?? invite.answers[SERIES] ?? null;
  if (recorded === null) return { answer: 'none', previousAnswer: null, recorded };
  if (recorded.toRevision >= countsFrom(state, component)) {
    return { answer: recorded.answer, previousAnswer: null, recorded };
  }
  return { answer: 'none', previousAnswer: recorded.answer === 'none' ? null : recorded.answer, recorded };
}

const PARTSTATS: Readonly<Record<Answer, Partstat>> = {
  yes: 'ACCEPTED',
  no: 'DECLINED',
  maybe: 'TENTATIVE',
  none: 'NEEDS-ACTION',
};

export function partstatOf(answer: Answer): Partstat {
  return PARTSTATS[answer];
}

/** A cancellation takes no answer back: the report still says who had wanted to come. */
function significant(state: EventState, component: ComponentKey): number {
  const known = state.components[component === SERIES ? mainKey(state) : component];
  return known === undefined || known.kind === 'cancel' ? 0 : known.significantRevision;
}

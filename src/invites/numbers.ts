/**
 * SEQUENCE and DTSTAMP of a mail (D3, imip.md 5.7). The revision proposes; what the person was sent before is the floor, so that neither ever
 * falls and a change that asks for a new answer is always seen as one. Fixed at the first claim, so a repeat is byte-equal.
 */
import { type ComponentKey, type EventState, SERIES } from '../calendar/state.ts';
import { formatInstant, parseInstant } from '../calendar/time.ts';
import { mayHaveArrived } from './history.ts';
import type { Send } from './invite.ts';
import type { MailKey } from './plan.ts';

export interface Numbers {
  readonly sequence: number;
  readonly dtstamp: string;
}

export function numbersFor(state: EventState, sends: readonly Send[], key: MailKey): Numbers {
  const parts = partsOf(state, key);
  const before = sends.filter(
    send => send.generation === key.generation && send.sequence !== null && mayHaveArrived(send),
  );
  return {
    sequence: sequenceFor(state, before, key, Math.max(0, ...parts.map(part => part.outSequence))),
    dtstamp: stampFor(
      sends,
      parts
        .map(part => part.outDtstamp)
        .sort()
        .at(-1) ?? '',
    ),
  };
}

function partsOf(state: EventState, key: MailKey) {
  const one = state.components[key.component];
  if (key.component !== SERIES || key.kind === 'cancel') return one === undefined ? [] : [one];
  return Object.values(state.components);
}

function sequenceFor(state: EventState, before: readonly Send[], key: MailKey, proposed: number): number {
  const covering = before.filter(send => covers(send, key.component));
  if (covering.length === 0) return proposed;
  const last = Math.max(...covering.map(send => send.sequence ?? 0));
  const own = covering.filter(send => send.component === SERIES || send.component === key.component);
  const mustRise =
    key.kind === 'cancel' || latest(own)?.kind === 'cancel' || isSignificantSince(state, covering, key);
  return Math.max(proposed, mustRise ? last + 1 : last);
}

function covers(send: Send, component: ComponentKey): boolean {
  return component === SERIES || send.component === SERIES || send.component === component;
}

function isSignificantSince(state: EventState, covering: readonly Send[], key: MailKey): boolean {
  const keys = key.component === SERIES ? Object.keys(state.components) : [key.component];
  return keys.some(each => {
    const told = Math.max(-1, ...covering.filter(send => covers(send, each)).map(send => send.revision));
    return (state.components[each]?.significantRevision ?? -1) > told;
  });
}

function latest(sends: readonly Send[]): Send | undefined {
  return [...sends].sort((one, other) => ((one.dtstamp ?? '') < (other.dtstamp ?? '') ? -1 : 1)).at(-1);
}

function stampFor(sends: readonly Send[], proposed: string): string {
  const last =
    sends
      .map(send => send.dtstamp ?? '')
      .sort()
      .at(-1) ?? '';
  if (last === '') return proposed;
  const next = formatInstant(parseInstant(last) + 1000);
  return next > proposed ? next : proposed;
}

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
  const before = sends.filter(
    send => send.generation === key.generation && send.sequence !== null && mayHaveArrived(send),
  );
  return { sequence: sequenceFor(state, before, key), dtstamp: stampFor(sends, newestStamp(state, key)) };
}

function sequenceFor(state: EventState, before: readonly Send[], { kind, component }: MailKey): number {
  const proposed = state.components[component]?.outSequence ?? 0;
  if (component !== SERIES) return Math.max(proposed, floorFor(state, before, component, kind === 'cancel'));
  // A series' CANCEL ends every date, so it must be above all of them.
  if (kind === 'cancel') return Math.max(proposed, before.length === 0 ? 0 : highest(before) + 1);
  const own = before.filter(send => send.component === SERIES);
  const master = Math.max(proposed, floorFor(state, own, SERIES, false));
  return raisedForDates(state, before, master);
}

/**
 * Changed dates travel in the whole object with their own number or the master's, whichever is higher: neither may be too low. A date
 * that was called off travels as an EXDATE of the master alone, which must then be above what its date was last told with.
 */
function raisedForDates(state: EventState, before: readonly Send[], master: number): number {
  const told = Math.max(-1, ...before.map(send => send.revision));
  const needed = Object.entries(state.components)
    .filter(([key]) => key !== SERIES)
    .map(([key, { kind, outSequence, revision }]) => {
      if (kind === 'cancel') return told >= 0 && revision > told ? outSequence : master;
      const floor = floorFor(state, before, key, false);
      return Math.max(master, outSequence) < floor ? floor : master;
    });
  return Math.max(master, ...needed);
}

/** The lowest number that what he was sent about this component leaves open. */
function floorFor(
  state: EventState,
  before: readonly Send[],
  component: ComponentKey,
  mustRise: boolean,
): number {
  const covering = before.filter(send => send.component === SERIES || send.component === component);
  if (covering.length === 0) return 0;
  const told = Math.max(...covering.map(send => send.revision));
  const matters = (state.components[component]?.significantRevision ?? -1) > told;
  return highest(covering) + (mustRise || matters || latest(covering)?.kind === 'cancel' ? 1 : 0);
}

function highest(sends: readonly Send[]): number {
  return Math.max(...sends.map(send => send.sequence ?? 0));
}

function latest(sends: readonly Send[]): Send | undefined {
  return [...sends].sort((one, other) => ((one.dtstamp ?? '') < (other.dtstamp ?? '') ? -1 : 1)).at(-1);
}

function newestStamp(state: EventState, { kind, component }: MailKey): string {
  const whole = component === SERIES && kind === 'request';
  const one = state.components[component];
  const parts = whole ? Object.values(state.components) : one === undefined ? [] : [one];
  return (
    parts
      .map(part => part.outDtstamp)
      .sort()
      .at(-1) ?? ''
  );
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

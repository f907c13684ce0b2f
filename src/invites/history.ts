/** What the ledger says a person holds. Pure. DTSTAMP rises with every mail of an invite, so it orders them. */
import { type ComponentKey, SERIES } from '../calendar/state.ts';
import type { Send } from './invite.ts';

/** It has left, or nobody knows that it hasn't. */
export function mayHaveArrived(send: Send): boolean {
  return (
    send.maybeDuplicate || send.state === 'SENT' || send.state === 'CLAIMED' || send.state === 'AMBIGUOUS'
  );
}

/** A mail of this moment may be under way: nothing else is sent to the person meanwhile. */
export function isUnderWay(send: Send, now: number): boolean {
  return send.state === 'CLAIMED' && send.until !== null && send.until > now;
}

export interface Held {
  /** The newest whole object that surely left and was not undone by a later CANCEL. */
  readonly whole: Send | null;
  /** The newest mail about one instance alone, likewise, by component. */
  readonly instances: ReadonlyMap<ComponentKey, Send>;
  /** Components of REQUESTs that may stand in a calendar: since the last CANCEL that surely left. */
  readonly open: ReadonlySet<ComponentKey>;
}

/** `sends` of one generation: one UID. */
export function heldFrom(sends: readonly Send[]): Held {
  const perhapsGone = lastStamp(sends.filter(send => isSeriesCancel(send) && mayHaveArrived(send)));
  const surelyGone = lastStamp(sends.filter(send => isSeriesCancel(send) && send.state === 'SENT'));
  let whole: Send | null = null;
  const instances = new Map<ComponentKey, Send>();
  const open = new Set<ComponentKey>();
  for (const send of byStamp(sends)) {
    if (isSeriesCancel(send)) continue;
    if (mayHaveArrived(send) && stampOf(send) > surelyGone) noteOpen(open, send);
    if (send.state !== 'SENT' || send.feedback === 'bounced' || stampOf(send) <= perhapsGone) continue;
    if (send.component === SERIES) whole = send;
    else instances.set(send.component, send);
  }
  return { whole, instances, open };
}

/** The revision that a person surely has of a component; -1: none. */
export function revisionHeld(held: Held, component: ComponentKey): number {
  return Math.max(held.whole?.revision ?? -1, held.instances.get(component)?.revision ?? -1);
}

export function byStamp(sends: readonly Send[]): readonly Send[] {
  return [...sends].sort((one, other) => (stampOf(one) < stampOf(other) ? -1 : 1));
}

/** The first mail that was accepted: what later ones refer to, so that mail programs thread them. */
export function firstMessageId(sends: readonly Send[]): string | null {
  return byStamp(sends).find(send => send.messageId !== null)?.messageId ?? null;
}

function noteOpen(open: Set<ComponentKey>, send: Send): void {
  if (send.kind === 'request') open.add(send.component);
  else if (send.state === 'SENT') open.delete(send.component);
}

function isSeriesCancel(send: Send): boolean {
  return send.kind === 'cancel' && send.component === SERIES;
}

function stampOf(send: Send): string {
  return send.dtstamp ?? '';
}

function lastStamp(sends: readonly Send[]): string {
  return sends.map(stampOf).sort().at(-1) ?? '';
}

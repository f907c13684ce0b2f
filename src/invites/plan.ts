/**
 * What an invite still needs, given what the ledger says was (perhaps) sent. Pure and convergent: asked again after any crash, at any
 * revision, it leads to the newest content and then to nothing. Request, fan-out, retry and resume all go through it (imip.md 6).
 */
import { lastEnd } from '../calendar/describe.ts';
import { type ComponentKey, type ComponentState, type EventState, SERIES } from '../calendar/state.ts';
import type { EventRecord, RegisteredEvent } from '../events/event.ts';
import type { Limits } from '../kernel/limits.ts';
import { effectiveAnswer } from './answers.ts';
import { type Held, heldFrom, isUnderWay, revisionHeld } from './history.ts';
import type { Invite, Send } from './invite.ts';

/** Names one mail: the ledger holds at most one row for each. */
export interface MailKey {
  readonly kind: 'request' | 'cancel';
  readonly component: ComponentKey;
  readonly revision: number;
  readonly personal: number;
  readonly generation: number;
}

export interface Step extends MailKey {
  /** Its row, where it has one already. */
  readonly row: Send | null;
}

/** `entry`: the event belongs into this calendar. `removal`: out of it. `nothing`: this person gets no mail. */
export type Purpose = 'entry' | 'removal' | 'nothing';

export interface Plan {
  readonly purpose: Purpose;
  /** To send now, in this order. */
  readonly steps: readonly Step[];
  /** Rows whose lease ran out: nobody knows whether they left. */
  readonly lapsed: readonly Send[];
  /** Open rows that nothing needs any more. */
  readonly supersede: readonly Send[];
  /** Unknown outcomes that were tried again as often as we may: for a person to decide. */
  readonly exhausted: readonly Send[];
  /** The earliest moment at which there may be more to do; null: never by itself. */
  readonly waitUntil: number | null;
}

/** What the plan looks at of an event; `reach`: the latest end that was ever told. */
export type Planned = Pick<EventRecord, 'status' | 'state'> & Pick<RegisteredEvent, 'reach'>;

type PlanLimits = Pick<Limits, 'OVERRIDE_MAILS' | 'AMBIGUOUS_RETRIES'>;

export function plan(
  event: Planned,
  invite: Invite,
  sends: readonly Send[],
  now: number,
  limits: PlanLimits,
): Plan {
  const purpose = purposeOf(event, invite, now);
  const wanted =
    purpose === 'nothing'
      ? []
      : purpose === 'removal'
        ? removals(event.state, invite, sends, invite.generation)
        : entries(event.state, invite, sends, now, limits);
  return settle(purpose, wanted, sends, now, limits);
}

export function purposeOf(
  event: Planned,
  invite: Pick<Invite, 'standing' | 'stopped'>,
  now: number,
): Purpose {
  if (event.status === 'draft' || invite.standing === 'skipped') return 'nothing';
  if (invite.stopped !== null && invite.stopped !== 'unsubscribed') return 'nothing';
  if (isOver(event.state, now) && !reachesBeyond(event, now)) return 'nothing';
  // Also for who unsubscribed, or asks anew and has not confirmed: what he holds must not lie.
  const out = invite.standing === 'withdrawn' || invite.standing === 'waitlisted';
  if (isCancelled(event) || out) return 'removal';
  return invite.stopped === 'unsubscribed' || invite.standing === 'unconfirmed' ? 'nothing' : 'entry';
}

export function sameMail(one: MailKey, other: MailKey): boolean {
  return (
    one.kind === other.kind &&
    one.component === other.component &&
    one.revision === other.revision &&
    one.personal === other.personal &&
    one.generation === other.generation
  );
}

function isCancelled(event: Pick<EventRecord, 'status' | 'state'>): boolean {
  return event.status === 'cancelled' || event.state.components[SERIES]?.kind === 'cancel';
}

/** A CANCEL for each UID up to `generation` that may stand in the calendar. */
function removals(
  state: EventState,
  invite: Invite,
  sends: readonly Send[],
  generation: number,
): readonly MailKey[] {
  const { revision } = state;
  const keys: MailKey[] = [];
  for (let each = 1; each <= generation; each += 1) {
    const { open } = heldFrom(sends.filter(send => send.generation === each));
    const common = { kind: 'cancel', revision, personal: invite.personal, generation: each } as const;
    if (open.size === 0) continue;
    // Where only single instances were ever known, each is taken back by itself.
    if (state.components[SERIES] !== undefined) keys.push({ ...common, component: SERIES });
    else keys.push(...[...open].map(component => ({ ...common, component })));
  }
  return keys;
}

function entries(
  state: EventState,
  invite: Invite,
  sends: readonly Send[],
  now: number,
  limits: PlanLimits,
): readonly MailKey[] {
  const { generation, personal } = invite;
  const older = removals(state, invite, sends, generation - 1);
  const held = heldFrom(sends.filter(send => send.generation === generation));
  const common = { personal, generation } as const;
  const whole = { ...common, kind: 'request', component: SERIES, revision: state.revision } as const;
  if (isOver(state, now)) return [...older, ...(holdsLonger(state, held) ? [whole] : [])];
  if (needsWhole(state, invite, held)) return [...older, whole];
  const changed = changedInstances(state, invite, held, now);
  const series = state.components[SERIES];
  if (series !== undefined && changed.length > limits.OVERRIDE_MAILS) return [...older, whole];
  return [
    ...older,
    ...changed.map(([component, { kind, revision }]) => ({ ...common, kind, component, revision })),
  ];
}

/** The series was cut short behind dates that stand in his calendar: that it ended is the last he hears of it. */
function holdsLonger(state: EventState, { whole }: Held): boolean {
  return whole !== null && (state.components[SERIES]?.significantRevision ?? -1) > whole.revision;
}

function needsWhole(state: EventState, invite: Invite, held: Held): boolean {
  const series = state.components[SERIES];
  if (series === undefined) return false;
  const { whole } = held;
  if (whole === null || whole.personal < invite.personal) return true;
  if (series.revision <= whole.revision) return false;
  return series.significantRevision > whole.revision || !declined(state, invite, SERIES);
}

function changedInstances(
  state: EventState,
  invite: Invite,
  held: Held,
  now: number,
): readonly (readonly [ComponentKey, ComponentState])[] {
  return Object.entries(state.components)
    .filter(([key, component]) => {
      if (key === SERIES || instanceIsOver(key, component, now)) return false;
      const known = revisionHeld(held, key);
      if (component.revision <= known) return false;
      if (component.kind === 'cancel') return known >= 0 || held.open.has(key);
      return component.significantRevision > known || !declined(state, invite, key);
    })
    .sort(([, one], [, other]) => one.revision - other.revision);
}

/** Whoever said no still hears of what changes his choice, not of a new room (imip.md 6.1). */
function declined(state: EventState, invite: Invite, component: ComponentKey): boolean {
  return effectiveAnswer(invite, state, component).answer === 'no';
}

function settle(
  purpose: Purpose,
  wanted: readonly MailKey[],
  sends: readonly Send[],
  now: number,
  limits: PlanLimits,
): Plan {
  const steps: Step[] = [];
  const exhausted: Send[] = [];
  const waits: number[] = [];
  const underWay = sends.filter(send => isUnderWay(send, now));
  const lapsed = sends.filter(send => send.state === 'CLAIMED' && !isUnderWay(send, now));
  const isWanted = (send: Send) => wanted.some(key => sameMail(key, send));
  for (const key of wanted) {
    const row = sends.find(send => sameMail(key, send)) ?? null;
    const due = dueOf(row, now, limits);
    if (due === 'now') steps.push({ ...key, row });
    else if (due === 'exhausted' && row !== null) exhausted.push(row);
    else if (typeof due === 'number') waits.push(due);
  }
  // One mail at a time for a person, so that no REQUEST overtakes his CANCEL.
  const blocked = underWay.length > 0 || lapsed.length > 0;
  waits.push(...underWay.map(send => send.until ?? now));
  return {
    purpose,
    steps: blocked ? [] : steps,
    lapsed,
    supersede: sends.filter(send => isOpen(send) && !isWanted(send)),
    exhausted,
    waitUntil: waits.length === 0 ? null : Math.min(...waits),
  };
}

function isOpen(send: Send): boolean {
  return send.state === 'PLANNED' || send.state === 'AMBIGUOUS';
}

function dueOf(row: Send | null, now: number, limits: PlanLimits): 'now' | 'never' | 'exhausted' | number {
  if (row === null) return 'now';
  switch (row.state) {
    case 'PLANNED':
      return row.notBefore !== null && row.notBefore > now ? row.notBefore : 'now';
    case 'SUPERSEDED':
      // What was given up is wanted again: a no that became a yes.
      return 'now';
    case 'AMBIGUOUS':
      if (row.until === null) return 'never';
      if (row.until > now) return row.until;
      return row.attempt > limits.AMBIGUOUS_RETRIES ? 'exhausted' : 'now';
    default:
      return 'never';
  }
}

const ends = new WeakMap<EventState, number | null>();

function isOver(state: EventState, now: number): boolean {
  let end = ends.get(state);
  if (end === undefined) {
    const last = lastEnd(state);
    end = last === null ? null : Date.parse(last);
    ends.set(state, end);
  }
  return end !== null && end <= now;
}

function reachesBeyond({ reach }: Planned, now: number): boolean {
  return reach === null || (reach !== undefined && Date.parse(reach) > now);
}

const DAY_MS = 86_400_000;

/** A date or a floating time may lie a day later somewhere. */
function instanceIsOver(key: ComponentKey, component: ComponentState, now: number): boolean {
  const { event } = component;
  const moments = [key, event?.start?.utc ?? event?.start?.local, event?.end?.utc ?? event?.end?.local];
  let last = Number.NEGATIVE_INFINITY;
  for (const moment of moments) {
    if (moment === undefined) continue;
    const at = Date.parse(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(moment) ? `${moment}Z` : moment);
    if (!Number.isNaN(at)) last = Math.max(last, moment.endsWith('Z') ? at : at + DAY_MS);
  }
  return last > Number.NEGATIVE_INFINITY && last <= now;
}

/**
 * The send ledger's transitions (D6, threats-and-faults 2): each is one conditional write, so that of two workers one wins.
 * The attempt fences: who lost his lease can't settle another's attempt. Nothing turns SENT back.
 */
import type { Condition, NewJob, Ports } from '../kernel/ports.ts';
import type { Language } from '../texts/languages.ts';
import type { Invite, Partstat, Send } from './invite.ts';
import type { Numbers } from './numbers.ts';
import type { Step } from './plan.ts';
import { inviteKey, sendKey, sendRow } from './rows.ts';
import { nameOf } from './store.ts';
import { inviteToken, sendId } from './token.ts';

type LedgerPorts = Pick<Ports, 'table' | 'clock' | 'settings'>;

export interface Frozen extends Numbers {
  readonly partstat: Partstat;
  readonly language: Language;
}

/** Takes one mail for this worker; undefined: somebody was first. Numbers of an earlier attempt that may have arrived are kept. */
export async function claim(
  ports: LedgerPorts & Pick<Ports, 'keys'>,
  invite: Invite,
  step: Step,
  frozen: Frozen,
): Promise<Send | undefined> {
  const now = ports.clock.now();
  const { row } = step;
  const kept = row?.maybeDuplicate === true && row.sequence !== null ? row : null;
  const claimed: Send = {
    id: sendId(inviteToken(ports.keys, nameOf(invite), step.generation), step),
    kind: step.kind,
    component: step.component,
    revision: step.revision,
    personal: step.personal,
    generation: step.generation,
    state: 'CLAIMED',
    reason: null,
    attempt: (row?.attempt ?? 0) + 1,
    sequence: kept?.sequence ?? frozen.sequence,
    dtstamp: kept?.dtstamp ?? frozen.dtstamp,
    partstat: kept?.partstat ?? frozen.partstat,
    composedAt: kept?.composedAt ?? now,
    language: kept?.language ?? frozen.language,
    until: now + ports.settings.limits.LEASE_SECONDS * 1000,
    notBefore: null,
    maybeDuplicate: row?.maybeDuplicate ?? false,
    messageId: row?.messageId ?? null,
    sentAt: row?.sentAt ?? null,
    feedback: row?.feedback ?? null,
  };
  const taken = await ports.table.put(sendRow(invite, claimed), {
    if: row === null ? { row: 'absent' } : asRead(row),
  });
  return taken ? claimed : undefined;
}

/** Surely not sent by this attempt: it doesn't count, and what was fixed for it is free again. */
export async function giveBack(
  ports: LedgerPorts,
  invite: Invite,
  claimed: Send,
  later?: { readonly notBefore: number; readonly reason: string; readonly jobs: readonly NewJob[] },
): Promise<void> {
  const unfix: { readonly [attribute: string]: null } = claimed.maybeDuplicate
    ? {}
    : { sequence: null, dtstamp: null, partstat: null, composedAt: null, language: null };
  await settle(ports, invite, claimed, {
    set: {
      state: 'PLANNED',
      attempt: claimed.attempt - 1,
      until: null,
      notBefore: later?.notBefore ?? null,
      reason: later?.reason ?? null,
      ...unfix,
    },
    ...(later === undefined ? {} : { jobs: later.jobs }),
  });
}

export async function noteSent(
  ports: LedgerPorts,
  invite: Invite,
  claimed: Send,
  messageId: string,
): Promise<void> {
  const sentAt = new Date(ports.clock.now()).toISOString();
  const set = { state: 'SENT', reason: null, until: null, messageId, sentAt } as const;
  // Also where the lease ran out meanwhile: that it left is certain now.
  const mine: Condition = { attribute: 'attempt', is: claimed.attempt };
  await ports.table.update(sendKey(nameOf(invite), claimed), { set }, { if: mine });
}

export async function noteFailed(
  ports: LedgerPorts,
  invite: Invite,
  claimed: Send,
  reason: string,
): Promise<void> {
  await settle(ports, invite, claimed, { set: { state: 'FAILED', reason, until: null } });
}

/** Nobody can tell whether it left: wait for feedback, then try again, the same bytes. */
export async function noteUnknown(
  ports: LedgerPorts,
  invite: Invite,
  claimed: Send,
  reason: string,
): Promise<void> {
  const until = ports.clock.now() + ports.settings.limits.AMBIGUOUS_SECONDS * 1000;
  await settle(ports, invite, claimed, {
    set: { state: 'AMBIGUOUS', reason, until, maybeDuplicate: true },
    jobs: [deliverJob(invite, 'bulk', until)],
  });
}

/** Nothing needs it any more. What may have arrived keeps its mark: a CANCEL must still follow it. */
export async function supersede(
  ports: LedgerPorts,
  invite: Invite,
  send: Send,
  to: { readonly state: 'SUPERSEDED' | 'SKIPPED'; readonly reason: string | null },
): Promise<void> {
  await ports.table.update(
    sendKey(nameOf(invite), send),
    { set: { state: to.state, reason: to.reason, until: null } },
    { if: asRead(send) },
  );
}

/** Tried as often as we may: the job brings it before a person. */
export async function giveUp(ports: LedgerPorts, invite: Invite, send: Send): Promise<void> {
  const { sk } = sendKey(nameOf(invite), send);
  await ports.table.update(
    sendKey(nameOf(invite), send),
    { set: { until: null, reason: 'unknown_outcome' } },
    {
      if: asRead(send),
      jobs: [{ lane: 'fast', kind: 'unresolved', body: { event: invite.event, send: sk } }],
    },
  );
}

/** A person decided: one more attempt. False: it is not waiting for that any more. */
export async function tryAgain(
  ports: Pick<Ports, 'table'>,
  where: { readonly event: string; readonly send: string },
): Promise<boolean> {
  const person = where.send.slice(2, 34);
  const { pk } = inviteKey({ event: where.event, person });
  const row = await ports.table.update(
    { pk, sk: where.send },
    { set: { state: 'PLANNED', reason: null } },
    {
      if: {
        all: [
          { attribute: 'state', is: 'AMBIGUOUS' },
          { attribute: 'until', is: null },
        ],
      },
      jobs: [{ lane: 'fast', kind: 'deliver', body: { event: where.event, people: [person] } }],
    },
  );
  return row !== undefined;
}

export function deliverJob(
  invite: Pick<Invite, 'event' | 'address'>,
  lane: NewJob['lane'],
  after?: number,
): NewJob {
  const { event, person } = nameOf(invite);
  return {
    lane,
    kind: 'deliver',
    body: { event, people: [person] },
    ...(after === undefined ? {} : { after }),
  };
}

async function settle(
  ports: LedgerPorts,
  invite: Invite,
  claimed: Send,
  change: {
    readonly set: { readonly [attribute: string]: string | number | boolean | null };
    readonly jobs?: readonly NewJob[];
  },
): Promise<void> {
  await ports.table.update(
    sendKey(nameOf(invite), claimed),
    { set: change.set },
    { if: asRead(claimed), ...(change.jobs === undefined ? {} : { jobs: change.jobs }) },
  );
}

function asRead(send: Send): Condition {
  return {
    all: [
      { attribute: 'state', is: send.state },
      { attribute: 'attempt', is: send.attempt },
    ],
  };
}

/**
 * The job `deliver`: brings each of some people's invites to where the plan wants them. Per mail: plan, claim, look once more, compose,
 * one handover, record. Whoever finds that the event moved on plans again, so no update is lost, however jobs overlap.
 */
import type { RegisteredEvent } from '../events/event.ts';
import { loadRegistered } from '../events/store.ts';
import type { Handover, JobResult, NewJob, OutgoingMail, Ports } from '../kernel/ports.ts';
import { languageOf } from '../organizers/brand.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import { effectiveAnswer, partstatOf } from './answers.ts';
import { planConfirmation } from './confirm-mail.ts';
import { isUnderWay, mayHaveArrived } from './history.ts';
import { type Invite, type InviteWithSends, OWN_DOORS, type Send } from './invite.ts';
import { composeInvite } from './invite-mail.ts';
import {
  claim,
  deliverJob,
  giveBack,
  giveUp,
  noteFailed,
  noteSent,
  noteUnknown,
  supersede,
} from './ledger.ts';
import { numbersFor } from './numbers.ts';
import { type Plan, plan, type Step } from './plan.ts';
import { platformStopOf } from './platform-stop.ts';
import { hasSeat } from './seats.ts';
import { changeInvite, loadInvite, nameOf } from './store.ts';
import { stopOf, strongerStop } from './suppression.ts';
import type { InviteName } from './token.ts';

export type DeliverPorts = Pick<
  Ports,
  'table' | 'blobs' | 'jobs' | 'mailer' | 'clock' | 'random' | 'keys' | 'settings' | 'log'
>;

/** More mails than one person's plan can ever hold in a row: a plan that doesn't end is a fault. */
const ROUNDS = 60;
const THROTTLED_MS = 5_000;

export async function deliver(
  ports: DeliverPorts,
  { event, people }: { readonly event: string; readonly people: readonly string[] },
): Promise<JobResult> {
  const failed: string[] = [];
  let cause: unknown;
  for (const [index, person] of people.entries()) {
    try {
      const pausedUntil = await deliverTo(ports, { event, person });
      if (pausedUntil !== undefined) {
        const rest = [...failed, ...people.slice(index + 1)];
        if (rest.length > 0) await ports.jobs.add([jobFor(event, rest, pausedUntil)]);
        return { done: true };
      }
    } catch (error) {
      failed.push(person);
      cause = error;
    }
  }
  if (failed.length === 0) return { done: true };
  if (people.length === 1) throw cause;
  // Each alone, so that one who always fails holds up nobody else.
  await ports.jobs.add(failed.map(person => jobFor(event, [person])));
  return { done: true };
}

interface Loaded extends InviteWithSends {
  readonly event: RegisteredEvent;
}

/** Answers when to go on, where the mail system asked for a pause. */
async function deliverTo(ports: DeliverPorts, name: InviteName): Promise<number | undefined> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const loaded = await load(ports, name);
    if (loaded === undefined) return undefined;
    const { event, invite, sends } = loaded;
    const now = ports.clock.now();
    const planned = plan(event, invite, sends, now, ports.settings.limits);
    await tidy(ports, loaded, planned);
    if (planned.lapsed.length > 0) continue;
    const [step] = planned.steps;
    if (step === undefined) {
      if (invite.standing === 'unconfirmed') await planConfirmation(ports, loaded);
      await waitForOthers(ports, loaded, now);
      return undefined;
    }
    if (step.kind === 'request' && !(await hasSeat(ports, loaded))) continue;
    const pausedUntil = await take(ports, loaded, step);
    if (pausedUntil !== undefined) return pausedUntil;
  }
  throw new Error('the plan of an invite does not come to an end');
}

async function load(ports: DeliverPorts, name: InviteName): Promise<Loaded | undefined> {
  const event = await loadRegistered(ports, name.event);
  if (event === undefined || event.tombstone) return undefined;
  const [person, suppressed] = await Promise.all([
    loadInvite(ports, name),
    stopOf(ports, event.workspace, name.person),
  ]);
  if (person === undefined) return undefined;
  const stop = strongerStop(person.invite.stopped, suppressed);
  if (stop === person.invite.stopped) {
    const invite = await heedPlatform(ports, name, person);
    return invite === undefined ? undefined : { ...person, invite, event };
  }
  // Learnt through another invite of this person: noted here, so that this one tells it too.
  const noted = await changeInvite(ports, name, before => ({
    invite: { ...before, stopped: strongerStop(before.stopped, stop) },
  }));
  return noted === undefined ? undefined : { invite: noted, sends: person.sends, event };
}

/** Planned for him by others, and then the platform told us that he wants nothing: the first mail is not sent against his word. */
async function heedPlatform(
  ports: DeliverPorts,
  name: InviteName,
  { invite, sends }: InviteWithSends,
): Promise<Invite | undefined> {
  const byOthers = invite.standing === 'open' && !invite.doors.some(door => OWN_DOORS.has(door));
  if (!byOthers || sends.some(mayHaveArrived)) return invite;
  const told = await platformStopOf(ports, invite.workspace, name.person, invite.createdAt);
  if (told === null) return invite;
  return changeInvite(ports, name, before =>
    before.version === invite.version
      ? { invite: { ...before, standing: 'skipped', reason: `platform_${told}` } }
      : undefined,
  );
}

async function tidy(ports: DeliverPorts, { invite }: Loaded, planned: Plan): Promise<void> {
  const stopped = planned.purpose === 'nothing' && invite.stopped !== null;
  const to = stopped
    ? ({ state: 'SKIPPED', reason: invite.stopped } as const)
    : ({ state: 'SUPERSEDED', reason: null } as const);
  for (const send of planned.lapsed) await noteUnknown(ports, invite, send, 'lease_ran_out');
  for (const send of planned.supersede) await supersede(ports, invite, send, to);
  for (const send of planned.exhausted) await giveUp(ports, invite, send);
}

/** Another worker is at this person's mail. It plans again when it is done; if it died, this comes back. */
async function waitForOthers(ports: DeliverPorts, { invite, sends }: Loaded, now: number): Promise<void> {
  const until = sends.filter(send => isUnderWay(send, now)).map(send => send.until ?? now);
  if (until.length > 0) await ports.jobs.add([deliverJob(invite, 'bulk', Math.max(...until))]);
}

/** One mail. Answers when to go on, where the mail system asked for a pause. */
async function take(ports: DeliverPorts, loaded: Loaded, step: Step): Promise<number | undefined> {
  const { event, invite, sends } = loaded;
  const claimed = await claim(ports, invite, step, {
    ...numbersFor(event.state, sends, step),
    partstat: partstatOf(effectiveAnswer(invite, event.state, step.component).answer),
    language: invite.language ?? (await languageOf(ports, event.workspace)),
  });
  if (claimed === undefined) return undefined;
  const mail = await compose(ports, loaded, claimed);
  if (!(await isStillRight(ports, loaded, claimed))) {
    await giveBack(ports, invite, claimed);
    return undefined;
  }
  return record(ports, loaded, claimed, await handOver(ports, mail));
}

async function compose(ports: DeliverPorts, loaded: Loaded, claimed: Send): Promise<OutgoingMail> {
  const { event, invite } = loaded;
  try {
    const organizer = await organizerById(ports, event.organizer);
    if (organizer === undefined) throw new Error('an event has no organizer');
    return {
      raw: await composeInvite(ports, { ...loaded, organizer, send: claimed }),
      from: inviteAddress(organizer, ports.settings.mailDomain),
      to: invite.email,
      about: {
        send: claimed.id,
        kind: claimed.kind,
        attempt: claimed.attempt,
        workspace: event.workspace,
        event: event.id,
        invite: invite.id,
        revision: claimed.revision,
      },
    };
  } catch (error) {
    await giveBack(ports, invite, claimed);
    throw error;
  }
}

/** The last look before the handover: suppression, revision, cancel, another's claim, and our own lease (threats-and-faults 2.2). */
async function isStillRight(ports: DeliverPorts, before: Loaded, claimed: Send): Promise<boolean> {
  const fresh = await load(ports, nameOf(before.invite));
  if (fresh === undefined) return false;
  const halfLease = (ports.settings.limits.LEASE_SECONDS * 1000) / 2;
  const mine = fresh.sends.find(send => send.id === claimed.id);
  return (
    fresh.event.version === before.event.version &&
    fresh.invite.version === before.invite.version &&
    othersOf(fresh.sends, claimed) === othersOf(before.sends, claimed) &&
    mine?.state === 'CLAIMED' &&
    mine.attempt === claimed.attempt &&
    ports.clock.now() < (claimed.until ?? 0) - halfLease
  );
}

function othersOf(sends: readonly Send[], claimed: Send): string {
  return sends
    .filter(send => send.id !== claimed.id)
    .map(send => `${send.id} ${send.state} ${send.attempt}`)
    .sort()
    .join('\n');
}

async function handOver(ports: DeliverPorts, mail: OutgoingMail): Promise<Handover> {
  try {
    return await ports.mailer.send(mail);
  } catch (error) {
    ports.log.error('the mailer threw', { event: mail.about.event, invite: mail.about.invite }, error);
    return { kind: 'unknown', reason: 'mailer_threw' };
  }
}

async function record(
  ports: DeliverPorts,
  { invite }: Loaded,
  claimed: Send,
  handover: Handover,
): Promise<number | undefined> {
  switch (handover.kind) {
    case 'accepted':
      await noteSent(ports, invite, claimed, handover.messageId);
      return undefined;
    case 'refused':
      await noteFailed(ports, invite, claimed, handover.reason);
      return undefined;
    case 'unknown':
      await noteUnknown(ports, invite, claimed, handover.reason);
      return undefined;
    case 'throttled': {
      const notBefore = ports.clock.now() + (handover.retryAfterMs ?? THROTTLED_MS);
      const jobs = [deliverJob(invite, 'bulk', notBefore)];
      await giveBack(ports, invite, claimed, { notBefore, reason: handover.reason, jobs });
      return notBefore;
    }
  }
}

function jobFor(event: string, people: readonly string[], after?: number): NewJob {
  return {
    lane: 'bulk',
    kind: 'deliver',
    body: { event, people },
    ...(after === undefined ? {} : { after }),
  };
}

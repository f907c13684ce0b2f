/**
 * A person's own stop (RFC 8058) and his way back. The link is his only: it was mailed to nobody else.
 * Stops REQUESTs of the whole workspace; what he holds gets its one CANCEL when the event ends so (contract.md).
 */
import { loadEvent } from '../events/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { noteStopPressed } from './address-limit.ts';
import type { Invite, Stop } from './invite.ts';
import { deliverJob } from './ledger.ts';
import { openLink } from './links.ts';
import { personOf } from './rows.ts';
import { seatJobs } from './seats.ts';
import { changeInvite, inviteNamed, nameOf } from './store.ts';
import { liftUnsubscribe, strongerStop, suppress } from './suppression.ts';

type UnsubscribePorts = Pick<Ports, 'table' | 'clock' | 'keys'>;

export type UnsubscribeOutcome =
  | { readonly outcome: 'unsubscribed' | 'removed' | 'resubscribed' | 'found'; readonly invite: Invite }
  | { readonly outcome: 'damaged' | 'expired' };

/** What the page shows; changes nothing. */
export async function unsubscribeView(ports: UnsubscribePorts, token: string): Promise<UnsubscribeOutcome> {
  const invite = await invitedBy(ports, token);
  return 'outcome' in invite ? invite : { outcome: 'found', invite };
}

/**
 * `notMe`: he never asked, which counts as a complaint and ends all mail.
 * `remove`: the entry shall also leave his calendar, by a CANCEL of his own.
 */
export async function unsubscribe(
  ports: UnsubscribePorts,
  token: string,
  options: { readonly notMe?: boolean; readonly remove?: boolean } = {},
): Promise<UnsubscribeOutcome> {
  const found = await invitedBy(ports, token);
  if ('outcome' in found) return found;
  const reason: Stop = options.notMe === true ? 'complained' : 'unsubscribed';
  await suppress(ports, { workspace: found.workspace, address: found.address, reason });
  await noteStopPressed(ports, personOf(found.address), options.notMe === true);
  const remove = options.remove === true && options.notMe !== true;
  const seats = remove ? await seatJobs(ports, found) : [];
  const invite = await changeInvite(ports, nameOf(found), before => {
    const stopped = strongerStop(before.stopped, reason);
    const leaves = remove && before.standing !== 'withdrawn';
    if (stopped === before.stopped && !leaves) return undefined;
    if (!leaves) return { invite: { ...before, stopped }, jobs: [deliverJob(before, 'fast')] };
    return {
      invite: {
        ...before,
        stopped,
        standing: 'withdrawn',
        reason: 'own_wish',
        personal: before.personal + 1,
      },
      jobs: [deliverJob(before, 'fast'), ...seats],
    };
  });
  return { outcome: remove ? 'removed' : 'unsubscribed', invite: invite ?? found };
}

/** Takes his own stop back: he gets the invite anew, above the number of anything he was sent. */
export async function resubscribe(
  ports: UnsubscribePorts & Pick<Ports, 'blobs'>,
  token: string,
): Promise<UnsubscribeOutcome> {
  const found = await invitedBy(ports, token);
  if ('outcome' in found) return found;
  const invite = await reopen(ports, found);
  return { outcome: 'resubscribed', invite };
}

/** Also the end of a confirmation: the address itself has asked. */
export async function reopen(
  ports: Pick<Ports, 'table' | 'clock' | 'blobs'>,
  found: Invite,
): Promise<Invite> {
  const { person } = nameOf(found);
  await liftUnsubscribe(ports, found.workspace, person);
  const event = await loadEvent(ports, found.event);
  const changed = await changeInvite(ports, nameOf(found), before => {
    if (before.stopped !== null && before.stopped !== 'unsubscribed') return undefined;
    if (before.stopped === null && before.standing === 'open') return undefined;
    const jobs = event === undefined ? [] : [deliverJob(before, 'fast')];
    const invite: Invite = {
      ...before,
      stopped: null,
      standing: 'open',
      reason: null,
      personal: before.personal + 1,
      askedAt: new Date(ports.clock.now()).toISOString(),
    };
    return { invite, jobs };
  });
  return changed ?? found;
}

async function invitedBy(
  ports: UnsubscribePorts,
  token: string,
): Promise<Invite | { readonly outcome: 'damaged' | 'expired' }> {
  const opened = openLink(ports, 'unsubscribe', token);
  if (!opened.ok) return { outcome: opened.reason };
  return (await inviteNamed(ports, opened.name)) ?? { outcome: 'damaged' };
}

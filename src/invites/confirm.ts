/** The address itself says that it asked for an invite: tier 0, and after an unsubscribe. GET shows, POST acts (D9). */
import { type EventRecord, statusAt } from '../events/event.ts';
import { loadEvent } from '../events/store.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Invite } from './invite.ts';
import { openLink } from './links.ts';
import { inviteNamed, nameOf } from './store.ts';
import { noteConsent } from './suppression.ts';
import { reopen } from './unsubscribe.ts';

type ConfirmPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'keys'>;

export type ConfirmInviteOutcome =
  /** `waiting` only before the press. */
  | {
      readonly outcome: 'waiting' | 'confirmed' | 'already' | 'closed';
      readonly invite: Invite;
      readonly event: EventRecord;
    }
  | { readonly outcome: 'damaged' | 'expired' };

export async function inviteConfirmation(ports: ConfirmPorts, token: string): Promise<ConfirmInviteOutcome> {
  const opened = openLink(ports, 'confirm-invite', token);
  if (!opened.ok) return { outcome: opened.reason };
  const [invite, event] = await Promise.all([
    inviteNamed(ports, opened.name),
    loadEvent(ports, opened.name.event),
  ]);
  if (invite === undefined || event === undefined) return { outcome: 'damaged' };
  if (statusAt(event, ports.clock.now()) !== 'live') return { outcome: 'closed', invite, event };
  const waits = invite.standing === 'unconfirmed' || invite.stopped === 'unsubscribed';
  return { outcome: waits ? 'waiting' : 'already', invite, event };
}

export async function confirmInvite(ports: ConfirmPorts, token: string): Promise<ConfirmInviteOutcome> {
  const found = await inviteConfirmation(ports, token);
  if (found.outcome !== 'waiting') return found;
  const { person } = nameOf(found.invite);
  await noteConsent(ports, found.invite.workspace, person);
  return { ...found, outcome: 'confirmed', invite: await reopen(ports, found.invite) };
}

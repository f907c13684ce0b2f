/** REFRESH (RFC 5546 3.2.6): this person's calendar asks for the invite again. He gets it, once in a while, and nobody else does. */
import type { Invite } from '../invites/invite.ts';
import { deliverJob } from '../invites/ledger.ts';
import { changeInvite, nameOf } from '../invites/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';

const HOUR = 3_600;

export async function refresh(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  invite: Invite,
): Promise<'refresh' | 'refresh_limited' | 'refresh_refused'> {
  if (invite.standing !== 'open' || invite.stopped !== null) return 'refresh_refused';
  const limit = ports.settings.limits.REFRESHES_PER_INVITE_HOUR;
  const counted = await countAgainst(ports, [{ key: `refresh:${invite.id}`, seconds: HOUR, limit }]);
  if (!counted.ok) return 'refresh_limited';
  await changeInvite(ports, nameOf(invite), before => ({
    invite: { ...before, personal: before.personal + 1 },
    jobs: [deliverJob(before, 'fast')],
  }));
  return 'refresh';
}

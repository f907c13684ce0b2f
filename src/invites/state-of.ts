/** The one word of the API for where an invite stands (contract.md, "Words"). */
import { byStamp } from './history.ts';
import type { Invite, InviteState, Send } from './invite.ts';

export function stateOf(invite: Invite, sends: readonly Send[]): InviteState {
  if (invite.stopped === 'complained') return 'complained';
  if (invite.stopped === 'bounced') return 'bounced';
  if (invite.stopped !== null) return 'unsubscribed';
  if (invite.standing === 'unconfirmed') return 'unconfirmed';
  if (invite.standing === 'waitlisted') return 'waitlisted';
  if (invite.standing === 'skipped') return 'skipped';
  if (invite.standing === 'withdrawn') return 'withdrawn';
  const told = byStamp(sends.filter(send => send.state !== 'SUPERSEDED'));
  const open = told.some(send => send.state === 'PLANNED' || send.state === 'CLAIMED');
  const latest = told.at(-1);
  if (latest === undefined) return sends.some(send => send.maybeDuplicate) ? 'ambiguous' : 'planned';
  switch (latest.state) {
    case 'SENT':
      return open ? 'planned' : sentState(latest);
    case 'AMBIGUOUS':
      return 'ambiguous';
    case 'FAILED':
      return 'failed';
    case 'SKIPPED':
      return 'skipped';
    default:
      return 'planned';
  }
}

function sentState(send: Send): InviteState {
  switch (send.feedback) {
    case 'complained':
      return 'complained';
    case 'bounced':
      return 'bounced';
    case 'delivered':
      return 'delivered';
    default:
      return 'sent';
  }
}

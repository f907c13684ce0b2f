/** Reports about our mails that come back by mail (RFC 3464, RFC 5965): found by our send id, our Message-ID, or the UID they return. */
import { type Feedback, feedback } from '../invites/feedback.ts';
import { sendIdIn, tokenIn } from '../invites/token.ts';
import type { Ports } from '../kernel/ports.ts';
import type { Dsn } from '../mail/dsn.ts';
import type { Told } from './calendar-answer.ts';

export async function takeBounce(
  ports: Pick<Ports, 'table' | 'clock'>,
  dsn: Dsn,
  receivedAt: string,
): Promise<Told> {
  const kind = kindOf(dsn);
  if (kind === null) return { reason: dsn.action === '' ? dsn.kind : dsn.action, event: null };
  for (const named of namesIn(dsn)) {
    const told: Feedback = { ...named, kind, hard: dsn.hard, at: receivedAt };
    const { outcome, invite } = await feedback(ports, told);
    if (outcome === 'noted') return { reason: null, event: invite?.event ?? null };
  }
  return { reason: 'unknown_mail', event: null };
}

/** Null: it tells nothing that lasts, such as a delay. */
function kindOf(dsn: Dsn): Feedback['kind'] | null {
  if (dsn.kind === 'complaint') return 'complained';
  if (dsn.kind !== 'delivery') return null;
  if (dsn.action === 'failed') return 'bounced';
  return dsn.action === 'delivered' || dsn.action === 'relayed' ? 'delivered' : null;
}

function namesIn(dsn: Dsn): readonly ({ readonly send: string } | { readonly token: string })[] {
  const names: ({ readonly send: string } | { readonly token: string })[] = [];
  if (dsn.send !== null) names.push({ send: dsn.send });
  const own = dsn.originalMessageId === null ? undefined : sendIdIn(dsn.originalMessageId);
  if (own !== undefined) names.push({ send: own });
  for (const uid of dsn.uids) {
    const token = tokenIn(uid);
    if (token !== undefined) names.push({ token });
  }
  return names;
}

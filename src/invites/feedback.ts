/**
 * What the receiving side tells about a mail of ours (SES events, DSNs): settles unknown outcomes, stops what bounces or complains (P9, F24).
 * May come before, twice, or out of order; the strongest word stays.
 */
import type { Ports } from '../kernel/ports.ts';
import { byStamp } from './history.ts';
import type { Invite, Send, Stop } from './invite.ts';
import { sendKey } from './rows.ts';
import { changeInvite, inviteByToken, loadInvite, nameOf } from './store.ts';
import { strongerStop, suppress } from './suppression.ts';
import { readSendId } from './token.ts';

export interface Feedback {
  /** Our send id; else `token` names the invite and its newest mail is meant. */
  readonly send?: string;
  readonly token?: string;
  /** `sent`: it left, and nothing more is known of it yet. */
  readonly kind: 'sent' | 'delivered' | 'bounced' | 'complained';
  /** A permanent failure of the address. */
  readonly hard: boolean;
  /** RFC 3339. */
  readonly at: string;
}

export type FeedbackOutcome = { readonly outcome: 'noted' | 'unknown_send'; readonly invite: Invite | null };

const STRENGTH = { delivered: 1, bounced: 2, complained: 3 } as const;

export async function feedback(
  ports: Pick<Ports, 'table' | 'clock'>,
  told: Feedback,
): Promise<FeedbackOutcome> {
  const id = told.send === undefined ? undefined : readSendId(told.send);
  const token = id?.token ?? told.token;
  const found = token === undefined ? undefined : await inviteByToken(ports, token);
  const person = found === undefined ? undefined : await loadInvite(ports, nameOf(found));
  if (person === undefined) return { outcome: 'unknown_send', invite: null };
  const send =
    told.send === undefined
      ? byStamp(person.sends.filter(each => each.state === 'SENT')).at(-1)
      : person.sends.find(each => each.id === told.send);
  if (send === undefined) return { outcome: 'unknown_send', invite: person.invite };
  await noteOnSend(ports, person.invite, send, told);
  const stop = stopFor(told);
  const invite = stop === null ? person.invite : await stopPerson(ports, person.invite, stop);
  return { outcome: 'noted', invite };
}

function stopFor({ kind, hard }: Feedback): Stop | null {
  if (kind === 'complained') return 'complained';
  return kind === 'bounced' && hard ? 'bounced' : null;
}

/** Whatever is told of a mail proves that it left. */
async function noteOnSend(
  ports: Pick<Ports, 'table'>,
  invite: Invite,
  send: Send,
  told: Feedback,
): Promise<void> {
  const word = strongerWord(send.feedback, told.kind);
  const left = send.state !== 'SENT';
  if (word === send.feedback && !left) return;
  await ports.table.update(
    sendKey(nameOf(invite), send),
    {
      set: {
        feedback: word,
        ...(left ? { state: 'SENT', reason: null, until: null, sentAt: told.at } : {}),
        // A first attempt that is known to have left leaves nothing in doubt.
        ...(left && send.attempt <= 1 ? { maybeDuplicate: false } : {}),
      },
    },
    { if: { attribute: 'attempt', is: send.attempt } },
  );
}

function strongerWord(before: Send['feedback'], told: Feedback['kind']): Send['feedback'] {
  if (told === 'sent') return before;
  return before === null || STRENGTH[told] > STRENGTH[before] ? told : before;
}

async function stopPerson(
  ports: Pick<Ports, 'table' | 'clock'>,
  invite: Invite,
  stop: Stop,
): Promise<Invite> {
  await suppress(ports, { workspace: invite.workspace, address: invite.address, reason: stop });
  const changed = await changeInvite(ports, nameOf(invite), before =>
    strongerStop(before.stopped, stop) === before.stopped
      ? undefined
      : { invite: { ...before, stopped: stop } },
  );
  return changed ?? invite;
}

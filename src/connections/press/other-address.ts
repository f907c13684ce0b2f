/**
 * "Not you?": somebody types his own address on a button's page. It must say yes itself before anything goes to it, and his answer waits for
 * that (row PA#). The contact whose link it was stays as he is.
 */
import { SERIES } from '../../calendar/state.ts';
import type { EventRecord } from '../../events/event.ts';
import type { Invite } from '../../invites/invite.ts';
import { type RequestOutcome, requestInvite } from '../../invites/request.ts';
import { nameOf } from '../../invites/store.ts';
import type { Key, Ports } from '../../kernel/ports.ts';
import { answer } from '../../rsvp/answer.ts';
import type { Language } from '../../texts/languages.ts';
import { ORIGIN, type PressAnswer } from './press.ts';

const DAY = 86_400;

export interface OtherAddress {
  readonly event: EventRecord;
  readonly email: string;
  /** Null: only the invite is asked for. */
  readonly answer: PressAnswer | null;
  readonly network: string | null;
  readonly revision: number;
  /** The visitor's own. */
  readonly language: Language | null;
}

export async function requestByAddress(
  ports: Pick<Ports, 'table' | 'clock' | 'keys' | 'settings'>,
  input: OtherAddress,
): Promise<RequestOutcome> {
  const { event, email, network, language } = input;
  const asked = await requestInvite(ports, { event, email, network, door: 'button', check: true, language });
  if (asked.invite === null || asked.outcome !== 'unconfirmed' || input.answer === null) return asked;
  const now = ports.clock.now();
  await ports.table.put({
    ...waitingKey(asked.invite),
    workspace: event.workspace,
    answer: input.answer,
    at: new Date(now).toISOString(),
    revision: input.revision,
    expires: Math.floor(now / 1000) + ports.settings.limits.CONFIRM_DAYS * DAY,
  });
  return asked;
}

/** After the address has said yes. */
export async function recordWaitingAnswer(
  ports: Pick<Ports, 'table' | 'clock'>,
  event: EventRecord,
  invite: Invite,
): Promise<void> {
  const key = waitingKey(invite);
  const row = await ports.table.get(key);
  if (row === undefined) return;
  const at = String(row.at);
  await answer(ports, {
    event,
    invite,
    component: SERIES,
    answer: row.answer as PressAnswer,
    at,
    receivedAt: at,
    toRevision: Number(row.revision),
    evidence: 'verified',
    origin: ORIGIN,
    prodId: null,
    note: null,
    guests: 0,
  });
  await ports.table.remove(key);
}

function waitingKey(invite: Pick<Invite, 'event' | 'address'>): Key {
  const { event, person } = nameOf(invite);
  return { pk: `PA#${event}#${person}`, sk: 'PA' };
}

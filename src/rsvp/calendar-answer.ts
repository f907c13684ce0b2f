/**
 * REPLY, COUNTER and REFRESH of a person's calendar (imip.md 7): each VEVENT is matched and judged for itself, and one that means nothing
 * does not spoil the others. Never invites anybody, never moves the event.
 */
import { mainKey } from '../calendar/main-key.ts';
import { originOf } from '../calendar/origin.ts';
import { type CalendarReply, isKnownDate, recurrenceKeyOf } from '../calendar/reply.ts';
import { type ComponentKey, type EventState, SERIES } from '../calendar/state.ts';
import type { Invite } from '../invites/invite.ts';
import { changeInvite, nameOf } from '../invites/store.ts';
import type { Ports } from '../kernel/ports.ts';
import { answer } from './answer.ts';
import { answerProposal, noteProposal } from './counter.ts';
import { type Match, matchReply, type ReplyMail } from './match.ts';
import { refresh } from './refresh.ts';
import { noteUnmatched, rememberAlias } from './unmatched.ts';

export type AnswerPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings' | 'log'>;

export interface ReplySource extends ReplyMail {
  readonly arrival: string;
  readonly receivedAt: string;
}

export interface Told {
  /** Stable word; null: taken as it is. */
  readonly reason: string | null;
  readonly event: string | null;
}

export async function takeReplies(
  ports: AnswerPorts,
  replies: readonly CalendarReply[],
  source: ReplySource,
): Promise<Told> {
  const told: Told[] = [];
  for (const [index, reply] of replies.entries()) told.push(await takeReply(ports, reply, source, index));
  const event = told.find(each => each.event !== null)?.event ?? null;
  // One that was taken speaks for the mail; else the first reason.
  const reason = told.some(each => each.reason === null) ? null : (told[0]?.reason ?? 'empty');
  return { reason, event };
}

type Found = Extract<Match, { found: true }>;

async function takeReply(
  ports: AnswerPorts,
  reply: CalendarReply,
  source: ReplySource,
  index: number,
): Promise<Told> {
  const match = await matchReply(ports, reply, source);
  if (!match.found) {
    await listAsUnmatched(ports, reply, source, index, match);
    return { reason: match.reason, event: match.candidate?.event ?? null };
  }
  if (match.alias !== null) await rememberAlias(ports, match.invite, match.alias);
  return { reason: await takeMatched(ports, reply, source, match), event: match.event.id };
}

async function takeMatched(
  ports: AnswerPorts,
  reply: CalendarReply,
  source: ReplySource,
  match: Found,
): Promise<string | null> {
  if (reply.method === 'REFRESH') return refresh(ports, match.invite);
  const component = componentOf(reply, match.event.state);
  if (component === null) return 'unknown_date';
  if (reply.partstat === 'DELEGATED') {
    await noteDelegation(ports, match.invite, reply.delegatedTo);
    return 'delegated';
  }
  const proposes = reply.method === 'COUNTER' || reply.proposal !== null;
  const said = reply.answer ?? (proposes ? 'maybe' : null);
  const at = answeredAt(reply, source);
  if (said === null) return 'no_answer';
  const { outcome } = await answer(ports, {
    event: match.event,
    invite: match.invite,
    component,
    answer: said,
    at,
    receivedAt: source.receivedAt,
    toSequence: reply.sequence,
    evidence: match.evidence,
    ...originFor(reply, source),
    note: reply.note,
    guests: reply.guests,
  });
  if (proposes && reply.proposal !== null) {
    await noteProposal(ports, match.invite, { ...reply.proposal, note: reply.note, at });
    // Nobody who is not proven makes us write to anybody.
    if (match.evidence === 'verified') {
      const { event, invite } = match;
      const { origin } = originFor(reply, source);
      await answerProposal(ports, { event, invite, proposal: reply.proposal, origin });
    }
  }
  return outcome === 'recorded' || outcome === 'duplicate' ? null : outcome;
}

/** Null: a date that the event doesn't have. A single event's own date is the event. */
export function componentOf(reply: CalendarReply, state: EventState): ComponentKey | null {
  if (reply.recurrence === null) return SERIES;
  const key = recurrenceKeyOf(reply.recurrence, state);
  // Where one date is all that is known of a series, an answer for it is the answer for the event.
  if (key === mainKey(state)) return SERIES;
  if (state.components[key]?.kind === 'cancel') return null;
  return isKnownDate(state, key) ? key : null;
}

/** DTSTAMP alone is the invitation's with Outlook for Mac; nothing is later than we received it (imip.md 7.6). */
function answeredAt(reply: CalendarReply, { mail, receivedAt }: ReplySource): string {
  const told = reply.replyTime ?? [reply.dtstamp ?? '', mail.date ?? ''].sort().at(-1) ?? '';
  const latest = `${receivedAt.slice(0, 19)}Z`;
  return told === '' || told > latest ? latest : told;
}

function originFor(
  reply: CalendarReply,
  { mail }: ReplySource,
): { readonly origin: string; readonly prodId: string | null } {
  const origin = originOf(reply.prodId, {
    sender: mail.sender?.address ?? null,
    messageId: mail.messageId,
    userAgent: mail.userAgent,
    mailer: mail.mailer,
    returnPath: mail.returnPath,
  });
  return { origin, prodId: reply.prodId };
}

async function noteDelegation(ports: AnswerPorts, invite: Invite, to: readonly string[]): Promise<void> {
  await changeInvite(ports, nameOf(invite), before => {
    const fresh = to.filter(address => !before.delegatedTo.includes(address));
    return fresh.length === 0
      ? undefined
      : { invite: { ...before, delegatedTo: [...before.delegatedTo, ...fresh] } };
  });
}

async function listAsUnmatched(
  ports: AnswerPorts,
  reply: CalendarReply,
  source: ReplySource,
  index: number,
  match: Extract<Match, { found: false }>,
): Promise<void> {
  await noteUnmatched(ports, {
    arrival: source.arrival,
    index,
    at: answeredAt(reply, source),
    receivedAt: source.receivedAt,
    workspace: match.candidate?.workspace ?? source.organizer.workspace,
    title: reply.summary,
    from: source.mail.fromAddress,
    answeredAs: reply.attendee?.email ?? null,
    reason: match.reason,
    candidate: match.candidate,
    component: reply.recurrenceKey ?? SERIES,
    answer: reply.answer,
    sequence: reply.sequence,
    ...originFor(reply, source),
    note: reply.note,
    guests: reply.guests,
  });
}

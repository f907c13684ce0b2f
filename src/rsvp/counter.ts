/**
 * COUNTER and its cousins: another time was proposed. It is noted for the organizer and answered once, politely; the event never moves
 * (imip.md 7.8). DECLINECOUNTER (RFC 5546 3.2.8) goes with it, except to Microsoft, which doesn't read it.
 */
import { createHash } from 'node:crypto';
import { SERIES } from '../calendar/state.ts';
import { formatInstant } from '../calendar/time.ts';
import { writeDeclineCounter } from '../calendar/write.ts';
import type { EventRecord } from '../events/event.ts';
import { factsOf, titleOf } from '../invites/event-facts.ts';
import { firstMessageId, mayHaveArrived } from '../invites/history.ts';
import type { Invite, Send } from '../invites/invite.ts';
import { changeInvite, loadInvite, nameOf } from '../invites/store.ts';
import { uidOf } from '../invites/token.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';
import { composeMail } from '../mail/compose.ts';
import { renderMail } from '../mail/layout.ts';
import { languageOf } from '../organizers/brand.ts';
import { isPlanned, planNotice } from '../organizers/notices.ts';
import { inviteAddress } from '../organizers/organizer.ts';
import { organizerById } from '../organizers/store.ts';
import { type Language, texts } from '../texts/catalogue.ts';

export type Proposal = Invite['proposals'][number];

export interface AnsweredProposal {
  readonly event: EventRecord;
  readonly invite: Invite;
  readonly proposal: Pick<Proposal, 'start' | 'end'>;
  readonly origin: string | null;
}

type CounterPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings'>;

const DAY = 86_400;
const PROPOSALS_KEPT = 20;

export async function noteProposal(
  ports: Pick<Ports, 'table' | 'clock'>,
  invite: Invite,
  proposal: Proposal,
): Promise<void> {
  await changeInvite(ports, nameOf(invite), before =>
    before.proposals.some(known => known.start === proposal.start && known.end === proposal.end)
      ? undefined
      : { invite: { ...before, proposals: [...before.proposals, proposal].slice(-PROPOSALS_KEPT) } },
  );
}

/** At most once for a proposal, and a few times a day for an address. */
export async function answerProposal(ports: CounterPorts, answered: AnsweredProposal): Promise<void> {
  const { event, invite, proposal } = answered;
  if (invite.stopped !== null) return;
  const key = `counter:${invite.id}:${proposal.start}:${proposal.end ?? ''}`;
  if (await isPlanned(ports, key)) return;
  const limit = ports.settings.limits.ANSWERS_PER_ADDRESS_DAY;
  const counted = await countAgainst(ports, [
    { key: `answers:${nameOf(invite).person}`, seconds: DAY, limit },
  ]);
  const organizer = await organizerById(ports, event.organizer);
  if (!counted.ok || organizer === undefined) return;
  const from = {
    name: organizer.name || organizer.slug,
    address: inviteAddress(organizer, ports.settings.mailDomain),
  };
  const language = invite.language ?? (await languageOf(ports, event.workspace));
  const sends = (await loadInvite(ports, nameOf(invite)))?.sends ?? [];
  await planNotice(ports, {
    key,
    kind: 'reply',
    to: invite.email,
    from: from.address,
    raw: await compose(ports, { ...answered, from, sends, language }, key),
    workspace: event.workspace,
    event: event.id,
  });
}

interface Composing extends AnsweredProposal {
  readonly from: { readonly name: string; readonly address: string };
  readonly sends: readonly Send[];
  readonly language: Language;
}

async function compose(
  ports: CounterPorts,
  { event, invite, proposal, origin, from, sends, language }: Composing,
  key: string,
): Promise<Uint8Array> {
  const words = texts(language).rsvp.counter;
  const now = formatInstant(ports.clock.now());
  const facts = factsOf(event.state, SERIES, now, language);
  const title = titleOf(facts, language);
  const { text, html } = renderMail({
    language,
    preheader: words.title,
    title: words.title,
    brand: { name: from.name },
    lead: words.lead(from.name),
    facts: [
      [texts(language).invites.facts.event, title],
      [words.stays, facts.when],
      [words.proposed, proposal.end === null ? proposal.start : `${proposal.start} – ${proposal.end}`],
    ],
    blocks: [],
    footer: [words.footer],
  });
  const first = firstMessageId(sends);
  const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const microsoft = origin?.startsWith('Microsoft') === true;
  const ics = microsoft
    ? null
    : declineCounter(ports, { event, invite, from, sends, now, comment: words.comment });
  return composeMail({
    from,
    to: { name: invite.name, address: invite.email },
    subject: words.subject(title),
    text,
    html,
    ...(ics === null ? {} : { calendar: { ics, method: 'DECLINECOUNTER', filename: 'reply.ics' } }),
    messageId: `counter.${id}@${ports.settings.mailDomain}`,
    date: now,
    inReplyTo: first,
    references: first === null ? [] : [first],
    autoSubmitted: 'auto-replied',
  });
}

interface DeclineInput {
  readonly event: EventRecord;
  readonly invite: Invite;
  readonly from: { readonly name: string; readonly address: string };
  readonly sends: readonly Send[];
  readonly now: string;
  readonly comment: string;
}

function declineCounter(ports: Pick<Ports, 'settings'>, input: DeclineInput): string {
  const { event, invite, from, sends, now, comment } = input;
  return writeDeclineCounter({
    state: event.state,
    component: SERIES,
    uid: uidOf(invite.token, ports.settings),
    organizer: { name: from.name, email: from.address },
    attendee: { name: invite.name, email: invite.email },
    sequence: Math.max(0, ...sends.filter(mayHaveArrived).map(send => send.sequence ?? 0)),
    dtstamp: now,
    comment,
  });
}

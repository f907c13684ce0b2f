/**
 * Whose answer is it? By the token in the UID, then ATTENDEE, then proven From, then references (D2, imip.md 7.3). A reply that carries one
 * person's token and another's address changes nobody unless the two are one; it is listed, and the organizer decides.
 */
import type { CalendarReply } from '../calendar/reply.ts';
import { SERIES } from '../calendar/state.ts';
import { type EventRecord, statusAt } from '../events/event.ts';
import { listEvents, loadEvent } from '../events/store.ts';
import type { Invite, RecordedAnswer } from '../invites/invite.ts';
import { inviteByToken, inviteOf } from '../invites/store.ts';
import { tokenIn } from '../invites/token.ts';
import { normalAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import type { InboundMail } from '../mail/inbound.ts';
import { doorOf } from '../mail/mailbox.ts';
import type { Proof } from '../mail/sender.ts';
import type { Organizer } from '../organizers/organizer.ts';
import { isSameMailbox } from './same-person.ts';

export interface ReplyMail {
  readonly mail: InboundMail;
  readonly proof: Proof;
  /** The envelope's: they survive where headers are rewritten. */
  readonly recipients: readonly string[];
  readonly organizer: Organizer;
}

export type Match =
  | {
      readonly found: true;
      readonly invite: Invite;
      readonly event: EventRecord;
      readonly evidence: RecordedAnswer['evidence'];
      /** Another name under which this person answered. */
      readonly alias: string | null;
    }
  | { readonly found: false; readonly reason: UnmatchedReason; readonly candidate: Invite | null };

/** `answered_as`: the invite of one person, the address of another. */
export type UnmatchedReason = 'answered_as' | 'unknown_invite' | 'several_events' | 'not_proven';

type MatchPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings'>;

const EVENTS_A_PAGE = 100;
const EVENT_PAGES = 3;

export async function matchReply(ports: MatchPorts, reply: CalendarReply, source: ReplyMail): Promise<Match> {
  const named = await inviteByAnyToken(ports, [reply.uid, ...tagsOf(ports, source, reply)]);
  if (named !== undefined) return personOfInvite(ports, named, reply, source);
  const known = await byAddress(ports, reply, source);
  if (known !== undefined) return known;
  const { mail } = source;
  const referred = await inviteByAnyToken(ports, [mail.inReplyTo ?? '', ...mail.references]);
  if (referred !== undefined) return personOfInvite(ports, referred, reply, source);
  return { found: false, reason: 'unknown_invite', candidate: null };
}

async function inviteByAnyToken(ports: MatchPorts, texts: readonly string[]): Promise<Invite | undefined> {
  for (const text of texts) {
    const token = tokenIn(text);
    const invite = token === undefined ? undefined : await inviteByToken(ports, token);
    if (invite !== undefined) return invite;
  }
  return undefined;
}

/** Plus tags of our own addresses, wherever the mail names one. */
function tagsOf(ports: MatchPorts, { mail, recipients }: ReplyMail, reply: CalendarReply): readonly string[] {
  const addresses = [
    ...recipients,
    reply.organizerEmail ?? '',
    ...mail.to.map(({ address }) => address),
    ...mail.deliveredTo,
    ...mail.cc.map(({ address }) => address),
  ];
  return addresses.flatMap(address => doorOf(address, ports.settings.mailDomain)?.tag ?? []);
}

async function personOfInvite(
  ports: MatchPorts,
  invite: Invite,
  reply: CalendarReply,
  { proof }: ReplyMail,
): Promise<Match> {
  const event = await loadEvent(ports, invite.event);
  if (event === undefined) return { found: false, reason: 'unknown_invite', candidate: null };
  const attendee = attendeeOf(reply);
  const isHis = (address: string | null) => address !== null && isPerson(invite, address);
  const proven = isHis(proof.identity);
  const evidence = proven ? 'verified' : 'low';
  if (attendee === null || isHis(attendee)) {
    const other = attendee !== null && attendee !== invite.address ? attendee : null;
    return { found: true, invite, event, evidence, alias: other };
  }
  // He answered from his own mailbox under another name.
  if (proven) return { found: true, invite, event, evidence, alias: attendee };
  const theirs = proof.identity === null ? undefined : await inviteOf(ports, event.id, attendee);
  if (theirs !== undefined && proof.identity !== null && isPerson(theirs, proof.identity)) {
    return { found: true, invite: theirs, event, evidence: 'verified', alias: null };
  }
  return { found: false, reason: 'answered_as', candidate: invite };
}

export function isPerson(invite: Invite, address: string): boolean {
  const normal = normalAddress(address);
  if (normal === undefined) return false;
  return (
    normal === invite.address || invite.aliases.includes(normal) || isSameMailbox(normal, invite.address)
  );
}

/** No token came back: only a proven sender, and only where there is one event that he can mean. */
async function byAddress(
  ports: MatchPorts,
  reply: CalendarReply,
  { proof, organizer }: ReplyMail,
): Promise<Match | undefined> {
  const address = proof.identity;
  if (address === null) return undefined;
  const attendee = attendeeOf(reply);
  if (attendee !== null && !isSameMailbox(attendee, address)) return undefined;
  const mine: { readonly invite: Invite; readonly event: EventRecord }[] = [];
  for (const event of await liveEvents(ports, organizer)) {
    const invite =
      (await inviteOf(ports, event.id, address)) ??
      (attendee === null ? undefined : await inviteOf(ports, event.id, attendee));
    if (invite !== undefined) mine.push({ invite, event });
  }
  if (mine.length === 0) return undefined;
  const meant = mine.length === 1 ? mine : mine.filter(({ event }) => isAbout(reply, event));
  const [only] = meant;
  if (only === undefined || meant.length > 1)
    return { found: false, reason: 'several_events', candidate: null };
  return { found: true, ...only, evidence: 'verified', alias: null };
}

async function liveEvents(ports: MatchPorts, organizer: Organizer): Promise<readonly EventRecord[]> {
  const found: EventRecord[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < EVENT_PAGES; page += 1) {
    const events = await listEvents(ports, organizer.workspace, {
      limit: EVENTS_A_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...events.items);
    cursor = events.cursor;
    if (cursor === undefined) break;
  }
  const now = ports.clock.now();
  return found.filter(event => event.organizer === organizer.id && statusAt(event, now) === 'live');
}

/** The same start and the same title, behind whatever word for yes or no stands before it. */
function isAbout(reply: CalendarReply, event: EventRecord): boolean {
  const content = Object.values(event.state.components).flatMap(({ event: known }) => known ?? []);
  return content.some(known => {
    const sameStart = reply.startUtc !== null && known.start?.utc === reply.startUtc;
    const title = (known.summary ?? event.state.components[SERIES]?.event?.summary ?? '')
      .trim()
      .toLowerCase();
    const said = (reply.summary ?? '').trim().toLowerCase();
    return sameStart && (said === title || said.endsWith(`: ${title}`));
  });
}

function attendeeOf(reply: CalendarReply): string | null {
  return reply.attendee?.email == null ? null : (normalAddress(reply.attendee.email) ?? null);
}

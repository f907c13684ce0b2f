/**
 * Every door that invites ends here (D12): one invite per (event, address), made with its job in one write. Says for each address what
 * became of it; whoever answers a stranger keeps that to himself (T26). What a person asks for himself may do more than a list.
 */
import { type EventRecord, statusAt } from '../events/event.ts';
import { type Address, domainOf, parseAddress } from '../kernel/address.ts';
import type { Lane, Ports } from '../kernel/ports.ts';
import { workspaceById } from '../organizers/store.ts';
import type { Language } from '../texts/languages.ts';
import { type Door, type Invite, OWN_DOORS, type Stop } from './invite.ts';
import { deliverJob } from './ledger.ts';
import { platformStopOf } from './platform-stop.ts';
import { type Limited, overAddressLimit, overNetworkLimit, overPeopleLimit } from './request-limits.ts';
import { personOf } from './rows.ts';
import { type Changed, changeInvite, createInvite, inviteNamed, loadInvite } from './store.ts';
import { hasConsent, stopOf } from './suppression.ts';
import { type InviteName, inviteId, inviteToken } from './token.ts';

type RequestPorts = Pick<Ports, 'table' | 'clock' | 'keys' | 'settings'>;

export interface InviteRequest {
  readonly event: EventRecord;
  readonly email: string;
  readonly name?: string | null;
  readonly door: Door;
  /** What stands for the asker's network; counted for public doors, kept as a hash only. */
  readonly network?: string | null;
  /** "Send it again". */
  readonly again?: boolean;
  /** "I deleted it, send a fresh one": the old entry is cancelled, a new UID takes its place. */
  readonly fresh?: boolean;
  /** One of several events asked for with one press: the hour's count takes them as one. */
  readonly sameRequest?: boolean;
  /** The address was typed by whoever held somebody else's link: it must say yes itself, whomever the workspace trusts. */
  readonly check?: boolean;
  /** Asked for together with others: one mail of its own asks for all of them whether the address is his (`digest.ts`). */
  readonly digest?: boolean;
  /** Only the record, for an answer of No: nothing is sent. */
  readonly silent?: boolean;
  /** He held the series that this event continues: nobody asks now, so no door's limits count, only what became of him. */
  readonly carried?: boolean;
  /** The visitor's own; null: he named none of ours. */
  readonly language?: Language | null;
}

export interface RequestOutcome {
  readonly outcome:
    | 'planned'
    | 'already'
    | 'again'
    | 'unconfirmed'
    | 'skipped'
    | 'limited'
    | 'invalid'
    | 'closed';
  /** Stable word: why not, where not. */
  readonly reason: string | null;
  readonly invite: Invite | null;
  readonly retryAfterSeconds?: number;
}

const TRIES = 10;

const BULK_DOORS: ReadonlySet<Door> = new Set<Door>(['list', 'stream', 'audience']);

export async function requestInvite(ports: RequestPorts, request: InviteRequest): Promise<RequestOutcome> {
  const parsed = parseAddress(request.email);
  if (!parsed.ok) return outcome('invalid', parsed.problem);
  const { address } = parsed;
  if (domainOf(address.normal) === ports.settings.mailDomain.toLowerCase())
    return outcome('invalid', 'own_domain');
  const own = OWN_DOORS.has(request.door) && request.carried !== true;
  const network = own ? await overNetworkLimit(ports, request.network ?? null) : undefined;
  if (network !== undefined) return limited(network);
  const status = statusAt(request.event, ports.clock.now());
  if (status !== 'live') return outcome('closed', status);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const done = await attempt(ports, { ...request, address, own });
    if (done !== undefined) return done;
  }
  throw new Error('an invite is asked for by too many at once');
}

/** What a request of an organizer's door would come to; changes nothing and counts nothing. */
export async function foreseeInvite(ports: RequestPorts, request: InviteRequest): Promise<RequestOutcome> {
  const parsed = parseAddress(request.email);
  if (!parsed.ok) return outcome('invalid', parsed.problem);
  const { normal } = parsed.address;
  if (domainOf(normal) === ports.settings.mailDomain.toLowerCase()) return outcome('invalid', 'own_domain');
  const status = statusAt(request.event, ports.clock.now());
  if (status !== 'live') return outcome('closed', status);
  const name: InviteName = { event: request.event.id, person: personOf(normal) };
  const standing = await inviteNamed(ports, name);
  const stop = await stopOf(ports, request.event.workspace, name.person);
  const verdict = await judge(ports, { ...request, address: parsed.address, own: false }, name, stop);
  if (verdict.standing === 'skipped') return outcome('skipped', verdict.reason);
  if (standing?.standing === 'withdrawn') return outcome('skipped', 'withdrawn');
  return standing === undefined || standing.standing === 'skipped'
    ? toldBy(null, verdict, 'planned')
    : outcome('already', null, standing);
}

interface Asked extends InviteRequest {
  readonly address: Address;
  readonly own: boolean;
}

/** Undefined: somebody was first, look again. */
async function attempt(ports: RequestPorts, asked: Asked): Promise<RequestOutcome | undefined> {
  const { event, address } = asked;
  const name: InviteName = { event: event.id, person: personOf(address.normal) };
  const [standing, stop] = await Promise.all([
    inviteNamed(ports, name),
    stopOf(ports, event.workspace, name.person),
  ]);
  const verdict = await judge(ports, asked, name, stop);
  if (standing === undefined) return first(ports, asked, name, verdict);
  if (standing.standing === 'skipped') return reconsider(ports, asked, name, verdict);
  return repeat(ports, asked, name, standing, verdict);
}

/** Where an invite of this address and door stands, before anything is counted. */
interface Verdict {
  readonly standing: 'open' | 'unconfirmed' | 'skipped';
  readonly reason: string | null;
}

async function judge(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  stop: Stop | null,
): Promise<Verdict> {
  const { event, own } = asked;
  if (asked.silent === true) return { standing: 'skipped', reason: 'declined' };
  if (stop !== null && (stop !== 'unsubscribed' || !own)) return { standing: 'skipped', reason: stop };
  if (!OWN_DOORS.has(asked.door) && event.guests.includes(asked.address.normal)) {
    return { standing: 'skipped', reason: 'organizer_guest' };
  }
  const wanted = own || asked.carried === true;
  const told = wanted ? null : await platformStopOf(ports, event.workspace, name.person);
  if (told !== null) return { standing: 'skipped', reason: `platform_${told}` };
  // Anyone can type an address that has said no to us: then the address itself must say yes.
  if (stop === 'unsubscribed') return { standing: 'unconfirmed', reason: 'was_unsubscribed' };
  const workspace = await workspaceById(ports, event.workspace);
  const trusted = workspace?.tier !== 0 && asked.check !== true;
  if (trusted || (await hasConsent(ports, event.workspace, name.person))) {
    return { standing: 'open', reason: null };
  }
  return { standing: 'unconfirmed', reason: inDigest(asked) };
}

async function first(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  verdict: Verdict,
): Promise<RequestOutcome | undefined> {
  const sends = verdict.standing !== 'skipped';
  const over = sends
    ? ((await overAddress(ports, asked, name)) ?? (await overPeopleLimit(ports, name)))
    : undefined;
  if (over !== undefined) return limited(over);
  const invite = newInvite(ports, asked, name, verdict);
  const jobs = sends ? [deliverJob(invite, laneOf(asked))] : [];
  return (await createInvite(ports, invite, jobs)) ? toldBy(invite, verdict, 'planned') : undefined;
}

function newInvite(ports: RequestPorts, asked: Asked, name: InviteName, verdict: Verdict): Invite {
  const now = new Date(ports.clock.now()).toISOString();
  return {
    id: inviteId(ports.keys, name),
    event: name.event,
    workspace: asked.event.workspace,
    email: asked.address.typed,
    address: asked.address.normal,
    name: nameFor(ports, asked.name),
    token: inviteToken(ports.keys, name, 1),
    generation: 1,
    language: asked.language ?? null,
    doors: [asked.door],
    createdAt: now,
    standing: verdict.standing,
    reason: verdict.standing === 'unconfirmed' ? (inDigest(asked) ?? verdict.reason) : verdict.reason,
    personal: 0,
    stopped: null,
    askedAt: now,
    answers: {},
    staleAnswers: {},
    delegatedTo: [],
    proposals: [],
    aliases: [],
    version: 1,
  };
}

/** It was skipped when it was first asked for; another door, or a later day, may see it otherwise. */
async function reconsider(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  verdict: Verdict,
): Promise<RequestOutcome> {
  const opens = verdict.standing !== 'skipped';
  const over = opens ? await overAddress(ports, asked, name) : undefined;
  if (over !== undefined) return limited(over);
  const invite = await changeInvite(ports, name, before => {
    const noted = withDoor(before, asked.door);
    if (!opens) return noted === before ? undefined : { invite: noted };
    return {
      invite: { ...spoken(noted, asked), ...verdict, askedAt: new Date(ports.clock.now()).toISOString() },
      jobs: [deliverJob(before, laneOf(asked))],
    };
  });
  return toldBy(invite ?? null, verdict, 'planned');
}

async function repeat(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  standing: Invite,
  verdict: Verdict,
): Promise<RequestOutcome> {
  if (verdict.standing === 'skipped') return noteDoor(ports, asked, name, 'skipped', verdict.reason);
  if (standing.standing === 'withdrawn' && !asked.own) {
    return noteDoor(ports, asked, name, 'skipped', 'withdrawn');
  }
  const asksAnew = isAnew(ports, asked, standing);
  if (verdict.reason === 'was_unsubscribed' || standing.standing === 'unconfirmed') {
    if (!asksAnew) return noteDoor(ports, asked, name, 'unconfirmed', null);
    return act(ports, asked, name, 'unconfirmed', before => ({
      ...before,
      standing: 'unconfirmed',
      reason: inDigest(asked),
    }));
  }
  if (standing.standing === 'withdrawn') {
    return act(ports, asked, name, 'again', before => ({
      ...before,
      standing: 'open',
      reason: null,
      personal: before.personal + 1,
    }));
  }
  if (!asksAnew) return noteDoor(ports, asked, name, 'already', 'within_a_day');
  if (!(await hasNewest(ports, name, standing))) return noteDoor(ports, asked, name, 'already', 'on_its_way');
  return act(ports, asked, name, 'again', before => askedAgain(ports, asked, name, before));
}

function inDigest({ digest }: Asked): 'digest' | null {
  return digest === true ? 'digest' : null;
}

function isAnew(ports: RequestPorts, asked: Asked, standing: Invite): boolean {
  if (asked.again === true || asked.fresh === true) return true;
  // A list that is read again must not mail everybody again.
  const age = ports.clock.now() - Date.parse(standing.askedAt);
  return asked.own && age >= ports.settings.limits.AGAIN_SECONDS * 1000;
}

function askedAgain(ports: RequestPorts, asked: Asked, name: InviteName, before: Invite): Invite {
  const personal = before.personal + 1;
  if (asked.fresh !== true) return { ...before, personal };
  const generation = before.generation + 1;
  return { ...before, personal, generation, token: inviteToken(ports.keys, name, generation) };
}

/** Whether his last mail has left: else another would only be a second one on the same way. */
async function hasNewest(ports: RequestPorts, name: InviteName, standing: Invite): Promise<boolean> {
  const loaded = await loadInvite(ports, name);
  const last =
    loaded?.sends.filter(send => send.personal === standing.personal && send.kind === 'request') ?? [];
  return last.some(
    send => send.state !== 'PLANNED' && send.state !== 'CLAIMED' && send.state !== 'SUPERSEDED',
  );
}

async function act(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  what: 'again' | 'unconfirmed',
  change: (before: Invite) => Invite,
): Promise<RequestOutcome> {
  const over = await overAddress(ports, asked, name);
  if (over !== undefined) return limited(over);
  const askedAt = new Date(ports.clock.now()).toISOString();
  const invite = await changeInvite(
    ports,
    name,
    (before): Changed => ({
      invite: { ...spoken(change(withDoor(before, asked.door)), asked), askedAt },
      jobs: [deliverJob(before, laneOf(asked))],
    }),
  );
  return outcome(what, null, invite ?? null);
}

async function noteDoor(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
  what: RequestOutcome['outcome'],
  reason: string | null,
): Promise<RequestOutcome> {
  const invite = await changeInvite(ports, name, before => {
    const noted = withDoor(before, asked.door);
    return noted === before ? undefined : { invite: noted };
  });
  return outcome(what, reason, invite ?? null);
}

/** Only together with a mail that it leads to: whoever types somebody else's address shall change nothing in silence. */
function spoken(invite: Invite, { language }: Asked): Invite {
  return language === undefined || language === null ? invite : { ...invite, language };
}

function withDoor(invite: Invite, door: Door): Invite {
  return invite.doors.includes(door) ? invite : { ...invite, doors: [...invite.doors, door] };
}

/** Mail that anyone can make us send is counted for its address over all workspaces (P11); an organizer answers for his own lists. */
async function overAddress(
  ports: RequestPorts,
  asked: Asked,
  name: InviteName,
): Promise<Limited | undefined> {
  return asked.own ? overAddressLimit(ports, name.person, asked.sameRequest === true) : undefined;
}

function nameFor(ports: RequestPorts, name: string | null | undefined): string | null {
  const tidy = (name ?? '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return tidy === '' ? null : [...tidy].slice(0, ports.settings.limits.NAME_CHARS).join('');
}

function laneOf({ door, carried }: InviteRequest): Lane {
  return carried === true || BULK_DOORS.has(door) ? 'bulk' : 'fast';
}

function toldBy(invite: Invite | null, verdict: Verdict, opened: 'planned'): RequestOutcome {
  const what = verdict.standing === 'open' ? opened : verdict.standing;
  return outcome(what, verdict.standing === 'skipped' ? verdict.reason : null, invite);
}

function limited({ reason, retryAfterSeconds }: Limited): RequestOutcome {
  return { outcome: 'limited', reason, invite: null, retryAfterSeconds };
}

function outcome(
  what: RequestOutcome['outcome'],
  reason: string | null,
  invite: Invite | null = null,
): RequestOutcome {
  return { outcome: what, reason, invite };
}

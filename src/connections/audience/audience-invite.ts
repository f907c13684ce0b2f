/**
 * Inviting an audience, a list or a segment: page by page, each contact through the same door as everybody else. Whom the platform says
 * not to mail is left out with the reason. The dry run walks the same way, with the same judgement, and asks for nothing.
 */
import { type Batch, type Contact, PlatformError } from '../../../connectors/contract.ts';
import { type EventRecord, statusAt } from '../../events/event.ts';
import { loadEvent } from '../../events/store.ts';
import { foreseeInvite, type RequestOutcome, requestInvite } from '../../invites/request.ts';
import { personOf } from '../../invites/rows.ts';
import { normalAddress } from '../../kernel/address.ts';
import { ConflictError, MissingError } from '../../kernel/errors.ts';
import type { JobResult, Ports } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import type { Accounts, OwnAccount } from '../account/accounts.ts';
import { noteFailure, noteSuccess, pauseOf } from '../report/report-pause.ts';
import {
  type AudienceRun,
  audienceRun,
  failWith,
  noteReached,
  openRun,
  type Reached,
  reachedBefore,
  turnPage,
  waitWith,
} from './audience-run.ts';

type AudiencePorts = Pick<
  Ports,
  'table' | 'blobs' | 'clock' | 'random' | 'keys' | 'settings' | 'jobs' | 'log'
>;

export async function inviteAudience(
  ports: Pick<Ports, 'table' | 'clock' | 'random' | 'settings'>,
  accounts: Accounts,
  asked: {
    readonly event: EventRecord;
    readonly connection: string;
    readonly audience: string;
    readonly dryRun: boolean;
  },
): Promise<AudienceRun> {
  const { event, audience, dryRun } = asked;
  const account = await accounts.byId(asked.connection);
  if (account === null || account.workspace !== event.workspace || account.state === 'disconnected') {
    throw new MissingError('unknown_connection', 'There is no such connection.');
  }
  const words = texts().reporting.audience;
  if (account.state !== 'connected') throw new ConflictError('needs_reconnect', words.mustReconnect);
  if (statusAt(event, ports.clock.now()) !== 'live')
    throw new ConflictError('event_closed', words.closedAtOnce);
  return openRun(ports, {
    workspace: event.workspace,
    event: event.id,
    connection: account.id,
    audience,
    dryRun,
  });
}

/** The job `audience`: one page. */
export async function walkAudience(
  ports: AudiencePorts,
  accounts: Accounts,
  asked: { readonly run: string; readonly page: number },
): Promise<JobResult> {
  const run = await audienceRun(ports, asked.run);
  if (run === undefined || run.page !== asked.page) return { done: true };
  if (run.state === 'done' || run.state === 'failed') return { done: true };
  const account = await accounts.byId(run.connection);
  const event = await loadEvent(ports, run.event);
  const words = texts().reporting.audience;
  if (account === null || account.state === 'disconnected') return fail(ports, run, words.disconnected);
  if (account.state !== 'connected') return wait(ports, run, words.reconnect);
  if (event === undefined || statusAt(event, ports.clock.now()) !== 'live')
    return fail(ports, run, words.closed);
  const { until } = await pauseOf(ports, account.id);
  if (until > ports.clock.now()) return { retryAfterMs: until - ports.clock.now(), reason: 'paused' };
  try {
    const batch = await accounts.withClient(account, client =>
      client.contacts(run.audience, run.cursor ?? undefined),
    );
    await noteSuccess(ports, account.id);
    return await takePage(ports, accounts, { run, account, event }, batch);
  } catch (error) {
    if (error instanceof PlatformError) return troubled(ports, run, account, error);
    throw error;
  }
}

interface Walk {
  readonly run: AudienceRun;
  readonly account: OwnAccount;
  readonly event: EventRecord;
}

async function takePage(
  ports: AudiencePorts,
  accounts: Accounts,
  walk: Walk,
  batch: Batch<Contact>,
): Promise<JobResult> {
  const { AUDIENCE_CONTACTS_AT_ONCE: atOnce } = ports.settings.limits;
  const reached: Reached[] = [];
  for (let from = 0; from < batch.items.length; from += atOnce) {
    const some = distinct(batch.items.slice(from, from + atOnce));
    const went = await Promise.all(some.map(contact => take(ports, accounts, walk, contact)));
    if (went.includes('full')) return fail(ports, walk.run, texts().reporting.audience.full);
    for (const each of went) if (each !== 'full' && each !== 'counted') reached.push(each);
  }
  await turnPage(ports, walk.run, reached, batch);
  return { done: true };
}

/** Two members of one address are one person. */
function distinct(contacts: readonly Contact[]): readonly Contact[] {
  return [...new Map(contacts.map(contact => [contact.address.toLowerCase(), contact])).values()];
}

/** `counted`: this run had come to him on another page. `full`: the event takes no more. */
async function take(
  ports: AudiencePorts,
  accounts: Accounts,
  walk: Walk,
  contact: Contact,
): Promise<Reached | 'counted' | 'full'> {
  const { run, account } = walk;
  const person = personOf(normalAddress(contact.address) ?? contact.address);
  const before = await reachedBefore(ports, run, person);
  if (before !== undefined) return before.page === run.page ? before : 'counted';
  const reached = await reach(ports, walk, contact);
  if (reached === 'full') return reached;
  await accounts.remember(account, homeOf(account, run.audience), contact);
  await noteReached(ports, run, person, reached);
  return reached;
}

async function reach(ports: AudiencePorts, walk: Walk, contact: Contact): Promise<Reached | 'full'> {
  const { run, event } = walk;
  if (contact.consent !== 'subscribed') return { count: 'withoutConsent', reason: contact.consent };
  const request = { event, email: contact.address, name: contact.name, door: 'audience' } as const;
  const outcome = run.dryRun ? await foreseeInvite(ports, request) : await requestInvite(ports, request);
  switch (outcome.outcome) {
    case 'planned':
      return { count: 'new', reason: null };
    case 'unconfirmed':
    case 'already':
    case 'again':
      return { count: madeByRun(run, outcome) ? 'new' : 'already', reason: null };
    case 'skipped':
      return { count: 'suppressed', reason: outcome.reason };
    case 'invalid':
      return { count: 'invalid', reason: outcome.reason };
    case 'limited':
      return 'full';
    case 'closed':
      return { count: 'suppressed', reason: outcome.reason };
  }
}

/** A crash between the request and its note: the invite stands, and this run has made it. */
function madeByRun(run: AudienceRun, { outcome, invite }: RequestOutcome): boolean {
  if (run.dryRun) return outcome === 'unconfirmed';
  return invite !== null && invite.doors[0] === 'audience' && invite.createdAt >= run.startedAt;
}

/** Where the contact lives: the whole audience of a segment, the account where there are no audiences. */
function homeOf(account: OwnAccount, audience: string): string | null {
  return account.platform === 'mailchimp' ? (audience.split(':')[0] ?? audience) : null;
}

async function troubled(
  ports: AudiencePorts,
  run: AudienceRun,
  account: OwnAccount,
  error: PlatformError,
): Promise<JobResult> {
  const words = texts().reporting.audience;
  switch (error.kind) {
    case 'absent':
      return fail(ports, run, words.unknown);
    case 'final':
      return fail(ports, run, `${words.failed} ${error.message}`);
    case 'reconnect':
      return wait(ports, run, words.reconnect);
    case 'again':
    case 'unknown': {
      // Reading can be repeated at any time.
      const { waitMs } = await noteFailure(ports, account, error);
      await waitWith(ports, run, words.slow);
      return { retryAfterMs: waitMs, reason: error.code };
    }
  }
}

async function fail(ports: AudiencePorts, run: AudienceRun, problem: string): Promise<JobResult> {
  await failWith(ports, run, problem);
  return { done: true };
}

async function wait(ports: AudiencePorts, run: AudienceRun, problem: string): Promise<JobResult> {
  await waitWith(ports, run, problem);
  return { done: true };
}

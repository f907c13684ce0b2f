/**
 * The job `backfill`: an account was connected, or connected again. Everybody of the workspace is noted for it; what came about before is
 * recorded without starting automations. Also takes up what waited while the grant was over. Each page's people are noted before the next
 * page's job stands, and noting twice is one look.
 */
import { listEvents } from '../../events/store.ts';
import { personOf } from '../../invites/rows.ts';
import { listInvites } from '../../invites/store.ts';
import type { JobResult, NewJob, Ports } from '../../kernel/ports.ts';
import type { Accounts, OwnAccount } from '../account/accounts.ts';
import { resumeRuns } from '../audience/audience-run.ts';
import { enqueue, wakeAll } from './report-queue.ts';

type BackfillPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings' | 'jobs'>;

const EVENTS_A_PAGE = 25;
const PEOPLE_A_PAGE = 500;

export interface BackfillAsked {
  readonly connection: string;
  /** One event's people; left out: the workspace's events. */
  readonly event?: string;
  readonly cursor?: string;
}

/** For whoever opens a connection: belongs into the write that opens it. */
export function backfillJob(asked: BackfillAsked): NewJob {
  return { lane: 'bulk', kind: 'backfill', body: { ...asked } };
}

export async function backfill(
  ports: BackfillPorts,
  accounts: Accounts,
  asked: BackfillAsked,
): Promise<JobResult> {
  const account = await accounts.byId(asked.connection);
  if (account === null || account.state !== 'connected') return { done: true };
  const jobs =
    asked.event === undefined
      ? await eventsOf(ports, account, asked.cursor)
      : await peopleOf(ports, account, asked.event, asked.cursor);
  if (jobs.length > 0) await ports.jobs.add(jobs);
  return { done: true };
}

async function eventsOf(
  ports: BackfillPorts,
  account: OwnAccount,
  cursor: string | undefined,
): Promise<readonly NewJob[]> {
  if (cursor === undefined) {
    await wakeAll(ports, account);
    await resumeRuns(ports, account.id);
  }
  const page = await listEvents(ports, account.workspace, {
    limit: EVENTS_A_PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const { id: connection } = account;
  const jobs = page.items
    .filter(({ status }) => status !== 'draft')
    .map(({ id: event }) => backfillJob({ connection, event }));
  return page.cursor === undefined ? jobs : [...jobs, backfillJob({ connection, cursor: page.cursor })];
}

async function peopleOf(
  ports: BackfillPorts,
  account: OwnAccount,
  event: string,
  cursor: string | undefined,
): Promise<readonly NewJob[]> {
  const page = await listInvites(ports, event, { limit: PEOPLE_A_PAGE, cursor });
  const people = page.items.map(({ invite }) => personOf(invite.address));
  if (people.length > 0) await enqueue(ports, account, event, people, false);
  return page.cursor === undefined
    ? []
    : [backfillJob({ connection: account.id, event, cursor: page.cursor })];
}

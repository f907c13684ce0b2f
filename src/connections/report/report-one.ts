/**
 * One person and event at one connection: what is true, what was written, and the calls that bring the one to the other. Runs under the
 * slot of its person, so nobody else writes to this contact; every state is stored as begun before its first call.
 */
import { createHash } from 'node:crypto';
import {
  type PlatformClient,
  PlatformError,
  type Report,
  type ReportStep,
} from '../../../connectors/contract.ts';
import { describeEvent } from '../../calendar/describe.ts';
import { type EventRecord, pageUrl } from '../../events/event.ts';
import { loadEvent } from '../../events/store.ts';
import type { Invite } from '../../invites/invite.ts';
import { loadInvite } from '../../invites/store.ts';
import { stoppedAt } from '../../invites/suppression.ts';
import type { NewJob, Ports } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import type { Accounts, KnownContact, OwnAccount } from '../account/accounts.ts';
import { nameOf, tagsFor } from './names.ts';
import type { Waiting } from './report-queue.ts';
import { type Intent, type ReportRow, reportRow, saveReportRow } from './report-row.ts';
import { type Standing, standingOf } from './standing.ts';

export type OnePorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'settings' | 'log'>;

export interface OneAsked {
  readonly account: OwnAccount;
  readonly waiting: Waiting;
  /** False: this worker may write no more. */
  readonly holds: () => boolean;
}

/** `written` tells that the platform answered; `settled` that there was nothing to tell it. */
export type OneEnd =
  | { readonly end: 'settled' | 'written' | 'absent' | 'failed' | 'lost' }
  | { readonly end: 'waits'; readonly error: PlatformError };

interface Truth {
  readonly event: EventRecord;
  readonly invite: Invite;
  readonly standing: Standing;
}

export async function reportOne(ports: OnePorts, accounts: Accounts, asked: OneAsked): Promise<OneEnd> {
  const { account, waiting } = asked;
  const truth = await truthOf(ports, waiting);
  const row = await reportRow(ports, { connection: account.id, ...waiting });
  if (truth === null || isTold(row, truth.standing)) return { end: 'settled' };
  const begun = withIntent(ports, asked, row, truth.standing);
  try {
    return await accounts.withClient(account, client =>
      tell(ports, accounts, { ...asked, client, truth, row: begun }),
    );
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'final') return giveUp(ports, asked, error.code, error.message);
    if (error.kind === 'absent') return noteAbsent(ports, asked, begun);
    return { end: 'waits', error };
  }
}

/** The platform never takes this state; a later one still goes out. A person may have it tried again. */
export async function giveUp(
  ports: OnePorts,
  { account, waiting }: OneAsked,
  code: string,
  sentence: string,
): Promise<OneEnd> {
  const row = await reportRow(ports, { connection: account.id, ...waiting });
  const key = row?.intent?.key ?? (await truthOf(ports, waiting))?.standing.key;
  if (key === undefined) return { end: 'settled' };
  const { event, person } = waiting;
  const body = { event, person, connection: account.id, reason: code, sentence };
  const jobs: readonly NewJob[] = [{ lane: 'bulk', kind: 'report-failed', body }];
  const known = row ?? blank(ports, account, waiting);
  const saved = await saveReportRow(
    ports,
    account.id,
    {
      ...known,
      outcome: 'failed',
      // Half of it may stand there: whatever comes next is written, the state before too.
      written: known.written === null ? null : { ...known.written, key: '' },
      intent: null,
      failed: key,
      problem: { code, sentence },
      at: nowOf(ports),
    },
    { jobs },
  );
  return { end: saved === undefined ? 'lost' : 'failed' };
}

async function truthOf(ports: OnePorts, { event: id, person }: Waiting): Promise<Truth | null> {
  const [event, invited] = await Promise.all([
    loadEvent(ports, id),
    loadInvite(ports, { event: id, person }),
  ]);
  if (event === undefined || invited === undefined) return null;
  const standing = standingOf(event, invited, await stoppedAt(ports, event.workspace, person));
  return standing === null ? null : { event, invite: invited.invite, standing };
}

function isTold(row: ReportRow | undefined, { key }: Standing): boolean {
  if (row === undefined) return false;
  if (row.failed === key) return true;
  // A write that was begun may have left its mark there: the old state has to be written over it.
  return row.intent === null && row.outcome !== 'absent' && row.written?.key === key;
}

/** The one that was begun goes on while it still says what is true; else a new one takes its place. */
function withIntent(
  ports: OnePorts,
  { account, waiting }: OneAsked,
  row: ReportRow | undefined,
  { state, key, at }: Standing,
): ReportRow {
  const known = row ?? blank(ports, account, waiting);
  if (known.intent?.key === key) return known;
  const n = known.count + 1;
  const previous = known.written?.state ?? null;
  const intent: Intent = { n, state, key, at, previous, backfill: !waiting.live, steps: {} };
  return { ...known, intent, count: n };
}

interface Telling extends OneAsked {
  readonly client: PlatformClient;
  readonly truth: Truth;
  readonly row: ReportRow;
}

async function tell(ports: OnePorts, accounts: Accounts, telling: Telling): Promise<OneEnd> {
  const { account, truth } = telling;
  const known = await accounts.remembered(account, truth.invite.address);
  if (known !== null) {
    try {
      return await write(ports, telling, known);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind !== 'absent') throw error;
    }
  }
  const found = await lookUp(accounts, telling);
  return found === null ? noteAbsent(ports, telling, telling.row) : write(ports, telling, found);
}

async function lookUp(accounts: Accounts, { account, client, truth }: Telling): Promise<KnownContact | null> {
  const contact = await client.contactByAddress(account.audience, truth.invite.address);
  if (contact === null) return null;
  await accounts.remember(account, account.audience, contact);
  return { id: contact.id, address: contact.address, audience: account.audience };
}

async function write(ports: OnePorts, telling: Telling, contact: KnownContact): Promise<OneEnd> {
  const { account, client, waiting } = telling;
  // Read again: an attempt of the same run may have gone before, with other tokens or another contact.
  const stored = await reportRow(ports, { connection: account.id, ...waiting });
  const row = stored?.intent?.key === telling.row.intent?.key ? stored : telling.row;
  if (row?.intent === undefined || row.intent === null) return { end: 'lost' };
  const begun = row === stored ? row : await saveReportRow(ports, account.id, { ...row, outcome: 'open' });
  if (begun === undefined) return { end: 'lost' };
  const report = await reportOf(ports, telling, row.intent, contact);
  const ended = await runSteps(ports, telling, begun, client.reportSteps(report));
  return ended === undefined ? { end: 'lost' } : finish(ports, account, ended);
}

/** Undefined: another worker has taken over. */
async function runSteps(
  ports: OnePorts,
  { account, holds }: Telling,
  begun: ReportRow,
  steps: readonly ReportStep[],
): Promise<ReportRow | undefined> {
  let row = begun;
  for (const step of steps) {
    const standing = row.intent?.steps[step.name];
    if (standing === 'done') continue;
    const again = standing === 'begun';
    if (again && (await step.done?.()) === true) {
      row = withStep(row, step, 'done');
      continue;
    }
    if (!holds()) return undefined;
    if (!step.repeatable && !again) {
      const marked = await saveReportRow(ports, account.id, withStep(row, step, 'begun'));
      if (marked === undefined) return undefined;
      row = marked;
    }
    try {
      await step.run();
    } catch (error) {
      if (!step.repeatable && surelyUndone(error))
        await saveReportRow(ports, account.id, withStep(row, step, null));
      throw error;
    }
    row = withStep(row, step, 'done');
  }
  return row;
}

/** An answer of a server's own trouble says nothing about what it did before. */
function surelyUndone(error: unknown): boolean {
  return error instanceof PlatformError && error.kind !== 'unknown' && (error.status ?? 0) < 500;
}

function withStep(row: ReportRow, { name }: ReportStep, mark: 'begun' | 'done' | null): ReportRow {
  if (row.intent === null) return row;
  const { [name]: _, ...others } = row.intent.steps;
  return { ...row, intent: { ...row.intent, steps: mark === null ? others : { ...others, [name]: mark } } };
}

async function finish(ports: OnePorts, account: OwnAccount, row: ReportRow): Promise<OneEnd> {
  if (row.intent === null) return { end: 'lost' };
  const { state, key, at } = row.intent;
  const now = nowOf(ports);
  const saved = await saveReportRow(ports, account.id, {
    ...row,
    outcome: 'written',
    intent: null,
    written: { state, key, at, writtenAt: now },
    failed: null,
    problem: null,
    at: now,
  });
  return { end: saved === undefined ? 'lost' : 'written' };
}

/** Seen by the marketer, and looked for again; nobody is made a contact by us. */
async function noteAbsent(ports: OnePorts, { account, waiting }: OneAsked, row: ReportRow): Promise<OneEnd> {
  const stored = (await reportRow(ports, { connection: account.id, ...waiting })) ?? row;
  const saved = await saveReportRow(ports, account.id, {
    ...stored,
    outcome: 'absent',
    intent: null,
    problem: { code: 'absent', sentence: texts().reporting.problems.absent },
    at: nowOf(ports),
  });
  return { end: saved === undefined ? 'lost' : 'absent' };
}

async function reportOf(
  ports: OnePorts,
  { account, truth, waiting }: Telling,
  intent: Intent,
  contact: KnownContact,
): Promise<Report> {
  const { event } = truth;
  const facts = describeEvent(event.state, { now: nowOf(ports) });
  const date = facts.start.local.slice(0, 10);
  const frozen = await nameOf(ports, account, { id: event.id, title: facts.title, date });
  return {
    contact: { id: contact.id, address: contact.address },
    audience: contact.audience,
    event: {
      id: event.id,
      name: frozen.name,
      title: facts.title,
      start: facts.allDay ? facts.start.local : facts.startUtc,
      timeZone: facts.zone,
      location: facts.location,
      pageUrl: pageUrl(ports.settings, event),
    },
    state: intent.state,
    previous: intent.previous,
    answer: truth.standing.answer,
    tags: tagsFor(frozen, intent.state),
    at: intent.at,
    uniqueId: reportKey(account.id, waiting, intent.n),
    backfill: intent.backfill,
  };
}

/** The same for every try of the n-th state of this person and event. */
export function reportKey(
  connection: string,
  { event, person }: Pick<Waiting, 'event' | 'person'>,
  n: number,
): string {
  return createHash('sha256').update(`${connection}\n${event}\n${person}\n${n}`).digest('hex').slice(0, 32);
}

function blank(ports: OnePorts, account: OwnAccount, { event, person }: Waiting): ReportRow {
  return {
    event,
    person,
    workspace: account.workspace,
    outcome: 'open',
    written: null,
    intent: null,
    count: 0,
    failed: null,
    problem: null,
    at: nowOf(ports),
    version: 0,
  };
}

function nowOf(ports: Pick<Ports, 'clock'>): string {
  return new Date(ports.clock.now()).toISOString();
}

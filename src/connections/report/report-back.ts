/**
 * The jobs that tell platforms. `report-back` only notes whom to look at; `write-back` works off one slot of a connection, each person by
 * himself, until nothing is due, the platform wants a pause, or its time is up. Both may run twice, late and out of order.
 */
import { PlatformError } from '../../../connectors/contract.ts';
import { statusAt } from '../../events/event.ts';
import { loadEvent } from '../../events/store.ts';
import { personOf } from '../../invites/rows.ts';
import { normalAddress } from '../../kernel/address.ts';
import { randomText } from '../../kernel/ids.ts';
import type { JobResult, Key, Ports } from '../../kernel/ports.ts';
import { texts } from '../../texts/catalogue.ts';
import type { Accounts, OwnAccount } from '../account/accounts.ts';
import { giveUp, type OneAsked, reportOne } from './report-one.ts';
import { noteFailure, noteSuccess, pauseOf } from './report-pause.ts';
import {
  dequeue,
  dueOf,
  enqueue,
  leaveSlot,
  postpone,
  type QueuePorts,
  ring,
  type Slot,
  slotsOf,
  stillHolds,
  takeSlot,
  wake,
} from './report-queue.ts';
import { absencesOf, listReports, type ReportRow, reportRow, saveReportRow } from './report-row.ts';

export type ReportPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings' | 'jobs' | 'log'>;

const DAY_MS = 86_400_000;
/** How soon a worker that found the slot taken looks again. */
const BUSY_MS = 5_000;
const HOLDER_CHARS = 16;

/** Notes these people for every connection of the event's workspace. `again`: also what failed for good, as a person asked. */
export async function reportBack(
  ports: ReportPorts,
  accounts: Accounts,
  asked: { readonly event: string; readonly people: readonly string[]; readonly again?: string },
): Promise<JobResult> {
  const event = await loadEvent(ports, asked.event);
  if (event === undefined) return { done: true };
  for (const account of await accounts.ofWorkspace(event.workspace)) {
    if (asked.again === account.id) await forgetFailures(ports, account, asked);
    await enqueue(ports, account, event.id, asked.people, true);
  }
  return { done: true };
}

async function forgetFailures(
  ports: ReportPorts,
  account: OwnAccount,
  { event, people }: { readonly event: string; readonly people: readonly string[] },
): Promise<void> {
  for (const person of people) {
    const row = await reportRow(ports, { connection: account.id, event, person });
    if (row === undefined || row.failed === null) continue;
    await saveReportRow(ports, account.id, { ...row, failed: null, outcome: 'open', problem: null });
  }
}

export async function writeBack(
  ports: ReportPorts,
  accounts: Accounts,
  asked: { readonly connection: string; readonly slot: number },
): Promise<JobResult> {
  const account = await accounts.byId(asked.connection);
  if (account === null || account.state !== 'connected') return { done: true };
  if (asked.slot >= slotsOf(ports.settings.limits, account.platform)) return { done: true };
  const holder = randomText(ports.random, HOLDER_CHARS);
  const slot = await takeSlot(ports, { ...asked, holder });
  if (!('holder' in slot)) {
    const soon = Math.min(slot.busyUntil, ports.clock.now() + BUSY_MS);
    await wake(ports, account.id, asked.slot, Math.max(soon, ports.clock.now() + 1));
    return { done: true };
  }
  const next = await workOff(ports, accounts, account, slot);
  await leaveSlot(ports, slot);
  if (next !== null) await wake(ports, account.id, slot.slot, next);
  return { done: true };
}

/** Answers when to go on; null: when somebody is noted, or the connection is renewed. */
async function workOff(
  ports: ReportPorts,
  accounts: Accounts,
  account: OwnAccount,
  slot: Slot,
): Promise<number | null> {
  const { limits } = ports.settings;
  const enough = ports.clock.now() + limits.REPORT_RUN_SECONDS * 1000;
  const { due, next } = await dueOf(ports, account, slot.slot);
  const holds = () => stillHolds(ports, slot);
  let written = 0;
  for (const waiting of due) {
    if (ports.clock.now() >= enough || !holds()) return ports.clock.now();
    // Another slot may have been told to wait.
    const paused = (await pauseOf(ports, account.id)).until;
    if (paused > ports.clock.now()) return paused;
    const went = await one(ports, accounts, { account, waiting, holds });
    if (went === 'written') written += 1;
    if (went === 'reconnect') return null;
    if (went === 'paused') return (await pauseOf(ports, account.id)).until;
  }
  if (written > 0) await accounts.noteHealth(account.id, { synced: true });
  return due.length > 0 ? ports.clock.now() : next;
}

type Went = 'on' | 'written' | 'paused' | 'reconnect';

async function one(ports: ReportPorts, accounts: Accounts, asked: OneAsked): Promise<Went> {
  const { account, waiting } = asked;
  try {
    const ended = await reportOne(ports, accounts, asked);
    if (ended.end === 'waits') return await waits(ports, accounts, asked, ended.error);
    if (ended.end === 'lost') return 'on';
    if (ended.end === 'absent') await lookAgain(ports, account);
    if (ended.end !== 'settled' && (await noteSuccess(ports, account.id))) {
      await accounts.noteHealth(account.id, { problem: null });
    }
    await dequeue(ports, account.id, waiting);
    return ended.end === 'written' ? 'written' : 'on';
  } catch (error) {
    if (error instanceof PlatformError) return waits(ports, accounts, asked, error);
    const about = { connection: account.id, event: waiting.event, tries: waiting.tries };
    ports.log.error('a report failed', about, error);
    return stumble(ports, asked, { code: 'failed', sentence: texts().reporting.problems.failed });
  }
}

async function waits(
  ports: ReportPorts,
  accounts: Accounts,
  asked: OneAsked,
  error: PlatformError,
): Promise<Went> {
  const { account, waiting } = asked;
  ports.log.warn('a platform did not take a report', {
    connection: account.id,
    kind: error.kind,
    code: error.code,
    status: error.status,
  });
  if (error.kind === 'reconnect') return 'reconnect';
  const before = await pauseOf(ports, account.id);
  const { platform, waitMs } = await noteFailure(ports, account, error);
  if (platform) await accounts.noteHealth(account.id, { problem: error.message });
  // In an outage nobody's own tries are used up: only where others get through meanwhile.
  const own = before.failures === 0;
  const since = waiting.since === 0 ? ports.clock.now() : waiting.since;
  const tries = waiting.tries + (own ? 1 : 0);
  const { REPORT_TRIES, REPORT_DAYS, REPORT_UNKNOWN_SECONDS } = ports.settings.limits;
  if (tries >= REPORT_TRIES || ports.clock.now() - since > REPORT_DAYS * DAY_MS) {
    return park(ports, asked, { code: error.code, sentence: error.message });
  }
  const least = mayStillRun(error) ? REPORT_UNKNOWN_SECONDS * 1000 : 0;
  const wait = Math.max(waitMs, least, patience(ports, waiting.tries));
  await postpone(ports, account.id, waiting, { notBefore: ports.clock.now() + wait, tries, since });
  return platform ? 'paused' : 'on';
}

/** Longer with each try of its own, so that a bad hour uses nobody up. */
function patience(ports: Pick<Ports, 'settings'>, tries: number): number {
  const { REPORT_RETRY_SECONDS, REPORT_RETRY_LONGEST_SECONDS } = ports.settings.limits;
  return tries === 0 ? 0 : Math.min(REPORT_RETRY_LONGEST_SECONDS, REPORT_RETRY_SECONDS * 2 ** tries) * 1000;
}

/** Its effect may come late: until then nothing newer is written to this contact. */
function mayStillRun(error: PlatformError): boolean {
  return error.kind === 'unknown' || error.status === 502 || error.status === 504;
}

/** A fault of ours, or of what is stored: it must not hold up its neighbours (F8). */
async function stumble(
  ports: ReportPorts,
  asked: OneAsked,
  why: { code: string; sentence: string },
): Promise<Went> {
  const { REPORT_TRIES, REPORT_UNKNOWN_SECONDS } = ports.settings.limits;
  const { account, waiting } = asked;
  const tries = waiting.tries + 1;
  if (tries >= REPORT_TRIES) return park(ports, asked, why);
  const notBefore = ports.clock.now() + REPORT_UNKNOWN_SECONDS * 1000 * tries;
  await postpone(ports, account.id, waiting, { notBefore, tries, since: waiting.since });
  return 'on';
}

async function park(
  ports: ReportPorts,
  asked: OneAsked,
  { code, sentence }: { readonly code: string; readonly sentence: string },
): Promise<Went> {
  await giveUp(ports, asked, code, sentence);
  await dequeue(ports, asked.account.id, asked.waiting);
  return 'on';
}

/** Once a day, as long as somebody is absent. */
async function lookAgain(ports: ReportPorts, account: OwnAccount): Promise<void> {
  await ring(
    ports,
    absentKey(account.id),
    ports.clock.now() + ports.settings.limits.ABSENT_AGAIN_SECONDS * 1000,
    { lane: 'bulk', kind: 'absent-again', body: { connection: account.id } },
  );
}

/** The job `absent-again`: those who were no contacts are looked for once more while their event lives. */
export async function absentAgain(
  ports: ReportPorts,
  accounts: Accounts,
  asked: { readonly connection: string; readonly cursor?: string },
): Promise<JobResult> {
  const account = await accounts.byId(asked.connection);
  if (account === null || account.state === 'disconnected') return { done: true };
  if (asked.cursor === undefined) await ports.table.update(absentKey(account.id), { remove: ['wake'] });
  const page = await listReports(ports, {
    connection: account.id,
    outcome: 'absent',
    limit: ports.settings.limits.PAGE_SIZE,
    ...(asked.cursor === undefined ? {} : { cursor: asked.cursor }),
  });
  const lively = new Map<string, boolean>();
  for (const row of page.items) {
    if (!lively.has(row.event)) lively.set(row.event, await isLive(ports, row));
    if (lively.get(row.event) === true) await enqueue(ports, account, row.event, [row.person], false);
  }
  if (page.cursor !== undefined) {
    const body = { connection: account.id, cursor: page.cursor };
    await ports.jobs.add([{ lane: 'bulk', kind: 'absent-again', body }]);
  }
  return { done: true };
}

/** The platform tells of these addresses: who was absent is looked for again. */
export async function contactAppeared(
  ports: QueuePorts,
  account: OwnAccount,
  addresses: readonly (string | null)[],
): Promise<void> {
  for (const address of addresses) {
    const normal = address === null ? undefined : normalAddress(address);
    if (normal === undefined) continue;
    const person = personOf(normal);
    for (const event of await absencesOf(ports, account.id, person)) {
      await enqueue(ports, account, event, [person], false);
    }
  }
}

async function isLive(ports: ReportPorts, { event: id }: ReportRow): Promise<boolean> {
  const event = await loadEvent(ports, id);
  return event !== undefined && statusAt(event, ports.clock.now()) === 'live';
}

function absentKey(connection: string): Key {
  return { pk: `C#${connection}`, sk: 'WB-ABSENT' };
}

/**
 * An audience being invited, or only counted: row `AR#<run>` / `AR` with its counts, and one row for each person it came to, so that a page
 * that is read twice counts once.
 */
import type { Batch } from '../../../connectors/contract.ts';
import { newId } from '../../kernel/ids.ts';
import type { Change, Json, Key, NewJob, Ports, Row } from '../../kernel/ports.ts';

export const COUNTS = ['seen', 'new', 'already', 'suppressed', 'withoutConsent', 'invalid'] as const;
export type Count = (typeof COUNTS)[number];
export type Counts = { readonly [count in Count]: number };

export interface AudienceRun {
  readonly id: string;
  readonly workspace: string;
  readonly event: string;
  readonly connection: string;
  readonly audience: string;
  readonly dryRun: boolean;
  /** `waiting`: for the platform, or for the account to be connected again. */
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  readonly counts: Counts;
  /** Why people were left out, in stable words. */
  readonly skipped: { readonly [reason: string]: number };
  readonly problem: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** The page to read next, and the platform's cursor to it. */
  readonly page: number;
  readonly cursor: string | null;
}

/** What became of one contact. */
export interface Reached {
  readonly count: Exclude<Count, 'seen'>;
  readonly reason: string | null;
}

type TablePort = Pick<Ports, 'table'>;

const WHY = 'why_';
const RUNS_READ = 100;

export async function openRun(
  ports: Pick<Ports, 'table' | 'clock' | 'random' | 'settings'>,
  asked: Pick<AudienceRun, 'workspace' | 'event' | 'connection' | 'audience' | 'dryRun'>,
): Promise<AudienceRun> {
  const id = newId(ports.random, 'run');
  const startedAt = new Date(ports.clock.now()).toISOString();
  const row: Row = {
    ...keyOf(id),
    i1pk: `AR#${asked.connection}`,
    i1sk: `${startedAt}#${id}`,
    ...asked,
    id,
    state: 'running',
    problem: null,
    startedAt,
    finishedAt: null,
    page: 0,
    cursor: null,
    expires: runEnd(ports),
  };
  await ports.table.put(row, { jobs: [pageJob(id, 0)] });
  return runFrom(row);
}

export async function audienceRun(ports: TablePort, id: string): Promise<AudienceRun | undefined> {
  const row = await ports.table.get(keyOf(id));
  return row === undefined ? undefined : runFrom(row);
}

/** Moves on from the page; a second end of the same page changes nothing. */
export async function turnPage(
  ports: Pick<Ports, 'table' | 'clock'>,
  run: AudienceRun,
  reached: readonly Reached[],
  { next, pauseMs }: Pick<Batch<unknown>, 'next' | 'pauseMs'>,
): Promise<void> {
  const add: Record<string, number> = { n_seen: reached.length };
  for (const { count, reason } of reached) {
    add[`n_${count}`] = (add[`n_${count}`] ?? 0) + 1;
    if (reason !== null) add[`${WHY}${reason}`] = (add[`${WHY}${reason}`] ?? 0) + 1;
  }
  const page = run.page + 1;
  const ended = { state: 'done', finishedAt: new Date(ports.clock.now()).toISOString() };
  const set = { page, cursor: next, problem: null, state: 'running', ...(next === null ? ended : {}) };
  const after = ports.clock.now() + (pauseMs ?? 0);
  await change(ports, run, { add, set }, next === null ? [] : [{ ...pageJob(run.id, page), after }]);
}

export async function waitWith(ports: TablePort, run: AudienceRun, problem: string): Promise<void> {
  await change(ports, run, { set: { state: 'waiting', problem } });
}

/** What was counted up to here stays. */
export async function failWith(
  ports: Pick<Ports, 'table' | 'clock'>,
  run: AudienceRun,
  problem: string,
): Promise<void> {
  const finishedAt = new Date(ports.clock.now()).toISOString();
  await change(ports, run, { set: { state: 'failed', problem, finishedAt } });
}

/** The account is connected again. */
export async function resumeRuns(ports: TablePort & Pick<Ports, 'jobs'>, connection: string): Promise<void> {
  const page = await ports.table.query({
    index: 1,
    pk: `AR#${connection}`,
    newestFirst: true,
    limit: RUNS_READ,
  });
  const waiting = page.items.map(runFrom).filter(({ state }) => state === 'waiting');
  if (waiting.length > 0) await ports.jobs.add(waiting.map(({ id, page }) => pageJob(id, page)));
}

/** What this run made of the person before; undefined: it had not come to him yet. */
export async function reachedBefore(
  ports: TablePort,
  run: AudienceRun,
  person: string,
): Promise<(Reached & { readonly page: number }) | undefined> {
  const row = await ports.table.get(personKey(run.id, person));
  if (row === undefined) return undefined;
  const reason = typeof row.reason === 'string' ? row.reason : null;
  return { count: row.count as Reached['count'], reason, page: Number(row.page) };
}

export async function noteReached(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  run: AudienceRun,
  person: string,
  { count, reason }: Reached,
): Promise<void> {
  const { page, workspace } = run;
  const row = { ...personKey(run.id, person), workspace, count, reason, page, expires: runEnd(ports) };
  await ports.table.put(row, { if: { row: 'absent' } });
}

async function change(
  ports: TablePort,
  run: AudienceRun,
  what: Change,
  jobs: readonly NewJob[] = [],
): Promise<void> {
  await ports.table.update(keyOf(run.id), what, {
    if: {
      all: [
        { attribute: 'page', is: run.page },
        { attribute: 'state', isNot: 'done' },
        { attribute: 'state', isNot: 'failed' },
      ],
    },
    jobs,
  });
}

function pageJob(run: string, page: number): NewJob {
  return { lane: 'bulk', kind: 'audience', body: { run, page } };
}

function runFrom(row: Row): AudienceRun {
  const counts = Object.fromEntries(COUNTS.map(count => [count, numberOf(row[`n_${count}`])]));
  const skipped = Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(WHY) ? [[name.slice(WHY.length), numberOf(value)]] : [],
    ),
  );
  return {
    id: String(row.id),
    workspace: String(row.workspace),
    event: String(row.event),
    connection: String(row.connection),
    audience: String(row.audience),
    dryRun: row.dryRun === true,
    state: row.state as AudienceRun['state'],
    counts: counts as Counts,
    skipped,
    problem: textOf(row.problem),
    startedAt: String(row.startedAt),
    finishedAt: textOf(row.finishedAt),
    page: Number(row.page),
    cursor: textOf(row.cursor),
  };
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function runEnd(ports: Pick<Ports, 'clock' | 'settings'>): number {
  return Math.floor(ports.clock.now() / 1000) + ports.settings.limits.KEEP_AUDIENCE_RUNS_DAYS * 86_400;
}

function keyOf(id: string): Key {
  return { pk: `AR#${id}`, sk: 'AR' };
}

function personKey(id: string, person: string): Key {
  return { pk: `AR#${id}`, sk: `P#${person}` };
}

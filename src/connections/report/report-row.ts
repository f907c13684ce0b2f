/**
 * What was written of one person and event to one connection: row `C#<connection>` / `WB#<event>#<person>`. The write under way stands
 * in it before its first call, with each step that may not be repeated; so a crash, a lost answer and a duplicate all go on from here.
 */
import type { ReportedState } from '../../../connectors/contract.ts';
import type { Json, Key, Page, Ports, Row } from '../../kernel/ports.ts';

/** `open`: something is still to be written. `absent`: no such contact there. `failed`: the platform will never take this state. */
export type ReportOutcome = 'open' | 'written' | 'absent' | 'failed';

export interface Written {
  readonly state: ReportedState;
  readonly key: string;
  readonly at: string;
  readonly writtenAt: string;
}

export interface Intent {
  /** Counts the states of this person that were ever begun: part of the platform's own key against repeats. */
  readonly n: number;
  readonly state: ReportedState;
  readonly key: string;
  readonly at: string;
  readonly previous: ReportedState | null;
  readonly backfill: boolean;
  readonly steps: { readonly [name: string]: 'begun' | 'done' };
}

export interface ReportRow {
  readonly event: string;
  readonly person: string;
  readonly workspace: string;
  readonly outcome: ReportOutcome;
  readonly written: Written | null;
  readonly intent: Intent | null;
  /** The states so far. */
  readonly count: number;
  /** The key of the state that failed for good. */
  readonly failed: string | null;
  readonly problem: { readonly code: string; readonly sentence: string } | null;
  /** RFC 3339: the last change of the outcome. */
  readonly at: string;
  /** The token of optimistic writes; 0: not stored yet. */
  readonly version: number;
}

export interface ReportName {
  readonly connection: string;
  readonly event: string;
  readonly person: string;
}

export async function reportRow(
  ports: Pick<Ports, 'table'>,
  name: ReportName,
): Promise<ReportRow | undefined> {
  const row = await ports.table.get(keyOf(name));
  return row === undefined ? undefined : fromRow(row);
}

/** Answers it as stored; undefined: somebody else wrote, so this worker has no say any more. */
export async function saveReportRow(
  ports: Pick<Ports, 'table'>,
  connection: string,
  next: ReportRow,
  jobs: Parameters<Ports['table']['put']>[1] = {},
): Promise<ReportRow | undefined> {
  const stored: ReportRow = { ...next, version: next.version + 1 };
  const saved = await ports.table.put(toRow(connection, stored), {
    ...jobs,
    if: next.version === 0 ? { row: 'absent' } : { attribute: 'version', is: next.version },
  });
  return saved ? stored : undefined;
}

/** Those of a connection that are absent or failed, oldest first. The list may lag. */
export async function listReports(
  ports: Pick<Ports, 'table'>,
  asked: {
    readonly connection: string;
    readonly outcome: 'absent' | 'failed';
    readonly limit: number;
    readonly cursor?: string;
  },
): Promise<Page<ReportRow>> {
  const page = await ports.table.query({
    index: 2,
    pk: listKey(asked.connection, asked.outcome),
    limit: asked.limit,
    ...(asked.cursor === undefined ? {} : { cursor: asked.cursor }),
  });
  return { ...page, items: page.items.map(fromRow) };
}

/** Events for which this person was absent at the connection. */
export async function absencesOf(
  ports: Pick<Ports, 'table'>,
  connection: string,
  person: string,
): Promise<readonly string[]> {
  const page = await ports.table.query({ index: 1, pk: absenceKey(connection, person) });
  return page.items.map(row => String(row.event));
}

function toRow(connection: string, { event, person, outcome, at, ...rest }: ReportRow): Row {
  const listed = outcome === 'absent' || outcome === 'failed';
  return {
    ...keyOf({ connection, event, person }),
    ...(listed ? { i2pk: listKey(connection, outcome), i2sk: `${at}#${event}#${person}` } : {}),
    ...(outcome === 'absent' ? { i1pk: absenceKey(connection, person), i1sk: event } : {}),
    event,
    person,
    outcome,
    at,
    ...(rest as unknown as { readonly [name: string]: Json }),
  };
}

function fromRow(row: Row): ReportRow {
  const { pk: _pk, sk: _sk, i1pk: _i1pk, i1sk: _i1sk, i2pk: _i2pk, i2sk: _i2sk, ...rest } = row;
  return rest as unknown as ReportRow;
}

function keyOf({ connection, event, person }: ReportName): Key {
  return { pk: `C#${connection}`, sk: `WB#${event}#${person}` };
}

function listKey(connection: string, outcome: 'absent' | 'failed'): string {
  return `WB#${connection}#${outcome}`;
}

function absenceKey(connection: string, person: string): string {
  return `WB#${connection}#${person}`;
}

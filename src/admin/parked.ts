/**
 * Work that failed for good: visible to whoever can act, and replayable (P8). Row `P#<id>` / `P`; index 1 lists a workspace's,
 * index 2 the installation's. Parking the same job twice is one row.
 */
import { createHash } from 'node:crypto';
import { loadEvent } from '../events/store.ts';
import { tryAgain } from '../invites/ledger.ts';
import { MissingError } from '../kernel/errors.ts';
import { idOf } from '../kernel/ids.ts';
import type { Json, Lane, Page, Ports, Row, TakenJob } from '../kernel/ports.ts';

export interface Parked {
  readonly id: string;
  readonly at: string;
  readonly workspace: string | null;
  readonly event: string | null;
  readonly kind: string;
  readonly reason: string;
  /** What is wrong, in words; null: the reason says all. */
  readonly sentence: string | null;
  readonly attempts: number;
  readonly state: 'parked' | 'replayed';
}

const ALL = 'PARKED';
/** A mail whose outcome stayed unknown: replaying it sends it once more. */
const UNRESOLVED = 'unresolved';
const PAGE = 100;

export interface FailedJob extends Pick<TakenJob, 'id' | 'lane' | 'kind' | 'body'> {
  readonly attempts: number;
  readonly reason: string;
  readonly sentence?: string;
}

/** Answers the parked row's id. */
export async function park(ports: Pick<Ports, 'table' | 'blobs' | 'clock'>, job: FailedJob): Promise<string> {
  const id = idOf('prk', createHash('sha256').update(`${job.kind}\n${job.id}`).digest());
  const at = new Date(ports.clock.now()).toISOString();
  const place = `${at}#${id}`;
  const event = typeof job.body.event === 'string' ? job.body.event : null;
  const workspace = event === null ? null : ((await loadEvent(ports, event))?.workspace ?? null);
  await ports.table.put(
    {
      ...keyOf(id),
      ...(workspace === null ? {} : { i1pk: listOf(workspace), i1sk: place }),
      i2pk: ALL,
      i2sk: place,
      id,
      at,
      workspace,
      event,
      kind: job.kind,
      lane: job.lane,
      body: job.body,
      reason: job.reason,
      sentence: job.sentence ?? null,
      attempts: job.attempts,
      state: 'parked',
    },
    { if: { any: [{ row: 'absent' }, { attribute: 'state', is: 'replayed' }] } },
  );
  return id;
}

/** Newest first; `workspace` null: the operator, who sees all. */
export async function listParked(
  ports: Pick<Ports, 'table'>,
  workspace: string | null,
  cursor?: string,
): Promise<Page<Parked>> {
  const page = await ports.table.query({
    ...(workspace === null ? { index: 2, pk: ALL } : { index: 1, pk: listOf(workspace) }),
    newestFirst: true,
    limit: PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { ...page, items: page.items.map(parkedOf) };
}

/** Puts the work back into its lane, once: a second replay finds it replayed and does nothing more (F30). */
export async function replayParked(
  ports: Pick<Ports, 'table'>,
  asked: { readonly workspace: string | null; readonly id: string },
): Promise<Parked> {
  const row = await ports.table.get(keyOf(asked.id));
  if (row === undefined || (asked.workspace !== null && row.workspace !== asked.workspace)) {
    throw new MissingError('unknown_parked', 'There is no such parked work.');
  }
  if (row.state === 'parked' && row.kind === UNRESOLVED) await tryAgain(ports, sendOf(row));
  const replayed = await ports.table.update(
    keyOf(asked.id),
    { set: { state: 'replayed' } },
    {
      if: { attribute: 'state', is: 'parked' },
      // A send of unknown outcome is planned again above; its own job follows from that.
      jobs: row.kind === UNRESOLVED ? [] : [{ lane: laneOf(row), kind: String(row.kind), body: bodyOf(row) }],
    },
  );
  return parkedOf(replayed ?? { ...row, state: 'replayed' });
}

function keyOf(id: string) {
  return { pk: `P#${id}`, sk: 'P' };
}

function listOf(workspace: string): string {
  return `W#${workspace}#PARKED`;
}

function sendOf(row: Row): { readonly event: string; readonly send: string } {
  const { event, send } = bodyOf(row);
  return { event: String(event), send: String(send) };
}

function laneOf(row: Row): Lane {
  return row.lane === 'bulk' ? 'bulk' : 'fast';
}

function bodyOf(row: Row): { readonly [name: string]: Json } {
  const { body } = row;
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as { readonly [name: string]: Json })
    : {};
}

function parkedOf(row: Row): Parked {
  return {
    id: String(row.id),
    at: String(row.at),
    workspace: typeof row.workspace === 'string' ? row.workspace : null,
    event: typeof row.event === 'string' ? row.event : null,
    kind: String(row.kind),
    reason: String(row.reason),
    sentence: typeof row.sentence === 'string' ? row.sentence : null,
    attempts: Number(row.attempts),
    state: row.state === 'replayed' ? 'replayed' : 'parked',
  };
}

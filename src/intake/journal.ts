/**
 * Every accepted mail and its one terminal outcome (P1). `acceptArrival` resolves only when raw mail, row and job are durable.
 * Rows: `AI#<id>` leads to `A#<month>` / `<time>#<id>`; index 1 lists a workspace's, index 2 what has no outcome yet.
 */
import { newId, randomText } from '../kernel/ids.ts';
import type { Key, Page, Ports, Row } from '../kernel/ports.ts';
import { monthPartition, newestFirst } from '../organizers/by-month.ts';

export type ArrivalOutcome =
  | 'applied'
  | 'draft'
  | 'duplicate'
  | 'rejected'
  | 'quarantined'
  | 'reply'
  | 'bounce'
  | 'automatic'
  | 'list'
  | 'message';

export interface Remote {
  readonly ip: string | null;
  readonly helo: string | null;
  readonly loopback: boolean;
}

/** What contract.md shows of an arrival, and what working on it needs. */
export interface ArrivalRecord {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string | null;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly messageId: string | null;
  readonly method: string | null;
  readonly uid: string | null;
  readonly outcome: ArrivalOutcome | null;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly event: string | null;
  readonly workspace: string | null;
  /** The envelope's sender; empty for `<>`. */
  readonly mailFrom: string;
  readonly remote: Remote;
  /** Where the raw mail lies. */
  readonly blob: string;
}

export interface ArrivalEnd {
  readonly outcome: ArrivalOutcome;
  readonly reason: string | null;
  readonly evidence?: string | null;
  readonly workspace?: string | null;
  readonly event?: string | null;
  readonly uid?: string | null;
  readonly method?: string | null;
  readonly from?: string | null;
  readonly subject?: string | null;
  readonly messageId?: string | null;
}

const OPEN = 'ARRIVALS#OPEN';
const DAY_SECONDS = 86_400;
const OVERDUE_MS = 10 * 60_000;
/** Longer header values are cut: the raw mail has them. */
const SHOWN_CHARS = 998;

type AcceptPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>;

/** `id` where the outside names the mail itself (an object's key): the same id twice is one arrival. */
export async function acceptArrival(
  ports: AcceptPorts,
  input: {
    readonly raw: Uint8Array;
    readonly mailFrom: string;
    readonly recipients: readonly string[];
    readonly remote: Remote;
    readonly id?: string;
    /** Where the raw mail lies already. */
    readonly blobKey?: string;
  },
): Promise<string> {
  const id = input.id ?? newId(ports.random, 'arr');
  const now = ports.clock.now();
  const expires = Math.floor(now / 1000) + ports.settings.limits.KEEP_ARRIVALS_DAYS * DAY_SECONDS;
  const blob = input.blobKey ?? (await storeRaw(ports, input.raw, now));
  const place = await takePlace(ports, id, new Date(now).toISOString(), expires);
  const row: Row = {
    ...keyAt(place, id),
    i2pk: OPEN,
    i2sk: `${place}#${id}`,
    id,
    receivedAt: place,
    mailFrom: input.mailFrom,
    to: input.recipients,
    ip: input.remote.ip,
    helo: input.remote.helo,
    loopback: input.remote.loopback,
    blob,
    outcome: null,
    expires,
  };
  const written = await ports.table.put(row, { if: { row: 'absent' }, jobs: [job(id)] });
  if (!written && input.blobKey === undefined) await ports.blobs.remove(blob);
  return id;
}

export async function loadArrival(
  ports: Pick<Ports, 'table'>,
  id: string,
): Promise<ArrivalRecord | undefined> {
  const key = await findKey(ports, id);
  const row = key === undefined ? undefined : await ports.table.get(key);
  return row === undefined ? undefined : recordOf(row);
}

/** The first outcome stays. Answers the arrival as it stands then. */
export async function finishArrival(
  ports: Pick<Ports, 'table'>,
  id: string,
  end: ArrivalEnd,
): Promise<ArrivalRecord | undefined> {
  const key = await findKey(ports, id);
  if (key === undefined) return undefined;
  const workspace = end.workspace ?? null;
  const row = await ports.table.update(
    key,
    {
      set: {
        outcome: end.outcome,
        reason: end.reason,
        evidence: end.evidence ?? null,
        workspace,
        event: end.event ?? null,
        uid: shown(end.uid),
        method: shown(end.method),
        from: shown(end.from),
        subject: shown(end.subject),
        messageId: shown(end.messageId),
        ...(workspace === null ? {} : { i1pk: listOf(workspace), i1sk: key.sk }),
      },
      remove: ['i2pk', 'i2sk'],
    },
    { if: { attribute: 'outcome', is: null } },
  );
  const standing = row ?? (await ports.table.get(key));
  return standing === undefined ? undefined : recordOf(standing);
}

/** Newest first; `workspace` null: the operator, who sees all. */
export async function listArrivals(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: { readonly workspace: string | null; readonly cursor?: string },
): Promise<Page<ArrivalRecord>> {
  const { PAGE_SIZE: limit, KEEP_ARRIVALS_DAYS: keepDays } = ports.settings.limits;
  const more = input.cursor === undefined ? {} : { cursor: input.cursor };
  const page =
    input.workspace === null
      ? await newestFirst(ports, { prefix: 'A', keepDays, limit, ...more })
      : await ports.table.query({ index: 1, pk: listOf(input.workspace), newestFirst: true, limit, ...more });
  return { ...page, items: page.items.map(recordOf) };
}

/** Puts arrivals without an outcome back to work: a lost job loses no mail. Answers how many. */
export async function sweepArrivals(ports: Pick<Ports, 'table' | 'jobs' | 'clock'>): Promise<number> {
  const before = new Date(ports.clock.now() - OVERDUE_MS).toISOString();
  let swept = 0;
  let cursor: string | undefined;
  do {
    const page: Page<Row> = await ports.table.query({
      index: 2,
      pk: OPEN,
      before,
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const due = page.items.filter(row => !isSweptLately(row, ports.clock.now()));
    for (const row of due) await requeue(ports, row);
    swept += due.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return swept;
}

/** Not again each minute: what is parked or waits in a long queue would only fill it. */
function isSweptLately(row: Row, now: number): boolean {
  return typeof row.sweptAt === 'number' && now - row.sweptAt < OVERDUE_MS;
}

async function requeue(ports: Pick<Ports, 'table' | 'clock'>, row: Row): Promise<void> {
  await ports.table.update(
    { pk: row.pk, sk: row.sk },
    { set: { sweptAt: ports.clock.now() } },
    { if: { attribute: 'outcome', is: null }, jobs: [job(String(row.id))] },
  );
}

function job(arrival: string) {
  return { lane: 'fast', kind: 'arrival', body: { arrival } } as const;
}

async function storeRaw(
  ports: Pick<Ports, 'blobs' | 'random'>,
  raw: Uint8Array,
  now: number,
): Promise<string> {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  const blob = `raw/${day}/${randomText(ports.random, 26)}.eml`;
  await ports.blobs.put(blob, raw);
  return blob;
}

/** The time under which an arrival lies: decided once, also when its mail is announced twice. */
async function takePlace(
  ports: Pick<Ports, 'table'>,
  id: string,
  receivedAt: string,
  expires: number,
): Promise<string> {
  const key = pointerKey(id);
  if (await ports.table.put({ ...key, receivedAt, expires }, { if: { row: 'absent' } })) return receivedAt;
  const standing = await ports.table.get(key);
  return typeof standing?.receivedAt === 'string' ? standing.receivedAt : receivedAt;
}

async function findKey(ports: Pick<Ports, 'table'>, id: string): Promise<Key | undefined> {
  const pointer = await ports.table.get(pointerKey(id));
  return typeof pointer?.receivedAt === 'string' ? keyAt(pointer.receivedAt, id) : undefined;
}

function pointerKey(id: string): Key {
  return { pk: `AI#${id}`, sk: 'AI' };
}

function keyAt(receivedAt: string, id: string): Key {
  return { pk: monthPartition('A', receivedAt), sk: `${receivedAt}#${id}` };
}

function listOf(workspace: string): string {
  return `W#${workspace}#A`;
}

function shown(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : text.slice(0, SHOWN_CHARS);
}

function recordOf(row: Row): ArrivalRecord {
  return {
    id: String(row.id),
    receivedAt: String(row.receivedAt),
    from: textOf(row.from),
    to: Array.isArray(row.to) ? row.to.map(String) : [],
    subject: textOf(row.subject),
    messageId: textOf(row.messageId),
    method: textOf(row.method),
    uid: textOf(row.uid),
    outcome: (row.outcome ?? null) as ArrivalOutcome | null,
    reason: textOf(row.reason),
    evidence: textOf(row.evidence),
    event: textOf(row.event),
    workspace: textOf(row.workspace),
    mailFrom: String(row.mailFrom ?? ''),
    remote: { ip: textOf(row.ip), helo: textOf(row.helo), loopback: row.loopback === true },
    blob: String(row.blob),
  };
}

function textOf(value: Row[string]): string | null {
  return typeof value === 'string' ? value : null;
}

/** Connections in the table. What happens to a row is decided by its own conditions: late news of an older grant changes nothing. */
import type { Account, PlatformName } from '../../../connectors/contract.ts';
import type { Condition, Json, NewJob, Page, Ports } from '../../kernel/ports.ts';
import { noteConnected } from '../../organizers/connected.ts';
import {
  CONNECTIONS,
  type Connection,
  type ConnectionState,
  connectionFrom,
  connectionId,
  connectionKey,
  dueKey,
  isConnectionId,
  listOf,
} from './connection.ts';

type TablePort = Pick<Ports, 'table'>;

/** A sync is noted twice a minute at most: not a write for every report. */
const SYNC_NOTED_MS = 30_000;
/** Accounts of one workspace; the plans of both platforms end long before. */
const ACCOUNTS_READ = 100;

export async function connectionById(ports: TablePort, id: string): Promise<Connection | null> {
  if (!isConnectionId(id)) return null;
  const row = await ports.table.get(connectionKey(id));
  return row === undefined ? null : connectionFrom(row);
}

/** `workspace` null: the operator, who sees all. */
export async function listConnections(
  ports: Pick<Ports, 'table' | 'settings'>,
  workspace: string | null,
  cursor?: string,
): Promise<Page<Connection>> {
  const page = await ports.table.query({
    ...(workspace === null ? { index: 2, pk: CONNECTIONS } : { index: 1, pk: listOf(workspace) }),
    limit: ports.settings.limits.PAGE_SIZE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { ...page, items: page.items.map(connectionFrom) };
}

/** The connected one of a workspace at a platform; where there are several, the one connected last. */
export async function connectionOf(
  ports: TablePort,
  workspace: string,
  platform: PlatformName,
): Promise<Connection | null> {
  const page = await ports.table.query({ index: 1, pk: listOf(workspace), limit: ACCOUNTS_READ });
  // The index may lag: each is read once more by its own key.
  const found = await Promise.all(
    page.items
      .map(connectionFrom)
      .filter(connection => connection.platform === platform)
      .map(({ id }) => connectionById(ports, id)),
  );
  const connected = found.filter(connection => connection?.state === 'connected');
  return connected.sort((one, other) => newerFirst(one, other))[0] ?? null;
}

function newerFirst(one: Connection | null, other: Connection | null): number {
  return (one?.connectedAt ?? '') < (other?.connectedAt ?? '') ? 1 : -1;
}

/** Made, or made anew: the same account keeps its id, its home audience and its last sync. */
export async function openConnection(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  input: { readonly workspace: string; readonly platform: PlatformName; readonly account: Account },
  jobsOf: (id: string) => readonly NewJob[],
): Promise<Connection> {
  const id = connectionId(input.workspace, input.platform, input.account.id);
  const now = ports.clock.now();
  const row = await ports.table.update(
    connectionKey(id),
    {
      set: {
        workspace: input.workspace,
        platform: input.platform,
        account: input.account.id,
        accountName: input.account.name,
        endpoint: input.account.endpoint ?? '',
        state: 'connected',
        problem: '',
        connectedAt: new Date(now).toISOString(),
        i1pk: listOf(input.workspace),
        i1sk: id,
        i2pk: CONNECTIONS,
        i2sk: dueKey(id, now + ports.settings.limits.CONNECTION_CHECK_SECONDS * 1000),
      },
      add: { version: 1 },
    },
    { orCreate: true, jobs: jobsOf(id) },
  );
  if (row === undefined) throw new Error('a connection was not written');
  await noteConnected(ports, input.workspace, true);
  return connectionFrom(row);
}

/** `connectedAt`, where named: only while that grant stands. A disconnected one stays so, whatever is heard of it. */
export async function noteHealth(
  ports: Pick<Ports, 'table' | 'clock'>,
  id: string,
  health: {
    readonly synced?: true;
    readonly problem?: string | null;
    readonly state?: ConnectionState;
    readonly connectedAt?: string;
  },
): Promise<void> {
  const now = ports.clock.now();
  const set: Record<string, Json> = {};
  if (health.synced === true) set.lastSyncAt = new Date(now).toISOString();
  if (health.problem !== undefined) set.problem = health.problem ?? '';
  if (health.state !== undefined) set.state = health.state;
  if (health.state !== undefined && health.state !== 'connected') set.i2sk = dueKey(id, null);
  if (Object.keys(set).length === 0) return;
  const conditions: Condition[] = [{ attribute: 'state', isNot: 'disconnected' }, { row: 'present' }];
  const over = health.state === 'needs_reconnect';
  // Said and told once: whoever finds it dead after the first changes nothing.
  if (over) conditions.push({ attribute: 'state', isNot: 'needs_reconnect' });
  if (health.connectedAt !== undefined) conditions.push({ attribute: 'connectedAt', is: health.connectedAt });
  if (health.state === undefined && health.synced === true) {
    conditions.push(worthNoting(now, health.problem));
  }
  await ports.table.update(
    connectionKey(id),
    { set, add: { version: 1 } },
    {
      if: { all: conditions },
      ...(over ? { jobs: [{ lane: 'fast', kind: 'connection-over', body: { connection: id } }] } : {}),
    },
  );
}

function worthNoting(now: number, problem: string | null | undefined): Condition {
  const before = new Date(now - SYNC_NOTED_MS).toISOString();
  return {
    any: [
      { attribute: 'lastSyncAt', missing: true },
      { attribute: 'lastSyncAt', atMost: before },
      ...(problem === undefined ? [] : [{ attribute: 'problem', isNot: problem ?? '' } as const]),
    ],
  };
}

/** Answers the connection as it is now; null: there is none that is connected. */
export async function setAudience(
  ports: TablePort,
  id: string,
  audience: string | null,
): Promise<Connection | null> {
  const row = await ports.table.update(
    connectionKey(id),
    { set: { audience: audience ?? '' }, add: { version: 1 } },
    { if: { all: [{ row: 'present' }, { attribute: 'state', isNot: 'disconnected' }] } },
  );
  return row === undefined ? null : connectionFrom(row);
}

/** From here on nothing uses it. Answers what stood; null: it was disconnected already. */
export async function closeConnection(
  ports: TablePort,
  connection: Connection,
  jobs: readonly NewJob[],
): Promise<Connection | null> {
  const row = await ports.table.update(
    connectionKey(connection.id),
    {
      set: { state: 'disconnected', problem: '', audience: '', i2sk: dueKey(connection.id, null) },
      add: { version: 1 },
    },
    {
      if: {
        all: [
          { attribute: 'state', isNot: 'disconnected' },
          { attribute: 'connectedAt', is: connection.connectedAt },
        ],
      },
      jobs,
    },
  );
  return row === undefined ? null : connectionFrom(row);
}

/** Whether the workspace has any left that is not disconnected. */
export async function noteWhetherConnected(ports: TablePort, workspace: string): Promise<void> {
  const page = await ports.table.query({ index: 1, pk: listOf(workspace), limit: ACCOUNTS_READ });
  const found = await Promise.all(page.items.map(row => ports.table.get({ pk: row.pk, sk: row.sk })));
  const left = found.some(row => row !== undefined && row.state !== 'disconnected');
  await noteConnected(ports, workspace, left);
}

/** Whether a workspace has an account at a platform: a flag on its own row, so that those without one pay one read in a while for it. */
import type { Clock, Key, Table } from '../kernel/ports.ts';

const KEPT_MS = 30_000;
/** More workspaces than one process serves at a time; then the memory starts anew. */
const MOST_KEPT = 10_000;

interface Known {
  readonly connected: boolean;
  readonly until: number;
}

const memory = new WeakMap<Table, Map<string, Known>>();

/** May be up to half a minute old: what was missed meanwhile, the backfill of a new connection finds. */
export async function isConnected(
  ports: { readonly table: Table; readonly clock: Clock },
  workspace: string,
): Promise<boolean> {
  const known = knownOf(ports.table);
  const now = ports.clock.now();
  const kept = known.get(workspace);
  if (kept !== undefined && now < kept.until && now >= kept.until - KEPT_MS) return kept.connected;
  const connected = (await ports.table.get(keyOf(workspace)))?.connected === true;
  if (known.size >= MOST_KEPT) known.clear();
  known.set(workspace, { connected, until: now + KEPT_MS });
  return connected;
}

/** Also true while a connection waits to be renewed: its work is kept. */
export async function noteConnected(
  ports: { readonly table: Table },
  workspace: string,
  connected: boolean,
): Promise<void> {
  await ports.table.update(keyOf(workspace), { set: { connected } });
  knownOf(ports.table).delete(workspace);
}

function knownOf(table: Table): Map<string, Known> {
  const known = memory.get(table) ?? new Map<string, Known>();
  memory.set(table, known);
  return known;
}

function keyOf(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'W' };
}

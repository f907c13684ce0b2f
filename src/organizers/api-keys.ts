/** A workspace's API keys: kept as a hash, shown once. Rows `K#<hash>` / `K`, listed through index 1. */
import { createHash } from 'node:crypto';
import { MissingError } from '../kernel/errors.ts';
import { newId, randomText } from '../kernel/ids.ts';
import type { Page, Ports, Row } from '../kernel/ports.ts';

export type Scope = 'read' | 'write';

export interface ApiKey {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
}

const SECRET_CHARS = 40;
const PREFIX = 'sis_';

export async function makeKey(
  ports: Pick<Ports, 'table' | 'clock' | 'random'>,
  input: { workspace: string; name: string; scopes: readonly Scope[] },
): Promise<{ readonly record: ApiKey; readonly key: string }> {
  const key = PREFIX + randomText(ports.random, SECRET_CHARS);
  const record: ApiKey = {
    id: newId(ports.random, 'key'),
    ...input,
    createdAt: new Date(ports.clock.now()).toISOString(),
  };
  await ports.table.put({
    ...keyOf(key),
    i1pk: listOf(input.workspace),
    i1sk: record.id,
    ...record,
  });
  return { record, key };
}

/** The record behind a presented key; undefined for an unknown one. Looked up by hash, so no comparison can be timed. */
export async function findKey(ports: Pick<Ports, 'table'>, key: string): Promise<ApiKey | undefined> {
  if (!key.startsWith(PREFIX) || key.length > 200) return undefined;
  const row = await ports.table.get(keyOf(key));
  return row === undefined ? undefined : recordOf(row);
}

export async function listKeys(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  cursor?: string,
): Promise<Page<ApiKey>> {
  const page = await ports.table.query({
    index: 1,
    pk: listOf(workspace),
    limit: 100,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { items: page.items.map(recordOf), ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}

/** `workspace` null: the operator. A foreign key is as missing as an unknown one. */
export async function removeKey(ports: Pick<Ports, 'table'>, workspace: string, id: string): Promise<void> {
  const page = await ports.table.query({ index: 1, pk: listOf(workspace), begins: id });
  const row = page.items.find(item => item.id === id);
  if (row === undefined) throw new MissingError('unknown_key', 'There is no such key.');
  await ports.table.remove({ pk: row.pk, sk: row.sk });
}

function keyOf(key: string) {
  return { pk: `K#${createHash('sha256').update(key).digest('hex')}`, sk: 'K' };
}

function listOf(workspace: string): string {
  return `W#${workspace}#KEYS`;
}

function recordOf(row: Row): ApiKey {
  const scopes = Array.isArray(row.scopes)
    ? row.scopes.filter(scope => scope === 'read' || scope === 'write')
    : [];
  return {
    id: String(row.id),
    workspace: String(row.workspace),
    name: String(row.name),
    scopes,
    createdAt: String(row.createdAt),
  };
}

/**
 * The keys that sign a workspace's buttons: numbered, derived for (workspace, number), told apart by the row `W#<workspace>` / `BUTTONKEYS`.
 * Rotation makes the next number sign; older ones stay good until their links expire, unless a number is revoked.
 */
import type { KeyObject } from 'node:crypto';
import type { Key, Ports, Row } from '../../kernel/ports.ts';

export interface KeyName {
  readonly workspace: string;
  /** 1 the first time. */
  readonly number: number;
}

type TablePort = Pick<Ports, 'table'>;

const NAME = /^(ws_[0-9a-z]{1,40})\.([1-9]\d{0,5})$/;

export function readKeyName(text: unknown): KeyName | undefined {
  const [, workspace, number] = (typeof text === 'string' ? NAME.exec(text) : null) ?? [];
  return workspace === undefined ? undefined : { workspace, number: Number(number) };
}

export function buttonKey(ports: Pick<Ports, 'keys'>, { workspace, number }: KeyName): KeyObject {
  return ports.keys.derive(`button:${workspace}.${number}`);
}

/** The key that signs now; the first button of a workspace makes its row. */
export async function currentButtonKey(ports: TablePort, workspace: string): Promise<KeyName> {
  const key = rowKey(workspace);
  const standing = await ports.table.get(key);
  if (standing !== undefined) return { workspace, number: numberOf(standing) };
  await ports.table.put({ ...key, workspace, number: 1, revoked: [] }, { if: { row: 'absent' } });
  const row = await ports.table.get(key);
  return { workspace, number: row === undefined ? 1 : numberOf(row) };
}

/** Only names that were given out: nobody makes us derive keys for workspaces that he made up. */
export async function isLiveKey(ports: TablePort, name: KeyName): Promise<boolean> {
  const row = await ports.table.get(rowKey(name.workspace));
  return row !== undefined && name.number <= numberOf(row) && !revokedOf(row).includes(name.number);
}

/** From now on another key signs; buttons made before stay good. */
export async function rotateButtonKey(ports: TablePort, workspace: string): Promise<KeyName> {
  await currentButtonKey(ports, workspace);
  const row = await ports.table.update(rowKey(workspace), { add: { number: 1 } });
  return { workspace, number: row === undefined ? 1 : numberOf(row) };
}

/** A key that leaked: its links are nothing from now on, and another key signs. */
export async function revokeButtonKey(ports: TablePort, name: KeyName): Promise<void> {
  const current = await currentButtonKey(ports, name.workspace);
  if (name.number > current.number) return;
  const key = rowKey(name.workspace);
  await ports.table.update(key, { append: { revoked: [name.number] } });
  // Not where a rotation was first: then another key signs already.
  await ports.table.update(key, { add: { number: 1 } }, { if: { attribute: 'number', is: name.number } });
}

function rowKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'BUTTONKEYS' };
}

function numberOf(row: Row): number {
  return Number(row.number);
}

function revokedOf(row: Row): readonly unknown[] {
  return Array.isArray(row.revoked) ? row.revoked : [];
}

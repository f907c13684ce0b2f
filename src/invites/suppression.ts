/**
 * Addresses a workspace never mails, and addresses that have confirmed themselves. Rows `S#<workspace>#<person>`: `STOP` and `CONSENT`.
 * Holds hashes only: the row outlives the erasure of the address (T46).
 */
import { parseAddress } from '../kernel/address.ts';
import type { Key, Ports } from '../kernel/ports.ts';
import type { Stop } from './invite.ts';
import { personOf } from './rows.ts';

/** A stronger one replaces a weaker, never the other way round. */
const STRENGTH: Readonly<Record<Stop, number>> = { unsubscribed: 1, bounced: 2, complained: 3, erased: 4 };

export async function suppress(
  ports: Pick<Ports, 'table' | 'clock'>,
  input: { readonly workspace: string; readonly address: string; readonly reason: Stop },
): Promise<void> {
  const parsed = parseAddress(input.address);
  if (!parsed.ok) return;
  const person = personOf(parsed.address.normal);
  await ports.table.put(
    {
      ...stopKey(input.workspace, person),
      workspace: input.workspace,
      reason: input.reason,
      strength: STRENGTH[input.reason],
      at: new Date(ports.clock.now()).toISOString(),
    },
    { if: { any: [{ row: 'absent' }, { attribute: 'strength', below: STRENGTH[input.reason] }] } },
  );
}

/** Why this person gets nothing from this workspace; null: nothing stands against it. */
export async function stopOf(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  person: string,
): Promise<Stop | null> {
  return (await stoppedAt(ports, workspace, person))?.reason ?? null;
}

export async function stoppedAt(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  person: string,
): Promise<{ readonly reason: Stop; readonly at: string } | null> {
  const row = await ports.table.get(stopKey(workspace, person));
  return row === undefined ? null : { reason: row.reason as Stop, at: String(row.at) };
}

export async function isSuppressed(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  address: string,
): Promise<boolean> {
  const parsed = parseAddress(address);
  return parsed.ok && (await stopOf(ports, workspace, personOf(parsed.address.normal))) !== null;
}

/** Only his own wish can be taken back, and only by himself. */
export async function liftUnsubscribe(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  person: string,
): Promise<void> {
  await ports.table.remove(stopKey(workspace, person), { if: { attribute: 'reason', is: 'unsubscribed' } });
}

export async function noteConsent(
  ports: Pick<Ports, 'table' | 'clock'>,
  workspace: string,
  person: string,
): Promise<void> {
  const confirmedAt = new Date(ports.clock.now()).toISOString();
  await ports.table.put(
    { ...consentKey(workspace, person), workspace, confirmedAt },
    { if: { row: 'absent' } },
  );
}

export async function hasConsent(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  person: string,
): Promise<boolean> {
  return (await ports.table.get(consentKey(workspace, person))) !== undefined;
}

export function strongerStop(one: Stop | null, other: Stop | null): Stop | null {
  if (one === null || other === null) return one ?? other;
  return STRENGTH[one] >= STRENGTH[other] ? one : other;
}

function stopKey(workspace: string, person: string): Key {
  return { pk: `S#${workspace}#${person}`, sk: 'STOP' };
}

function consentKey(workspace: string, person: string): Key {
  return { pk: `S#${workspace}#${person}`, sk: 'CONSENT' };
}

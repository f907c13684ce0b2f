/** The rows of membership: `W#<workspace>` / `M#<address hash>` says who is in, `PERSON#<address hash>` / `W#<workspace>` where somebody is. */
import { addressHash } from '../kernel/address.ts';
import type { Key, Ports } from '../kernel/ports.ts';

export function memberKey(workspace: string, hash: string): Key {
  return { pk: `W#${workspace}`, sk: `M#${hash}` };
}

export function placeKey(workspace: string, hash: string): Key {
  return { pk: `PERSON#${hash}`, sk: `W#${workspace}` };
}

export async function isMember(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  address: string,
): Promise<boolean> {
  return (await ports.table.get(memberKey(workspace, addressHash(address)))) !== undefined;
}

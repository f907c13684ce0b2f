/**
 * The keys and rows of invites. `E#<event>#<shard>` holds an event's people on 16 partitions: `I#<person>` the invite,
 * `I#<person>#S#…` its mails behind it, so that one query gives both. `T#<token>` leads from a UID to its invite.
 */
import { addressHash } from '../kernel/address.ts';
import type { Json, Key, Row } from '../kernel/ports.ts';
import type { Invite, Send } from './invite.ts';
import type { MailKey } from './plan.ts';
import type { InviteName } from './token.ts';

export const SHARDS = 16;

export function personOf(address: string): string {
  return addressHash(address);
}

export function shardOf(person: string): number {
  return Number.parseInt(person.slice(0, 1), 16) % SHARDS;
}

export function partition(event: string, shard: number): string {
  return `E#${event}#${shard}`;
}

export function inviteKey({ event, person }: InviteName): Key {
  return { pk: partition(event, shardOf(person)), sk: `I#${person}` };
}

export function sendKey(name: InviteName, key: MailKey): Key {
  const { pk, sk } = inviteKey(name);
  return {
    pk,
    sk: `${sk}#S#${[key.generation, key.personal, key.revision, key.kind, key.component].join('#')}`,
  };
}

export function tokenKey(token: string): Key {
  return { pk: `T#${token}`, sk: 'T' };
}

export function personIn(sk: string): string {
  return sk.slice(2, 34);
}

export function isSendRow(row: Row): boolean {
  return row.sk.includes('#S#');
}

export function inviteRow(invite: Invite): Row {
  const { version, ...rest } = invite;
  return {
    ...inviteKey({ event: invite.event, person: personOf(invite.address) }),
    i1pk: `IV#${invite.id}`,
    i1sk: 'IV',
    ...(rest as unknown as { readonly [name: string]: Json }),
    version,
  };
}

export function inviteFrom(row: Row): Invite {
  const { pk: _pk, sk: _sk, i1pk: _i1pk, i1sk: _i1sk, ...rest } = row;
  return rest as unknown as Invite;
}

export function sendRow(invite: Pick<Invite, 'event' | 'address' | 'workspace'>, send: Send): Row {
  const name = { event: invite.event, person: personOf(invite.address) };
  return {
    ...sendKey(name, send),
    ...(send as unknown as { readonly [name: string]: Json }),
    workspace: invite.workspace,
  };
}

export function sendFrom(row: Row): Send {
  const { pk: _pk, sk: _sk, workspace: _workspace, ...rest } = row;
  return rest as unknown as Send;
}

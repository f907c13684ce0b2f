/** Who asks: the operator's key or a workspace's, as a bearer token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { DeniedError } from '../../kernel/errors.ts';
import type { Principal } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';
import { findKey } from '../../organizers/api-keys.ts';

export async function principalOf(
  ports: Pick<Ports, 'table'>,
  operatorKey: string,
  header: string | undefined,
  writes: boolean,
): Promise<Principal> {
  const key = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  if (key === undefined) throw new DeniedError('no_key', 'Send your API key: Authorization: Bearer <key>.');
  if (same(key, operatorKey)) return { kind: 'operator' };
  const record = await findKey(ports, key);
  if (record === undefined) throw new DeniedError('no_key', 'This API key is not known here.');
  if (!record.scopes.includes(writes ? 'write' : 'read')) {
    throw new DeniedError('scope_missing', `This key may not ${writes ? 'write' : 'read'}.`);
  }
  return { kind: 'workspace', workspace: record.workspace, key: record.id };
}

/** Compares hashes, so that neither length nor content can be timed. */
function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

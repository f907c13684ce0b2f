/**
 * Who asks: the operator's key or a workspace's, as a bearer token; else the dashboard's session by its cookie. A cookie comes along with
 * whatever a browser is made to send, so a request by cookie must also come from a page of ours.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DeniedError } from '../../kernel/errors.ts';
import type { Principal } from '../../kernel/operation.ts';
import type { Ports, Settings } from '../../kernel/ports.ts';
import { findKey } from '../../organizers/api-keys.ts';
import { sessionOf } from '../../organizers/session.ts';

export async function principalOf(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  operatorKey: string,
  headers: IncomingHttpHeaders,
  writes: boolean,
): Promise<Principal> {
  return headers.authorization === undefined
    ? ofCookie(ports, headers, writes)
    : ofKey(ports, operatorKey, headers.authorization, writes);
}

async function ofKey(
  ports: Pick<Ports, 'table'>,
  operatorKey: string,
  header: string,
  writes: boolean,
): Promise<Principal> {
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (key === undefined) throw new DeniedError('no_key', 'Send your API key: Authorization: Bearer <key>.');
  if (same(key, operatorKey)) return { kind: 'operator' };
  const record = await findKey(ports, key);
  if (record === undefined) throw new DeniedError('no_key', 'This API key is not known here.');
  if (!record.scopes.includes(writes ? 'write' : 'read')) {
    throw new DeniedError('scope_missing', `This key may not ${writes ? 'write' : 'read'}.`);
  }
  return { kind: 'workspace', workspace: record.workspace, key: record.id };
}

async function ofCookie(
  ports: Pick<Ports, 'table' | 'clock' | 'settings'>,
  headers: IncomingHttpHeaders,
  writes: boolean,
): Promise<Principal> {
  const session = await sessionOf(ports, headers.cookie);
  if (session === null)
    throw new DeniedError('no_key', 'Sign in, or send your API key: Authorization: Bearer <key>.');
  if (!isOwnPage(ports.settings, headers, writes))
    throw new DeniedError('foreign_origin', 'This call came from a page of another site.');
  const { workspace, id } = session;
  return workspace === null ? { kind: 'operator', session: id } : { kind: 'workspace', workspace, key: id };
}

/** A write must name our origin; a read must not come from another site. */
function isOwnPage(
  settings: Pick<Settings, 'baseUrl' | 'local'>,
  headers: IncomingHttpHeaders,
  writes: boolean,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (!writes) return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (origin === new URL(settings.baseUrl).origin) return true;
  // One machine answers under more than one name of its own: localhost and 127.0.0.1.
  return settings.local && host !== undefined && origin === `http://${host.toLowerCase()}`;
}

/** Compares hashes, so that neither length nor content can be timed. */
function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

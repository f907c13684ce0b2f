/** Cursors leave signed, bound to the call and the workspace they came from: none can be made up or carried to another list. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { InputError } from '../../kernel/errors.ts';
import type { Keys } from '../../kernel/ports.ts';

const MAC_BYTES = 16;

export function sealCursor(ports: { keys: Keys }, scope: string, cursor: string): string {
  return `${Buffer.from(cursor).toString('base64url')}.${mac(ports, scope, cursor).toString('base64url')}`;
}

export function openCursor(ports: { keys: Keys }, scope: string, sealed: string): string {
  const [body = '', signature = ''] = sealed.split('.');
  const cursor = Buffer.from(body, 'base64url').toString();
  const given = Buffer.from(signature, 'base64url');
  const right = mac(ports, scope, cursor);
  if (given.length === MAC_BYTES && timingSafeEqual(given, right)) return cursor;
  throw new InputError('bad_cursor', 'This cursor is not one of ours, or belongs to another list.', {
    field: 'cursor',
  });
}

function mac(ports: { keys: Keys }, scope: string, cursor: string): Buffer {
  return createHmac('sha256', ports.keys.derive('cursor'))
    .update(`${scope}\n${cursor}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** A contact's own token for instant mode: his reference and a MAC that binds it to workspace, connection and audience. Written ahead by a job. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ports } from '../../kernel/ports.ts';

export interface TokenPlace {
  readonly workspace: string;
  readonly connection: string;
  readonly audience: string | null;
}

const PURPOSE = 'contact-token';
const MAC_BYTES = 16;
const FORM = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{22})$/;

export function contactToken(ports: Pick<Ports, 'keys'>, place: TokenPlace, reference: string): string {
  return `${reference}.${mac(ports, place, reference).toString('base64url')}`;
}

/** Whose it is; undefined: nobody's here. */
export function openContactToken(
  ports: Pick<Ports, 'keys'>,
  place: TokenPlace,
  token: string,
): string | undefined {
  const [, reference = '', signature = ''] = FORM.exec(token) ?? [];
  if (reference === '') return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(ports, place, reference);
  return given.length === expected.length && timingSafeEqual(given, expected) ? reference : undefined;
}

function mac(ports: Pick<Ports, 'keys'>, place: TokenPlace, reference: string): Buffer {
  const { workspace, connection, audience } = place;
  return createHmac('sha256', ports.keys.derive(PURPOSE))
    .update([workspace, connection, listOf(audience), reference].join('\n'))
    .digest()
    .subarray(0, MAC_BYTES);
}

/** A segment's contacts are those of its list: one field holds one token. */
function listOf(audience: string | null): string {
  return (audience ?? '-').replace(/^([^:]+):.*$/, '$1');
}

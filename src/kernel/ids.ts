/** Ids: `<type>_` and 26 Crockford base32 characters, 128 bits. Tokens: 26 of RFC 4648 base32, lower case, for mail addresses and UIDs. */
import type { Random } from './ports.ts';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const RFC4648 = 'abcdefghijklmnopqrstuvwxyz234567';
const CHARS_OF_128_BITS = 26;

export type IdType =
  | 'ws'
  | 'org'
  | 'evt'
  | 'inv'
  | 'arr'
  | 'unm'
  | 'prk'
  | 'key'
  | 'out'
  | 'con'
  | 'ses'
  | 'run';

export function newId(random: Random, type: IdType): string {
  return `${type}_${encode(random.bytes(16), CROCKFORD)}`;
}

/** The same bytes give the same id, so a step that runs twice names one thing. */
export function idOf(type: IdType, bytes: Uint8Array): string {
  return `${type}_${encode(bytes.subarray(0, 16), CROCKFORD)}`;
}

export function tokenOf(bytes: Uint8Array): string {
  return encode(bytes.subarray(0, 16), RFC4648);
}

/** `count` random characters, 5 bits each. */
export function randomText(random: Random, count: number): string {
  return encode(random.bytes(Math.ceil((count * 5) / 8)), RFC4648).slice(0, count);
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= 31;
  }
  if (bits > 0) text += alphabet[(held << (5 - bits)) & 31];
  return text.slice(0, Math.max(CHARS_OF_128_BITS, text.length));
}

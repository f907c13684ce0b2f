/** Content-Transfer-Encoding to bytes (RFC 2045 6). Tolerant: what is no code is skipped (base64) or stands for itself (quoted-printable). */
import type { MimePart } from './structure.ts';

export function bodyBytes(raw: Uint8Array, part: MimePart): Uint8Array {
  const body = raw.subarray(part.bodyStart, part.bodyEnd);
  if (part.encoding === 'base64') return decodeBase64(body);
  if (part.encoding === 'quoted-printable') return decodeQuotedPrintable(body);
  return body;
}

const VALUES = base64Values();

function base64Values(): Int8Array {
  const values = new Int8Array(256).fill(-1);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;
  return values;
}

/** Bytes go on after padding: some senders encode in pieces. */
export function decodeBase64(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((body.length * 3) / 4));
  let length = 0;
  let held = 0;
  let bits = 0;
  for (const code of body) {
    const value = VALUES[code] ?? -1;
    if (value < 0) {
      if (code === 0x3d) bits = 0;
      continue;
    }
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (held >> bits) & 0xff;
    }
  }
  return bytes.subarray(0, length);
}

export function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body[at] ?? 0;
    if (code !== 0x3d) {
      bytes[length++] = code;
      continue;
    }
    const soft = softBreak(body, at + 1);
    if (soft >= 0) {
      at += soft;
      continue;
    }
    const high = hexValue(body[at + 1]);
    const low = hexValue(body[at + 2]);
    if (high < 0 || low < 0) bytes[length++] = code;
    else {
      bytes[length++] = high * 16 + low;
      at += 2;
    }
  }
  return bytes.subarray(0, length);
}

/** How many octets a soft line break takes from here, -1 where there is none; blanks before the break are transport padding. */
function softBreak(body: Uint8Array, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === 0x0d && body[at + 1] === 0x0a) return at + 2 - from;
  if (body[at] === 0x0a || body[at] === 0x0d) return at + 1 - from;
  return at === body.length ? at - from : -1;
}

function hexValue(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/**
 * Bytes of a calendar file to logical lines (RFC 5545 3.1). Unfolds before decoding, because a fold may cut a character in two.
 * Takes CRLF, LF and CR, tab folds, byte-order marks and UTF-16. Refuses what is larger than the limits; linear in the input.
 */
import { isUtf8 } from 'node:buffer';
import type { Limits } from '../kernel/limits.ts';
import { type RefusalOf, refusalOf } from './refusal.ts';

export interface Line {
  /** Of its first physical line, from 1. */
  readonly number: number;
  readonly text: string;
}

export type Unfolded =
  | { readonly ok: true; readonly lines: readonly Line[]; readonly repairs: readonly string[] }
  | RefusalOf;

type SizeLimits = Pick<Limits, 'CALENDAR_BYTES' | 'CALENDAR_LINES' | 'CALENDAR_LINE_BYTES'>;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

export function unfold(bytes: Uint8Array, charset: string | null, limits: SizeLimits): Unfolded {
  if (bytes.length > limits.CALENDAR_BYTES) return refusalOf('too_large');
  const wide = wideCharset(bytes, charset);
  const plain = wide === null ? bytes : Buffer.from(new TextDecoder(wide).decode(bytes), 'utf8');
  const joined = join(plain, limits);
  if (!joined.ok) return joined;
  const decoded = decode(joined.bytes, wide === null ? charset : null);
  const lines: Line[] = [];
  for (const [index, text] of decoded.texts.entries()) {
    const trimmed = text.trimEnd();
    if (trimmed !== '') lines.push({ number: joined.numbers[index] ?? 1, text: trimmed });
  }
  const repairs = [...(wide === null ? [] : ['utf16']), ...decoded.repairs];
  return { ok: true, lines, repairs };
}

/** UTF-16, by its mark or by the zero beside the `B` of BEGIN; anything else is null. */
function wideCharset(bytes: Uint8Array, charset: string | null): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = [bytes[0], bytes[1]];
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== undefined && first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== undefined && second !== 0) {
    return charset?.toLowerCase() === 'utf-16le' ? null : 'utf-16be';
  }
  return null;
}

type Joined = { readonly ok: true; readonly bytes: Buffer; readonly numbers: readonly number[] } | RefusalOf;

/** Logical lines separated by LF, and the physical number of each. */
function join(bytes: Uint8Array, limits: SizeLimits): Joined {
  const out = Buffer.allocUnsafe(bytes.length + 1);
  const numbers: number[] = [1];
  let written = 0;
  let lineStart = 0;
  let number = 1;
  let at = startsWithMark(bytes) ? 3 : 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte !== LF && byte !== CR) {
      // A NUL means nothing in text and ends strings in other programs.
      if (byte !== 0) out[written++] = byte;
      at += 1;
      if (written - lineStart > limits.CALENDAR_LINE_BYTES)
        return refusalOf('line_too_long', numbers.at(-1) ?? null);
      continue;
    }
    const end = lineEnd(bytes, at);
    at = end.next;
    number += end.count;
    const next = bytes[at];
    if (next === SPACE || next === TAB) {
      at += 1;
      continue;
    }
    out[written++] = LF;
    lineStart = written;
    numbers.push(number);
    if (numbers.length > limits.CALENDAR_LINES) return refusalOf('too_many_lines', number);
  }
  return { ok: true, bytes: out.subarray(0, written), numbers };
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** One line end. `CR CR LF` is one, written by programs that convert twice; a run of CRs alone is as many. */
function lineEnd(bytes: Uint8Array, at: number): { readonly next: number; readonly count: number } {
  if (bytes[at] === LF) return { next: at + 1, count: 1 };
  let next = at;
  while (bytes[next] === CR) next += 1;
  if (bytes[next] === LF) return { next: next + 1, count: 1 };
  return { next, count: next - at };
}

interface Decoded {
  readonly texts: readonly string[];
  readonly repairs: readonly string[];
}

/** Charsets of one byte a character: text of theirs that is also valid UTF-8 is UTF-8 with a wrong label. */
const SINGLE_BYTE = /^(?:windows-|iso-8859|koi8|ibm866|macintosh|x-mac)/;
/** Labels that say nothing: programs put them on UTF-8 (imip: never trust US-ASCII or a missing charset). */
const SAYS_NOTHING = /^(?:|us-ascii|ascii|ansi_x3\.4-1968|utf-?8|unknown-8bit|binary|unknown)$/;

function decode(bytes: Buffer, charset: string | null): Decoded {
  const declared = declaredDecoder(charset);
  const valid = isUtf8(bytes);
  if (valid && (declared === null || SINGLE_BYTE.test(declared.encoding))) {
    return { texts: bytes.toString('utf8').split('\n'), repairs: [] };
  }
  if (declared !== null) return { texts: declared.decode(bytes).split('\n'), repairs: [] };
  return { texts: eachLine(bytes), repairs: ['not_utf8'] };
}

function declaredDecoder(charset: string | null): InstanceType<typeof TextDecoder> | null {
  const label = (charset ?? '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  if (SAYS_NOTHING.test(label)) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/** Line by line, so that one foreign line does not spoil the rest. */
function eachLine(bytes: Buffer): string[] {
  const western = new TextDecoder('windows-1252');
  const texts: string[] = [];
  let from = 0;
  while (from <= bytes.length) {
    const found = bytes.indexOf(LF, from);
    const to = found < 0 ? bytes.length : found;
    const line = bytes.subarray(from, to);
    texts.push(isUtf8(line) ? line.toString('utf8') : western.decode(line));
    from = to + 1;
  }
  return texts;
}

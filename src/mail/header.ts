/**
 * Header blocks on their raw bytes (RFC 5322 2.2, RFC 2045 5.1, RFC 2231). Only SP and HTAB continue a line: what another parser might
 * take for a field (a leading NBSP, a bare CR, a NUL) is marked as a flaw instead of being repaired, so that no two readers can differ unseen.
 */
import { isUtf8 } from 'node:buffer';

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, trimmed of SP and HTAB, otherwise as it came (encoded words not decoded). */
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Names of lines that are no field by the grammar, for the judgement of senders. */
  readonly flaws: readonly HeaderFlaw[];
}

export type HeaderFlaw = 'nul' | 'bare_cr' | 'no_colon' | 'blank_name' | 'hidden_from' | 'space_line';

const NAME = /^[!-9;-~]+$/;

/** `block` ends before the empty line. */
export function readHeaderBlock(block: Uint8Array): HeaderBlock {
  const text = headerText(block);
  const flaws = new Set<HeaderFlaw>();
  if (text.includes('\0')) flaws.add('nul');
  const lines = text.split('\n');
  if (/^\r?$/.test(lines.at(-1) ?? '')) lines.pop();
  const folded: string[] = [];
  for (const line of lines) {
    const clean = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (clean.includes('\r')) flaws.add('bare_cr');
    if (folded.length > 0 && isBlank(clean.charCodeAt(0))) {
      if (clean.trim() === '') flaws.add('space_line');
      folded[folded.length - 1] += clean;
    } else folded.push(clean);
  }
  const fields: HeaderField[] = [];
  for (const [index, line] of folded.entries()) {
    const field = readField(line, flaws, index === 0);
    if (field !== undefined) fields.push(field);
  }
  return { fields, flaws: [...flaws] };
}

function readField(line: string, flaws: Set<HeaderFlaw>, first: boolean): HeaderField | undefined {
  const colon = line.indexOf(':');
  const named = colon < 0 ? line.slice(0, 80) : line.slice(0, colon);
  const name = trimBlanks(named);
  if (colon >= 0 && NAME.test(name)) {
    return { name: name.toLowerCase(), value: trimBlanks(line.slice(colon + 1)).replace(/\r/g, ' ') };
  }
  // The "From " line that mailbox files put on top is no field and harmless there.
  if (first && line.startsWith('From ')) return undefined;
  if (colon < 0) flaws.add('no_colon');
  if (name === '') flaws.add('blank_name');
  if (named.replace(/[^A-Za-z]/g, '').toLowerCase() === 'from') flaws.add('hidden_from');
  return undefined;
}

/** UTF-8 where the bytes are (RFC 6532), else one character an octet. */
function headerText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

/** SP and HTAB only: `trim` would also swallow the Unicode blanks that another reader keeps. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function fieldsNamed(fields: readonly HeaderField[], name: string): readonly string[] {
  return fields.filter(field => field.name === name).map(field => field.value);
}

/** The first one: where a field is wrongly repeated every reader here takes the first. */
export function fieldNamed(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find(field => field.name === name)?.value;
}

export interface Parameterized {
  /** Lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `type/sub; name=value; …` with comments, quoted strings and RFC 2231 pieces. The first of a repeated parameter counts. */
export function readParameterized(text: string): Parameterized {
  const pieces = splitPieces(text);
  const raw = new Map<string, string>();
  for (const piece of pieces.slice(1)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    if (!raw.has(name)) raw.set(name, piece.slice(equals + 1).trim());
  }
  return { value: (pieces[0] ?? '').trim().toLowerCase(), parameters: joinPieces(raw) };
}

/** Splits at `;` outside quotes, drops comments, opens quoted strings. */
function splitPieces(text: string): readonly string[] {
  if (/^[^"(\\]*$/.test(text)) return text.split(';');
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let comment = 0;
  let inValue = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '\\' && (quoted || comment > 0)) {
      index++;
      if (quoted) piece += text.charAt(index);
    } else if (comment > 0) {
      if (char === ')') comment--;
      else if (char === '(') comment++;
    } else if (char === '"') quoted = !quoted;
    else if (quoted) piece += char;
    else if (char === '(' && (!inValue || piece.endsWith(' '))) comment++;
    else if (char === ';') {
      pieces.push(piece);
      piece = '';
      inValue = false;
    } else {
      if (char === '=') inValue = true;
      piece += char;
    }
  }
  pieces.push(piece);
  return pieces;
}

const CONTINUED = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/;

function joinPieces(raw: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  const sections = new Map<string, { index: number; text: string; encoded: boolean }[]>();
  for (const [name, text] of raw) {
    const match = name.includes('*') ? CONTINUED.exec(name) : null;
    if (match === null || (match[2] === undefined && match[3] === undefined)) {
      joined.set(name, text);
      continue;
    }
    const list = sections.get(match[1] ?? name) ?? [];
    list.push({ index: Number(match[2] ?? 0), text, encoded: match[3] !== undefined });
    sections.set(match[1] ?? name, list);
  }
  for (const [name, list] of sections) {
    list.sort((one, other) => one.index - other.index);
    joined.set(name, decodeSections(list));
  }
  return joined;
}

function decodeSections(list: readonly { text: string; encoded: boolean }[]): string {
  let charset = 'utf-8';
  const bytes: number[] = [];
  for (const [index, section] of list.entries()) {
    let text = section.text;
    if (index === 0 && section.encoded) {
      const marks = text.split("'");
      if (marks.length >= 3) {
        charset = marks[0] || 'utf-8';
        text = marks.slice(2).join("'");
      }
    }
    for (const byte of section.encoded ? percentBytes(text) : Buffer.from(text, 'utf8')) bytes.push(byte);
  }
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes));
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

function percentBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = Number.parseInt(text.slice(index + 1, index + 3), 16);
    if (text.charAt(index) === '%' && !Number.isNaN(code)) {
      bytes.push(code);
      index += 2;
    } else bytes.push(text.charCodeAt(index) & 0xff);
  }
  return Uint8Array.from(bytes);
}

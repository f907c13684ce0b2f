/**
 * The tree of a message's parts by byte offsets (RFC 2046), in one pass, with hard limits before any other parser sees the mail (T10).
 * Decodes nothing. Goes into `message/rfc822`, and marks everything in there as nested: it is another mail's, never this one's.
 */
import type { Limits } from '../kernel/limits.ts';
import {
  fieldNamed,
  type HeaderBlock,
  type Parameterized,
  readHeaderBlock,
  readParameterized,
} from './header.ts';

export interface MimePart {
  /** Children counted from 1 at each level; empty for a multipart that is the message itself. */
  readonly path: string;
  readonly type: string;
  /** The types from the message down to this part. */
  readonly types: readonly string[];
  readonly header: HeaderBlock;
  readonly contentType: Parameterized;
  readonly disposition: Parameterized | null;
  /** Content-Transfer-Encoding, lower case; null when not given. */
  readonly encoding: string | null;
  readonly headerStart: number;
  readonly bodyStart: number;
  bodyEnd: number;
  readonly children: MimePart[];
  /** Inside a message/rfc822. */
  readonly nested: boolean;
  readonly inAlternative: boolean;
}

export type StructureLimit = 'depth' | 'parts' | 'header_lines' | 'header_bytes';

export type Structure =
  | { readonly ok: true; readonly root: MimePart; readonly outside: readonly (readonly [number, number])[] }
  | { readonly ok: false; readonly limit: StructureLimit; readonly header: HeaderBlock | null };

type StructureLimits = Pick<Limits, 'MIME_DEPTH' | 'MIME_PARTS' | 'MIME_HEADER_LINES' | 'MIME_HEADER_BYTES'>;

/** A part that still takes lines. */
interface Open {
  part: MimePart | null;
  readonly parent: MimePart | null;
  readonly headerStart: number;
  headerLines: number;
  state: 'header' | 'body' | 'outside';
  boundary: Buffer | null;
  /** Where its preamble or epilogue began. */
  outsideStart: number;
}

class LimitPassed extends Error {
  readonly limit: StructureLimit;
  constructor(limit: StructureLimit) {
    super(limit);
    this.limit = limit;
  }
}

// RFC 2046 5.1.1 allows 70; some senders go beyond.
const BOUNDARY_CHARS = 200;

export function readStructure(raw: Uint8Array, limits: StructureLimits): Structure {
  const scan = new Scan(raw, limits);
  try {
    return { ok: true, root: scan.run(), outside: scan.outside };
  } catch (error) {
    if (!(error instanceof LimitPassed)) throw error;
    return { ok: false, limit: error.limit, header: scan.root?.header ?? null };
  }
}

class Scan {
  readonly outside: [number, number][] = [];
  root: MimePart | null = null;
  private readonly bytes: Buffer;
  private readonly limits: StructureLimits;
  private readonly open: Open[] = [];
  private parts = 0;
  private headerBytes = 0;

  constructor(raw: Uint8Array, limits: StructureLimits) {
    this.bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    this.limits = limits;
  }

  run(): MimePart {
    this.begin(null, 0);
    let at = 0;
    while (at < this.bytes.length) {
      const feed = this.bytes.indexOf(0x0a, at);
      const next = feed < 0 ? this.bytes.length : feed + 1;
      this.line(at, next);
      at = next;
    }
    this.closeDownTo(0, this.bytes.length, this.bytes.length);
    if (this.root === null) throw new Error('a message has a root part');
    return this.root;
  }

  private line(start: number, next: number): void {
    if (this.bytes[start] === 0x2d && this.bytes[start + 1] === 0x2d && this.delimiter(start, next)) return;
    const top = this.open.at(-1);
    if (top?.state !== 'header') return;
    const end = this.lineEnd(start, next);
    if (end === start) {
      this.endHeader(top, start, next);
      return;
    }
    this.headerBytes += next - start;
    if (this.headerBytes > this.limits.MIME_HEADER_BYTES) throw new LimitPassed('header_bytes');
    if (++top.headerLines > this.limits.MIME_HEADER_LINES) throw new LimitPassed('header_lines');
  }

  private lineEnd(start: number, next: number): number {
    let end = next;
    if (end > start && this.bytes[end - 1] === 0x0a) end--;
    if (end > start && this.bytes[end - 1] === 0x0d) end--;
    return end;
  }

  private delimiter(start: number, next: number): boolean {
    for (let index = this.open.length - 1; index >= 0; index--) {
      const open = this.open[index];
      if (open === undefined || open.boundary === null) continue;
      const end = this.startsWith(open.boundary, start + 2, next);
      if (end < 0) continue;
      const last = this.bytes[end] === 0x2d && this.bytes[end + 1] === 0x2d;
      if (!this.isBlank(last ? end + 2 : end, next)) continue;
      this.closeDownTo(index + 1, this.bodyEndBefore(start), start);
      if (last) this.endMultipart(open, next);
      else this.beginNextPart(open, start, next);
      return true;
    }
    return false;
  }

  /** Where the text behind it begins, -1 if it isn't there. */
  private startsWith(text: Buffer, from: number, next: number): number {
    if (next - from < text.length) return -1;
    for (let at = 0; at < text.length; at++) if (this.bytes[from + at] !== text[at]) return -1;
    return from + text.length;
  }

  private isBlank(from: number, next: number): boolean {
    const end = this.lineEnd(from, next);
    for (let at = from; at < end; at++) if (this.bytes[at] !== 0x20 && this.bytes[at] !== 0x09) return false;
    return true;
  }

  private beginNextPart(open: Open, start: number, next: number): void {
    if (open.state === 'outside') this.markOutside(open, start);
    open.state = 'body';
    this.begin(open.part, next);
  }

  private endMultipart(open: Open, next: number): void {
    open.boundary = null;
    open.state = 'outside';
    open.outsideStart = next;
  }

  /** The line break before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
  private bodyEndBefore(start: number): number {
    let end = start;
    if (end > 0 && this.bytes[end - 1] === 0x0a) end--;
    if (end > 0 && this.bytes[end - 1] === 0x0d) end--;
    return end;
  }

  private begin(parent: MimePart | null, headerStart: number): void {
    if (this.open.length > this.limits.MIME_DEPTH) throw new LimitPassed('depth');
    if (++this.parts > this.limits.MIME_PARTS) throw new LimitPassed('parts');
    this.open.push({
      part: null,
      parent,
      headerStart,
      headerLines: 0,
      state: 'header',
      boundary: null,
      outsideStart: 0,
    });
  }

  private endHeader(open: Open, headerEnd: number, bodyStart: number): void {
    const part = this.makePart(open, headerEnd, bodyStart);
    open.part = part;
    open.state = 'body';
    if (part.type.startsWith('multipart/')) {
      const boundary = part.contentType.parameters.get('boundary')?.trimEnd() ?? '';
      if (boundary !== '' && boundary.length <= BOUNDARY_CHARS) {
        open.boundary = Buffer.from(boundary, 'utf8');
        open.state = 'outside';
        open.outsideStart = bodyStart;
      }
    } else if (part.type === 'message/rfc822' && isIdentity(part.encoding)) this.begin(part, bodyStart);
  }

  private makePart(open: Open, headerEnd: number, bodyStart: number): MimePart {
    const parent = open.parent;
    const header = readHeaderBlock(this.bytes.subarray(open.headerStart, headerEnd));
    const contentType = readParameterized(fieldNamed(header.fields, 'content-type') ?? '');
    const type = contentType.value || (parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain');
    const disposition = fieldNamed(header.fields, 'content-disposition');
    const part: MimePart = {
      path: pathOf(parent, type),
      type,
      types: [...(parent?.types ?? []), type],
      header,
      contentType,
      disposition: disposition === undefined ? null : readParameterized(disposition),
      encoding: encodingOf(fieldNamed(header.fields, 'content-transfer-encoding')),
      headerStart: open.headerStart,
      bodyStart,
      bodyEnd: bodyStart,
      children: [],
      nested: parent !== null && (parent.nested || parent.type === 'message/rfc822'),
      inAlternative: parent !== null && (parent.inAlternative || parent.type === 'multipart/alternative'),
    };
    parent?.children.push(part);
    if (parent === null) this.root = part;
    return part;
  }

  private closeDownTo(length: number, bodyEnd: number, lineStart: number): void {
    while (this.open.length > length) {
      const open = this.open.pop();
      if (open === undefined) return;
      if (open.part === null) open.part = this.makePart(open, lineStart, lineStart);
      open.part.bodyEnd = Math.max(open.part.bodyStart, bodyEnd);
      if (open.state === 'outside') this.markOutside(open, lineStart);
    }
  }

  private markOutside(open: Open, end: number): void {
    if (end > open.outsideStart) this.outside.push([open.outsideStart, end]);
  }
}

function pathOf(parent: MimePart | null, type: string): string {
  if (parent === null) return type.startsWith('multipart/') ? '' : '1';
  const index = String(parent.children.length + 1);
  return parent.path === '' ? index : `${parent.path}.${index}`;
}

function encodingOf(value: string | undefined): string | null {
  const token = /[\w-]+/.exec((value ?? '').replace(/\([^)]*\)/g, ''));
  return token === null ? null : token[0].toLowerCase();
}

function isIdentity(encoding: string | null): boolean {
  return encoding !== 'base64' && encoding !== 'quoted-printable';
}

/** Depth first, in the order of the file. */
export function walkParts(root: MimePart): readonly MimePart[] {
  return [root, ...root.children.flatMap(walkParts)];
}

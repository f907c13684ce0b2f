/** Which parts of a mail hold its calendar object, best first (RFC 6047 2.4). Bytes are as sent: their charset is the calendar room's work. */
import { decodedWords } from './postal-mime.ts';
import { type MimePart, walkParts } from './structure.ts';
import { bodyBytes } from './transfer.ts';

export interface CalendarPart {
  readonly bytes: Uint8Array;
  /** The `method` parameter in upper case: a hint, the object's own METHOD wins. */
  readonly method: string | null;
  /** As declared, never trusted. */
  readonly charset: string | null;
  readonly path: string;
  readonly types: readonly string[];
  readonly type: string;
  readonly encoding: string | null;
  readonly disposition: string | null;
  readonly filename: string | null;
}

const OTHER_TYPES = new Set([
  'application/ics',
  'application/calendar',
  'text/x-vcalendar',
  'text/vcalendar',
]);
const FILE_NAME = /\.(?:ics|ical|ifb|vcs)$/i;

/** 1: text/calendar within multipart/alternative; 2: other text/calendar; 3: by another type or by its file name. */
type Rank = 1 | 2 | 3;

/** `nested`: those inside attached messages instead. */
export function calendarParts(raw: Uint8Array, root: MimePart, nested: boolean): readonly CalendarPart[] {
  const found: { rank: Rank; part: CalendarPart }[] = [];
  for (const part of walkParts(root)) {
    if (part.nested !== nested || part.children.length > 0) continue;
    const rank = rankOf(raw, part);
    if (rank !== undefined) found.push({ rank, part: calendarPart(raw, part) });
  }
  // An empty part says nothing, wherever it stands. The sort is stable: file order within a rank.
  const order = ({ rank, part }: { rank: Rank; part: CalendarPart }) => (isBlank(part.bytes) ? 9 : rank);
  return found.sort((one, other) => order(one) - order(other)).map(({ part }) => part);
}

function rankOf(raw: Uint8Array, part: MimePart): Rank | undefined {
  if (part.type === 'text/calendar') return part.inAlternative ? 1 : 2;
  if (OTHER_TYPES.has(part.type)) return 3;
  const filename = fileName(part);
  return filename !== null && FILE_NAME.test(filename) && startsAsCalendar(bodyBytes(raw, part))
    ? 3
    : undefined;
}

function calendarPart(raw: Uint8Array, part: MimePart): CalendarPart {
  const method = part.contentType.parameters.get('method')?.trim();
  return {
    bytes: bodyBytes(raw, part),
    method: method ? method.toUpperCase() : null,
    charset: part.contentType.parameters.get('charset')?.trim() || null,
    path: part.path,
    types: part.types,
    type: part.type,
    encoding: part.encoding,
    disposition: part.disposition?.value || null,
    filename: fileName(part),
  };
}

export function fileName(part: MimePart): string | null {
  const name =
    part.disposition?.parameters.get('filename') || part.contentType.parameters.get('name') || undefined;
  return name === undefined ? null : decodedWords(name);
}

function startsAsCalendar(bytes: Uint8Array): boolean {
  const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 256)).trimStart();
  return start.toUpperCase().startsWith('BEGIN:VCALENDAR');
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Calendar text where no part is: in a preamble or an epilogue. */
export function calendarOutside(raw: Uint8Array, ranges: readonly (readonly [number, number])[]): boolean {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return ranges.some(([start, end]) => bytes.subarray(start, end).includes('BEGIN:VCALENDAR'));
}

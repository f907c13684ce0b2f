/** A calendar object as lines of base64 (RFC 2045 6.8); whole lines of what the objects of many begin with are encoded once. */

/** In two: what all readers share of its beginning (the same string for all), and the rest. */
export interface OwnObject {
  readonly start: string;
  readonly rest: string;
}

/** Octets of one line. */
const LINE_OCTETS = 57;
const LINE = 76;

/** The same octets for all who share a beginning, and then one reader's own lines. */
export interface ObjectLines {
  readonly started: Buffer;
  readonly own: string;
}

export function objectEncoder(): (object: OwnObject) => ObjectLines {
  let known: { start: string; started: Buffer; left: string } = {
    start: '',
    started: Buffer.alloc(0),
    left: '',
  };
  return ({ start, rest }) => {
    if (start !== known.start) known = { start, ...startedLines(start) };
    return { started: known.started, own: base64Lines(`${known.left}${rest}`) };
  };
}

/** Cut between lines; a text beyond ASCII is not cut, as a character might be. */
function startedLines(start: string): { readonly started: Buffer; readonly left: string } {
  const isAscii = Buffer.byteLength(start) === start.length;
  const octets = isAscii ? start.length - (start.length % LINE_OCTETS) : 0;
  const lines = octets === 0 ? '' : `${base64Lines(start.slice(0, octets))}\r\n`;
  return { started: Buffer.from(lines, 'latin1'), left: start.slice(octets) };
}

function base64Lines(text: string): string {
  const all = Buffer.from(text, 'utf8').toString('base64');
  let lines = all.slice(0, LINE);
  for (let at = LINE; at < all.length; at += LINE) lines += `\r\n${all.slice(at, at + LINE)}`;
  return lines;
}

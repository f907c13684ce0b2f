/** The reference mail of nobody in particular as bytes, with blanks for what is one reader's own; and such a frame filled in. */
import { composeMail } from './compose.ts';
import type { Around } from './layout.ts';
import type { ObjectLines } from './object-lines.ts';
import type { OwnFields } from './own-fields.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { boundaryOf, type SharedMail, wholeMail } from './shared-mail.ts';

export type Words = OwnFields & ObjectLines & Readonly<Record<'text' | 'html', string>>;

/** Bytes as they stand, or the name of what is filled in. */
type Piece = Buffer | keyof Words;

export type Frame = readonly Piece[];

export async function frameOf(shared: SharedMail): Promise<Frame> {
  const text = await frameText(shared);
  return text
    .replace(blank('text'), name => around(name, shared.text))
    .replace(blank('html'), name => around(name, shared.html))
    .split(BLANK)
    .map((piece, at) => (at % 2 === 1 ? (piece as keyof Words) : Buffer.from(piece, 'latin1')));
}

/** All of it is 7-bit: as many octets as characters. */
export function spliced(pieces: Frame, words: Words): Uint8Array {
  let length = 0;
  for (const piece of pieces) length += typeof piece === 'string' ? words[piece].length : piece.length;
  const mail = room(length);
  let at = 0;
  for (const piece of pieces) {
    const octets = typeof piece === 'string' ? words[piece] : piece;
    if (typeof octets === 'string') mail.write(octets, at, 'latin1');
    else mail.set(octets, at);
    at += octets.length;
  }
  return mail;
}

/** Many mails share a block of memory: a block for each would cost more than all that is written into it. */
const BLOCK = 262_144;
let block = Buffer.alloc(0);
let used = 0;

function room(length: number): Buffer {
  if (length > BLOCK / 8) return Buffer.allocUnsafe(length);
  if (used + length > block.length) {
    block = Buffer.allocUnsafeSlow(BLOCK);
    used = 0;
  }
  used += length;
  return block.subarray(used - length, used);
}

function around(name: string, { before, after }: Around): string {
  const end = after === '' ? '' : quotedPrintable(`${after.trimEnd()}\n`);
  return `${quotedPrintable(before)}${name}${end}`;
}

// A composed mail holds none.
const BLANK = '\0';
const OWN_FIELDS = /^(?:To|Message-ID|Date|In-Reply-To|References|List-Unsubscribe):/;

function blank(name: string): string {
  return `${BLANK}${name}${BLANK}`;
}

async function frameText(shared: SharedMail): Promise<string> {
  const words = { before: '', after: '' };
  const nobody = {
    to: { name: null, address: 'nobody@example.com' },
    messageId: 'nobody@form.invalid',
    date: '1970-01-01T00:00:00Z',
    inReplyTo: 'nobody@form.invalid',
    unsubscribe: { url: 'https://form.invalid/' },
    ics: { start: 'ics', rest: '' },
  };
  const footer = () => ({ text: 'text', html: 'html' });
  const mail = wholeMail({ ...shared, text: words, html: words, footer }, nobody);
  const raw = await composeMail({ ...mail, boundary: boundaryOf(shared) });
  const all = Buffer.from(raw).toString('latin1');
  const bodyAt = all.indexOf('\r\n\r\n') + 2;
  const head = all.slice(0, bodyAt - 2).split(/\r\n(?![ \t])/);
  const fields = head.map(field => {
    const own = OWN_FIELDS.exec(field)?.[0].slice(0, -1);
    return own === undefined ? `${field}\r\n` : blank(own);
  });
  const body = all
    .slice(bodyAt)
    .replace(/(?<=\r\n\r\n)(text|html)\r\n(?=\r\n--)/g, blank('$1'))
    .replaceAll(/(?<=\r\n\r\n)aWNz(?=\r\n--)/g, `${blank('started')}${blank('own')}`);
  return `${fields.join('')}${body}`;
}

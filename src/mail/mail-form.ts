/**
 * A mail to many as a form: composed once by the reference composer, then filled for each person. The bytes are those that `composeMail`
 * gives for the same mail; where the form could not promise that (see `SLICE` and `PLAIN`), `composeMail` is asked.
 */
import { createHash } from 'node:crypto';
import {
  composeMail,
  foldedField,
  LINE_ENDS,
  MAX_LINE,
  type MailToCompose,
  messageId,
  toValue,
  unsubscribeTargets,
} from './compose.ts';
import { cutAt, filledIn, type Pieces } from './form-pieces.ts';
import type { Around } from './layout.ts';
import { type OwnObject, objectEncoder } from './object-lines.ts';
import { encoded, wrapped } from './quoted-printable.ts';

/** Whose mail it is, as far as the lines at its end say. */
export interface Reader {
  readonly address: string;
  /** Where he stops these mails. */
  readonly stop: string;
}

export type SharedMail = Pick<MailToCompose, 'from' | 'subject' | 'listId' | 'autoSubmitted'> & {
  readonly text: Around;
  readonly html: Around;
  /** The lines inside the bodies, each with its line end: his words stand in them, escaped and otherwise as they are. */
  footer(reader: Reader): { readonly text: string; readonly html: string };
  readonly calendar: { readonly method: string; readonly filename: string };
};

export type OwnMail = Pick<MailToCompose, 'to' | 'messageId' | 'date'> & {
  readonly inReplyTo: string | null;
  readonly unsubscribe: { readonly url: string };
  readonly ics: OwnObject;
};

/** Both together, for the reference composer. */
export function wholeMail(shared: SharedMail, { ics, inReplyTo, ...own }: OwnMail): MailToCompose {
  const { text, html, footer, calendar, ...rest } = shared;
  const lines = footer({ address: own.to.address, stop: own.unsubscribe.url });
  return {
    ...rest,
    ...own,
    text: `${text.before}${lines.text}${text.after}`,
    html: `${html.before}${lines.html}${html.after}`,
    calendar: { ...calendar, ics: `${ics.start}${ics.rest}` },
    inReplyTo,
    references: inReplyTo === null ? [] : [inReplyTo],
    boundary: hashOf(shared).slice(0, 24),
  };
}

/** Nothing can hold its own hash: boundaries and marks made of it stand nowhere but where they were put. */
function hashOf(shared: SharedMail): string {
  return createHash('sha256').update(JSON.stringify(shared)).digest('hex');
}

/** The composer encodes a body in slices of so many bytes; where a slice ends, lines may wrap otherwise. */
const SLICE = 65_536;
/** Words that are written alike in plain text, in HTML and in quoted-printable. */
const PLAIN = /^[!#-%(-;?-[\]-~]+$/;

export async function mailForm(
  shared: SharedMail,
): Promise<(own: OwnMail) => Uint8Array | Promise<Uint8Array>> {
  const pieces = await piecesOf(shared);
  const footer = footerOf(shared);
  const objectOf = objectEncoder();
  const room = SLICE - Math.max(sizeOf(shared.text), sizeOf(shared.html));
  return own => {
    const reader = { address: own.to.address, stop: own.unsubscribe.url };
    if (!PLAIN.test(reader.address) || !PLAIN.test(reader.stop)) return composeMail(wholeMail(shared, own));
    const [text, html] = [filledIn(footer.text, reader), filledIn(footer.html, reader)];
    if (Math.max(text.length, html.length) > room) return composeMail(wholeMail(shared, own));
    return spliced(pieces, wordsOf(own, wrapped(text), wrapped(html), objectOf(own.ics)));
  };
}

/** Encoded, with blanks for the reader's words; not in lines yet. */
function footerOf(shared: SharedMail): Readonly<Record<'text' | 'html', Pieces<keyof Reader>>> {
  const hash = hashOf(shared);
  const marks = { address: `address-${hash}`, stop: `https://stop/${hash}` };
  const { text, html } = shared.footer(marks);
  return { text: cutAt(marks, encoded(crlf(text))), html: cutAt(marks, encoded(crlf(html))) };
}

/** Bytes as they stand, or the name of what is filled in. */
type Piece = Buffer | WordName;

async function piecesOf(shared: SharedMail): Promise<readonly Piece[]> {
  const frame = await frameOf(shared);
  return frame
    .replace(blank('text'), name => around(name, shared.text))
    .replace(blank('html'), name => around(name, shared.html))
    .split(BLANK)
    .map((piece, at) => (at % 2 === 1 ? (piece as WordName) : Buffer.from(piece, 'latin1')));
}

/** All of it is 7-bit: as many octets as characters. */
function spliced(pieces: readonly Piece[], words: Words): Uint8Array {
  let length = 0;
  for (const piece of pieces) length += typeof piece === 'string' ? words[piece].length : piece.length;
  const mail = Buffer.allocUnsafe(length);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += mail.write(words[piece], at, 'latin1');
    else {
      mail.set(piece, at);
      at += piece.length;
    }
  }
  return mail;
}

function around(name: string, { before, after }: Around): string {
  const end = after === '' ? '' : quotedPrintable(`${after.trimEnd()}\n`);
  return `${quotedPrintable(before)}${name}${end}`;
}

function quotedPrintable(text: string): string {
  return wrapped(encoded(crlf(text)));
}

function sizeOf({ before, after }: Around): number {
  return Buffer.byteLength(crlf(before)) + Buffer.byteLength(crlf(after));
}

function crlf(text: string): string {
  return text.replace(LINE_ENDS, '\r\n');
}

// A composed mail holds none.
const BLANK = '\0';
const OWN_FIELDS = /^(?:To|Message-ID|Date|In-Reply-To|References|List-Unsubscribe):/;

function blank(name: string): string {
  return `${BLANK}${name}${BLANK}`;
}

/** The reference mail of nobody in particular, with blanks for what is a person's own. */
async function frameOf(shared: SharedMail): Promise<string> {
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
  const raw = await composeMail({ ...mail, boundary: hashOf(shared).slice(0, 24) });
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
    .replaceAll(/(?<=\r\n\r\n)aWNz(?=\r\n--)/g, blank('ics'));
  return `${fields.join('')}${body}`;
}

type FieldName = 'To' | 'Message-ID' | 'Date' | 'In-Reply-To' | 'References' | 'List-Unsubscribe';
type WordName = FieldName | 'text' | 'html' | 'ics';
type Words = Readonly<Record<WordName, string>>;

function wordsOf(own: OwnMail, text: string, html: string, ics: string): Words {
  const id = messageId(own.messageId);
  const parent = own.inReplyTo === null ? null : messageId(own.inReplyTo);
  return {
    To: sevenBit(field('To', toValue(own.to))),
    'Message-ID': field('Message-ID', id),
    Date: dateField(own.date),
    'In-Reply-To': parent === null ? '' : field('In-Reply-To', parent),
    References: parent === null ? '' : field('References', parent),
    'List-Unsubscribe': ofLength(`List-Unsubscribe: ${unsubscribeTargets(own.unsubscribe)}\r\n`),
    text,
    html,
    ics,
  };
}

const dates = { asked: '', field: '' };

/** Mails of one second share it. */
function dateField(date: string): string {
  if (dates.asked !== date) {
    dates.field = `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}\r\n`;
    dates.asked = date;
  }
  return dates.field;
}

function field(name: string, value: string): string {
  return ofLength(`${foldedField(name, value)}\r\n`);
}

/** What `composeMail` holds of the whole mail, held of what is new in it; of ids and links their grammar holds it. */
function sevenBit(lines: string): string {
  if (/[^ -~\r\n]/.test(lines)) throw new Error('a composed mail is not 7-bit');
  return lines;
}

function ofLength(lines: string): string {
  if (lines.length > MAX_LINE && lines.split('\r\n').some(line => line.length > MAX_LINE))
    throw new Error('a composed mail has a line that is too long');
  return lines;
}

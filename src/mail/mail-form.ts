/**
 * A mail to many as a form: composed once by the reference composer, then filled for each person. The bytes are those that `composeMail`
 * gives for the same mail; where the form could not promise that (see `SLICE`), `composeMail` is asked.
 */
import { createHash } from 'node:crypto';
import {
  boundaryBase,
  composeMail,
  foldedField,
  LINE_ENDS,
  MAX_LINE,
  type MailToCompose,
  messageId,
  quotedPrintable,
  toValue,
  unsubscribeTargets,
} from './compose.ts';
import type { Around } from './layout.ts';

export type SharedMail = Pick<MailToCompose, 'from' | 'subject' | 'listId' | 'autoSubmitted'> & {
  readonly text: Around;
  readonly html: Around;
  readonly calendar: { readonly method: string; readonly filename: string };
};

export type OwnMail = Pick<MailToCompose, 'to' | 'messageId' | 'date'> & {
  readonly inReplyTo: string | null;
  readonly unsubscribe: { readonly url: string };
  /** The lines inside the bodies, each with its line end. */
  readonly footer: { readonly text: string; readonly html: string };
  readonly ics: string;
};

/** Both together, for the reference composer. */
export function wholeMail(shared: SharedMail, { footer, ics, inReplyTo, ...own }: OwnMail): MailToCompose {
  const { text, html, calendar, ...rest } = shared;
  return {
    ...rest,
    ...own,
    text: `${text.before}${footer.text}${text.after}`,
    html: `${html.before}${footer.html}${html.after}`,
    calendar: { ...calendar, ics },
    inReplyTo,
    references: inReplyTo === null ? [] : [inReplyTo],
  };
}

/** The composer encodes a body in slices of so many bytes; where a slice ends, lines may wrap otherwise. */
const SLICE = 65_536;

export async function mailForm(shared: SharedMail): Promise<(own: OwnMail) => Promise<Uint8Array>> {
  const pieces = await piecesOf(shared);
  const room = SLICE - Math.max(sizeOf(shared.text), sizeOf(shared.html));
  return async own => {
    // No character takes more than three octets for each of its code units.
    if (3 * Math.max(own.footer.text.length, own.footer.html.length) > room)
      return composeMail(wholeMail(shared, own));
    return spliced(pieces, wordsOf(own));
  };
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

function sizeOf({ before, after }: Around): number {
  return octets(before) + octets(after);
}

function octets(text: string): number {
  return Buffer.byteLength(text.replace(LINE_ENDS, '\r\n'));
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
  // Nothing can hold its own hash, so the boundary made from it stands nowhere but where the composer put it.
  const id = `<${createHash('sha256').update(JSON.stringify(shared)).digest('hex')}@form.invalid>`;
  const nobody = {
    to: { name: null, address: 'nobody@example.com' },
    messageId: id,
    date: '1970-01-01T00:00:00Z',
    inReplyTo: id,
    unsubscribe: { url: 'https://form.invalid/' },
    footer: { text: 'text', html: 'html' },
    ics: 'ics',
  };
  const raw = await composeMail(wholeMail({ ...shared, text: words, html: words }, nobody));
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
  return `${fields.join('')}${body}`.replaceAll(boundaryBase(id), blank('boundary'));
}

type WordName =
  | 'To'
  | 'Message-ID'
  | 'Date'
  | 'In-Reply-To'
  | 'References'
  | 'List-Unsubscribe'
  | 'boundary'
  | 'text'
  | 'html'
  | 'ics';

type Words = Readonly<Record<WordName, string>>;

function wordsOf(own: OwnMail): Words {
  const id = messageId(own.messageId);
  const parent = own.inReplyTo === null ? null : messageId(own.inReplyTo);
  return {
    To: field('To', toValue(own.to)),
    'Message-ID': field('Message-ID', id),
    Date: field('Date', dateValue(own.date)),
    'In-Reply-To': parent === null ? '' : field('In-Reply-To', parent),
    References: parent === null ? '' : field('References', parent),
    'List-Unsubscribe': checked(`List-Unsubscribe: ${unsubscribeTargets(own.unsubscribe)}\r\n`),
    boundary: boundaryBase(id),
    text: quotedPrintable(own.footer.text),
    html: quotedPrintable(own.footer.html),
    ics: base64Lines(own.ics),
  };
}

const dates = { asked: '', value: '' };

/** Mails of one second share it. */
function dateValue(date: string): string {
  if (dates.asked !== date) {
    dates.value = new Date(date).toUTCString().replace('GMT', '+0000');
    dates.asked = date;
  }
  return dates.value;
}

function field(name: string, value: string): string {
  return checked(`${foldedField(name, value)}\r\n`);
}

/** What `composeMail` holds of the whole mail, held of what is new in it. */
function checked(lines: string): string {
  if (!/^[ -~\r\n]*$/.test(lines)) throw new Error('a composed mail is not 7-bit');
  if (lines.length > MAX_LINE && lines.split('\r\n').some(line => line.length > MAX_LINE))
    throw new Error('a composed mail has a line that is too long');
  return lines;
}

function base64Lines(text: string): string {
  const all = Buffer.from(text, 'utf8').toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < all.length; at += 76) lines.push(all.slice(at, at + 76));
  return lines.join('\r\n');
}

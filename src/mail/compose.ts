/**
 * The reference composer of every mail we send (RFC 6047 2.4): mixed( alternative( plain, html, calendar ), application/ics copy ), 7-bit,
 * one recipient, one of each header. The same input gives the same bytes. Refuses what could break out of a header.
 */
import { hash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { parseAddress } from '../kernel/address.ts';

export interface MailToCompose {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string | null; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** `ics` with CRLF; `method` equals its METHOD. */
  readonly calendar?: { readonly ics: string; readonly method: string; readonly filename: string };
  /** With or without angle brackets. */
  readonly messageId: string;
  /** RFC 3339. */
  readonly date: string;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  readonly listId?: { readonly name: string; readonly id: string };
  /** `url` takes the one-click POST (RFC 8058). */
  readonly unsubscribe?: { readonly url: string; readonly mailto?: string };
  readonly autoSubmitted: 'auto-generated' | 'auto-replied';
  /** What its boundaries are made of: 24 hexadecimal digits that nothing in the mail holds. Left out: made of the Message-ID. */
  readonly boundary?: string;
  /** Our own `X-` headers. */
  readonly headers?: readonly (readonly [string, string])[];
}

type HeaderLine = { readonly key: string; readonly value: string | { prepared: true; value: string } };

export const MAX_LINE = 998;
const FOLDED_AT = 76;
const SUBJECT_CHARS = 250;
const NAME_CHARS = 128;
// An encoded word has at most 75 characters (RFC 2047 2).
const WORD_BYTES = 42;

export async function composeMail(mail: MailToCompose): Promise<Uint8Array> {
  const id = messageId(mail.messageId);
  const composer = new MailComposer({
    headers: headerLines(mail),
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    subject: headerText(mail.subject, SUBJECT_CHARS),
    messageId: id,
    date: new Date(mail.date),
    ...threading(mail),
    alternatives: alternatives(mail),
    attachments: mail.calendar === undefined ? [] : [icsCopy(mail.calendar)],
    baseBoundary: token(mail.boundary ?? boundaryBase(id), /^[0-9a-f]{24}$/),
    newline: '\r\n',
    normalizeHeaderKey: fieldName,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  checkWire(raw);
  return raw;
}

/** How the composer writes text beyond ASCII in quoted-printable, before its lines are wrapped. */
export { encode as encodedByLibrary } from 'nodemailer/lib/qp';

// The composer's own hand on single pieces, for `mail-form.ts`.
const hand = new MimeNode();

export function toValue(to: MailToCompose['to']): string {
  if (isPlain(to)) return `${to.name} <${to.address}>`;
  return hand.encodeHeaderValue('To', mailbox(to));
}

/** Nothing in it that the composer would touch: words in single blanks, an address in small letters. */
function isPlain({ name, address }: MailToCompose['to']): boolean {
  return (
    name !== null &&
    name.length <= NAME_CHARS &&
    /^\w+(?: \w+)*$/.test(name) &&
    address.length <= 200 &&
    /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:\.[a-z0-9]+)*\.[a-z]{2,}$/.test(address)
  );
}

export function foldedField(name: string, value: string): string {
  const line = `${name}: ${value}`;
  // A line of just so many characters is folded, too.
  return line.length < FOLDED_AT ? line : foldLines(line, FOLDED_AT);
}

/** The fields stand in this order in the message; those that MailComposer writes itself keep the place that their stand-ins have here. */
function headerLines(mail: MailToCompose): HeaderLine[] {
  const standIns = ['From', 'To', 'Message-ID', 'Date'];
  if (headerText(mail.subject, SUBJECT_CHARS) !== '') standIns.splice(2, 0, 'Subject');
  if (mail.inReplyTo) standIns.push('In-Reply-To');
  if (mail.inReplyTo || mail.references?.length) standIns.push('References');
  return [
    ...standIns.map(key => ({ key, value: '-' })),
    { key: 'Auto-Submitted', value: mail.autoSubmitted },
    ...listLines(mail),
    ...(mail.headers ?? []).map(([key, value]) => ownLine(key, value)),
  ];
}

function listLines({ listId, unsubscribe }: MailToCompose): HeaderLine[] {
  const lines: HeaderLine[] = [];
  if (listId !== undefined) {
    const id = token(listId.id, /^[a-z0-9.-]{3,200}$/i);
    lines.push({ key: 'List-Id', value: { prepared: true, value: `${phrase(listId.name)}<${id}>` } });
  }
  if (unsubscribe !== undefined) {
    lines.push({
      key: 'List-Unsubscribe',
      value: { prepared: true, value: unsubscribeTargets(unsubscribe) },
    });
    lines.push({ key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' });
  }
  return lines;
}

export function unsubscribeTargets({ url, mailto }: NonNullable<MailToCompose['unsubscribe']>): string {
  const targets = [`<${token(url, /^https?:\/\/[!-;=?-~]+$/)}>`];
  if (mailto !== undefined) {
    targets.push(`<mailto:${token(mailto, /^[!-;=?-~]+@[a-z0-9.-]+(?:\?[!-;=?-~]*)?$/i)}>`);
  }
  return targets.join(',\r\n ');
}

function ownLine(key: string, value: string): HeaderLine {
  return { key: token(key, /^X-[A-Za-z0-9-]{1,60}$/), value: token(value, /^[ -~]{1,900}$/) };
}

function threading(mail: MailToCompose): { inReplyTo?: string; references?: string[] } {
  const references = [...(mail.references ?? [])];
  const parent = mail.inReplyTo ?? null;
  if (parent !== null && !references.includes(parent)) references.push(parent);
  return {
    ...(parent === null ? {} : { inReplyTo: messageId(parent) }),
    ...(references.length === 0 ? {} : { references: references.map(messageId) }),
  };
}

// `contentTransferEncoding` and not `encoding`: the latter would decode the content first. Bytes and not strings: for a string the
// composer picks the spelling of the charset by what stands in it.
function alternatives(mail: MailToCompose) {
  const parts = [
    {
      contentType: 'text/plain; charset=UTF-8',
      content: Buffer.from(crlf(mail.text), 'utf8'),
      contentTransferEncoding: 'quoted-printable',
    },
    {
      contentType: 'text/html; charset=UTF-8',
      content: Buffer.from(crlf(mail.html), 'utf8'),
      contentTransferEncoding: 'quoted-printable',
    },
  ];
  if (mail.calendar === undefined) return parts;
  const method = token(mail.calendar.method, /^[A-Z]{3,20}$/);
  return [
    ...parts,
    {
      contentType: `text/calendar; charset=UTF-8; method=${method}`,
      content: Buffer.from(mail.calendar.ics, 'utf8'),
      contentTransferEncoding: 'base64',
    },
  ];
}

/** Not `text/calendar`: two of those confuse importers. The same bytes as the alternative. */
function icsCopy(calendar: { readonly ics: string; readonly filename: string }) {
  return {
    filename: token(calendar.filename, /^[A-Za-z0-9][A-Za-z0-9._-]{0,60}\.ics$/),
    contentType: 'application/ics',
    contentDisposition: 'attachment' as const,
    content: Buffer.from(calendar.ics, 'utf8'),
    contentTransferEncoding: 'base64' as const,
  };
}

export const LINE_ENDS = /\r\n|\r|\n/g;

function crlf(text: string): string {
  return `${text.replace(LINE_ENDS, '\r\n').trimEnd()}\r\n`;
}

/** The composer would write `X-Sis-Send` and `List-ID`. */
function fieldName(key: string): string {
  return key.replace(/^X-Sis-/, 'X-SIS-').replace(/^List-ID$/, 'List-Id');
}

/** A stranger's words in a header: one line, no controls, cut at a whole character. */
export function headerText(text: string, chars: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  const tidy = line.replace(/ {2,}/g, ' ').trim();
  return [...tidy].slice(0, chars).join('').toWellFormed();
}

/** A display name before angle brackets: a quoted string, or encoded words of whole characters (RFC 2047 5). */
function phrase(name: string): string {
  const text = headerText(name, NAME_CHARS).replace(/["\\<>]/g, "'");
  if (text === '') return '';
  if (/^[ -~]*$/.test(text)) return `"${text}" `;
  const words: string[] = [''];
  for (const char of text) {
    const last = words.length - 1;
    if (Buffer.byteLength(`${words[last]}${char}`) > WORD_BYTES) words.push(char);
    else words[last] += char;
  }
  return `${words.map(word => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')} `;
}

function mailbox(of: MailToCompose['to']): { readonly name: string; readonly address: string } {
  return { name: headerText(of.name ?? '', NAME_CHARS), address: address(of.address) };
}

function address(text: string): string {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error('a mail is composed for checked addresses only');
  return parsed.address.typed;
}

/** Of a Message-ID in its angle brackets. */
function boundaryBase(id: string): string {
  return hash('sha256', id).slice(0, 24);
}

export function messageId(text: string): string {
  const bare = /[<>\s]/.test(text) ? text.trim().replace(/^<|>$/g, '') : text;
  return `<${token(bare, /^[!-;=?-~]{3,400}$/)}>`;
}

function token(text: string, grammar: RegExp): string {
  if (!grammar.test(text)) throw new Error('a mail header was given something it cannot hold');
  return text;
}

const ONCE =
  /^(?:from|to|subject|date|message-id|in-reply-to|references|auto-submitted|list-.*|x-.*|mime-version|content-type)$/;
const NEVER = new Set(['sender', 'reply-to', 'cc', 'bcc', 'return-path']);

/** What goes over the wire: 7-bit, lines within RFC 5322's limit, one of each field. A breach is a fault of ours, never sent. */
function checkWire(raw: Uint8Array): void {
  let lineStart = 0;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    if (byte > 0x7e || byte === 0) throw new Error('a composed mail is not 7-bit');
    if (byte !== 0x0a) continue;
    if (at - 1 - lineStart > MAX_LINE) throw new Error('a composed mail has a line that is too long');
    lineStart = at + 1;
  }
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  const names = text
    .slice(0, text.indexOf('\r\n\r\n'))
    .split(/\r\n(?![ \t])/)
    .map(line => line.slice(0, line.indexOf(':')).toLowerCase());
  const seen = new Set<string>();
  for (const name of names) {
    if (NEVER.has(name) || !ONCE.test(name) || seen.has(name))
      throw new Error('a composed mail has a wrong header');
    seen.add(name);
  }
}

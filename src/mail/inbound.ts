/**
 * One mail as it came in, read into values. Never throws: what is wrong with a mail is a value too. Limits are checked on the raw bytes
 * before any parser runs (T10, T11); headers are evidence of nothing here, see `sender.ts` for who really sent it.
 */
import { normalAddress } from '../kernel/address.ts';
import type { Limits } from '../kernel/limits.ts';
import { texts } from '../texts/catalogue.ts';
import { automaticReason, isListMail } from './automatic.ts';
import { bodyText } from './body-text.ts';
import { type CalendarPart, calendarOutside, calendarParts, fileName } from './calendar-part.ts';
import { type Dsn, readDsn } from './dsn.ts';
import { type FromProblem, judgeFrom } from './from.ts';
import { fieldNamed, fieldsNamed, type HeaderField } from './header.ts';
import { decodedWords, type Mailbox, mailboxesIn } from './postal-mime.ts';
import { type MimePart, readStructure, type Structure, walkParts } from './structure.ts';

export interface MailProblem {
  readonly code: 'too_large' | 'structure' | 'unreadable';
  /** For the sender. */
  readonly sentence: string;
}

export interface InboundMail {
  /** As the mail says; trust `fromAddress` only, and only behind a proof. */
  readonly from: readonly Mailbox[];
  /** The one mailbox of the one From field, folded; null whenever `fromProblem` isn't `none`. */
  readonly fromAddress: string | null;
  readonly fromProblem: FromProblem;
  readonly sender: Mailbox | null;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Delivered-To, X-Original-To, Envelope-To: as forwarding hosts noted them. */
  readonly deliveredTo: readonly string[];
  readonly subject: string | null;
  /** With its angle brackets, as the next two. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** RFC 3339 in UTC; null when absent or unreadable. */
  readonly date: string | null;
  /** Why it counts as automatic (RFC 3834), or null. Calendar mail may be automatic and genuine. */
  readonly automatic: string | null;
  readonly list: boolean;
  /** Return-Path's content, empty for `<>`; null when absent. */
  readonly returnPath: string | null;
  readonly userAgent: string | null;
  readonly mailer: string | null;
  readonly dsn: Dsn | null;
  /** Best first. */
  readonly calendars: readonly CalendarPart[];
  /** Those inside attached or returned messages: another mail's, never acted on. */
  readonly nestedCalendars: readonly CalendarPart[];
  /** There is calendar text, but only where it doesn't count: in an attached message, a preamble or an epilogue. */
  readonly nestedCalendar: boolean;
  /** A person's words, decoded when somebody asks: most mail here is read for its calendar alone. */
  text(): Promise<string | null>;
  readonly tnef: boolean;
  /** File names of its parts, the calendar's own among them. */
  readonly attachments: readonly string[];
  /** Type of the message as a whole. */
  readonly type: string;
  readonly problem: MailProblem | null;
}

const ADDRESS_FIELD_CHARS = 2_000;
const LIST_FIELD_CHARS = 20_000;
const GROUPS = 50;
const IDS = 100;

type MailLimits = Pick<
  Limits,
  'INBOUND_BYTES' | 'MIME_DEPTH' | 'MIME_PARTS' | 'MIME_HEADER_LINES' | 'MIME_HEADER_BYTES'
>;

export async function readMail(raw: Uint8Array, limits: MailLimits): Promise<InboundMail> {
  if (raw.length > limits.INBOUND_BYTES) return unread(headOf(raw, limits), 'too_large');
  const bytes = withLineFeeds(raw);
  const structure = readStructure(bytes, limits);
  if (!structure.ok) return unread(structure.header?.fields ?? [], 'structure');
  try {
    return readWhole(bytes, structure);
  } catch {
    return unread(structure.root.header.fields, 'unreadable');
  }
}

function readWhole(raw: Uint8Array, { root, outside }: Structure & { ok: true }): InboundMail {
  const from = judgeFrom(root.header);
  const told = envelope(root.header.fields, root.type === 'multipart/report');
  const agreed = from.problem !== 'none' || fromElsewhere(told.from) === from.address;
  const calendars = calendarParts(raw, root, false);
  const nestedCalendars = calendarParts(raw, root, true);
  return {
    ...told,
    fromAddress: agreed ? from.address : null,
    fromProblem: agreed ? from.problem : 'unparsable',
    dsn: readDsn(raw, root),
    calendars,
    nestedCalendars,
    nestedCalendar: calendars.length === 0 && (nestedCalendars.length > 0 || calendarOutside(raw, outside)),
    text: () => bodyText(raw, root).catch(() => null),
    tnef: tnefIn(root),
    attachments: walkParts(root).flatMap(part => (part.nested ? [] : (fileName(part) ?? []))),
    type: root.type,
    problem: null,
  };
}

type Envelope = Omit<
  InboundMail,
  | 'fromAddress'
  | 'fromProblem'
  | 'dsn'
  | 'calendars'
  | 'nestedCalendars'
  | 'nestedCalendar'
  | 'text'
  | 'tnef'
  | 'attachments'
  | 'type'
  | 'problem'
>;

function envelope(fields: readonly HeaderField[], report: boolean): Envelope {
  const subject = fieldNamed(fields, 'subject');
  const decoded = subject === undefined ? null : decodedWords(subject);
  return {
    from: mailboxes(fields, 'from'),
    sender: mailboxes(fields, 'sender')[0] ?? null,
    replyTo: mailboxes(fields, 'reply-to'),
    to: mailboxes(fields, 'to'),
    cc: mailboxes(fields, 'cc'),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'].flatMap(name =>
      mailboxes(fields, name).map(({ address }) => address),
    ),
    subject: decoded,
    messageId: fieldNamed(fields, 'message-id') || null,
    inReplyTo: fieldNamed(fields, 'in-reply-to') || null,
    references: (fieldNamed(fields, 'references') ?? '').match(/<[^<>\s]{1,998}>/g)?.slice(0, IDS) ?? [],
    date: dateOf(fieldNamed(fields, 'date')),
    automatic: automaticReason(fields, { report, subject: decoded ?? '' }),
    list: isListMail(fields),
    returnPath: returnPathOf(fieldNamed(fields, 'return-path')),
    userAgent: fieldNamed(fields, 'user-agent') || null,
    mailer: fieldNamed(fields, 'x-mailer') || null,
  };
}

/** What can still be told about a mail that is not read. */
function unread(fields: readonly HeaderField[], code: MailProblem['code']): InboundMail {
  const judged = judgeFrom({ fields, flaws: [] });
  return {
    ...envelope(fields, false),
    fromAddress: judged.address,
    fromProblem: judged.problem,
    dsn: null,
    calendars: [],
    nestedCalendars: [],
    nestedCalendar: false,
    text: () => Promise.resolve(null),
    tnef: false,
    attachments: [],
    type: '',
    problem: { code, sentence: texts().mail.problems[code] },
  };
}

function headOf(raw: Uint8Array, limits: MailLimits): readonly HeaderField[] {
  const structure = readStructure(raw.subarray(0, limits.MIME_HEADER_BYTES), limits);
  return (structure.ok ? structure.root.header.fields : structure.header?.fields) ?? [];
}

/** A header block that ends in two CR before any LF came from a system that ends lines with CR: read as if it had ended them well. */
function withLineFeeds(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const feed = bytes.indexOf(0x0a);
  if (!bytes.subarray(0, feed < 0 ? bytes.length : feed).includes('\r\r')) return raw;
  return raw.map((byte, at) => (byte === 0x0d && raw[at + 1] !== 0x0a ? 0x0a : byte));
}

/** Cut before it is parsed: parsers of addresses are quadratic in what an attacker writes (T11). */
function mailboxes(fields: readonly HeaderField[], name: string): readonly Mailbox[] {
  let room = name === 'to' || name === 'cc' ? LIST_FIELD_CHARS : ADDRESS_FIELD_CHARS;
  const found: Mailbox[] = [];
  for (const value of fieldsNamed(fields, name)) {
    found.push(...mailboxesIn(cut(value, room)));
    room -= value.length;
    if (room <= 0) break;
  }
  return found;
}

function cut(value: string, room: number): string {
  const groups = value.slice(0, room).split(':');
  return groups.slice(0, GROUPS).join(':');
}

/** The sender as another parser sees it. */
function fromElsewhere(found: readonly Mailbox[]): string | null {
  return found.length === 1 ? (normalAddress(found[0]?.address ?? '') ?? null) : null;
}

function dateOf(value: string | undefined): string | null {
  const at = new Date(value ?? '');
  return Number.isNaN(at.getTime()) ? null : `${at.toISOString().slice(0, 19)}Z`;
}

function returnPathOf(value: string | undefined): string | null {
  return value === undefined ? null : value.replace(/[<>\s]/g, '');
}

/** Outlook's rich text (winmail.dat): the invitation is in there, in a form that only Outlook reads. */
function tnefIn(root: MimePart): boolean {
  for (const part of walkParts(root)) {
    if (part.nested) continue;
    if (part.type === 'application/ms-tnef' || part.type === 'application/vnd.ms-tnef') return true;
    if (fileName(part)?.toLowerCase() === 'winmail.dat') return true;
  }
  return false;
}

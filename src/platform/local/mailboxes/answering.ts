/** What a person answers, in the words that all calendar programs share. */
import { createHash } from 'node:crypto';
import type { HeaderLine, MimeNode } from './mime.ts';
import { compact, lineOf, propertyOf, type ReceivedInvite } from './received.ts';

export type Answer = 'yes' | 'maybe' | 'no';

export interface ReplyOptions {
  readonly answer: Answer;
  /** RFC 3339. */
  readonly now: string;
  readonly note?: string;
  /** One occurrence only: its start as the series has it, an instant in UTC or a date. */
  readonly occurrence?: string;
  /** Another time, as instants in UTC; the answer is then a tentative one. */
  readonly proposal?: { readonly start: string; readonly end: string };
  /** The same seed gives the same bytes. */
  readonly messageIdSeed?: string;
}

export interface Answering {
  readonly partstat: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED';
  /** `Accepted`, as Subjects have it. */
  readonly word: string;
  readonly note: string | null;
  /** RFC 3339. */
  readonly now: string;
  /** `20260303T150000Z`. */
  readonly stamp: string;
  /** `20260303T150000Z`. */
  readonly proposal: { readonly start: string; readonly end: string } | null;
  /** 64 hex digits that differ from mail to mail. */
  readonly seed: string;
}

export interface ClientMail {
  readonly headers: readonly HeaderLine[];
  readonly body: MimeNode;
}

export type Client = (invite: ReceivedInvite, answer: Answering) => ClientMail;

const PARTSTAT = { yes: 'ACCEPTED', maybe: 'TENTATIVE', no: 'DECLINED' } as const;
const WORD = { yes: 'Accepted', maybe: 'Tentative', no: 'Declined' } as const;

export function answering(client: string, invite: ReceivedInvite, options: ReplyOptions): Answering {
  const answer = options.proposal === undefined ? options.answer : 'maybe';
  const { note = '', occurrence = '', now, proposal } = options;
  const uid = propertyOf(invite.event, 'UID')?.value ?? '';
  const seed = options.messageIdSeed ?? [client, uid, answer, occurrence, note, now].join('\n');
  return {
    partstat: PARTSTAT[answer],
    word: WORD[answer],
    note: note.trim() === '' ? null : note.trim(),
    now,
    stamp: compact(now),
    proposal: proposal ? { start: compact(proposal.start), end: compact(proposal.end) } : null,
    seed: createHash('sha256').update(seed).digest('hex'),
  };
}

/** `8-4-4-4-12` out of the seed, from a place of its own. */
export function uuid({ seed }: Answering, from = 0): string {
  const hex = (seed + seed).slice(from, from + 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** A parameter's value: quoted where RFC 5545 3.2 wants it; a quote within cannot be said and becomes another. */
export function parameterValue(text: string): string {
  const safe = text.replace(/"/g, "'").replace(/[\r\n]+/g, ' ');
  return /[;:,]/.test(safe) ? `"${safe}"` : safe;
}

/** The lines of the named properties as they came, in that order. */
export function echoed({ event }: ReceivedInvite, ...names: readonly string[]): string[] {
  return names.flatMap(name =>
    event.filter(property => property.name === name).map(property => lineOf(property)),
  );
}

/** `Tue, 3 Mar 2026 15:00:00 +0000` */
export function mailDate(now: string): string {
  return new Date(now).toUTCString().replace('GMT', '+0000');
}

/** Lines of at most 75 octets, never cut inside a character (RFC 5545 3.1). */
export function calendarText(lines: readonly string[]): string {
  return lines.map(line => `${folded(line)}\r\n`).join('');
}

function folded(line: string): string {
  let text = '';
  let room = 75;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (size > room) {
      text += '\r\n ';
      room = 74;
    }
    text += char;
    room -= size;
  }
  return text;
}

/**
 * Who a mail says it is from, read strictly (RFC 5322 3.4, 3.6.2): exactly one From field with exactly one mailbox, or nobody (T5).
 * Stricter than any mail program on purpose: where two programs could show different senders, this one shows none.
 */
import { parseAddress } from '../kernel/address.ts';
import { fieldsNamed, type HeaderBlock } from './header.ts';

export type FromProblem = 'none' | 'two_from' | 'several_mailboxes' | 'no_from' | 'unparsable';

export type FromJudgement =
  | { readonly problem: 'none'; readonly address: string }
  | { readonly problem: Exclude<FromProblem, 'none'>; readonly address: null };

/** Flaws of a header block that let two readers see different fields. */
const DIVIDING = new Set(['nul', 'bare_cr', 'hidden_from', 'blank_name']);
const FROM_CHARS = 1_000;

/** `address` is folded. */
export function judgeFrom(header: HeaderBlock): FromJudgement {
  const values = fieldsNamed(header.fields, 'from');
  if (header.flaws.some(flaw => DIVIDING.has(flaw))) return refused('unparsable');
  if (values.length > 1) return refused('two_from');
  const value = values[0];
  if (value === undefined || value.trim() === '') return refused('no_from');
  if (value.length > FROM_CHARS) return refused('unparsable');
  return readMailbox(value);
}

function refused(problem: Exclude<FromProblem, 'none'>): FromJudgement {
  return { problem, address: null };
}

/** What a From value is made of, outside comments. */
interface Tokens {
  /** Text outside quotes and angle brackets. */
  outside: string;
  /** Contents of the angle brackets, one entry each. */
  readonly angles: string[];
  quoted: boolean;
  /** Something stood behind the closing bracket. */
  trailing: boolean;
}

function readMailbox(value: string): FromJudgement {
  if (hasControls(value)) return refused('unparsable');
  const tokens = tokenize(value);
  if (tokens === undefined) return refused('unparsable');
  if (tokens.outside.includes(',')) return refused('several_mailboxes');
  if (/[:;]/.test(tokens.outside) || tokens.angles.length > 1 || tokens.trailing)
    return refused('unparsable');
  const angle = tokens.angles[0];
  const text = angle ?? tokens.outside.trim();
  // A quoted local part, or a name without brackets around the address.
  if (angle === undefined && (tokens.quoted || /\s/.test(text))) return refused('unparsable');
  const parsed = parseAddress(text);
  if (!parsed.ok || text.includes('=?')) return refused('unparsable');
  if (angle !== undefined && !agrees(tokens.outside, parsed.address.normal)) return refused('unparsable');
  return { problem: 'none', address: parsed.address.normal };
}

/** `one@example.com <one@example.com>` is common; a bare other address in the place of the name is a trick. */
function agrees(name: string, normal: string): boolean {
  if (!name.includes('@')) return true;
  return name.trim().toLowerCase() === normal;
}

function tokenize(value: string): Tokens | undefined {
  const tokens: Tokens = { outside: '', angles: [], quoted: false, trailing: false };
  let at = 0;
  while (at < value.length) {
    const char = value.charAt(at);
    if (char === '"') {
      const end = quoteEnd(value, at);
      if (end < 0) return undefined;
      tokens.quoted = true;
      if (tokens.angles.length > 0) tokens.trailing = true;
      at = end + 1;
    } else if (char === '(') {
      const end = commentEnd(value, at);
      if (end < 0) return undefined;
      at = end + 1;
    } else if (char === '<') {
      const end = value.indexOf('>', at);
      if (end < 0) return undefined;
      tokens.angles.push(value.slice(at + 1, end));
      at = end + 1;
    } else {
      if (char === '>' || char === ')' || char === '\\') return undefined;
      if (tokens.angles.length > 0 && char !== ' ' && char !== '\t' && char !== ',') tokens.trailing = true;
      tokens.outside += char;
      at++;
    }
  }
  return tokens;
}

function quoteEnd(value: string, from: number): number {
  for (let at = from + 1; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') return at;
  }
  return -1;
}

function commentEnd(value: string, from: number): number {
  let depth = 0;
  for (let at = from; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') at++;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  return -1;
}

function hasControls(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

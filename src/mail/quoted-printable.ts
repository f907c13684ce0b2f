/**
 * Quoted-printable in the very lines that nodemailer makes, by a walk over character codes: each invite carries a footer of its own, and
 * there the library's regular expressions took most of the time. A test holds both against each other.
 */
import { encodedByLibrary, LINE_ENDS } from './compose.ts';

const LINE = 76;
/** The library looks for a place to break in the last third of a line. */
const MARGIN = 25;
const LAST_PLACES = new Uint8Array(128);
for (const char of ' \t.,!?') LAST_PLACES[char.charCodeAt(0)] = 1;
const EQUALS = 0x3d;

export function quotedPrintable(text: string): string {
  return wrapped(encoded(crlf(text)));
}

export function crlf(text: string): string {
  return text.replace(LINE_ENDS, '\r\n');
}

/** Not in lines yet. Line ends as CRLF already; what is encoded of one line depends on no other. */
export function encoded(text: string): string {
  if (/[^\t\r\n -~]/.test(text)) return encodedByLibrary(text);
  return text.replaceAll('=', '=3D').replace(/[ \t](?=\r\n|$)/g, blank => (blank === ' ' ? '=20' : '=09'));
}

/** Encoded text with its soft line breaks. */
export function wrapped(text: string): string {
  if (text.length <= LINE) return text;
  let lines = '';
  let at = 0;
  let lineEnd = text.indexOf('\r\n');
  while (at < text.length) {
    if (lineEnd >= 0 && lineEnd < at) lineEnd = text.indexOf('\r\n', at);
    if (lineEnd >= 0 && lineEnd + 2 <= at + LINE) {
      lines += text.slice(at, lineEnd + 2);
      at = lineEnd + 2;
      continue;
    }
    const end = breakAt(text, at);
    lines += text.slice(at, end);
    if (end < text.length) lines += '=\r\n';
    at = end;
  }
  return lines;
}

/** Where the line that begins at `from` ends, before its soft break. */
function breakAt(text: string, from: number): number {
  const full = Math.min(from + LINE, text.length);
  const length = full - from;
  const place = length > LINE - MARGIN ? lastPlace(text, full) : -1;
  const end = place >= 0 ? place + 1 : wholeCharacters(text, from, full);
  if (end === text.length || end - from < LINE) return end;
  return isEscape(text, end - 3) ? end - 3 : end - 1;
}

function lastPlace(text: string, end: number): number {
  for (let at = end - 1; at >= end - MARGIN; at -= 1) if (LAST_PLACES[text.charCodeAt(at)] === 1) return at;
  return -1;
}

/** No escape is cut in two, and no character of several escapes, unless the line would hold nothing else. */
function wholeCharacters(text: string, from: number, full: number): number {
  let end = full;
  if (text.charCodeAt(full - 1) === EQUALS) end = full - 1;
  else if (text.charCodeAt(full - 2) === EQUALS && isHex(text.charCodeAt(full - 1))) end = full - 2;
  while (end - from > 3 && end < text.length && isEscape(text, end - 3)) {
    const octet = Number.parseInt(text.slice(end - 2, end), 16);
    if (octet < 0x80 || isEscapesOnly(text, from, end)) break;
    end -= 3;
    if (octet >= 0xc0) break;
  }
  return end;
}

/** One to four escapes: the octets of one character. */
function isEscapesOnly(text: string, from: number, end: number): boolean {
  if ((end - from) % 3 !== 0 || end - from > 12) return false;
  for (let at = from; at < end; at += 3) if (!isEscape(text, at)) return false;
  return true;
}

function isEscape(text: string, at: number): boolean {
  return text.charCodeAt(at) === EQUALS && isHex(text.charCodeAt(at + 1)) && isHex(text.charCodeAt(at + 2));
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

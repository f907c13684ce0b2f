/**
 * Content lines on the way out (RFC 5545 3.1, 3.2, 3.3.11): escaping, quoting, folding by octets. Whatever a stranger wrote ends up
 * inside its own value: no control character, line break or quote of his leaves the property it stands in.
 */

const OCTETS = 75;
/** Most of what is written: nothing to clean, one octet a character. */
const PRINTABLE = /^[ -~]*$/;
const NOTHING_TO_ESCAPE = /^[ -+\--:<-[\]-~]*$/;
/** Words in single blanks, as most names are; no more than a quoted value may hold. */
const SIMPLE_WORDS = /^(?=.{1,128}$)[\w.@-]+(?: [\w.@-]+)*$/;
const SIMPLE_ADDRESS = /^[\w.@+-]+$/;

/** Lone surrogates become U+FFFD, line and paragraph separators line breaks; other control characters go. */
function clean(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\ufeff]/gu, character => (character === '\n' ? '\n' : ''));
}

/** A TEXT value. */
export function textValue(text: string): string {
  if (NOTHING_TO_ESCAPE.test(text)) return text;
  return clean(text)
    .replaceAll(/[\\;,]/g, character => `\\${character}`)
    .replaceAll('\n', '\\n');
}

/** One line of text, cut at a number of characters. */
export function oneLine(text: string, characters: number): string {
  return shortened(clean(text).replaceAll('\n', ' ').replaceAll(/ {2,}/g, ' ').trim(), characters);
}

/** Counts whole characters, so that no emoji is cut in two. */
export function shortened(text: string, characters: number, mark = '…'): string {
  if (text.length <= characters) return text;
  const all = [...text];
  return all.length <= characters
    ? text
    : `${all
        .slice(0, Math.max(0, characters - 1))
        .join('')
        .trimEnd()}${mark}`;
}

/** Always in quotes: Outlook needs them for anything beyond ASCII. RFC 6868 carets are read by too few programs. */
export function quoted(text: string): string {
  if (SIMPLE_WORDS.test(text)) return `"${text}"`;
  return `"${oneLine(text, 128).replaceAll('"', "'")}"`;
}

/** In quotes only where it must be: IANA names go bare. */
export function parameterValue(text: string): string {
  const plain = oneLine(text, 250).replaceAll('"', "'");
  return /[,;:]/.test(plain) || /[^\x20-\x7e]/.test(plain) ? `"${plain}"` : plain;
}

/** A URI value: nothing in it may end the line or the value. */
export function uriValue(uri: string): string {
  return clean(uri)
    .replaceAll(/[\s<>"\\^`{|}]/g, character => encodeURIComponent(character).replaceAll('%0A', ''))
    .slice(0, 2_000);
}

export function httpUrl(uri: string | null): string | null {
  if (uri === null) return null;
  const value = uriValue(uri.trim());
  return /^https?:\/\/[^/]/i.test(value) ? value : null;
}

export function mailto(address: string): string {
  if (SIMPLE_ADDRESS.test(address)) return `mailto:${address}`;
  const bare = clean(address)
    .trim()
    .replaceAll(/[\s%?<>"\\^`{|}]/g, character => encodeURIComponent(character));
  return `mailto:${bare}`;
}

/** At most 75 octets a line without CRLF, never inside a UTF-8 sequence. */
export function fold(line: string): string {
  if (line.length <= OCTETS && Buffer.byteLength(line) <= OCTETS) return line;
  if (PRINTABLE.test(line)) return foldedPlain(line);
  const folded: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > OCTETS) {
      folded.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...folded, current].join('\r\n');
}

function foldedPlain(line: string): string {
  let folded = line.slice(0, OCTETS);
  for (let at = OCTETS; at < line.length; at += OCTETS - 1)
    folded += `\r\n ${line.slice(at, at + OCTETS - 1)}`;
  return folded;
}

export function fileOf(lines: readonly string[]): string {
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

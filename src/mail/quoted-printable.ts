/**
 * Quoted-printable of ASCII text in the very lines that nodemailer makes (`qp.wrap`), by a walk over character codes: each invite carries a
 * footer of its own, and there the library's regular expressions took most of the time. A test holds both against each other.
 */
const LINE = 76;
/** The library looks for a place to break in the last third of a line. */
const MARGIN = 25;
const LAST_PLACES = new Set([...' \t.,!?'].map(char => char.charCodeAt(0)));
const EQUALS = 0x3d;

/** Line ends as CRLF already. */
export function isPlainText(text: string): boolean {
  return /^(?:[\t -~]|\r\n)*$/.test(text);
}

export function plainQuotedPrintable(text: string): string {
  const encoded = text
    .replaceAll('=', '=3D')
    .replace(/[ \t](?=\r\n|$)/g, blank => (blank === ' ' ? '=20' : '=09'));
  if (encoded.length <= LINE) return encoded;
  let wrapped = '';
  let at = 0;
  let lineEnd = encoded.indexOf('\r\n');
  while (at < encoded.length) {
    if (lineEnd >= 0 && lineEnd < at) lineEnd = encoded.indexOf('\r\n', at);
    if (lineEnd >= 0 && lineEnd + 2 <= at + LINE) {
      wrapped += encoded.slice(at, lineEnd + 2);
      at = lineEnd + 2;
      continue;
    }
    const end = breakAt(encoded, at);
    wrapped += encoded.slice(at, end);
    if (end < encoded.length) wrapped += '=\r\n';
    at = end;
  }
  return wrapped;
}

/** Where the line that begins at `from` ends, before its soft break. */
function breakAt(text: string, from: number): number {
  const full = Math.min(from + LINE, text.length);
  let end = full;
  const length = full - from;
  const place = length > LINE - MARGIN ? lastPlace(text, full) : -1;
  if (place >= 0) end = place + 1;
  // An escape is not cut in two.
  else if (text.charCodeAt(full - 1) === EQUALS) end = full - 1;
  else if (text.charCodeAt(full - 2) === EQUALS && isHex(text.charCodeAt(full - 1))) end = full - 2;
  if (end === text.length || end - from < LINE) return end;
  return text.charCodeAt(end - 3) === EQUALS ? end - 3 : end - 1;
}

function lastPlace(text: string, end: number): number {
  for (let at = end - 1; at >= end - MARGIN; at -= 1) if (LAST_PLACES.has(text.charCodeAt(at))) return at;
  return -1;
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

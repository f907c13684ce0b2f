/** The Subject of a mail that we composed ourselves: folded, and in RFC 2047 words of UTF-8 where it is not ASCII. */

export function subjectOf(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes
    .subarray(0, end < 0 ? bytes.length : end)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ');
  const value = /^subject:[ \t]*(.*)$/im.exec(head)?.[1] ?? '';
  return value
    .trim()
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?[bq]\?[^?\s]*\?=)+/gi, decodeWords);
}

/** Neighbours are joined as bytes before they become text: an encoder may cut a character between two words. */
function decodeWords(words: string): string {
  const parts = [...words.matchAll(/=\?utf-8\?([bq])\?([^?\s]*)\?=/gi)].map(([, way = '', body = '']) =>
    way.toLowerCase() === 'b' ? Buffer.from(body, 'base64') : quotedBytes(body),
  );
  return Buffer.concat(parts).toString();
}

function quotedBytes(body: string): Buffer {
  const plain = body
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

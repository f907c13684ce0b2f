/** Just enough MIME (RFC 2045) to build the trees of other people's programs byte by byte, which no composer would do for us. */
import { encode, wrap } from 'nodemailer/lib/qp';

export type HeaderLine = readonly [name: string, value: string];

export type MimeNode =
  | {
      readonly type: string;
      readonly encoding: '7bit' | '8bit' | '8BIT' | 'base64' | 'quoted-printable';
      readonly headers?: readonly HeaderLine[];
      readonly text: string;
    }
  | { readonly multipart: string; readonly boundary: string; readonly parts: readonly MimeNode[] };

export function message(headers: readonly HeaderLine[], body: MimeNode): Uint8Array {
  return Buffer.from(`${[...headers, ['MIME-Version', '1.0'] as const].map(header).join('')}${node(body)}`);
}

/** A display name and an address, as an unstructured header may hold them. */
export function mailbox({ name, email }: { readonly name: string | null; readonly email: string }): string {
  if (name === null || name === '') return `<${email}>`;
  const shown = isAscii(name) ? `"${name.replace(/["\\]/g, "'")}"` : encodedWords(name);
  return `${shown} <${email}>`;
}

/** RFC 2047 words of whole characters where the text is not plain. */
export function headerText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return isAscii(line) ? line : encodedWords(line);
}

function header([name, value]: HeaderLine): string {
  return `${name}: ${value}\r\n`;
}

function node(part: MimeNode): string {
  if ('multipart' in part) {
    const parts = part.parts.map(child => `--${part.boundary}\r\n${node(child)}\r\n`);
    const type = `multipart/${part.multipart}; boundary="${part.boundary}"`;
    return `${header(['Content-Type', type])}\r\n${parts.join('')}--${part.boundary}--\r\n`;
  }
  const headers: HeaderLine[] = [
    ['Content-Type', part.type],
    ['Content-Transfer-Encoding', part.encoding],
    ...(part.headers ?? []),
  ];
  return `${headers.map(header).join('')}\r\n${encoded(part.text, part.encoding)}`;
}

function encoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  if (encoding === 'quoted-printable') return wrap(encode(Buffer.from(text)));
  return text;
}

function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const char of text) {
    const longer = `${words.at(-1)}${char}`;
    if (Buffer.byteLength(longer) > 42) words.push(char);
    else words[words.length - 1] = longer;
  }
  return words.map(word => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

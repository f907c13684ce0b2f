/** The one place that knows postal-mime: encoded words, address lists, the text of one part. What goes in is cut to size before. */
import PostalMime, { addressParser, decodeWords } from 'postal-mime';

export interface Mailbox {
  readonly name: string | null;
  readonly address: string;
}

/** RFC 2047. */
export function decodedWords(value: string): string {
  return value.includes('=?') ? decodeWords(value) : value;
}

/** Groups dissolved; entries without an address left out. */
export function mailboxesIn(value: string): readonly Mailbox[] {
  return addressParser(value, { flatten: true }).flatMap(({ name, address }) =>
    address ? [{ name: name || null, address }] : [],
  );
}

/** Charset and flowed lines undone. A part, headers and body, is to a parser a message of its own. */
export async function textOfPart(part: Uint8Array): Promise<{ text: string | null; html: string | null }> {
  const { text, html } = await PostalMime.parse(part);
  // Base64 keeps the line ends of the sender's machine, the other encodings lose them.
  return { text: text?.replaceAll(/\r\n?/g, '\n') ?? null, html: html ?? null };
}

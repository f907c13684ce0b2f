/** A person's words in a mail: its first text/plain part, else what its first text/html part says. Cut, since nobody reads more. */
import PostalMime from 'postal-mime';
import { htmlBodyText } from './html-body.ts';
import { type MimePart, walkParts } from './structure.ts';

const TEXT_BYTES = 65_536;

export async function bodyText(raw: Uint8Array, root: MimePart): Promise<string | null> {
  const plain = await textOf(raw, firstOf(root, 'text/plain'));
  if (plain?.text !== undefined && plain.text.trim() !== '') return plain.text.trim();
  const html = await textOf(raw, firstOf(root, 'text/html'));
  return html?.html === undefined ? null : htmlBodyText(html.html) || null;
}

function firstOf(root: MimePart, type: string): MimePart | undefined {
  for (const part of walkParts(root)) {
    if (!part.nested && part.type === type && part.disposition?.value !== 'attachment') return part;
  }
  return undefined;
}

/** A part is a message of its own to a parser that knows charsets and flowed text; it never sees more than this. */
async function textOf(
  raw: Uint8Array,
  part: MimePart | undefined,
): Promise<{ text?: string | undefined; html?: string | undefined } | undefined> {
  if (part === undefined) return undefined;
  return PostalMime.parse(
    raw.subarray(part.headerStart, Math.min(part.bodyEnd, part.bodyStart + TEXT_BYTES)),
  );
}

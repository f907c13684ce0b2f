/** A person's words in a mail: its first text/plain part, else what its first text/html part says. Cut, since nobody reads more. */
import { htmlBodyText } from './html-body.ts';
import { textOfPart } from './postal-mime.ts';
import { type MimePart, walkParts } from './structure.ts';

const TEXT_BYTES = 65_536;

export async function bodyText(raw: Uint8Array, root: MimePart): Promise<string | null> {
  const plain = firstOf(root, 'text/plain');
  const { text } = plain === undefined ? { text: null } : await textOfPart(cut(raw, plain));
  if (text !== null && text.trim() !== '') return text.trim();
  const marked = firstOf(root, 'text/html');
  const { html } = marked === undefined ? { html: null } : await textOfPart(cut(raw, marked));
  return html === null ? null : htmlBodyText(html) || null;
}

function firstOf(root: MimePart, type: string): MimePart | undefined {
  for (const part of walkParts(root)) {
    if (!part.nested && part.type === type && part.disposition?.value !== 'attachment') return part;
  }
  return undefined;
}

/** No parser ever sees more than this of a body. */
function cut(raw: Uint8Array, part: MimePart): Uint8Array {
  return raw.subarray(part.headerStart, Math.min(part.bodyEnd, part.bodyStart + TEXT_BYTES));
}

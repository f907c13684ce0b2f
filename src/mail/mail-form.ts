/**
 * A mail to many as a form: composed once by the reference composer, then filled for each person. The bytes are those that `composeMail`
 * gives for the same mail; where the form could not promise that (see `SLICE` and `PLAIN`), `composeMail` is asked.
 */
import { composeMail } from './compose.ts';
import { cutAt, filledIn, type Pieces } from './form-pieces.ts';
import type { Around } from './layout.ts';
import { frameOf, spliced } from './mail-frame.ts';
import { objectEncoder } from './object-lines.ts';
import { ownFields } from './own-fields.ts';
import { crlf, encoded, wrapped } from './quoted-printable.ts';
import { hashOf, type OwnMail, type Reader, type SharedMail, wholeMail } from './shared-mail.ts';

/** The composer encodes a body in slices of so many bytes; where a slice ends, lines may wrap otherwise. */
const SLICE = 65_536;
/** Words that are written alike in plain text, in HTML and in quoted-printable. */
const PLAIN = /^[!#-%(-;?-[\]-~]+$/;

export async function mailForm(
  shared: SharedMail,
): Promise<(own: OwnMail) => Uint8Array | Promise<Uint8Array>> {
  const frame = await frameOf(shared);
  const footer = footerOf(shared);
  const objectOf = objectEncoder();
  const room = SLICE - Math.max(sizeOf(shared.text), sizeOf(shared.html));
  return own => {
    const reader = { address: own.to.address, stop: own.unsubscribe.url };
    if (!PLAIN.test(reader.address) || !PLAIN.test(reader.stop)) return composeMail(wholeMail(shared, own));
    const [text, html] = [filledIn(footer.text, reader), filledIn(footer.html, reader)];
    if (Math.max(text.length, html.length) > room) return composeMail(wholeMail(shared, own));
    return spliced(frame, {
      ...ownFields(own),
      text: wrapped(text),
      html: wrapped(html),
      ...objectOf(own.ics),
    });
  };
}

/** Encoded, with blanks for the reader's words; not in lines yet. */
function footerOf(shared: SharedMail): Readonly<Record<'text' | 'html', Pieces<keyof Reader>>> {
  const hash = hashOf(shared);
  const marks = { address: `address-${hash}`, stop: `https://stop/${hash}` };
  const { text, html } = shared.footer(marks);
  return { text: cutAt(marks, encoded(crlf(text))), html: cutAt(marks, encoded(crlf(html))) };
}

function sizeOf({ before, after }: Around): number {
  return Buffer.byteLength(crlf(before)) + Buffer.byteLength(crlf(after));
}

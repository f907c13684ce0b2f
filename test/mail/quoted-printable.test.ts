/** Our own quick encoder writes the library's very lines. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encode, wrap } from 'nodemailer/lib/qp';
import { encoded, wrapped } from '../../src/mail/quoted-printable.ts';
import '../support/runs.ts';

const piece = fc.oneof(
  fc.string({ maxLength: 90 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ' ',
    '\t',
    '=',
    '\r\n',
    ' \r\n',
    '.',
    ', ',
    '=3D',
    '=E2=82=AC',
    'x'.repeat(24),
    'a'.repeat(75),
    '?a=b',
    'ü',
    'Grüße aus Köln',
    '日本語の予定についてのとても長い説明です',
    'مرحبابالعالم',
    '👩‍👩‍👧‍👦🎉🎉🎉',
    '\u0000\u007f',
  ),
  fc.base64String({ maxLength: 300 }),
);

describe('quoted-printable', () => {
  test('has the lines that nodemailer writes', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('').replaceAll(/\r\n|\r|\n/g, '\r\n');
        expect(encoded(text)).toBe(encode(text));
        expect(wrapped(encoded(text))).toBe(wrap(encode(text)));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(Array.from({ length: 8 }, (_, more) => 70 + more))('%s characters and a line end', length => {
    for (const last of ['x', ' ', '=', '.', 'é', '語']) {
      const text = `${'x'.repeat(length - 1)}${last}\r\n${'y'.repeat(length)}${last}`;
      expect(wrapped(encoded(text))).toBe(wrap(encode(text)));
    }
  });
});

/** Our own quick encoder writes the library's very lines. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encode, wrap } from 'nodemailer/lib/qp';
import { isPlainText, plainQuotedPrintable } from '../../src/mail/quoted-printable.ts';
import '../support/runs.ts';

const piece = fc.oneof(
  fc.string({ maxLength: 90 }),
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
  ),
  fc.base64String({ maxLength: 300 }),
);

describe('quoted-printable of plain text', () => {
  test('has the lines that nodemailer writes', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('').replaceAll(/[^\t\r\n -~]/g, '');
        expect(plainQuotedPrintable(text)).toBe(wrap(encode(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(Array.from({ length: 8 }, (_, more) => 70 + more))('%s characters and a line end', length => {
    for (const last of ['x', ' ', '=', '.']) {
      const text = `${'x'.repeat(length - 1)}${last}\r\n${'y'.repeat(length)}${last}`;
      expect(plainQuotedPrintable(text)).toBe(wrap(encode(text)));
    }
  });

  test.each([
    ['a\r\nb\t', true],
    ['a\nb', false],
    ['a\rb', false],
    ['é', false],
    ['\u007f', false],
  ])('%j is plain: %s', (text, plain) => {
    expect(isPlainText(text)).toBe(plain);
  });
});

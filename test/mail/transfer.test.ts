import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, decodeQuotedPrintable } from '../../src/mail/transfer.ts';
import '../support/runs.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const ascii = (value: string) => Buffer.from(value, 'latin1');

describe('base64', () => {
  test('any bytes come back, however their lines are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const encoded = Buffer.from(bytes).toString('base64');
        const cut = encoded.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
        expect([...decodeBase64(ascii(cut))]).toEqual([...bytes]);
      }),
    );
  });

  test.each([
    ['SGFsbG8=', 'Hallo'],
    ['SGFsbG8', 'Hallo'],
    ['SGFs*bG8=!', 'Hallo'],
    ['SGFs\r\n \tbG8=', 'Hallo'],
    ['SGE=bGxv', 'Hallo'],
    ['', ''],
  ])('%j is %j', (encoded, decoded) => {
    expect(text(decodeBase64(ascii(encoded)))).toBe(decoded);
  });
});

describe('quoted-printable', () => {
  test.each([
    ['Fr=C3=BChling', 'Frühling'],
    ['Fr=c3=bchling', 'Frühling'],
    ['soft=\r\nbreak', 'softbreak'],
    ['soft= \t\r\nbreak', 'softbreak'],
    ['soft=\nbreak', 'softbreak'],
    ['at the end=', 'at the end'],
    ['a=b=ZZ=3', 'a=b=ZZ=3'],
    ['a=3D1\r\nb', 'a=1\r\nb'],
  ])('%j is %j', (encoded, decoded) => {
    expect(text(decodeQuotedPrintable(ascii(encoded)))).toBe(decoded);
  });
});

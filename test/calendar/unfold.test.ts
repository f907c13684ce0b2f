import { describe, expect, test } from '@jest/globals';
import { unfold } from '../../src/calendar/unfold.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';

function lines(content: Uint8Array | string, charset: string | null = null): string[] {
  const unfolded = unfold(Buffer.from(content), charset, DEFAULT_LIMITS);
  if (!unfolded.ok) throw new Error(unfolded.refusal.code);
  return unfolded.lines.map(line => line.text);
}

describe('unfolding', () => {
  test('[R-11] takes every kind of line end and of fold', () => {
    const expected = ['SUMMARY:one two', 'LOCATION:here'];
    for (const end of ['\r\n', '\n', '\r', '\r\r\n']) {
      expect(lines(`SUMMARY:one${end}  two${end}LOCATION:he${end}\tre${end}`)).toEqual(expected);
    }
  });

  test('[R-10] joins a character that the fold cut in two', () => {
    const whole = Buffer.from('SUMMARY:Frühling 🎉', 'utf8');
    for (let at = 9; at < whole.length; at += 1) {
      const folded = Buffer.concat([whole.subarray(0, at), Buffer.from('\r\n '), whole.subarray(at)]);
      expect(lines(folded)).toEqual(['SUMMARY:Frühling 🎉']);
    }
  });

  test('keeps the number of the physical line', () => {
    const unfolded = unfold(Buffer.from('A:1\r\n 2\r\n\r\n 3\r\nB:4'), null, DEFAULT_LIMITS);
    expect(unfolded).toMatchObject({
      ok: true,
      lines: [
        { number: 1, text: 'A:12' },
        { number: 3, text: '3' },
        { number: 5, text: 'B:4' },
      ],
    });
  });

  test('[R-11] leaves out blank lines, NULs, the byte-order mark and blanks at the end', () => {
    expect(lines('\ufeffA:1  \r\n\r\n\r\nB:\0two\r\n')).toEqual(['A:1', 'B:two']);
  });
});

describe('charsets', () => {
  const umlauts = 'SUMMARY:Grüße';
  const utf8 = Buffer.from(umlauts, 'utf8');
  const latin = Buffer.from(umlauts, 'latin1');

  test.each([null, 'us-ascii', 'UTF-8', '"utf-8"', 'x-unknown', 'iso-8859-1'])(
    '[R-12] UTF-8 labelled %s is UTF-8',
    charset => {
      expect(lines(utf8, charset)).toEqual([umlauts]);
    },
  );

  test.each([null, 'us-ascii', 'utf-8', 'iso-8859-1', 'windows-1252'])(
    '[R-12] Western text labelled %s is read as such',
    charset => {
      expect(lines(latin, charset)).toEqual([umlauts]);
    },
  );

  test('[R-12] one foreign line does not spoil the others', () => {
    const mixed = Buffer.concat([utf8, Buffer.from('\r\n'), latin, Buffer.from('\r\n')]);
    expect(lines(mixed)).toEqual([umlauts, umlauts]);
  });

  test('a declared charset of another script counts', () => {
    expect(lines(Buffer.from([0x41, 0x3a, 0xd4, 0xe5, 0xf1, 0xf2]), 'windows-1251')).toEqual(['A:Фест']);
    expect(lines(Buffer.from([0x41, 0x3a, 0x93, 0xfa, 0x96, 0x7b]), 'Shift_JIS')).toEqual(['A:日本']);
  });

  test('UTF-16 is read by its mark, and without one', () => {
    const wide = Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:Gr\r\n üße\r\n', 'utf16le');
    const expected = ['BEGIN:VCALENDAR', 'SUMMARY:Grüße'];
    expect(lines(wide)).toEqual(expected);
    expect(lines(Buffer.concat([Buffer.from([0xff, 0xfe]), wide]))).toEqual(expected);
    expect(lines(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()]))).toEqual(expected);
  });
});

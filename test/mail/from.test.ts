import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import addressparser from 'nodemailer/lib/addressparser';
import { addressParser } from 'postal-mime';
import { normalAddress } from '../../src/kernel/address.ts';
import { judgeFrom } from '../../src/mail/from.ts';
import { readHeaderBlock } from '../../src/mail/header.ts';
import { readText } from './fixture.ts';
import '../support/runs.ts';

const judge = (header: string) => judgeFrom(readHeaderBlock(Buffer.from(header, 'utf8')));

describe('exactly one mailbox in exactly one From (T5)', () => {
  test.each([
    ['From: jane@example.com', 'jane@example.com'],
    ['From: <jane@example.com>', 'jane@example.com'],
    ['From: Jane Roe <jane@example.com>', 'jane@example.com'],
    ['From: "Roe, Jane" <jane@example.com>', 'jane@example.com'],
    ['From: "a \\" b" <jane@example.com>', 'jane@example.com'],
    ['From: jane@example.com (Jane (of Events) Roe)', 'jane@example.com'],
    ['From: Jane Roe\r\n <jane@example.com>', 'jane@example.com'],
    ['From: J\u00e4ne <jane@example.com>', 'jane@example.com'],
    ['From: Jane <jane@b\u00fccher.example>', 'jane@xn--bcher-kva.example'],
    ['From: O\u2019Roe <o\u0027roe+x@example.com>', "o'roe+x@example.com"],
    ['FROM:jane@EXAMPLE.com', 'jane@example.com'],
    ['From jane@example.com Mon Mar  2 10:00:00 2026\r\nFrom: jane@example.com', 'jane@example.com'],
  ])('%j is one', (header, address) => {
    expect(judge(header)).toEqual({ problem: 'none', address });
  });

  test.each([
    ['', 'no_from'],
    ['From:', 'no_from'],
    ['From: a@example.com\r\nFrom: a@example.com', 'two_from'],
    ['From: a@example.com, b@example.com', 'several_mailboxes'],
    ['From: A <a@example.com>, B <b@example.com>', 'several_mailboxes'],
    ['From: undisclosed:;', 'unparsable'],
    ['From: Jane Roe', 'unparsable'],
    ['From: jane@', 'unparsable'],
    ['From: @example.com', 'unparsable'],
    ['From: jane@localhost', 'unparsable'],
    ['From: jane@example..com', 'unparsable'],
    ['From: a@b@example.com', 'unparsable'],
    ['From: <jane@example.com', 'unparsable'],
    ['From: jane@example.com>', 'unparsable'],
    ['From: "Jane <jane@example.com>', 'unparsable'],
    ['From: <jane@example.com>x', 'unparsable'],
    ['From: <=?UTF-8?Q?jane=40example.com?=>', 'unparsable'],
    ['From: jane\\@example.com <other@example.org>', 'unparsable'],
    ['From: a b@example.com', 'unparsable'],
    ['From: <jane@example.com>\x0b', 'unparsable'],
    ['From: jane\u2028@example.com', 'unparsable'],
    ['\x0cFrom: jane@example.com\r\nFrom: other@example.com', 'unparsable'],
    ['Fr\0om: jane@example.com\r\nFrom: other@example.com', 'unparsable'],
    [': nameless\r\nFrom: jane@example.com', 'unparsable'],
    ['X: a\rFrom: jane@example.com\r\nFrom: other@example.com', 'unparsable'],
  ])('%j is none: %s', (header, problem) => {
    expect(judge(header)).toEqual({ problem, address: null });
  });
});

describe('readers agree', () => {
  const piece = fc.constantFrom(
    'jane@example.com',
    'mallory@attacker.example',
    'Jane',
    '"',
    '<',
    '>',
    ',',
    ';',
    ':',
    '(',
    ')',
    '\\',
    ' ',
    '\t',
    '@',
    '.',
    '=?UTF-8?Q?jane=40example.com?=',
    '=?UTF-8?B?PGphbmVAZXhhbXBsZS5jb20+?=',
    '\u00a0',
    '\0',
    '\r',
    'x',
    '%40',
    "'",
    '[127.0.0.1]',
    'b\u00fccher.example',
  );
  const value = fc.array(piece, { minLength: 1, maxLength: 9 }).map(pieces => pieces.join(''));

  test('10,000 twisted From values: whoever is accepted is the only address that two other parsers find', () => {
    let accepted = 0;
    fc.assert(
      fc.property(value, text => {
        const judged = judge(`From: ${text}`);
        if (judged.address === null) return;
        accepted++;
        const seen = [
          ...addressParser(text, { flatten: true }).map(({ address }) => address),
          ...addressparser(text, { flatten: true }).map(({ address }) => address),
        ];
        const folded = new Set(seen.map(address => normalAddress(address ?? '') ?? address));
        expect([text, ...folded]).toEqual([text, judged.address]);
      }),
      { numRuns: 10_000, seed: 20260301 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('a mail whose From another parser reads differently has no sender', async () => {
    const mail = await readText('From: jane@example.com\r\n\r\nhi');
    expect([mail.fromProblem, mail.fromAddress]).toEqual(['none', 'jane@example.com']);
    const two = await readText('From: jane@example.com\r\nFrom: other@example.com\r\n\r\nhi');
    expect([two.fromProblem, two.fromAddress]).toEqual(['two_from', null]);
    expect(two.from.map(({ address }) => address)).toEqual(['jane@example.com', 'other@example.com']);
  });
});

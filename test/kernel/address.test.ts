/** The one grammar of an address: what is taken as it is spelled, and what must be looked at more closely. */

import { domainToASCII } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAddress } from '../../src/kernel/address.ts';
import '../support/runs.ts';

function domainOf(text: string): string | null {
  const parsed = parseAddress(`sam@${text}`);
  return parsed.ok ? parsed.address.typed.slice('sam@'.length) : null;
}

describe('the domain of an address', () => {
  test.each([
    ['Example.ORG', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['mail-1.example.com', 'mail-1.example.com'],
  ])('%s is %s', (typed, expected) => {
    expect(domainOf(typed)).toBe(expected);
  });

  test.each(['xn--a.example', 'example.0xab', 'a..example', '-a.example', 'a-.example', 'localhost'])(
    '%s is none',
    typed => {
      expect(domainOf(typed)).toBeNull();
    },
  );

  test('is what the platform’s own reader makes of it', () => {
    const label = fc.stringMatching(/^[a-zA-Z0-9-]{1,12}$/);
    const domains = fc.array(label, { minLength: 2, maxLength: 4 }).map(labels => labels.join('.'));
    fc.assert(
      fc.property(domains, typed => {
        const taken = domainOf(typed);
        if (taken !== null) expect(taken).toBe(domainToASCII(typed).toLowerCase());
      }),
      { numRuns: 2_000 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { escaped, Html, html, trusted, webUrl } from '../../src/pages/html.ts';

describe('html', () => {
  test('escapes what is put into a template, in text and in attributes', () => {
    const name = `<img src=x onerror="alert('1')">&\``;
    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;</p>',
    );
  });

  test('lets html within html stand, and joins lists', () => {
    const items = ['a<b', 'c'].map(item => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>`.toString()).toBe('<ul><li>a&lt;b</li><li>c</li></ul>');
  });

  test('leaves nothing behind for null, undefined and false, but writes 0', () => {
    expect(html`[${null}${undefined}${false}${0}]`.toString()).toBe('[0]');
  });

  test('an isolate that closes stays, and keeps its words to itself; one that doesn’t is left out', () => {
    expect(escaped('\u2068Open house\u2069 today')).toBe('\u2068Open house\u2069 today');
    for (const torn of ['\u2068a', 'a\u2069', '\u2069a\u2068', '\u2068\u2068a\u2069'])
      expect(escaped(torn)).toBe('a');
  });

  test('takes out control characters, direction overrides and half characters', () => {
    expect(escaped('a\u0000b\u001b[31m\u202Ec\u2066d\u0085e\uFEFFf\uD800g\n\t')).toBe(
      'ab[31mcdef\uFFFDg\n\t',
    );
  });

  test('keeps whole characters beyond the basic plane', () => {
    expect(escaped('🎈 réunion 会議')).toBe('🎈 réunion 会議');
  });

  test('nobody makes raw html but by trusted', () => {
    const Constructor = Html as unknown as new (text: string, mark: unknown) => Html;
    expect(() => new Constructor('<script>', Symbol('html'))).toThrow(TypeError);
    expect(html`${trusted('<b>x</b>')}`.toString()).toBe('<b>x</b>');
  });

  test('an object that pretends to be html is escaped or refused', () => {
    const pretender = { toString: () => '<script>' };
    expect(() => html`${pretender as unknown as string}`.toString()).toThrow();
  });
});

describe('webUrl', () => {
  test.each([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
    ['http://example.org', 'http://example.org/'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    [' javascript:alert(1)', null],
    ['data:text/html,<script>alert(1)</script>', null],
    ['vbscript:x', null],
    ['file:///etc/passwd', null],
    ['//example.org', null],
    ['/e/x', null],
    ['https://user:secret@example.org/', null],
    ['', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(webUrl(text)).toBe(expected);
  });
});

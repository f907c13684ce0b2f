import { describe, expect, test } from '@jest/globals';
import { describedBody, isAllowed } from '../../src/pages/description.ts';

function body(description: string | null, html: string | null = null, joinUrl: string | null = null): string {
  return describedBody({ description, html, joinUrl }, 'en')?.toString() ?? '';
}

describe('the description of an event', () => {
  test('text becomes paragraphs with line breaks', () => {
    expect(body('One\ntwo\n\nthree')).toBe('<p>One<br>two</p><p>three</p>');
  });

  test('web addresses in text become links, without the full stop behind them', () => {
    expect(body('See https://example.org/a?b=1&c=2.')).toBe(
      '<p>See <a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer noopener nofollow">https://example.org/a?b=1&amp;c=2</a>.</p>',
    );
  });

  test('other schemes stay text', () => {
    expect(body('javascript:alert(1) <b>x</b>')).toBe('<p>javascript:alert(1) &lt;b&gt;x&lt;/b&gt;</p>');
  });

  test('sanitised html is shown, its headings below ours, its links without weight', () => {
    expect(body('x', '<h1>Plan</h1><p>See <a href="https://example.org/">this</a></p>')).toBe(
      '<h3>Plan</h3><p>See <a rel="noreferrer noopener nofollow" href="https://example.org/">this</a></p>',
    );
  });

  test.each([
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">x</p>',
    '<img src="https://example.org/pixel">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://example.org/" onmouseover="x">x</a>',
    '<a href=https://example.org/>x</a>',
    '<form action="/e/x"><input></form>',
    '<p style="position:fixed">x</p>',
    '<svg/onload=alert(1)>',
    '<p',
    '<!-- <p> -->',
    '<base href="https://example.org/">',
    '<meta http-equiv="refresh" content="0">',
    '<P>x</P>',
  ])('html that is not on the list gives way to the text: %s', markup => {
    expect(isAllowed(markup)).toBe(false);
    expect(body('the text', markup)).toBe('<p>the text</p>');
  });

  test('the link to join is not for everybody who reads the page', () => {
    const join = 'https://meet.example.com/secret-room?pwd=1&x=2';
    expect(body(`Join: ${join}`, null, join)).toBe('<p>Join: (the link to join comes with the invite)</p>');
    expect(
      body('text only', '<p><a href="https://meet.example.com/secret-room?pwd=1&amp;x=2">Join</a></p>', join),
    ).toBe('<p>text only</p>');
  });

  test('nothing said is nothing shown', () => {
    expect(describedBody({ description: ' \n ', html: '  ', joinUrl: null }, 'en')).toBeNull();
  });
});

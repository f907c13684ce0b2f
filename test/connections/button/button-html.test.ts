/** The HTML of buttons: what Outlook reads, what a browser shows by day, by night and on a phone, what an editor leaves of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type ButtonGroup, buttonHtml, buttonText } from '../../../src/connections/button/button-html.ts';
import { flawsOf, openBrowser } from '../../support/browser.ts';

const LINK = 'https://sis.example.com/r/abc.def';
const TAGS = { mailchimp: '*|UNIQID|*', klaviyo: '{{ person.KlaviyoID }}' } as const;
const BRAND = { color: '#0b6353', textColor: '#ffffff' } as const;

const group = (tag: string, title = 'Spring picnic'): ButtonGroup => ({
  title,
  when: 'Tuesday 10 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)',
  where: 'Old Park, gate 3',
  buttons: [
    { label: 'Yes', name: `Yes, I come to ${title}`, link: `${LINK}y?c=${tag}` },
    { label: 'Maybe', name: `Maybe I come to ${title}`, link: `${LINK}m?c=${tag}` },
    { label: 'No', name: `No, I don’t come to ${title}`, link: `${LINK}n?c=${tag}` },
  ],
});

function hrefsOf(html: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) counts[href] = (counts[href] ?? 0) + 1;
  return counts;
}

describe('the markup', () => {
  test.each(Object.entries(TAGS))(
    'with the tag of %s each link stands twice: once for Outlook, once for all others',
    (_platform, tag) => {
      expect(hrefsOf(buttonHtml([group(tag)], BRAND))).toEqual({
        [`${LINK}y?c=${tag}`]: 2,
        [`${LINK}m?c=${tag}`]: 2,
        [`${LINK}n?c=${tag}`]: 2,
      });
    },
  );

  test('a single button, whole', () => {
    const one = { ...group(TAGS.mailchimp), where: null, buttons: group(TAGS.mailchimp).buttons.slice(0, 1) };
    expect(buttonHtml([one], BRAND)).toBe(
      `<table lang="en" role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" style="max-width:600px;">
<tr><td style="padding:0 0 12px 0;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;"><strong>Spring picnic</strong><br>Tuesday 10 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)</td></tr>
<tr><td style="padding:0 0 16px 0;">
<!--[if mso]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td style="padding-right:8px;"><![endif]-->
<div style="display:inline-block;vertical-align:top;margin:0 8px 8px 0;">
<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" href="https://sis.example.com/r/abc.defy?c=*|UNIQID|*" style="height:44px;v-text-anchor:middle;width:96px;" arcsize="18%" strokecolor="#0b6353" fillcolor="#0b6353"><w:anchorlock/><center style="color:#ffffff;font-family:Arial,Helvetica,sans-serif;font-size:16px;font-weight:bold;">Yes</center></v:roundrect><![endif]-->
<!--[if !mso]><!-->
<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td align="center" bgcolor="#0b6353" style="background-color:#0b6353;border-radius:8px;"><a href="https://sis.example.com/r/abc.defy?c=*|UNIQID|*" target="_blank" aria-label="Yes, I come to Spring picnic" style="display:inline-block;min-width:48px;padding:0 24px;background-color:#0b6353;border:1px solid #0b6353;border-radius:8px;color:#ffffff;font-family:Arial,Helvetica,sans-serif;font-size:16px;font-weight:bold;line-height:44px;text-align:center;text-decoration:none;">Yes</a></td></tr></table>
<!--<![endif]-->
</div>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>`,
    );
  });

  test('a title can’t break out of it, not even of a comment for Outlook', () => {
    const wild = group(TAGS.klaviyo, '<script>x</script> & "a" --><b>');
    const html = buttonHtml([wild], BRAND);
    expect(html).not.toMatch(/<script|<b>|[^=]"a"[^>]*>Yes/);
    expect(html).toContain(
      'aria-label="Yes, I come to &lt;script&gt;x&lt;/script&gt; &amp; &quot;a&quot; --&gt;&lt;b&gt;"',
    );
    const plain = buttonHtml([group(TAGS.klaviyo)], BRAND);
    expect(html.match(/-->|<!--/g)).toEqual(plain.match(/-->|<!--/g));
  });

  test('a title with a platform’s tags in it stays a title', () => {
    const wild = group(TAGS.mailchimp, '{{ person.email }} {% include "x" %} *|EMAIL|*');
    const html = buttonHtml([wild], BRAND);
    expect(html).not.toMatch(/\{\{|\{%|\*\|EMAIL/);
    expect(html).toContain('&#123;&#123; person.email &#125;&#125;');
    expect(buttonText([wild])).toMatch(/^\{ \{ person\.email \}\} \{ % include "x" %\} \* \|EMAIL\|\*\n/);
    expect(hrefsOf(html)[`${LINK}y?c=*|UNIQID|*`]).toBe(2);
  });

  test('no picture, no style sheet, no script, no form; and the text part has every link once', () => {
    const html = buttonHtml([group(TAGS.mailchimp)], BRAND);
    expect(html).not.toMatch(/<(?:img|style|script|form|iframe|link)\b/);
    expect(buttonText([group(TAGS.mailchimp)])).toBe(
      `Spring picnic
Tuesday 10 March 2026, 16:00 to 17:00 (Europe/Berlin, UTC+1)
Old Park, gate 3
Yes: ${LINK}y?c=*|UNIQID|*
Maybe: ${LINK}m?c=*|UNIQID|*
No: ${LINK}n?c=*|UNIQID|*`,
    );
  });
});

describe('in a real browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  const mail = (content: string): string =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail</title><meta name="color-scheme" content="light dark"></head><body style="margin:8px"><main><h1>Mail</h1>${content}</main></body></html>`;

  test.each([
    [
      'one button',
      [{ ...group(TAGS.mailchimp), buttons: group(TAGS.mailchimp).buttons.slice(0, 1) }],
      BRAND,
      null,
    ],
    ['Yes, Maybe, No', [group(TAGS.klaviyo)], BRAND, null],
    [
      'an upcoming list in bright colours',
      [group(TAGS.klaviyo, 'Breakfast'), group(TAGS.klaviyo, 'Summer picnic')],
      { color: '#ffd700', textColor: '#1a1a1a' },
      'Coming up',
    ],
  ])('%s has no flaw by day, by night, on a desk, on a phone', async (name, groups, brand, heading) => {
    await page.setContent(mail(buttonHtml(groups, brand, heading)));
    expect(await flawsOf(page)).toEqual([]);
    const folder = process.env.SIS_SHOTS ?? '';
    if (folder !== '')
      await page.screenshot({ path: `${folder}/button-${name.replaceAll(/\W+/g, '-')}.png` });
    await page.setViewportSize({ width: 320, height: 640 });
    const heights = await page.$$eval('a', links =>
      links.map(
        link =>
          (link as unknown as { getBoundingClientRect(): { height: number } }).getBoundingClientRect().height,
      ),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  test('an editor that reads the markup and writes it anew keeps both links of every button', async () => {
    for (const tag of Object.values(TAGS)) {
      const html = buttonHtml([group(tag)], BRAND);
      await page.setContent(mail(`<div id="editor">${html}</div>`));
      const written = await page.$eval(
        '#editor',
        node => (node as unknown as { innerHTML: string }).innerHTML,
      );
      expect(hrefsOf(written)).toEqual(hrefsOf(html));
    }
  });
});

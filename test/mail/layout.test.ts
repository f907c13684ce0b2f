import { describe, expect, test } from '@jest/globals';
import { type Block, type MailContent, renderMail } from '../../src/mail/layout.ts';

const CONTENT: MailContent = {
  language: 'en',
  preheader: 'Your event page is ready.',
  title: 'Spring webinar is live',
  brand: { name: 'Acme Events' },
  lead: 'Everyone who asks gets a real calendar invite.',
  facts: [
    ['When', 'Tuesday 3 March 2026, 16:00 to 17:00\n(Europe/Berlin, UTC+1)'],
    ['Where', 'https://meet.example.com/abc'],
  ],
  blocks: [
    { kind: 'paragraph', text: 'First line.\nSecond line.' },
    { kind: 'button', label: 'Open the page', url: 'https://sis.example.com/e/spring' },
    { kind: 'heading', text: 'Share it' },
    { kind: 'note', text: 'Outlook shows this rule differently.' },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'quote', text: 'I will be late.\nSorry!' },
    { kind: 'code', text: 'https://sis.example.com/e/spring' },
    { kind: 'link', label: 'All events', url: 'https://sis.example.com/o/jane' },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Yes', url: 'https://sis.example.com/y' },
        { label: 'No', url: 'https://sis.example.com/n', tone: 'quiet' },
      ],
    },
    { kind: 'facts', facts: [['Reached', '12 people']] },
  ],
  footer: [
    'You invited create@sis.example.com.',
    { label: 'This was not me', url: 'https://sis.example.com/u/x' },
  ],
};

const htmlOf = (changes: Partial<MailContent>) => renderMail({ ...CONTENT, ...changes }).html;
const ofBlock = (block: Block) =>
  renderMail({ ...CONTENT, lead: '', facts: [], blocks: [block], footer: [] });

describe('the plain-text twin', () => {
  test('reads as a letter', () => {
    expect(renderMail(CONTENT).text).toBe(
      [
        'Spring webinar is live',
        '======================',
        '',
        'Everyone who asks gets a real calendar invite.',
        '',
        'When:  Tuesday 3 March 2026, 16:00 to 17:00',
        '       (Europe/Berlin, UTC+1)',
        'Where: https://meet.example.com/abc',
        '',
        'First line.',
        'Second line.',
        '',
        'Open the page:',
        'https://sis.example.com/e/spring',
        '',
        'Share it',
        '--------',
        '',
        '! Outlook shows this rule differently.',
        '',
        '- one',
        '- two',
        '',
        '> I will be late.',
        '> Sorry!',
        '',
        '    https://sis.example.com/e/spring',
        '',
        'All events:',
        'https://sis.example.com/o/jane',
        '',
        'Yes:',
        'https://sis.example.com/y',
        '',
        'No:',
        'https://sis.example.com/n',
        '',
        'Reached: 12 people',
        '',
        '----------------------------------------',
        'Acme Events',
        'You invited create@sis.example.com.',
        'This was not me: https://sis.example.com/u/x',
        '',
      ].join('\n'),
    );
  });

  test('holds every word and every link of the HTML', () => {
    const { text, html } = renderMail(CONTENT);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(match => match[1] ?? '');
    expect(links.length).toBeGreaterThan(6);
    for (const link of links) expect(text).toContain(link);
  });
});

describe('the HTML', () => {
  const { html } = renderMail(CONTENT);

  test('names its language and direction', () => {
    expect(html).toContain('<html lang="en" dir="ltr"');
    expect(htmlOf({ language: 'ar-EG' })).toContain('<html lang="ar-EG" dir="rtl"');
    expect(htmlOf({ language: 'he' })).toContain('text-align:right');
  });

  test('what people wrote runs its own way in a mail of the other direction', () => {
    const html = htmlOf({ language: 'ar' });
    for (const words of ['First line.', 'one', 'I will be late.', '12 people', 'Spring webinar is live'])
      expect(html).toMatch(new RegExp(`dir="auto" style="[^"]*">${words}`));
  });

  test('lays out in tables that a screen reader skips, and keeps the facts a table that it reads', () => {
    const tables = [...html.matchAll(/<table[^>]*>/g)].map(match => match[0]);
    const read = tables.filter(table => !table.includes('role="presentation"'));
    expect(read).toHaveLength(2);
    expect(html.match(/<th scope="row"/g)).toHaveLength(3);
  });

  test('has one title, as heading and as the name of the whole', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('role="article" aria-roledescription="email" aria-label="Spring webinar is live"');
    expect(html).toContain('<title>Spring webinar is live</title>');
  });

  test('is at most 600 pixels wide, for Outlook too', () => {
    expect(html).toContain('max-width:600px');
    expect(html).toContain('<!--[if mso]><table role="presentation" width="600"');
  });

  test('has a dark face, and says that it has', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme:dark)');
    expect(html).toContain('[data-ogsc]');
  });

  test('draws each button for Outlook and for all others', () => {
    expect(html.match(/<v:roundrect/g)).toHaveLength(3);
    expect(html.match(/<!--\[if !mso\]><!--><a class="(?:button|quiet) wide"/g)).toHaveLength(3);
  });

  test('loads nothing from anywhere', () => {
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(|src=/i);
  });

  test('shows its preheader to inboxes and hides it from readers', () => {
    expect(html).toContain('aria-hidden="true">Your event page is ready.&#847;');
  });

  test('stays well below what Gmail cuts off', () => {
    expect(html.length).toBeLessThan(20_000);
  });
});

describe('what a stranger wrote', () => {
  const EVIL = `"><script>alert('x')</script>&amp;`;
  const ESCAPED = '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;';

  test.each<[string, Partial<MailContent>]>([
    ['the title', { title: EVIL }],
    ['the preheader', { preheader: EVIL }],
    ['the brand', { brand: { name: EVIL } }],
    ['the lead', { lead: EVIL }],
    ['a fact’s label', { facts: [[EVIL, 'x']] }],
    ['a fact’s value', { facts: [['x', EVIL]] }],
    ['a paragraph', { blocks: [{ kind: 'paragraph', text: EVIL }] }],
    ['a heading', { blocks: [{ kind: 'heading', text: EVIL }] }],
    ['a note', { blocks: [{ kind: 'note', text: EVIL }] }],
    ['a list', { blocks: [{ kind: 'list', items: [EVIL] }] }],
    ['a quote', { blocks: [{ kind: 'quote', text: EVIL }] }],
    ['code', { blocks: [{ kind: 'code', text: EVIL }] }],
    ['a button', { blocks: [{ kind: 'button', label: EVIL, url: 'https://example.com/' }] }],
    ['a link', { blocks: [{ kind: 'link', label: EVIL, url: 'https://example.com/' }] }],
    ['the footer', { footer: [EVIL] }],
  ])('is escaped in %s', (_where, changes) => {
    const html = htmlOf(changes);
    expect(html).toContain(ESCAPED);
    expect(html).not.toContain('<script');
  });

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    ' https://x',
    'https://x" onmouseover="y',
    'https://x\ny',
  ])('%j becomes no link', url => {
    expect(ofBlock({ kind: 'button', label: 'Go', url }).html).not.toContain('href=');
    expect(ofBlock({ kind: 'link', label: 'Go', url }).html).not.toContain('href=');
  });

  test('an address with & is a link with it', () => {
    expect(ofBlock({ kind: 'link', label: 'Go', url: 'https://x.example/?a=1&b=2' }).html).toContain(
      'href="https://x.example/?a=1&amp;b=2"',
    );
  });

  test('controls are dropped', () => {
    const { text, html } = ofBlock({ kind: 'paragraph', text: 'a\u0000b\u001bc\td' });
    expect(text).toContain('abc\td');
    expect(html).toContain('abc\td');
  });
});

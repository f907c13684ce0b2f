/** The widget in a real browser, on a host page of another site under a strict policy: every mode from the ask to nothing left behind, and attacks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { readLocalConfig } from '../../src/platform/config.ts';
import { type RunningService, startService } from '../../src/platform/local/server.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';
import { flawsOf, openBrowser } from '../support/browser.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
/** Script in every field that an organizer writes. */
const EVIL = '<img src=x onerror=alert(1)></script><script>alert(2)</script>"\' onload=alert(3)';

let folder: string;
let service: RunningService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let host: Server;
let evilHost: Server;
let hostUrl: string;
let evilUrl: string;
let slug: string;
/** What the host page's body and policy are at the moment. */
let shown = { body: '', policy: '' };
const requested: string[] = [];
const complaints: string[] = [];
const warnings: string[] = [];

beforeAll(async () => {
  const build = (await import('../../tools/build.mjs' as string)) as {
    buildWidget(root: string): Promise<void>;
  };
  await build.buildWidget(ROOT);
  folder = mkdtempSync(join(tmpdir(), 'sis-widget-'));
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: folder,
    SIS_LIMIT_SIGNUPS_PER_NETWORK_MINUTE: '100',
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  service = await startService(read.config, { log: () => undefined });
  slug = await eventNamed('Autumn walk', 'Town park', 'walk@example.org');
  [host, hostUrl] = await listening(() => ({
    body: `<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width, initial-scale=1"><main><h1>Shop</h1>${shown.body}</main><script src="${service.http}/widget.js" async></script></html>`,
    policy: shown.policy,
  }));
  [evilHost, evilUrl] = await listening(() => ({
    body: `<!doctype html><title>Evil</title><iframe id="victim" src="${hostUrl}"></iframe>`,
    policy: '',
  }));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const server of [host, evilHost]) server?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  context.on('request', request => requested.push(request.url()));
  context.on('console', message => {
    if (message.type() === 'warning') warnings.push(message.text());
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  for (const list of [requested, complaints, warnings]) list.length = 0;
  page = await context.newPage();
});

/** By a name of its own, so that the service on 127.0.0.1 is another site for it. */
async function listening(answer: () => { body: string; policy: string }): Promise<[Server, string]> {
  const server = createServer((_incoming, response) => {
    const { body, policy } = answer();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (policy !== '') response.setHeader('content-security-policy', policy);
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return [server, `http://localhost:${address.port}`];
}

async function eventNamed(
  title: string,
  location: string,
  uid: string,
  name = 'Ada Example',
): Promise<string> {
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20990305T170000Z',
    'DTEND:20990305T183000Z',
    `SUMMARY:${title.replaceAll(',', '\\,').replaceAll(';', '\\;')}`,
    `LOCATION:${location}`,
    `DESCRIPTION:${location}`,
    `ORGANIZER;CN="${name}":mailto:ada@example.com`,
    'ATTENDEE:mailto:create@sis.localhost',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const raw = [
    `From: "${name.replaceAll(/[\\"]/g, '')}" <ada@example.com>`,
    'To: create@sis.localhost',
    `Message-ID: <${uid}>`,
    'Date: Thu, 01 Jan 2026 00:00:00 +0000',
    'Subject: Event',
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    'Content-Transfer-Encoding: base64',
    '',
    (
      Buffer.from(calendar)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n'),
    '',
  ].join('\r\n');
  await sendMail({
    port: service.smtpPort,
    from: 'ada@example.com',
    to: ['create@sis.localhost'],
    raw: new TextEncoder().encode(raw),
  });
  return mailsSay(/\/e\/([a-z0-9-]+)/, uid);
}

/** From the organizer's own mail in the local outbox. */
async function mailsSay(pattern: RegExp, what: string): Promise<string> {
  const end = performance.now() + 15_000;
  const known = slugs.size;
  while (performance.now() < end) {
    const list = await (await fetch(`${service.http}/local/`)).text();
    for (const [, id] of list.matchAll(/href="\/local\/mails\/([^"/]+)"/g)) {
      const mail = await (await fetch(`${service.http}/local/mails/${id}/html`)).text();
      const found = pattern.exec(mail)?.[1];
      if (found !== undefined) slugs.add(found);
      if (slugs.size > known) return found ?? '';
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`no mail about ${what}`);
}
const slugs = new Set<string>();

async function openHost(body: string): Promise<void> {
  shown = {
    body,
    policy: `default-src 'none'; script-src ${service.http}; frame-src ${service.http}; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'`,
  };
  await page.addInitScript({
    content: `globalThis.heard = [];
for (const name of ['sis:ready', 'sis:invited', 'sis:answer'])
  addEventListener(name, event => heard.push([name, event.detail]));`,
  });
  await page.goto(hostUrl);
}

function heard(): Promise<unknown> {
  return page.evaluate(() => (globalThis as unknown as { heard: unknown }).heard);
}

/** What of ours stands on the page. */
function left(): Promise<{ frames: number; elements: number; dialogs: number }> {
  return page.evaluate(() => {
    interface Node {
      readonly shadowRoot: { querySelectorAll(selector: string): { readonly length: number } } | null;
    }
    const { document: here } = globalThis as unknown as {
      document: { querySelectorAll(selector: string): Iterable<Node> & { readonly length: number } };
    };
    const roots = [...here.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const count = (what: string) =>
      roots.reduce(
        (sum, root) => sum + root.querySelectorAll(what).length,
        here.querySelectorAll(what).length,
      );
    return { frames: count('iframe'), elements: roots.length, dialogs: count('dialog') };
  });
}

async function askIn(frame: FrameLocator, email: string): Promise<void> {
  await frame.getByLabel('Email address').fill(email);
  await frame.getByRole('button', { name: 'Send me the invite' }).click();
  await frame.getByRole('heading', { name: 'Check your inbox' }).waitFor();
}

async function inviteFor(email: string): Promise<boolean> {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    const list = await (await fetch(`${service.http}/local/`)).text();
    if (list.includes(email) && list.includes('kind-request')) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

const NOTHING = { frames: 0, elements: 0, dialogs: 0 };

describe('on a host page of another site, under a strict policy', () => {
  test('inline: the frame has the height of its page, the ask brings the invite, unmount leaves nothing', async () => {
    await openHost(`<div id="w" data-sis-event="${slug}"><a href="/fallback">Get it</a></div>`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Autumn walk' }).waitFor();
    expect(await page.getByRole('link', { name: 'Get it' }).isVisible()).toBe(false);
    await askIn(frame, 'inline@example.net');
    expect(await inviteFor('inline@example.net')).toBe(true);
    expect(await heard()).toEqual([
      ['sis:ready', {}],
      ['sis:answer', { outcome: 'asked' }],
      ['sis:invited', { events: 1 }],
    ]);
    const [outer, inner] = [
      await page
        .locator('iframe')
        .evaluate(element => (element as unknown as { clientHeight: number }).clientHeight),
      await frame
        .locator('body')
        .evaluate(element => (element as unknown as { scrollHeight: number }).scrollHeight),
    ];
    expect(outer).toBe(inner);
    await page.evaluate("document.getElementById('w').sis.unmount()");
    expect(await left()).toEqual(NOTHING);
    expect(await page.evaluate("document.getElementById('w').sis")).toBeUndefined();
    expect(await page.getByRole('link', { name: 'Get it' }).isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('dialog: a button opens it, focus stays inside, Escape closes from inside the frame, focus comes back', async () => {
    await openHost(
      `<p><a href="/before">Before</a></p><sis-rsvp event="${slug}" mode="dialog" label="Come along"></sis-rsvp><p><a href="/after">After</a></p>`,
    );
    const opener = page.getByRole('button', { name: 'Come along' });
    await opener.waitFor();
    // Polite: nothing of ours but the script is fetched before somebody asks.
    expect(requested.filter(url => url.startsWith(service.http))).toEqual([`${service.http}/widget.js`]);
    expect(await flawsOf(page)).toEqual([]);
    await opener.focus();
    await page.keyboard.press('Enter');
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('Email address').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate('document.activeElement.textContent');
      expect(['Before', 'After']).not.toContain(focused);
    }
    await askIn(frame, 'dialog@example.net');
    expect(await inviteFor('dialog@example.net')).toBe(true);
    await frame.getByRole('button', { name: 'Send it again' }).focus();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.textContent')).toBe(
      'Come along',
    );
    await page.evaluate("document.querySelector('sis-rsvp').sis.unmount()");
    expect(await left()).toEqual(NOTHING);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('dialog: a link of the page’s own opens it, its cross and its ground close it, and it stays a link afterwards', async () => {
    await openHost(`<a href="/fallback" data-sis-event="${slug}" data-sis-mode="dialog">Invite me</a>`);
    await page.waitForFunction("document.querySelector('a').sis");
    for (const close of ['cross', 'ground', 'handle']) {
      await page.getByRole('link', { name: 'Invite me' }).click();
      await page.locator('dialog[open]').waitFor();
      await page.frameLocator('iframe').getByLabel('Email address').waitFor();
      if (close === 'cross') await page.getByRole('button', { name: 'Close' }).click();
      else if (close === 'ground') await page.mouse.click(3, 3);
      else await page.evaluate("document.querySelector('a').sis.close()");
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    expect(page.url()).toBe(`${hostUrl}/`);
    await page.evaluate("document.querySelector('a').sis.unmount()");
    expect(await left()).toEqual(NOTHING);
    await page.getByRole('link', { name: 'Invite me' }).click();
    expect(page.url()).toBe(`${hostUrl}/fallback`);
  });

  test('floating: a button at the chosen side, on a phone too, and gone with its element', async () => {
    await openHost(`<div data-sis-event="${slug}" data-sis-mode="floating" data-sis-side="left"></div>`);
    await page.setViewportSize({ width: 390, height: 844 });
    const opener = page.getByRole('button', { name: 'Get the invite' });
    const box = await opener.boundingBox();
    expect(box?.x).toBe(16);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(828);
    await opener.click();
    const frame = page.frameLocator('iframe');
    await askIn(frame, 'floating@example.net');
    expect(await inviteFor('floating@example.net')).toBe(true);
    expect(await flawsOf(page)).toEqual([]);
    // The page drops the element without a word: a shop that renders itself anew.
    await page.evaluate("document.querySelector('[data-sis-event]').remove()");
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await left()).toEqual(NOTHING);
    expect(complaints).toEqual([]);
  });

  test('upcoming: many events are picked behind one button, and the host page learns how many', async () => {
    await openHost(`<sis-rsvp upcoming="ada" mode="dialog"></sis-rsvp>`);
    await page.getByRole('button', { name: 'Upcoming events' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Send me the invites' }).click();
    await frame.getByText('Please pick at least one event.').waitFor();
    await frame.getByRole('checkbox', { name: 'Autumn walk' }).check();
    await frame.getByLabel('Email address').fill('upcoming@example.net');
    await frame.getByRole('button', { name: 'Send me the invites' }).click();
    await frame.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await inviteFor('upcoming@example.net')).toBe(true);
    expect(await heard()).toEqual([
      ['sis:ready', {}],
      ['sis:answer', { outcome: 'problem' }],
      ['sis:answer', { outcome: 'asked' }],
      ['sis:invited', { events: 1 }],
    ]);
    expect(complaints).toEqual([]);
    for (const path of ['/o/ada', '/w/o/ada']) {
      await page.goto(`${service.http}${path}`);
      expect(await flawsOf(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Send me the invites' }).click();
    expect(await flawsOf(page)).toEqual([]);
  }, 60_000);

  test('refresh reads the options again; elements that come later are found; the script may stand there twice', async () => {
    await openHost(
      `<div id="w" data-sis-event="${slug}"></div><script src="${service.http}/widget.js"></script>`,
    );
    await page.frameLocator('iframe').getByLabel('Email address').waitFor();
    expect(await left()).toMatchObject({ frames: 1 });
    await page.evaluate(
      "(() => { const w = document.getElementById('w'); w.dataset.sisMode = 'dialog'; w.sis.refresh(); })()",
    );
    await page.getByRole('button', { name: 'Get the invite' }).waitFor();
    expect(await left()).toMatchObject({ frames: 0 });
    await page.evaluate(
      `(() => { const late = document.createElement('sis-rsvp'); late.setAttribute('event', '${slug}'); document.querySelector('main').append(late); })()`,
    );
    await page.frameLocator('iframe').getByLabel('Email address').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a language is handed to the frame, and the widget’s own words are in it', async () => {
    await openHost(`<div data-sis-event="${slug}" data-sis-mode="dialog" data-sis-lang="ar"></div>`);
    await page.getByRole('button', { name: 'الحصول على الدعوة' }).click();
    await page.frameLocator('iframe').getByLabel('عنوان البريد الإلكتروني').waitFor();
    expect(await page.frameLocator('iframe').locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.getByRole('button', { name: 'إغلاق' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('what is wrong with the options is said in words, and breaks nothing', async () => {
    await openHost(
      `<div data-sis-event="${slug}" data-sis-mode="popup" data-sis-color="red"></div><div data-sis-event="../x"></div>`,
    );
    await page.frameLocator('iframe').getByLabel('Email address').waitFor();
    expect(warnings.map(text => text.replace(/ JSHandle.*$| <div.*$/, ''))).toEqual([
      expect.stringContaining(
        'data-sis-mode="popup" must be one of: inline, dialog, floating. inline is used.',
      ),
      expect.stringContaining(
        'data-sis-color is no option. There are: event, upcoming, mode, theme, side, label, lang.',
      ),
      expect.stringContaining('data-sis-event="../x" is no slug'),
      expect.stringContaining('it has no event to show'),
    ]);
  });

  test('the page in the frame has no flaw, in each state, and works without script', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const alone = await plain.newPage();
    await alone.goto(`${service.http}/w/e/${slug}`);
    await alone.getByLabel('Email address').fill('no@script@example');
    await alone.getByRole('button', { name: 'Send me the invite' }).click();
    expect(await alone.getByLabel('Email address').inputValue()).toBe('no@script@example');
    await alone.getByLabel('Email address').fill('noscript@example.net');
    await alone.getByRole('button', { name: 'Send me the invite' }).click();
    await alone.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    await plain.close();
    await page.goto(`${service.http}/w/e/${slug}`);
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send me the invite' }).click();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel('Email address').fill('flaws@example.net');
    await page.getByRole('button', { name: 'Send me the invite' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
  }, 60_000);
});

/** Runs on a page: says each to its own window. */
function forge(messages: readonly unknown[]): void {
  const { postMessage } = globalThis as unknown as { postMessage(message: unknown, origin: string): void };
  for (const message of messages) postMessage(message, '*');
}

describe('attacks (table in docs/widget.md)', () => {
  const FORGED = [
    { sis: 'size', height: 9 },
    { sis: 'size', height: 19_999 },
    { sis: 'said', outcome: 'asked', events: 3 },
    { sis: 'escape' },
    'sis:hello',
    { sis: 'size', height: '1px;position:fixed' },
  ];

  test('messages that the host page or another frame forges change nothing and raise no event', async () => {
    await openHost(
      `<div data-sis-event="${slug}"></div><iframe id="other" src="${service.http}/w/e/${slug}?theme=dark"></iframe>`,
    );
    const frame = page.frameLocator('div[data-sis-event] iframe');
    await frame.getByLabel('Email address').waitFor();
    await page.waitForFunction('heard.length === 1');
    const ours = page.locator('div[data-sis-event] iframe');
    const before = await ours.evaluate(
      element => (element as unknown as { clientHeight: number }).clientHeight,
    );
    await page.evaluate(forge, FORGED);
    // From our own origin, but from another frame than the widget's.
    const other = page.frames().find(each => each.url().endsWith('?theme=dark'));
    await other?.evaluate(messages => {
      const { parent } = globalThis as unknown as { parent: { postMessage(m: unknown, o: string): void } };
      for (const message of messages) parent.postMessage(message, '*');
    }, FORGED);
    await page.waitForTimeout(300);
    expect(
      await ours.evaluate(element => (element as unknown as { clientHeight: number }).clientHeight),
    ).toBe(before);
    expect(await heard()).toEqual([['sis:ready', {}]]);
  });

  test('the frame answers only the page around it, and what it says holds no address', async () => {
    await openHost(`<div data-sis-event="${slug}"></div>`);
    const frame = page.frameLocator('iframe');
    await page.evaluate(
      "globalThis.all = []; addEventListener('message', event => { all.push(event.data); });",
    );
    await askIn(frame, 'secret@example.net');
    await page.waitForFunction('heard.length === 3');
    expect(JSON.stringify(await page.evaluate('all'))).not.toContain('secret');
    expect(
      page
        .frames()
        .map(each => each.url())
        .join(),
    ).not.toContain('secret');
  });

  test('only sites on the list may show it; a frame in a frame needs every site around it', async () => {
    const key = (await import('node:fs')).readFileSync(join(folder, 'operator-key'), 'utf8').trim();
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${service.http}/api/v1${path}`, {
        ...init,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      });
    const { items } = (await (await call('/events')).json()) as { items: { workspace: string }[] };
    const workspace = items[0]?.workspace ?? '';
    const allow = (sites: readonly string[]) =>
      call('/sites', { method: 'POST', body: JSON.stringify({ workspace, sites }) });
    const visible = async (url: string, depth: number): Promise<number> => {
      await page.goto(url);
      await page.waitForTimeout(700);
      const last = page.frames().at(-1);
      if (page.frames().length <= depth || last === undefined) return 0;
      return last.getByLabel('Email address').count();
    };
    shown = { body: `<div data-sis-event="${slug}"></div>`, policy: '' };
    try {
      expect((await allow([hostUrl])).status).toBe(200);
      expect(await visible(hostUrl, 1)).toBe(1);
      // Clickjacking: a site that is not listed frames the listed one.
      expect(await visible(evilUrl, 2)).toBe(0);
      expect((await allow(['https://shop.example.com'])).status).toBe(200);
      expect(await visible(hostUrl, 1)).toBe(0);
    } finally {
      await allow([]);
    }
    expect(await visible(hostUrl, 1)).toBe(1);
    expect((await allow(['https://x; script-src *'])).status).toBe(400);
  });

  test('script in every field runs nowhere: not in the frame, not on the host page', async () => {
    const evil = await eventNamed(EVIL, EVIL, 'evil@example.org', 'Eve <script>alert(4)</script>');
    const dialogs: string[] = [];
    page.on('dialog', async dialog => {
      dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    await openHost(
      `<div data-sis-event="${evil}" data-sis-label="&lt;img src=x onerror=alert(5)&gt;"></div>`,
    );
    const frame = page.frameLocator('iframe');
    expect(await frame.getByRole('heading', { level: 1 }).textContent()).toContain('<img src=x');
    await askIn(frame, 'victim@example.net');
    expect(await frame.locator('script').count()).toBe(1);
    expect(await frame.locator('img').count()).toBe(0);
    await page.waitForTimeout(300);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

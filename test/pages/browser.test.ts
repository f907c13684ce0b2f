/** The whole loop in a real browser, from the empty outbox to the cancellation; every page and state on the way is looked at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readLocalConfig } from '../../src/platform/config.ts';
import { openOutbox } from '../../src/platform/local/outbox.ts';
import { type RunningService, startService } from '../../src/platform/local/server.ts';
import { routes as localRoutes } from '../../src/platform/local/ui/routes.ts';
import { flawsOf, openBrowser } from '../support/browser.ts';
import { localWorld } from '../support/world.ts';

let folder: string;
let service: RunningService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let eventPath: string;
const leftOver: (() => Promise<unknown>)[] = [];
const foreign: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sis-browser-'));
  const read = readLocalConfig({
    SIS_HTTP_PORT: '0',
    SIS_SMTP_PORT: '0',
    SIS_DATA_DIR: folder,
    SIS_LIMIT_COALESCE_SECONDS: '0',
    SIS_LIMIT_SIGNUPS_PER_NETWORK_MINUTE: '4',
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  service = await startService(read.config, { log: () => undefined });
  browser = await openBrowser();
  context = await watched();
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  for (const close of leftOver) await close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Notes each request to elsewhere and each complaint of the browser (a blocked style, script or frame among them). */
async function watched(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<BrowserContext> {
  const made = await browser.newContext({ baseURL: service.http, ...options });
  made.on('request', request => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== service.http) foreign.push(request.url());
  });
  made.on('console', message => {
    const expected = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  return made;
}

async function mailCalled(subject: string | RegExp): Promise<void> {
  await page.goto('/local/');
  const link = page.getByRole('link', { name: subject }).first();
  // The list renews itself; nobody presses reload.
  await link.waitFor({ timeout: 10_000 });
  await link.click();
}

async function newestInvite(): Promise<void> {
  await page.goto('/local/');
  const row = page.locator('tr', { has: page.locator('.kind-request') }).first();
  await row.getByRole('link').first().click({ timeout: 10_000 });
}

async function settled(look: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error('it did not come');
    await page.waitForTimeout(100);
  }
}

describe('one event, from its first mail to its end', () => {
  test('the empty outbox says how to begin, and its form sends a sample', async () => {
    await page.goto('/local/');
    expect(await page.getByRole('heading', { name: 'No mail yet. Begin here' }).isVisible()).toBe(true);
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send a sample event' }).click();
    await page.getByRole('link', { name: /Your event is live/ }).waitFor({ timeout: 10_000 });
    expect(await flawsOf(page)).toEqual([]);
  });

  test('the organizer’s mail shows as he sees it, and leads to the event page in a window of its own', async () => {
    await mailCalled(/Your event is live/);
    expect(await flawsOf(page)).toEqual([]);
    const opened = context.waitForEvent('page');
    await page.frameLocator('iframe').getByRole('link', { name: 'Open the event page' }).first().click();
    const event = await opened;
    await event.waitForLoadState();
    eventPath = new URL(event.url()).pathname;
    expect(eventPath).toMatch(/^\/e\/thursday-running-club-[a-z0-9]{10}$/);
    expect(await event.getByRole('heading', { level: 1 }).textContent()).toBe('Thursday running club');
    expect(await event.locator('.dates li').count()).toBe(5);
    await event.close();
  });

  test('the sign-in, the event page and a page that is not there have no flaw', async () => {
    for (const path of ['/signin', eventPath, '/e/no-such-event', '/u/x']) {
      await page.goto(path);
      expect([path, await flawsOf(page)]).toEqual([path, []]);
    }
  });

  test('by keyboard alone: a bad address is named and stays, a good one is sent', async () => {
    await page.goto(eventPath);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.getByLabel('Email address').focus();
    await page.keyboard.type('bob builder@example.org');
    await page.keyboard.press('Enter');
    await page.getByText('The part before the @ has a character').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('email');
    expect(await page.getByLabel('Email address').inputValue()).toBe('bob builder@example.org');
    expect(await page.title()).toBe('Error: Thursday running club');
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel('Email address').fill('bob@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
  });

  test('the invite is answered as Outlook would, and the organizer sees it', async () => {
    await newestInvite();
    await page.getByLabel('With the calendar of').selectOption('outlook');
    await page.getByLabel('Note to the organizer').fill('I bring <b>soup</b>');
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await page.getByRole('heading', { name: 'Answer sent' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Organizer’s page of this event' }).click();
    await settled(async () => {
      await page.reload();
      return (await page.locator('td.answer-yes').count()) === 1;
    });
    expect(await page.locator('tbody tr').first().textContent()).toMatch(
      /bob@example\.org[\s\S]*Yes[\s\S]*Microsoft 365/,
    );
    expect(await flawsOf(page)).toEqual([]);
  });

  test('each calendar program can answer, and change its mind', async () => {
    const clients = ['google', 'outlook', 'outlook.com', 'apple', 'ios', 'thunderbird'];
    for (const [index, client] of clients.entries()) {
      await newestInvite();
      await page.getByLabel('With the calendar of').selectOption(client);
      await page.getByRole('button', { name: index % 2 === 0 ? 'No' : 'Maybe', exact: true }).click();
      expect([client, await page.getByRole('status').textContent()]).toEqual([
        client,
        expect.stringContaining('Answer sent'),
      ]);
    }
  });

  test('without scripts everything works too', async () => {
    const plain = await watched({ javaScriptEnabled: false });
    const visitor = await plain.newPage();
    await visitor.goto(eventPath);
    await visitor.getByLabel('Email address').fill('cleo@example.org');
    await visitor.getByRole('button', { name: 'Send me the invite' }).click();
    expect(await visitor.getByRole('heading', { level: 1 }).textContent()).toBe('Check your inbox');
    await visitor.goto('/local/');
    expect(await visitor.content()).toContain('Reload this page to see new mail.');
    await plain.close();
  });

  test('too many from one network are asked to wait', async () => {
    for (let count = 0; count < 4; count += 1) {
      await page.goto(eventPath);
      await page.getByLabel('Email address').fill(`person${count}@example.org`);
      await page.getByRole('button', { name: 'Send me the invite' }).click();
    }
    expect(await page.getByRole('heading', { name: 'Please wait a moment' }).isVisible()).toBe(true);
    expect(await page.getByLabel('Email address').inputValue()).toBe('person3@example.org');
    expect(await flawsOf(page)).toEqual([]);
  });

  test('the unsubscribe page, before and after', async () => {
    await newestInvite();
    const raw = await (await page.request.get(`${page.url().replace(/\/answer$/, '')}/raw`)).text();
    const path = /\/u\/[A-Za-z0-9._-]+/.exec(raw.replace(/\r\n[ \t]/g, ''))?.[0] ?? '';
    await page.goto(path);
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop these mails' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Let the mails come again' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
  });

  test('the organizer moves it from his mailbox, and the page follows', async () => {
    await page.goto('/local/organizer');
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Change or cancel' }).click();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel('Title').fill('Thursday walking club');
    await page.getByLabel('Starts at').fill('19:30');
    await page.getByRole('button', { name: 'Send the update' }).click();
    await page.getByRole('heading', { name: 'Sent' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await settled(async () => {
      await page.goto(eventPath);
      return (await page.getByRole('heading', { name: 'Thursday walking club' }).count()) === 1;
    });
    expect(await page.locator('.facts').textContent()).toContain('19:30');
    expect(await page.getByRole('heading', { name: 'This event has changed' }).isVisible()).toBe(true);
    expect(await flawsOf(page)).toEqual([]);
  });

  test('he calls one date off, then all of it', async () => {
    await page.goto('/local/organizer');
    await page.getByRole('link', { name: 'Change or cancel' }).click();
    const second = page.getByLabel('What').locator('option').nth(2);
    const date = /Only (.*), 19:30/.exec((await second.textContent()) ?? '')?.[1] ?? 'none';
    await page.getByLabel('What').selectOption({ index: 2 });
    await page.getByRole('button', { name: 'Send the cancellation' }).click();
    await settled(async () => {
      await page.goto(eventPath);
      return !((await page.locator('.dates').textContent()) ?? '').includes(date);
    });
    await page.goto('/local/organizer');
    await page.getByRole('link', { name: 'Change or cancel' }).click();
    await page.getByRole('button', { name: 'Send the cancellation' }).click();
    await settled(async () => {
      await page.goto(eventPath);
      return (await page.getByRole('heading', { name: 'This event is cancelled' }).count()) === 1;
    });
    expect(await page.locator('form').count()).toBe(0);
    expect(await flawsOf(page)).toEqual([]);
  });

  test('no page asked another site for anything, and the browser had nothing to complain of', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('no page of another site may frame ours', async () => {
  const host = await (await watched()).newPage();
  await host.setContent(`<iframe src="${service.http}${eventPath}"></iframe>`);
  await host.waitForTimeout(500);
  expect(await host.frameLocator('iframe').getByText('Thursday').count()).toBe(0);
  await host.context().close();
});

describe('a mail that wants to be more than a mail', () => {
  test('runs nothing, fetches nothing, posts nothing', async () => {
    const world = await localWorld();
    const outbox = openOutbox({ folder: world.folder, clock: world.clock, random: world.random });
    leftOver.push(
      () => outbox.close(),
      () => world.close(),
    );
    const reached: string[] = [];
    const evil = await listening((incoming, response) => {
      reached.push(`${incoming.method} ${incoming.url}`);
      response.end();
    });
    const raw = new TextEncoder().encode(evilMail(evil));
    const about = { send: 'x', kind: 'request', attempt: 1 } as const;
    const id = await outbox.add({ raw, from: 'ada@example.com', to: 'bob@example.org', about }, 'accepted');
    const here = await listening(express().use(localRoutes(world, { outbox, smtpPort: 1 })));
    const visitor = await browser.newPage();
    const dialogs: string[] = [];
    visitor.on('dialog', async dialog => {
      dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    await visitor.goto(`${here}/local/mails/${id}`);
    await visitor.waitForTimeout(500);
    expect(await visitor.frameLocator('iframe').getByText('The text').count()).toBe(1);
    await visitor.frameLocator('iframe').getByRole('button', { name: 'Press' }).click();
    await visitor.goto(`${here}/local/mails/${id}/html`);
    await visitor.getByRole('button', { name: 'Press' }).click();
    await visitor.waitForTimeout(500);
    expect(dialogs).toEqual([]);
    expect(await visitor.title()).not.toBe('taken');
    expect(reached).toEqual([]);
  });
});

function evilMail(evil: string): string {
  return [
    'From: <ada@example.com>',
    'To: <bob@example.org>',
    'Subject: <img src=x onerror=alert(1)>',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><head><meta http-equiv="refresh" content="0;url=${evil}/refresh"></head><body onload="alert(1)">`,
    `<script>alert(1);top.document.title="taken"</script><img src="${evil}/pixel" onerror="alert(1)">`,
    `<style>@import "${evil}/style";p{background:url(${evil}/background)}</style><link rel="stylesheet" href="${evil}/link">`,
    `<form action="${evil}/form"><button>Press</button></form><p>The text</p><iframe src="${evil}/frame"></iframe></body></html>`,
    '',
  ].join('\r\n');
}

async function listening(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  leftOver.push(() => new Promise(resolve => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

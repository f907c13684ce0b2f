/** The second look in a real browser: whoever sits in a suspicious network presses once, as everybody; without a script twice, and a mail asks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { flawsOf, openBrowser } from '../support/browser.ts';
import { type MailedService, mailedService } from '../support/mailed.ts';

let service: MailedService;
let browser: Browser;
let path: string;
const complaints: string[] = [];
const leftOver: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  // From the very first sign-up on.
  service = await mailedService({
    SIS_LIMIT_CHALLENGE_PERCENT: '0',
    SIS_LIMIT_SIGNUPS_PER_NETWORK_MINUTE: '100',
  });
  browser = await openBrowser();
  path = await service.mail('talk@example.com', [
    'SUMMARY:Talk',
    'DTSTART:20990702T160000Z',
    'DTEND:20990702T173000Z',
  ]);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  for (const close of leftOver) await close();
  await service?.stop();
});

async function opened(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: service.http, ...options });
  context.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return context;
}

/** On an origin of its own. */
async function hostPage(body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Host</title>${body}`);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  leftOver.push(() => new Promise(resolve => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function pressed(page: Page | Frame, email: string, button = 'Send me the invite'): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: button }).click();
}

async function states(): Promise<Record<string, string>> {
  const { items } = (await service.get('/events')) as { items: { id: string }[] };
  const invites = (await service.get(`/events/${items[0]?.id}/invites`)) as {
    items: { email: string; state: string }[];
  };
  return Object.fromEntries(invites.items.map(({ email, state }) => [email, state]));
}

test('on the event page and the upcoming page one press is enough, and nothing has to be read', async () => {
  const context = await opened();
  const page = await context.newPage();
  await page.goto(path);
  const begun = performance.now();
  await pressed(page, 'bob@example.org');
  await page.getByRole('heading', { name: 'Check your inbox' }).waitFor({ timeout: 20_000 });
  if (process.env.SIS_PRINT !== undefined) {
    process.stdout.write(`press to answer, with the sum: ${Math.round(performance.now() - begun)} ms\n`);
  }
  await page.goto('/o/ada');
  await page.getByRole('checkbox', { name: /Talk/ }).check();
  await pressed(page, 'cleo@example.org', 'Send me the invites');
  await page.getByRole('heading', { name: 'Check your inbox' }).waitFor({ timeout: 20_000 });
  await context.close();
  expect(Object.keys(await states()).sort()).toEqual(['bob@example.org', 'cleo@example.org']);
});

test('in the widget’s frame too', async () => {
  const context = await opened();
  const host = await context.newPage();
  await host.goto(
    await hostPage(`<iframe src="${service.http}/w${path}" width="600" height="900"></iframe>`),
  );
  const frame = host.frames().find(each => each.url().includes('/w/e/'));
  if (frame === undefined) throw new Error('no frame');
  await pressed(frame, 'dan@example.org');
  await frame.getByRole('heading', { name: 'Check your inbox' }).waitFor({ timeout: 20_000 });
  await context.close();
  expect(Object.keys(await states())).toContain('dan@example.org');
});

test('without a script a second press asks for a mail, and nobody is invited before it is answered', async () => {
  const context = await opened({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(path);
  await pressed(page, 'eve@example.org');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('One moment, please');
  expect(await page.getByText('Your browser is working it out').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Write to me first' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Check your inbox');
  await context.close();
  expect((await states())['eve@example.org']).toBe('unconfirmed');
});

test('a program that does no sum gets words and no mail', async () => {
  for (let time = 0; time < 3; time += 1) {
    const answer = await fetch(`${service.http}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'program@example.org' }),
    });
    expect(await answer.text()).toContain('One moment, please');
  }
  expect(await states()).not.toHaveProperty('program@example.org');
});

test('the moment between has no flaw', async () => {
  const context = await opened();
  const page = await context.newPage();
  // The sum is never done: its form is never sent.
  await page.addInitScript('HTMLFormElement.prototype.submit = () => undefined');
  await page.goto(path);
  await pressed(page, 'fay@example.org');
  await page.getByText('Your browser is working it out').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await context.close();
  expect(complaints).toEqual([]);
});

/** The button's page in a real browser: by hand, by keyboard, on a phone, in the dark and without script; no flaw on the way. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { EventRecord } from '../../src/events/event.ts';
import { effectiveAnswer, inviteOf } from '../../src/invites/store.ts';
import { pageDoor } from '../../src/platform/http/page-door.ts';
import { flawsOf, openBrowser } from '../support/browser.ts';
import { mailEvent } from '../support/pages.ts';
import { type Account, buttonLink, CHROME, connectAccount, knowContact } from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const SHOTS = process.env.SIS_SHOTS;

let world: TestWorld;
let event: EventRecord;
let account: Account;
let server: Server;
let origin: string;
let browser: Browser;
let ticking: NodeJS.Timeout;

beforeAll(async () => {
  world = await localWorld({ now: new Date().toISOString() });
  const inAWeek = (hours: number) =>
    `;TZID=Europe/Berlin:${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}T${hours}0000`;
  event = await mailEvent(world, { start: inAWeek(18), end: inAWeek(20) });
  account = await connectAccount(world, event.workspace);
  const door = pageDoor(world, (_request, response) => response.writeHead(404).end());
  server = createServer(door);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ticking = setInterval(() => {
    world.clock.set(new Date().toISOString());
    void world.runJobs();
  }, 50);
  browser = await openBrowser(['--disable-blink-features=AutomationControlled']);
});

afterAll(async () => {
  await browser?.close();
  clearInterval(ticking);
  server?.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await world?.close();
});

async function openPage(reference: string, options: BrowserContextOptions = {}): Promise<Page> {
  await knowContact(world, account, { reference, address: `${reference}@gmail.com` });
  const context = await browser.newContext({ userAgent: CHROME['user-agent'], ...options });
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${origin}${await buttonLink(world, event, account)}?c=${reference}`);
  return page;
}

const complaints: string[] = [];

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

async function answerOf(reference: string): Promise<string> {
  const invite = await inviteOf(world, event.id, `${reference}@gmail.com`);
  return invite === undefined ? 'no invite' : effectiveAnswer(invite, event.state).answer;
}

const YES = { name: 'Yes, I’ll be there' };

describe('a button’s page in a browser', () => {
  test('shows the visitor’s own time, has no flaw, and takes one press of the mouse', async () => {
    const page = await openPage('mouse', { timezoneId: 'America/New_York' });
    const own = page.getByText('(America/New York)');
    expect(await own.isVisible()).toBe(true);
    expect(await flawsOf(page)).toEqual([]);
    await shot(page, 'question-desk');
    await page.waitForTimeout(1_300);
    await page.getByRole('button', YES).click({ delay: 60 });
    await page.getByRole('heading', { name: 'Thank you. Your answer: Yes' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shot(page, 'done-desk');
    expect(await answerOf('mouse')).toBe('yes');
  });

  test('is pressed by keyboard alone, on a phone in the dark', async () => {
    const page = await openPage('keys', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      timezoneId: 'Europe/Berlin',
    });
    expect(await page.getByText('Your time').isVisible()).toBe(false);
    await shot(page, 'question-phone-dark');
    await page.waitForTimeout(1_300);
    for (let tabs = 0; tabs < 10; tabs += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.value')) === 'yes') break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thank you. Your answer: Yes' }).waitFor();
    await shot(page, 'done-phone-dark');
    expect(await answerOf('keys')).toBe('yes');
  });

  test('without script asks for a second plain press', async () => {
    const page = await openPage('plain', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await page.waitForTimeout(1_300);
    await page.getByRole('button', YES).click();
    await page.getByRole('heading', { name: 'Please press once more' }).waitFor();
    await shot(page, 'again-phone-noscript');
    expect(await answerOf('plain')).toBe('no invite');
    await page.waitForTimeout(1_300);
    await page.getByRole('button', YES).click();
    await page.getByRole('heading', { name: 'Thank you. Your answer: Yes' }).waitFor();
    expect(await answerOf('plain')).toBe('yes');
  });

  test('“not you?” has no flaw either', async () => {
    const page = await openPage('other');
    await page.getByRole('link', { name: 'Not you?' }).click();
    await page.getByLabel('Email address').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shot(page, 'other-desk');
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});

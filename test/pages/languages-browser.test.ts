/** Pages in German and Arabic, looked at in a real browser: no flaw, on a phone and on a desk; Arabic runs from right to left. */
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { routes } from '../../src/pages/routes.ts';
import { flawsOf, openBrowser } from '../support/browser.ts';
import { mailEvent } from '../support/pages.ts';
import { buttonLink, connectAccount, knowContact } from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const SHOTS = process.env.SIS_SHOTS;

let world: TestWorld;
let server: Server;
let browser: Browser;
let page: Page;
let places: readonly (readonly [name: string, path: string])[];

beforeAll(async () => {
  world = await localWorld();
  server = createServer(express().use(routes(world))).listen(0, '127.0.0.1');
  browser = await openBrowser();
  const { port } = server.address() as AddressInfo;
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}`, timezoneId: 'Asia/Dubai' });
  page = await context.newPage();
  const event = await mailEvent(world, {
    start: ';TZID=Europe/Berlin:20260305T180000',
    end: ';TZID=Europe/Berlin:20260305T193000',
    lines: ['SUMMARY:نادي الجري مساء الخميس', 'LOCATION:Stadspark (Noord)', 'RRULE:FREQ=WEEKLY;COUNT=8'],
  });
  const account = await connectAccount(world, event.workspace);
  await knowContact(world, account, { reference: 'a1b2c3', address: 'jo@gmail.com' });
  places = [
    ['event', `/e/${event.slug}`],
    ['button', `${await buttonLink(world, event, account)}?c=a1b2c3`],
  ];
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await world.close();
});

test.each(['de', 'ar'])(
  'in %s no page has a flaw',
  async language => {
    for (const [name, path] of places) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await keep(`${name}-${language}`);
      expect([name, await flawsOf(page)]).toEqual([name, []]);
    }
  },
  90_000,
);

test('Arabic runs from right to left: what comes first stands at the right, what is not Arabic keeps its own direction', async () => {
  const [, path] = places[0] ?? ['', ''];
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${path}?lang=ar`);
  const at = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0;
  expect(await page.evaluate('getComputedStyle(document.documentElement).direction')).toBe('rtl');
  expect(await at('.facts')).toBeGreaterThan(await at('.sign-up'));
  expect(await at('.leaf')).toBeGreaterThan(await at('h1'));
  const place = page.locator('.facts dd', { hasText: 'Stadspark' });
  expect(await place.evaluate(styleOf, 'direction')).toBe('ltr');
  // It stands where the page's own words begin.
  expect(await place.evaluate(styleOf, 'textAlign')).toBe('right');
});

test('the visitor’s own time is said in the page’s language', async () => {
  const [, path] = places[0] ?? ['', ''];
  await page.goto(`${path}?lang=de`);
  expect(await page.locator('.facts .yours').first().textContent()).toContain('Donnerstag, 5. März 2026');
  await page.goto(`${path}?lang=ar`);
  expect(await page.locator('.facts .yours').first().textContent()).toContain('الخميس، 5 مارس 2026');
});

/** Runs in the page. */
function styleOf(element: unknown, name: string): string {
  const { getComputedStyle } = globalThis as unknown as {
    getComputedStyle(of: unknown): { readonly [name: string]: string };
  };
  return getComputedStyle(element)[name] ?? '';
}

async function keep(name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}

/** The public pages for eyes that need them otherwise: forced colours, no motion, twice the size, 320 px, and writing from right to left. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type MailedService, mailedService } from '../support/mailed.ts';

let service: MailedService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let event: string;

beforeAll(async () => {
  service = await mailedService();
  browser = await openBrowser();
  // Far from everybody who looks, so that his own time is shown as well.
  context = await browser.newContext({ baseURL: service.http, timezoneId: 'Pacific/Auckland' });
  page = await context.newPage();
  event = await service.mail('long@example.com', [
    'SUMMARY:Donaudampfschifffahrtsgesellschaftskapitänsversammlung mit Aussprache',
    'LOCATION:Konferenzraum 17\\, Gemeindezentrumsgebäude\\, Friedrich-Ebert-Straße 120\\, Berlin',
    'DTSTART;TZID=Europe/Berlin:20990702T180000',
    'DTEND;TZID=Europe/Berlin:20990702T193000',
    'RRULE:FREQ=WEEKLY;COUNT=8',
    'DESCRIPTION:https://example.org/a/very/long/address/that/has/no/place/to/break/0123456789abcdefghijklmnopqrstuvwxyz',
  ]);
  await service.mail('short@example.com', [
    'SUMMARY:Talk',
    'DTSTART:20990702T160000Z',
    'DTEND:20990702T173000Z',
  ]);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const PAGES = [
  ['event page', () => event],
  ['frame', () => `/w${event}`],
  ['upcoming page', () => '/o/ada'],
] as const;

async function shot(name: string): Promise<void> {
  const folder = process.env.SIS_SHOTS;
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `looks-${name.replace(/ /g, '-')}.png`), fullPage: true });
}

/** Runs in the page: how far it sticks out to a side. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Runs in the page: controls that show no border. */
const WITHOUT_EDGE = `[...document.querySelectorAll('button, .card, input:not([type=hidden]):not([type=checkbox])')]
  .filter(each => { const { borderTopStyle, borderTopWidth } = getComputedStyle(each); return borderTopStyle === 'none' || borderTopWidth === '0px' })
  .map(each => each.outerHTML.slice(0, 80))`;

/** Runs in the page: what would change slowly, or scroll smoothly. */
const MOVING = `[...document.querySelectorAll('*')]
  .filter(each => { const style = getComputedStyle(each); return style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth' })
  .map(each => each.outerHTML.slice(0, 80))`;

describe.each(PAGES)('the %s', (name, path) => {
  test.each(['en', 'de', 'ar'])(
    'in %s never scrolls sideways: at 320 px, at twice the zoom, at twice the letters',
    async lang => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(`${path()}?lang=${lang}`);
      expect(['320 px', await page.evaluate(TOO_WIDE)]).toEqual(['320 px', 0]);
      await shot(`${name}-${lang}-320`);
      // A window of 1280 px at 200 %.
      await page.setViewportSize({ width: 640, height: 400 });
      expect(['200 %', await page.evaluate(TOO_WIDE)]).toEqual(['200 %', 0]);
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(['letters', await page.evaluate(TOO_WIDE)]).toEqual(['letters', 0]);
      await shot(`${name}-${lang}-twice`);
    },
  );

  test('in forced colours keeps the edges of what can be pressed and typed into', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(path());
    const bare = await page.evaluate(WITHOUT_EDGE);
    expect(bare).toEqual([]);
    await shot(`${name}-forced`);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  test('moves nothing for who wants no motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(path());
    expect(await page.evaluate(MOVING)).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

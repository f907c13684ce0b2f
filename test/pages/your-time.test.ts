/** The visitor's zone beside the event's, in a real browser: only where the two clocks differ at that moment, and never for want of a script. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type MailedService, mailedService } from '../support/mailed.ts';

let service: MailedService;
let browser: Browser;
const paths = new Map<string, string>();

beforeAll(async () => {
  service = await mailedService();
  browser = await openBrowser();
  // Both zones have their clocks forward in July; in the second week of March only New York has, in the last one both.
  await mailed('talk', [
    'DTSTART;TZID=Europe/Berlin:20990702T180000',
    'DTEND;TZID=Europe/Berlin:20990702T193000',
  ]);
  await mailed('series', [
    'DTSTART;TZID=Europe/Berlin:20990305T180000',
    'DTEND;TZID=Europe/Berlin:20990305T190000',
    'RRULE:FREQ=WEEKLY;COUNT=8',
  ]);
  await mailed('days', ['DTSTART;VALUE=DATE:20990702', 'DTEND;VALUE=DATE:20990704']);
  await mailed('utc', ['DTSTART:20990702T160000Z', 'DTEND:20990702T173000Z']);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function mailed(title: string, times: readonly string[]): Promise<void> {
  paths.set(title, await service.mail(`${title}@example.com`, [...times, `SUMMARY:${title}`]));
}

async function seen<T>(
  title: string,
  zone: string,
  look: (page: Page) => Promise<T>,
  { path = paths.get(title) ?? '', javaScriptEnabled = true } = {},
): Promise<T> {
  const context = await browser.newContext({ baseURL: service.http, timezoneId: zone, javaScriptEnabled });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(path);
  const found = await look(page);
  expect(complaints).toEqual([]);
  await context.close();
  return found;
}

const yours = (page: Page) =>
  page
    .locator('.yours')
    .evaluateAll(rows => rows.flatMap(row => (row.hidden ? [] : [row.innerText.replace(/\s+/g, ' ')])));

test('somebody elsewhere reads his own time beside the event’s', async () => {
  expect(await seen('talk', 'America/New_York', yours)).toEqual([
    'Your time Thursday 2 July 2099, 12:00–13:30 GMT-4 (America/New York)',
  ]);
  expect(await seen('talk', 'Asia/Tokyo', yours)).toEqual([
    'Your time Friday 3 July 2099, 01:00–02:30 GMT+9 (Asia/Tokyo)',
  ]);
});

test('whoever has the same clock at that moment reads it once, whatever his zone is called', async () => {
  expect(await seen('talk', 'Europe/Berlin', yours)).toEqual([]);
  expect(await seen('talk', 'Africa/Lagos', yours)).toEqual([
    'Your time Thursday 2 July 2099, 17:00–18:30 GMT+1 (Africa/Lagos)',
  ]);
  expect(await seen('talk', 'Europe/Paris', yours)).toEqual([]);
});

test('each of the next dates has its own: the two clocks don’t change on the same day', async () => {
  const dates = await seen('series', 'America/New_York', yours);
  expect(dates.slice(1)).toEqual([
    'Your time · Thu 5 Mar, 12:00–13:00',
    'Your time · Thu 12 Mar, 13:00–14:00',
    'Your time · Thu 19 Mar, 13:00–14:00',
    'Your time · Thu 26 Mar, 13:00–14:00',
    'Your time · Thu 2 Apr, 12:00–13:00',
  ]);
  expect((await seen('series', 'Africa/Lagos', yours)).length).toBe(1);
});

test('days without hours are nobody’s but the event’s', async () => {
  expect(await seen('days', 'America/New_York', page => page.locator('.yours').count())).toBe(0);
});

test('the widget’s frame and the upcoming page show it too, and without a script nothing is missing', async () => {
  const frame = { path: `/w${paths.get('talk')}` };
  expect(await seen('talk', 'America/New_York', yours, frame)).toHaveLength(1);
  const upcoming = { path: '/o/ada' };
  expect(await seen('talk', 'America/New_York', yours, upcoming)).toEqual([
    'Your time · Thu 5 Mar, 12:00–13:00',
    'Your time · Thu 2 Jul, 12:00–13:30',
    'Your time · Thu 2 Jul, 12:00–13:30',
  ]);
  const plain = { javaScriptEnabled: false };
  const when = (page: Page) => page.locator('.facts').innerText();
  const shown = await seen('talk', 'America/New_York', when, plain);
  expect(shown).toContain('Thursday 2 July 2099, 18:00 to 19:30 (Europe/Berlin');
  expect(shown).not.toContain('Your time');
});

test.each([
  ['de', /^Ihre Uhrzeit/, /Donnerstag, 2\. Juli 2099.*12:00.*13:30/],
  ['ar', /بتوقيتك/, /الخميس.*2.*يوليو.*2099.*12:00.*13:30/],
])('in %s it is said in that language', async (lang, label, time) => {
  const there = { path: `${paths.get('talk')}?lang=${lang}` };
  const [words = ''] = await seen('talk', 'America/New_York', yours, there);
  expect(words).toMatch(label);
  expect(words).toMatch(time);
});

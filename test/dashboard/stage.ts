/** The built dashboard in front of the real API on a world of its own, with a real browser that notes each complaint and foreign request. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SERIES } from '../../src/calendar/state.ts';
import type { EventRecord } from '../../src/events/event.ts';
import type { Answer } from '../../src/invites/invite.ts';
import { requestInvite } from '../../src/invites/request.ts';
import type { PlatformSettings } from '../../src/kernel/ports.ts';
import { createApp } from '../../src/platform/http.ts';
import { answer } from '../../src/rsvp/answer.ts';
import { openBrowser } from '../support/browser.ts';
import { signedIn } from '../support/sign-in.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

export const BUILT = new URL('../../dist/dashboard', import.meta.url).pathname;

export interface Stage {
  readonly world: TestWorld;
  readonly url: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Requests to elsewhere, and what the browser complained of: blocked by the policy, failed scripts. */
  readonly foreign: readonly string[];
  readonly complaints: readonly string[];
  /** `null`: the operator. */
  enter(address: string | null): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(
  platforms: { readonly mailchimp: PlatformSettings | null; readonly klaviyo: PlatformSettings | null } = {
    mailchimp: null,
    klaviyo: null,
  },
): Promise<Stage> {
  if (!existsSync(`${BUILT}/index.html`)) throw new Error('the dashboard is not built: npm run build');
  const made = await localWorld({ now: '2026-03-01T09:00:00Z' });
  const world = { ...made, settings: { ...made.settings, platforms } };
  const server = createServer(
    createApp(world, { operatorKey: 'operator-key-of-this-test', dashboard: BUILT }),
  );
  const url = await listening(server);
  const browser = await openBrowser();
  const foreign: string[] = [];
  const complaints: string[] = [];
  const context = await watched(browser, url, foreign, complaints);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return {
    world,
    url,
    page,
    context,
    foreign,
    complaints,
    async enter(address) {
      const { cookie } = await signedIn(world, address);
      await context.addCookies([
        { name: 'sis_session', value: cookie, url, httpOnly: true, sameSite: 'Lax' },
      ]);
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await made.close();
    },
  };
}

/** `SIS_SHOTS=folder` keeps pictures of every screen, to look at: phone and desk, light and dark. */
export async function shootAs(page: Page, name: string): Promise<void> {
  const folder = process.env.SIS_SHOTS;
  if (folder === undefined) return;
  for (const [size, width] of [
    ['phone', 390],
    ['desk', 1280],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function watched(
  browser: Browser,
  url: string,
  foreign: string[],
  complaints: string[],
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, timezoneId: 'Europe/Berlin' });
  context.on('request', request => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== url) foreign.push(request.url());
  });
  context.on('console', message => {
    const expected = /the server responded with a status of [45]\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  context.on('weberror', error => complaints.push(error.error().message));
  return context;
}

/** Invites so many people; the first ones answer as told. */
export async function invitePeople(
  world: TestWorld,
  event: EventRecord,
  count: number,
  answers: readonly Answer[] = [],
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const email = `guest-${String(index).padStart(3, '0')}@example.com`;
    const { invite } = await requestInvite(world, { event, email, door: 'vip' });
    const said = answers[index];
    if (invite === null || said === undefined) continue;
    const at = new Date(world.clock.now()).toISOString();
    await world.runJobs();
    await answer(world, {
      event,
      invite,
      component: SERIES,
      answer: said,
      at,
      receivedAt: at,
      evidence: 'verified',
      origin: index % 2 === 0 ? 'Google' : 'Apple iOS',
      prodId: null,
      note: index === 0 ? 'Looking forward to it' : null,
      guests: 0,
    });
  }
  await world.runJobs();
}

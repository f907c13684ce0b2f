/**
 * What a widget costs the page that holds it: Largest Contentful Paint and Total Blocking Time in headless Chromium on a slow phone's terms
 * (CPU slowed four times, slow 4G), of a host page with the widget, of the same page without it, and of the event page itself. In turns, each
 * time in a fresh browser context; medians.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/support/browser.ts';
import type { Bench } from './run.ts';
import { median } from './support/load.ts';
import { fillStore } from './support/many-events.ts';
import { startService } from './support/servers.ts';

const RUNS = 7;
const CPU_SLOWDOWN = 4;
/** Round trip and kilobits of Lighthouse's "slow 4G", as DevTools applies it. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 184_320, uploadThroughput: 84_375 };
/** After the page has loaded, for what still paints or blocks. */
const QUIET_MS = 2_500;
const LONG_TASK_MS = 50;

interface Painted {
  readonly lcp: number;
  readonly tbt: number;
}

type Subject = 'with' | 'without' | 'event';

export const paint: Bench = {
  name: 'paint',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-paint-'));
    try {
      const [slug = ''] = await fillStore(folder, 1);
      const service = await startService(folder);
      const host = await startHost(service.ready.http, slug);
      const browser = await openBrowser();
      try {
        return await measured(browser, {
          with: `${host.url}/with`,
          without: `${host.url}/without`,
          event: `${service.ready.http}/e/${slug}`,
        });
      } finally {
        await browser.close();
        host.close();
        await service.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(browser: Browser, urls: Readonly<Record<Subject, string>>) {
  const runs: Record<Subject, Painted[]> = { with: [], without: [], event: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const subject of ['without', 'with', 'event'] as const)
      runs[subject].push(await painted(browser, urls[subject], subject === 'with'));
  }
  const of = (subject: Subject, what: keyof Painted) =>
    Math.round(median(runs[subject].map(one => one[what])));
  const more = (what: keyof Painted) => of('with', what) - of('without', what);
  return {
    rows: [
      { what: 'host page without widget, Largest Contentful Paint, ms', value: of('without', 'lcp') },
      { what: 'host page with widget, Largest Contentful Paint, ms', value: of('with', 'lcp') },
      { what: 'more by the widget, ms', value: more('lcp') },
      { what: 'host page without widget, Total Blocking Time, ms', value: of('without', 'tbt') },
      { what: 'host page with widget, Total Blocking Time, ms', value: of('with', 'tbt') },
      { what: 'more by the widget, ms of blocking', value: more('tbt') },
      { what: 'event page, Largest Contentful Paint, ms', value: of('event', 'lcp') },
      { what: 'event page, Total Blocking Time, ms', value: of('event', 'tbt') },
    ],
    details: { terms: { CPU_SLOWDOWN, SLOW_4G }, runs },
  };
}

async function painted(browser: Browser, url: string, holdsWidget: boolean): Promise<Painted> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_4G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'networkidle' });
    if (holdsWidget) await widgetShown(page);
    await page.waitForTimeout(QUIET_MS);
    return await page.evaluate(read, LONG_TASK_MS);
  } finally {
    await context.close();
  }
}

async function widgetShown(page: Page): Promise<void> {
  await page.frameLocator('iframe').locator('button[type=submit]').first().waitFor();
}

interface Watched {
  lcp: number;
  fcp: number;
  readonly tasks: { readonly start: number; readonly duration: number }[];
}

interface Entry {
  readonly name: string;
  readonly startTime: number;
  readonly duration: number;
}

/** As a browser has it: the project's own types know Node's. */
type Observer = new (
  told: (list: { getEntries(): readonly Entry[] }) => void,
) => { observe(options: { readonly type: string; readonly buffered: boolean }): void };

/** Runs in the page, before anything else does. */
function observe(): void {
  const seen: Watched = { lcp: 0, fcp: 0, tasks: [] };
  const { PerformanceObserver } = Object.assign(globalThis, { sisSeen: seen }) as unknown as {
    readonly PerformanceObserver: Observer;
  };
  const watch = (type: string, note: (entry: Entry) => void): void =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.lcp = startTime;
  });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.fcp = startTime;
  });
  watch('longtask', ({ startTime, duration }) => seen.tasks.push({ start: startTime, duration }));
}

/** Runs in the page. What blocks before the first paint blocks nobody. */
function read(longTaskMs: number): Painted {
  const { lcp, fcp, tasks } = (globalThis as unknown as { sisSeen: Watched }).sisSeen;
  const late = tasks.filter(({ start }) => start >= fcp);
  return { lcp, tbt: late.reduce((sum, { duration }) => sum + Math.max(0, duration - longTaskMs), 0) };
}

/** Somebody's site, on another origin. */
async function startHost(service: string, slug: string) {
  const widget = `<div data-sis-event="${slug}"></div><script src="${service}/widget.js" async></script>`;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(hostPage(request.url === '/with' ? widget : ''));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function hostPage(widget: string): string {
  const text = 'We draw from life each week, in a room full of light. Paper and easels are there. '.repeat(6);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Studio Example</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:1.1rem/1.6 sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem}</style></head>
<body><h1>Open studio</h1><p>${text}</p>${widget}<p>${text}</p></body></html>`;
}

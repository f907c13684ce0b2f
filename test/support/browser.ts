/** A real Chromium for tests, and what every page must pass in it: axe, 320 px, large enough targets. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.SIS_TEST_CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
const SMALLEST = { width: 320, height: 640 };
const TARGET_PX = 44;

export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`no Chromium at ${CHROMIUM}: install it, or name one in SIS_TEST_CHROMIUM`);
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** What is wrong with the page as it stands, in both schemes, on a phone and on a desk; empty where nothing is. */
export async function flawsOf(page: Page): Promise<readonly string[]> {
  const flaws: string[] = [];
  const before = page.viewportSize() ?? SIZES[1];
  await page.evaluate(AXE);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const flaw of await violations(page)) flaws.push(`${colorScheme} ${size.width}px ${flaw}`);
    }
  }
  await page.setViewportSize(SMALLEST);
  flaws.push(...(await page.evaluate(tooWideOrSmall, TARGET_PX)));
  await page.setViewportSize(before ?? SMALLEST);
  return flaws;
}

async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async tags => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
      };
    };
    const result = await axe.run({ runOnly: { type: 'tag', values: tags }, iframes: false });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 120)} (${node.failureSummary ?? ''})`),
    );
  }, TAGS);
}

/** As much of a browser's window as is looked at: the project's own types know none. */
interface Window {
  readonly innerWidth: number;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number };
    querySelectorAll(selector: string): Iterable<{
      readonly outerHTML: string;
      getBoundingClientRect(): { readonly width: number; readonly height: number };
    }>;
  };
}

/** Runs in the page. */
function tooWideOrSmall(least: number): string[] {
  const found: string[] = [];
  const { document: page, innerWidth: width } = globalThis as unknown as Window;
  if (page.documentElement.scrollWidth > width) found.push(`wider than ${width}px`);
  for (const control of page.querySelectorAll(
    'button, .button, .away, summary, select, input:not([type=hidden]):not([type=checkbox])',
  )) {
    const { height, width: wide } = control.getBoundingClientRect();
    if (wide > 0 && height < least) found.push(`${control.outerHTML.slice(0, 80)} is ${height}px high`);
  }
  return found;
}

/**
 * The scanner park: eight kinds of machines that open a button's link, and people who press it, against the real pages over HTTP.
 * `npm run scanners -- --sessions 1000 --people 200 [--only 0,3]` prints the table; a small sample runs in the suite.
 */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { EventRecord } from '../../src/events/event.ts';
import { effectiveAnswer, inviteOf } from '../../src/invites/store.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import type { Ports } from '../../src/kernel/ports.ts';
import { pageDoor } from '../../src/platform/http/page-door.ts';
import { openBrowser } from '../support/browser.ts';
import { mailEvent } from '../support/pages.ts';
import { type Account, buttonLink, CHROME, connectAccount, knowContact, nonceIn } from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const AGENT = CHROME['user-agent'];
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';
const HALF_HOUR_MS = 1_860_000;
const NO_LIMIT = 100_000_000;

export interface Score {
  readonly name: string;
  readonly sessions: number;
  readonly commits: number;
  readonly seconds: number;
}

interface Park {
  readonly world: TestWorld;
  readonly origin: string;
  readonly plain: Browser;
  readonly disguised: Browser;
  /** The links of one contact's mail: Yes, Maybe, No. */
  mail(contact: string): Promise<readonly string[]>;
  later(milliseconds: number): void;
}

interface Profile {
  readonly name: string;
  /** In a browser each session costs more: fewer run side by side. */
  readonly atOnce: number;
  run(park: Park, links: readonly string[], index: number, tools: Tools): Promise<void>;
  tools?(park: Park): Promise<Tools>;
}

interface Tools {
  readonly contexts: readonly BrowserContext[];
  /** Tabs that nobody uses at the moment, by context: opening one costs more than all that is done in it. */
  readonly free: readonly Page[][];
}

function toolsOf(...contexts: readonly BrowserContext[]): Tools {
  return { contexts, free: contexts.map(() => []) };
}

const MACHINES: readonly Profile[] = [
  {
    name: 'HEAD, then GET',
    atOnce: 16,
    run: async ({ origin }, links, index) => {
      const link = links[index % 3] ?? '';
      await ask(origin + link, 'HEAD');
      await ask(origin + link, 'GET');
    },
  },
  {
    name: 'all links within two seconds, and what they lead to',
    atOnce: 16,
    run: async ({ origin }, links) => {
      for (const page of await Promise.all(links.map(link => ask(origin + link, 'GET', browserHeaders())))) {
        for (const href of hrefsIn(page.body)) await ask(origin + href, 'GET', browserHeaders());
      }
    },
  },
  {
    name: 'headless browser that runs scripts',
    atOnce: 8,
    tools: async ({ plain }) => toolsOf(await plain.newContext()),
    run: (park, links, index, tools) =>
      inTab(tools, index, async page => {
        await page.goto(park.origin + links[index % 3]);
        await page.mouse.wheel(0, 400);
        await page.waitForTimeout(150);
      }),
  },
  {
    name: 'headless browser that presses buttons and submits forms',
    atOnce: 8,
    tools: async ({ plain, disguised }) =>
      toolsOf(await plain.newContext(), await disguised.newContext({ userAgent: AGENT })),
    run: pressesEverything,
  },
  {
    name: 'again after half an hour, with the form of the first time',
    atOnce: 16,
    run: async ({ origin }, links, index) => {
      const link = links[index % 3] ?? '';
      const nonce = remembered.get(link);
      if (nonce === undefined) {
        remembered.set(link, nonceIn(await ask(origin + link, 'GET', browserHeaders())));
        return;
      }
      await ask(origin + link, 'GET', browserHeaders());
      await ask(
        origin + link,
        'POST',
        browserHeaders(),
        new URLSearchParams({ nonce, answer: 'yes' }).toString(),
      );
    },
  },
  {
    name: 'the same link from three networks',
    atOnce: 16,
    run: async ({ origin }, links, index) => {
      for (const network of ['192.0.2.7', '198.51.100.7', '203.0.113.7']) {
        const headers = { ...browserHeaders(), 'x-forwarded-for': network };
        const page = await ask(origin + links[index % 3], 'GET', headers);
        // One of the three also sends what it finds.
        if (network.startsWith('203'))
          await ask(origin + links[index % 3], 'POST', headers, formIn(page.body));
      }
    },
  },
  {
    name: 'prefetch',
    atOnce: 16,
    run: async ({ origin }, links) => {
      for (const link of links) {
        await ask(origin + link, 'GET', { ...browserHeaders(), 'sec-purpose': 'prefetch' });
      }
    },
  },
  {
    name: 'disguised browser that clicks by script',
    atOnce: 8,
    tools: async ({ disguised }) => toolsOf(await disguised.newContext({ userAgent: AGENT })),
    run: (park, links, index, tools) =>
      inTab(tools, index, async page => {
        await page.goto(park.origin + links[index % 3]);
        await page.mouse.move(80 + (index % 200), 120);
        await page.waitForTimeout(1_300 + (index % 5) * 100);
        await Promise.all([
          page.waitForNavigation(),
          page.evaluate("document.querySelector('form[data-press] button').click()"),
        ]);
      }),
  },
];

/** Every link of the mail in a tab of its own, the first button of each pressed as soon as it is there, and what is asked then once more. */
function pressesEverything(park: Park, links: readonly string[], index: number, tools: Tools) {
  return inTabs(tools, index, links.length, async pages => {
    await Promise.all(pages.map((page, at) => page.goto(park.origin + links[at])));
    for (const page of pages) {
      for (let tries = 0; tries < 2; tries += 1) {
        await page.waitForTimeout(10 + ((index * 37) % 200));
        const button = page.locator('form[data-press] button').first();
        if ((await button.count()) === 0) break;
        await Promise.all([page.waitForNavigation(), button.click()]);
      }
    }
  });
}

const PEOPLE: readonly Profile[] = [
  {
    name: 'people on slow phones',
    atOnce: 4,
    tools: async ({ disguised }) =>
      toolsOf(
        await disguised.newContext({
          userAgent: PHONE,
          viewport: { width: 390, height: 844 },
          hasTouch: true,
          isMobile: true,
          locale: 'de-DE',
        }),
      ),
    run: (park, links, index, tools) =>
      inTab(tools, index, async page => {
        await page.goto(park.origin + links[0]);
        await page.waitForTimeout(1_500 + (index % 7) * 300);
        await Promise.all([page.waitForNavigation(), page.locator('form[data-press] .main button').tap()]);
      }),
  },
  {
    name: 'people at a keyboard',
    atOnce: 4,
    tools: async ({ disguised }) => toolsOf(await disguised.newContext({ userAgent: AGENT })),
    run: (park, links, index, tools) =>
      inTab(tools, index, async page => {
        await page.goto(park.origin + links[0]);
        await page.waitForTimeout(1_300 + (index % 7) * 250);
        await page.getByRole('button', { name: 'Yes, I’ll be there' }).focus();
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      }),
  },
  {
    name: 'people without script (a second plain press)',
    atOnce: 4,
    tools: async ({ disguised }) =>
      toolsOf(await disguised.newContext({ userAgent: AGENT, javaScriptEnabled: false })),
    run: (park, links, index, tools) =>
      inTab(tools, index, async page => {
        await page.goto(park.origin + links[0]);
        for (let press = 0; press < 2; press += 1) {
          await page.waitForTimeout(1_400 + (index % 5) * 250);
          await Promise.all([
            page.waitForNavigation(),
            page.getByRole('button', { name: 'Yes, I’ll be there' }).click(),
          ]);
        }
      }),
  },
];

export async function runPark(options: {
  readonly sessions: number;
  readonly people: number;
  /** Machines by their place in the list; left out: all. */
  readonly only?: readonly number[] | undefined;
  readonly tell?: (line: string) => void;
}): Promise<{ readonly machines: readonly Score[]; readonly people: readonly Score[] }> {
  const opened = await openPark();
  const tell = options.tell ?? (() => undefined);
  try {
    const people = [];
    // Every other person's mail was looked through by a machine half an hour before it was read.
    for (const [index, profile] of PEOPLE.entries())
      await scannedBefore(opened, profile, index, options.people);
    opened.later(HALF_HOUR_MS);
    for (const [index, profile] of PEOPLE.entries()) {
      people.push(await score(opened, profile, `h${index}`, share(options.people, index), tell));
    }
    const machines = [];
    for (const [index, profile] of MACHINES.entries()) {
      if (options.only !== undefined && !options.only.includes(index)) continue;
      machines.push(await score(opened, profile, `m${index}`, options.sessions, tell));
    }
    return { machines, people };
  } finally {
    await opened.close();
  }
}

function share(people: number, index: number): number {
  return Math.floor(people / PEOPLE.length) + (index < people % PEOPLE.length ? 1 : 0);
}

async function scannedBefore(park: Park, _profile: Profile, index: number, people: number): Promise<void> {
  for (let session = 0; session < share(people, index); session += 2) {
    for (const link of await park.mail(`h${index}-${session}`)) {
      await ask(park.origin + link, 'HEAD');
      await ask(park.origin + link, 'GET', browserHeaders());
    }
  }
}

async function score(
  park: Park,
  profile: Profile,
  prefix: string,
  sessions: number,
  tell: (line: string) => void,
): Promise<Score> {
  const begun = performance.now();
  const tools = (await profile.tools?.(park)) ?? toolsOf();
  const contacts = Array.from({ length: sessions }, (_, index) => `${prefix}-${index}`);
  const rounds = profile.name.startsWith('again after') ? 2 : 1;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) park.later(HALF_HOUR_MS);
    await sideBySide(profile.atOnce, contacts, async (contact, index) => {
      await profile.run(park, await park.mail(contact), index, tools);
    });
  }
  for (const context of tools.contexts) await context.close();
  await settled(park.world);
  let commits = 0;
  for (const contact of contacts) if (await hasCommitted(park, contact)) commits += 1;
  const seconds = Math.round((performance.now() - begun) / 1000);
  const told = { name: profile.name, sessions, commits, seconds };
  tell(lineOf(told));
  return told;
}

export function lineOf({ name, sessions, commits, seconds }: Score): string {
  const percent = sessions === 0 ? 0 : Math.round((commits / sessions) * 10_000) / 100;
  return `table: ${name.padEnd(60)} ${String(sessions).padStart(5)} sessions ${String(commits).padStart(5)} commits ${String(percent).padStart(6)} %  ${seconds} s`;
}

/** Whatever is recorded or sent for a contact, or about to be. */
async function hasCommitted({ world, ...park }: Park, contact: string): Promise<boolean> {
  const { event } = park as Park & { readonly event: EventRecord };
  const address = addressOf(contact);
  const invite = await inviteOf(world, event.id, address);
  if (world.outbox().some(mail => mail.to === address)) return true;
  return invite !== undefined && effectiveAnswer(invite, event.state).answer !== 'none';
}

interface OpenPark extends Park {
  readonly event: EventRecord;
  close(): Promise<void>;
}

async function openPark(): Promise<OpenPark> {
  const world = await localWorld({
    now: new Date().toISOString(),
    limits: {
      PRESSES_PER_NETWORK_MINUTE: NO_LIMIT,
      PRESSES_PER_NETWORK_DAY: NO_LIMIT,
      SIGNUPS_PER_NETWORK_MINUTE: NO_LIMIT,
      SIGNUPS_PER_NETWORK_DAY: NO_LIMIT,
      LOOKUPS_PER_NETWORK_MINUTE: NO_LIMIT,
      PEOPLE_PER_EVENT: DEFAULT_LIMITS.PEOPLE_PER_EVENT,
    },
  });
  let ahead = 0;
  const tick = () => world.clock.set(new Date(Date.now() + ahead).toISOString());
  const event = await mailEvent(world, nextMonth());
  const account = await connectAccount(world, event.workspace);
  const ports: Ports = { ...world, settings: { ...world.settings, trustProxy: true } };
  const door = pageDoor(ports, (_request, response) => response.writeHead(404).end());
  const server = createServer((incoming, response) => {
    tick();
    door(incoming, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let running = true;
  const work = (async () => {
    while (running) {
      tick();
      if ((await world.runJobs()) === 0) await new Promise(resolve => setTimeout(resolve, 20));
    }
  })();
  const [plain, disguised] = await Promise.all([
    openBrowser(),
    openBrowser(['--disable-blink-features=AutomationControlled']),
  ]);
  return {
    world,
    event,
    origin,
    plain,
    disguised,
    mail: contact => mailTo(world, event, account, contact),
    later: milliseconds => {
      ahead += milliseconds;
      tick();
    },
    close: async () => {
      running = false;
      await Promise.all([plain.close(), disguised.close(), work]);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await world.close();
    },
  };
}

let cutShort = 0;
const ANSWERS = ['yes', 'maybe', 'no'] as const;
const remembered = new Map<string, string>();
const known = new Map<string, readonly string[]>();

async function mailTo(
  world: TestWorld,
  event: EventRecord,
  account: Account,
  contact: string,
): Promise<readonly string[]> {
  const name = `${event.id} ${contact}`;
  const links = known.get(name);
  if (links !== undefined) return links;
  await knowContact(world, account, { reference: contact, address: addressOf(contact) });
  const made: string[] = [];
  for (const answer of ANSWERS) {
    made.push(`${await buttonLink(world, event, account, { answer })}?c=${contact}`);
  }
  known.set(name, made);
  return made;
}

function addressOf(contact: string): string {
  return `${contact}@example.com`;
}

function nextMonth(): { readonly start: string; readonly end: string } {
  const compact = (ahead: number) => new Date(Date.now() + ahead).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = 86_400_000;
  return { start: `:${compact(30 * day)}`, end: `:${compact(30 * day + 3_600_000)}` };
}

async function settled(world: TestWorld): Promise<void> {
  await world.runJobs();
  await new Promise(resolve => setTimeout(resolve, 300));
  await world.runJobs();
}

async function sideBySide<T>(
  atOnce: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of queue) await work(item, index);
    }),
  );
}

async function inTabs(
  { contexts, free }: Tools,
  index: number,
  count: number,
  work: (pages: readonly Page[]) => Promise<void>,
): Promise<void> {
  const context = contexts[index % contexts.length];
  const idle = free[index % contexts.length];
  if (context === undefined || idle === undefined) throw new Error('no browser for this profile');
  const pages = await Promise.all(Array.from({ length: count }, () => idle.pop() ?? context.newPage()));
  try {
    await work(pages);
    idle.push(...pages);
  } catch (error) {
    // A machine under load: the session counts as what it did until then.
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    cutShort += 1;
    await Promise.all(pages.map(page => page.close()));
  }
}

function inTab(tools: Tools, index: number, work: (page: Page) => Promise<void>): Promise<void> {
  return inTabs(tools, index, 1, async ([page]) => {
    if (page !== undefined) await work(page);
  });
}

/** As a browser names itself; a plain client can't know what its fetches are for. */
function browserHeaders(): Readonly<Record<string, string>> {
  return { 'user-agent': AGENT, 'accept-language': 'en', accept: 'text/html' };
}

function hrefsIn(body: string): readonly string[] {
  return [...body.matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

/** Every field of the first form, as it stands, and its first button. */
function formIn(body: string): string {
  const form = /<form[^>]*data-press[\s\S]*?<\/form>/.exec(body)?.[0] ?? '';
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of form.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    fields.append(name, value);
  }
  fields.append('answer', /name="answer" value="([^"]*)"/.exec(form)?.[1] ?? '');
  return fields.toString();
}

function ask(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers: { ...headers, ...form } }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', chunk => chunks.push(chunk));
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

function numberAfter(flag: string, otherwise: number): number {
  const at = argv.indexOf(flag);
  return at < 0 ? otherwise : Number(argv[at + 1]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const tell = (line: string) => void process.stdout.write(`${line}\n`);
  const sessions = numberAfter('--sessions', 1_000);
  const at = argv.indexOf('--only');
  const only = at < 0 ? undefined : (argv[at + 1] ?? '').split(',').map(Number);
  const result = await runPark({ sessions, people: numberAfter('--people', 200), only, tell });
  const tooMany = result.machines.filter(
    ({ name, commits }) => commits > (name === MACHINES[3]?.name ? sessions * 0.005 : 0),
  );
  const people = result.people.reduce((sum, { sessions: count }) => sum + count, 0);
  const counted = result.people.reduce((sum, { commits }) => sum + commits, 0);
  tell(`people: ${counted} of ${people}; machines beyond their measure: ${tooMany.length}`);
  if (cutShort > 0) tell(`sessions that ran out of time and count as what they did: ${cutShort}`);
  process.exitCode = tooMany.length === 0 && counted >= people * 0.99 ? 0 : 1;
}

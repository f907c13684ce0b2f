/**
 * The front door as people walk it, for each platform, in a real browser: sign in by the mailed link, connect the sandbox account, make a
 * button, send the campaign, click as a contact, press, get the invite, answer it from a calendar, and see the answer on the contact.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readLocalConfig } from '../../src/platform/config.ts';
import { type RunningService, startService } from '../../src/platform/local/server.ts';
import { sendMail } from '../../src/platform/local/smtp-client.ts';
import { flawsOf, openBrowser } from '../support/browser.ts';
import { eventMail } from '../support/organizer.ts';
import { CHROME } from '../support/press.ts';
import { openApiValidate } from '../support/vendor-descriptions.ts';

const ORGANIZER = 'organizer@example.org';

let folder: string;
let service: RunningService;
let browser: Browser;
/** A browser that doesn't say of itself that a program drives it: what a person's says. */
let personal: Browser;
let marketer: BrowserContext;
let page: Page;
let event = '';
const complaints: string[] = [];
/** Who was invited already: both accounts know the same people. */
const used: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sis-campaign-'));
  const read = readLocalConfig({ SIS_HTTP_PORT: '0', SIS_SMTP_PORT: '0', SIS_DATA_DIR: folder });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const validate = openApiValidate();
  service = await startService(read.config, {
    log: () => undefined,
    ...(validate === undefined ? {} : { validateVendor: validate }),
  });
  browser = await openBrowser();
  personal = await openBrowser(['--disable-blink-features=AutomationControlled']);
  marketer = await someone(browser);
  page = await marketer.newPage();
  page.setDefaultTimeout(20_000);
  const now = new Date();
  const day = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const mail = eventMail(
    {
      uid: 'webinar@example.org',
      dtstamp: now.toISOString().replace(/[-:]|\.\d+/g, ''),
      start: `${day}T160000`,
      end: `${day}T170000`,
      organizer: ORGANIZER,
    },
    now.toISOString(),
  );
  await sendMail({ port: service.smtpPort, ...mail });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await personal?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser of his own: his cookies are nobody else's. */
async function someone(driven: Browser): Promise<BrowserContext> {
  const context = await driven.newContext({
    baseURL: service.http,
    timezoneId: 'America/New_York',
    userAgent: CHROME['user-agent'],
  });
  context.on('console', message => {
    const expected = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  return context;
}

/** `SIS_SHOTS=folder` keeps a picture at desk and at phone width, to look at. */
async function shoot(shown: Page, name: string): Promise<void> {
  const shots = process.env.SIS_SHOTS;
  if (shots === undefined) return;
  for (const [size, width] of [
    ['desk', 1280],
    ['phone', 390],
  ] as const) {
    await shown.setViewportSize({ width, height: 844 });
    await shown.screenshot({ path: `${shots}/campaign-${name}-${size}.png`, fullPage: true });
  }
  await shown.setViewportSize({ width: 1280, height: 844 });
}

async function settled(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 40_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`it did not come: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

describe('a marketer', () => {
  test('signs in by the mailed link, in the browser that asked', async () => {
    await page.goto('/signin');
    await page.getByLabel('Email address').fill(ORGANIZER);
    await page.getByRole('button', { name: 'Mail me a sign-in link' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    const outbox = await marketer.newPage();
    await outbox.goto('/local/');
    await outbox.getByRole('link', { name: 'Your sign-in link' }).first().click();
    const opened = marketer.waitForEvent('page');
    await outbox.frameLocator('iframe').getByRole('link', { name: 'Sign in' }).first().click();
    const entry = await opened;
    await entry.getByRole('button', { name: 'Sign in' }).click();
    await entry.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
    await entry.close();
    await outbox.close();
    await settled('the event', async () => {
      await page.goto('/');
      await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      return (await page.getByRole('link', { name: 'Spring webinar' }).count()) > 0;
    });
    await page.getByRole('link', { name: 'Spring webinar' }).click();
    await page.getByRole('heading', { name: 'Spring webinar', level: 1 }).waitFor();
    event = new URL(page.url()).pathname;
  }, 90_000);
});

describe.each([
  { platform: 'Mailchimp', answers: 'Yes, Maybe and No', press: 'Yes', tagged: 'RSVP Spring webinar: ' },
  { platform: 'Klaviyo', answers: 'Yes, Maybe and No', press: 'Yes', tagged: null },
] as const)('a campaign of $platform', ({ platform, answers, press, tagged }) => {
  const room = `/local/sandbox/${platform.toLowerCase()}`;
  let html = '';
  let contact = '';
  let address = '';
  let visitor: Page;

  test('the sandbox account is connected', async () => {
    await page.goto('/connections');
    await page.getByRole('link', { name: `Try ${platform} with a sandbox account` }).click();
    await shoot(page, `${platform}-consent`);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { level: 1, name: `${platform}: ` }).waitFor();
    await page.getByText('Connected', { exact: true }).waitFor();
    await shoot(page, `${platform}-connection`);
  }, 60_000);

  test('the button is made', async () => {
    await page.goto(`${event}/share`);
    await page.getByText(platform, { exact: true }).click();
    await page.getByText(answers).click();
    await page.getByRole('button', { name: 'Make the button' }).click();
    html = await page.getByLabel('HTML to paste').inputValue();
    await shoot(page, `${platform}-share`);
    expect(html).toContain(platform === 'Mailchimp' ? '*|UNIQID|*' : '{{ person.KlaviyoID');
  }, 60_000);

  test('the campaign’s preview goes to a subscriber, with the merge tag filled in', async () => {
    await page.goto(`${room}/contacts`);
    let row = page.locator('tbody tr', { hasText: /subscribed/i }).filter({ hasNotText: /unsubscribed/i });
    for (const other of used) row = row.filter({ hasNotText: other });
    const link = row.getByRole('link').first();
    address = (await link.textContent()) ?? '';
    used.push(address);
    contact = (await link.getAttribute('href')) ?? '';
    await page.goto(`${room}/campaign`);
    await page.getByLabel('To').selectOption(new URL(contact, service.http).searchParams.get('id') ?? '');
    await page.getByLabel('HTML of the mail').fill(html);
    await page.getByRole('button', { name: 'Show the mail' }).click();
    await page.getByRole('heading', { name: /^Mail for / }).waitFor();
    await shoot(page, `${platform}-mail`);
    const links = await page.locator('.mono.small').allTextContents();
    expect(links.length).toBeGreaterThan(0);
    expect(links.join(' ')).not.toMatch(/\*\||\{\{/);
  }, 60_000);

  test('the contact clicks, sees whom the answer is for, and presses once', async () => {
    const mailPath = page.url();
    const subscriber = await someone(personal);
    const mail = await subscriber.newPage();
    mail.setDefaultTimeout(20_000);
    await mail.goto(mailPath);
    const opened = subscriber.waitForEvent('page');
    await mail.frameLocator('iframe').getByRole('link', { name: press }).first().click();
    visitor = await opened;
    await visitor.getByRole('heading', { name: 'Will you be there?' }).waitFor();
    // The first look-up at a platform may take longer than the page waits; the next look has it.
    await settled('the masked address', async () => {
      if ((await visitor.getByText(`${address[0]}•••@example.`).count()) === 1) return true;
      await visitor.reload();
      return false;
    });
    expect(await visitor.content()).not.toContain(address);
    expect(await flawsOf(visitor)).toEqual([]);
    await shoot(visitor, `${platform}-press`);
    const outboxBefore = await mailsTo(address);
    expect(outboxBefore).toBe(0);
    // A person reads before he presses.
    await visitor.waitForTimeout(1_500);
    await visitor.getByRole('button', { name: 'Yes, I’ll be there' }).click();
    await visitor.getByRole('heading', { name: 'Thank you. Your answer: Yes' }).waitFor();
    expect(await flawsOf(visitor)).toEqual([]);
    await shoot(visitor, `${platform}-pressed`);
  }, 90_000);

  test('the invite arrives, and is answered from the calendar', async () => {
    await settled('the invite', async () => (await mailsTo(address)) === 1);
    await page.goto('/local/');
    const row = page
      .locator('tr', { has: page.locator('.kind-request') })
      .filter({ hasText: address })
      .first();
    await row.getByRole('link').first().click();
    await page.getByLabel('With the calendar of').selectOption('google');
    await page.getByRole('button', { name: 'Maybe', exact: true }).click();
    await page.getByText('Answer sent').first().waitFor();
  }, 60_000);

  test('the contact carries the last answer, and the history of both', async () => {
    // The tag or list first, the event of its history right after it.
    const standing = tagged === null ? /rsvp_maybe\s*Spring webinar/ : new RegExp(`${tagged}Maybe`);
    const history = tagged === null ? /answer: maybe/ : /rsvp_maybe/;
    await settled('the write-back', async () => {
      await page.goto(contact);
      const told = (await page.locator('main').textContent()) ?? '';
      return standing.test(told) && history.test(told);
    });
    await shoot(page, `${platform}-contact`);
    const text = (await page.locator('main').textContent()) ?? '';
    if (tagged === null) {
      expect(text).not.toMatch(/rsvp_yes\s*Spring webinar/);
      expect(text).toMatch(/previousAnswer: yes/);
    } else {
      const tags = (await page.locator('ul').first().textContent()) ?? '';
      expect(tags).toContain(`${tagged}Maybe`);
      expect(tags).not.toContain(`${tagged}Yes`);
      expect(text).toMatch(/rsvp_yes/);
    }
  }, 90_000);

  test('the dashboard shows who answered, and where', async () => {
    await page.goto(event);
    const row = page.locator('tbody tr').filter({ hasText: address });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/Maybe/);
    expect(await row.textContent()).toMatch(/Campaign button/);
    await shoot(page, `${platform}-people`);
  }, 60_000);
});

test('the browser had nothing to complain of', () => {
  expect(complaints).toEqual([]);
});

/** Invites that stand in the outbox for an address. */
async function mailsTo(address: string): Promise<number> {
  const outbox = await marketer.newPage();
  await outbox.goto('/local/');
  const count = await outbox
    .locator('tr', { has: outbox.locator('.kind-request') })
    .filter({ hasText: address })
    .count();
  await outbox.close();
  return count;
}

/** The dashboard with accounts connected at the sandbox of one machine: connect, make a button, save it, invite an audience, disconnect. */
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
import { shootAs } from './stage.ts';

let folder: string;
let service: RunningService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let event = '';
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sis-connected-'));
  const read = readLocalConfig({ SIS_HTTP_PORT: '0', SIS_SMTP_PORT: '0', SIS_DATA_DIR: folder });
  if (!read.ok) throw new Error(read.problems.join(' '));
  service = await startService(read.config, { log: () => undefined });
  browser = await openBrowser();
  context = await browser.newContext({ baseURL: service.http });
  context.on('console', message => {
    const expected = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const now = new Date();
  const day = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const dtstamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const mail = eventMail(
    { uid: 'webinar@example.org', dtstamp, start: `${day}T160000`, end: `${day}T170000` },
    now.toISOString(),
  );
  await sendMail({ port: service.smtpPort, ...mail });
  await page.goto(new URL(service.signInLink).pathname);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the operator of one machine', () => {
  test('came in by the console’s link, and sees the event that was mailed in', async () => {
    const link = page.getByRole('link', { name: 'Spring webinar' });
    for (let tries = 0; (await link.count()) === 0 && tries < 50; tries += 1) {
      await page.waitForTimeout(200);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
    }
    await link.click();
    await page.getByRole('heading', { name: 'Spring webinar', level: 1 }).waitFor();
    event = new URL(page.url()).pathname;
  });

  test('enters the workspace and is offered both sandboxes', async () => {
    await page.goto('/connections');
    await page.getByRole('button', { name: 'Go to it' }).click();
    await page.getByRole('link', { name: 'Try Mailchimp with a sandbox account' }).waitFor();
    await page.getByRole('link', { name: 'Try Klaviyo with a sandbox account' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shootAs(page, 'connections-sandbox');
  });

  test('who refuses at the platform comes back to the reason', async () => {
    await page.getByRole('link', { name: 'Try Klaviyo with a sandbox account' }).click();
    await page.locator('button[value=refuse]').click();
    await page.getByRole('alert').getByText('access was declined on the platform’s page').waitFor();
    expect(new URL(page.url()).search).toBe('?problem=refused');
  });
});

describe.each(['Mailchimp', 'Klaviyo'])('with %s', platform => {
  test('an account is connected, and shown with its health', async () => {
    await page.goto('/connections');
    await page.getByRole('link', { name: `Try ${platform} with a sandbox account` }).click();
    await page.locator('button[value=allow]').click();
    await page.getByRole('heading', { level: 1, name: `${platform}: ` }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/connections\/con_/);
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.locator('tbody tr').first().waitFor();
    if (platform === 'Mailchimp') expect(await flawsOf(page)).toEqual([]);
    await shootAs(page, `connection-${platform.toLowerCase()}`);
    await page.getByLabel('Home audience').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved.').waitFor();
  });

  test('a button is made, looked at and saved there', async () => {
    await page.goto(`${event}/share`);
    await page.getByText(platform, { exact: true }).click();
    await page.getByText('Yes, Maybe and No').click();
    await page.getByRole('button', { name: 'Make the button' }).click();
    const html = await page.getByLabel('HTML to paste').inputValue();
    expect(html).toContain(platform === 'Mailchimp' ? '*|UNIQID|*' : '{{ person.KlaviyoID');
    const preview = page.locator('.paper');
    for (const answer of ['Yes', 'Maybe', 'No']) {
      await preview.getByText(answer, { exact: true }).waitFor();
    }
    // The picture is the real thing, but nothing in it leads anywhere.
    expect(await preview.locator('a[href]').count()).toBe(0);
    const ground = await preview
      .getByText('Yes', { exact: true })
      .evaluate(element => element.closest('td, a, table')?.outerHTML ?? '');
    expect(ground).toContain('rgb(');
    if (platform === 'Mailchimp') expect(await flawsOf(page)).toEqual([]);
    await shootAs(page, `button-${platform.toLowerCase()}`);
    await page.getByRole('button', { name: /^Save as / }).click();
    await page.getByText(/^Saved: in /).waitFor();
  });

  test('an audience is counted, and then invited', async () => {
    await page.goto(`${event}/invite`);
    const option = page.getByLabel('Account', { exact: true }).locator('option', { hasText: platform });
    await page
      .getByLabel('Account', { exact: true })
      .selectOption(String(await option.first().getAttribute('value')));
    const choice = page.getByLabel('Audience, list or segment');
    await choice.locator('option').nth(1).waitFor({ state: 'attached' });
    await choice.selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Count first' }).click();
    const start = page.getByRole('button', { name: /^Invite \d+ / });
    await start.or(page.getByText('Nobody new is in this audience')).waitFor();
    if (platform === 'Mailchimp') expect(await flawsOf(page)).toEqual([]);
    await shootAs(page, `invite-${platform.toLowerCase()}`);
    const label = platform === 'Mailchimp' ? await start.textContent() : null;
    if (label !== null) {
      await start.click();
      await page.getByText('Done. Who was invited stands with the event.').waitFor();
      await page.getByRole('link', { name: 'See the people' }).click();
      await page.getByRole('cell', { name: 'Audience' }).first().waitFor();
      expect(await page.locator('tbody tr').count()).toBe(Number(/\d+/.exec(label)?.[0]));
    }
  });
});

describe('afterwards', () => {
  test('the look of buttons is the workspace’s own', async () => {
    await page.goto(`${event}/share`);
    await page.getByRole('link', { name: 'Choose the look' }).click();
    await page.getByLabel('Colour of buttons: As a code').fill('#7a1f5c');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It shows at once.').waitFor();
    await page.goBack();
    await page.getByText('Another mail tool').click();
    await page.getByRole('button', { name: 'Make the button' }).click();
    await page.getByLabel('HTML to paste').waitFor();
    expect(await page.getByLabel('HTML to paste').inputValue()).toContain('#7a1f5c');
    expect(await page.getByLabel('HTML to paste').inputValue()).not.toMatch(/UNIQID|KlaviyoID/);
  });

  test('both stand in the list, and one is disconnected after a question', async () => {
    await page.goto('/connections');
    await page.getByRole('link', { name: /^Klaviyo: / }).click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Disconnected', { exact: true }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.goto('/connections');
    expect(await page.getByRole('article').count()).toBe(2);
    await shootAs(page, 'connections');
  });

  test('the browser had nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});

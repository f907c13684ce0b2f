/** The vendors' sandbox as people and connectors meet it: inside the running service, in a real browser, over a restart. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buttonHtml } from '../../../src/connections/button/button-html.ts';
import { readLocalConfig } from '../../../src/platform/config.ts';
import { SANDBOX_APP } from '../../../src/platform/local/platform-app.ts';
import { type RunningService, startService } from '../../../src/platform/local/server.ts';
import { flawsOf, openBrowser } from '../../support/browser.ts';
import { openApiValidate } from '../../support/vendor-descriptions.ts';

let folder: string;
let service: RunningService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const shots = process.env.SIS_SHOTS ?? '';
let shot = 0;

async function start(): Promise<RunningService> {
  const read = readLocalConfig({ SIS_HTTP_PORT: '0', SIS_SMTP_PORT: '0', SIS_DATA_DIR: folder });
  if (!read.ok) throw new Error(read.problems.join(' '));
  const validateVendor = openApiValidate();
  return startService(read.config, {
    log: () => undefined,
    ...(validateVendor === undefined ? {} : { validateVendor }),
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sis-sandbox-'));
  service = await start();
  browser = await openBrowser();
  context = await browser.newContext();
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function flawless(): Promise<void> {
  expect(await flawsOf(page)).toEqual([]);
  if (shots === '') return;
  shot += 1;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${shots}/sandbox-${shot}.png`, fullPage: true });
}

const VERIFIER = 'v'.repeat(43);

function authorizeUrl(platform: 'mailchimp' | 'klaviyo'): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: SANDBOX_APP.clientId,
    redirect_uri: `${service.http}/connect/${platform}/callback`,
    state: 'state-1',
  });
  if (platform === 'mailchimp') return `${service.http}/local/vendors/mailchimp/oauth2/authorize?${query}`;
  query.set('scope', 'accounts:read profiles:read profiles:write');
  query.set('code_challenge_method', 'S256');
  query.set('code_challenge', createHash('sha256').update(VERIFIER).digest('base64url'));
  return `${service.http}/local/vendors/klaviyo/oauth/authorize?${query}`;
}

async function klaviyoTokens(form: Record<string, string>): Promise<Record<string, string>> {
  const { clientId, clientSecret } = SANDBOX_APP;
  const response = await fetch(`${service.http}/local/vendors/klaviyo/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

/** The next answer of the service at the callback's path, without following it: the page behind it belongs to others. */
async function callbackAfter(act: () => Promise<unknown>): Promise<URL> {
  const [request] = await Promise.all([
    page.waitForRequest(asked => asked.url().includes('/connect/') && asked.url().includes('/callback')),
    act(),
  ]);
  return new URL(request.url());
}

describe('consent', () => {
  test('allowing leads back with a code, whose tokens live on over a restart and stand nowhere in clear', async () => {
    await page.goto(authorizeUrl('klaviyo'));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Connect a sandbox account of Klaviyo',
    );
    await flawless();
    const back = await callbackAfter(() => page.getByRole('button', { name: 'Allow' }).click());
    expect(back.searchParams.get('state')).toBe('state-1');
    const first = await klaviyoTokens({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      code_verifier: VERIFIER,
      redirect_uri: `${service.http}/connect/klaviyo/callback`,
    });
    await service.stop();
    expect(readFileSync(join(folder, 'sandbox')).includes(first.access_token ?? 'x')).toBe(false);
    service = await start();
    const second = await klaviyoTokens({
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
    });
    const accounts = await fetch(`${service.http}/local/vendors/klaviyo/api/accounts`, {
      headers: { authorization: `Bearer ${second.access_token}`, revision: '2026-07-15' },
    });
    expect(accounts.status).toBe(200);
  });

  test('refusing leads back with the error, and a question is answered once', async () => {
    await page.goto(authorizeUrl('mailchimp'));
    await flawless();
    const asked = page.url();
    const back = await callbackAfter(() => page.getByRole('button', { name: 'Refuse' }).click());
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([
      'access_denied',
      'state-1',
    ]);
    await page.goto(asked);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'This question was answered already',
    );
  });
});

describe('a campaign', () => {
  const LINK = 'https://sis.example.com/r/token';
  const snippet = (tag: string): string =>
    buttonHtml(
      [
        {
          title: 'Spring picnic',
          when: 'Tuesday 10 March 2026, 16:00',
          where: null,
          buttons: [{ label: 'Yes', name: 'Yes, I come to Spring picnic', link: `${LINK}?c=${tag}` }],
        },
      ],
      { color: '#0b6353', textColor: '#ffffff' },
    );

  async function clickedIn(platform: string, tag: string, to: string): Promise<URL> {
    await page.goto(`${service.http}/local/sandbox/${platform}/campaign`);
    await page.getByLabel('To', { exact: true }).selectOption({ label: to });
    await page.getByLabel('HTML of the mail').fill(snippet(tag));
    await page.getByRole('button', { name: 'Show the mail' }).click();
    const link = page.frameLocator('iframe').getByRole('link', { name: 'Yes, I come to Spring picnic' });
    const href = await link.getAttribute('href');
    const response = await fetch(href ?? '', { redirect: 'manual' });
    expect(response.status).toBe(302);
    return new URL(response.headers.get('location') ?? '');
  }

  test('Mailchimp fills in the contact’s unique id and appends its tracking', async () => {
    const target = await clickedIn('mailchimp', '*|UNIQID|*', 'ada.berg@example.com (Newsletter)');
    const unique = target.searchParams.get('c');
    expect(unique).toMatch(/^[0-9a-f]{10}$/);
    expect([...target.searchParams.keys()]).toEqual([
      'c',
      'utm_source',
      'utm_campaign',
      'utm_medium',
      'mc_cid',
      'mc_eid',
    ]);
    expect(target.searchParams.get('mc_eid')).toBe(unique);
    await flawless();
  });

  test('Klaviyo fills in the profile’s id and appends an exchange id with %3D%3D and a dot', async () => {
    const target = await clickedIn('klaviyo', '{{ person.KlaviyoID }}', 'ada.berg@example.com');
    expect(target.searchParams.get('c')).toMatch(/^[0-9A-Z]{26}$/);
    expect(target.search).toMatch(/&_kx=[\w-]+%3D%3D\.\w{6}$/);
  });

  test('a test send leaves the tag as it is, or puts the vendor’s stand-in there', async () => {
    const raw = await clickedIn('mailchimp', '*|UNIQID|*', 'Test send, tags not filled in');
    expect(raw.searchParams.get('c')).toBe('*|UNIQID|*');
    const stand = await clickedIn('mailchimp', '*|UNIQID|*', 'Test send with placeholders');
    expect(stand.searchParams.get('c')).toBe('__test_email__');
    const untouched = await clickedIn('klaviyo', '{{ person.KlaviyoID }}', 'Test send, tags not filled in');
    expect(untouched.searchParams.get('c')).toBe('{{ person.KlaviyoID }}');
    const empty = await clickedIn('klaviyo', '{{ person.KlaviyoID }}', 'Test send with placeholders');
    expect(empty.searchParams.get('c')).toBe('');
  });

  test('Outlook’s link and everybody else’s lead to the same click, and a script in the paste stays dead', async () => {
    await page.goto(`${service.http}/local/sandbox/mailchimp/campaign`);
    await page
      .getByLabel('HTML of the mail')
      .fill(`${snippet('*|UNIQID|*')}<script>parent.document.title='x'</script>`);
    await page.getByRole('button', { name: 'Show the mail' }).click();
    const letter = await page.locator('iframe').getAttribute('src');
    const response = await fetch(new URL(letter ?? '', service.http));
    const hrefs = [...(await response.text()).matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(new Set(hrefs).size).toBe(1);
    expect(hrefs).toHaveLength(2);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'.*sandbox allow-popups/,
    );
    expect(await page.title()).toBe('Mail for ada.berg@example.com');
  });

  test('without anything to show it says so', async () => {
    await page.goto(`${service.http}/local/sandbox/klaviyo/campaign`);
    await page.getByRole('button', { name: 'Show the mail' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Paste the HTML of a button');
    await flawless();
  });
});

describe('contacts and bad days', () => {
  test('the front page leads to both platforms', async () => {
    await page.goto(`${service.http}/local/sandbox/`);
    await flawless();
    await page.getByRole('link', { name: 'Contacts' }).first().click();
    expect(await page.getByRole('row').count()).toBe(18);
    await flawless();
  });

  test('a contact leaves and moves as a person would', async () => {
    await page.goto(`${service.http}/local/sandbox/mailchimp/contacts`);
    await page.getByRole('link', { name: 'ben.cole@example.com' }).first().click();
    await flawless();
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Done.');
    expect(await page.locator('main').textContent()).toContain('unsubscribed, Audience Newsletter');
    await page.getByLabel('New address').fill('ben@example.org');
    await page.getByRole('button', { name: 'Change the address' }).click();
    expect(await page.locator('main').textContent()).toContain('ben@example.org');
  });

  test('a merge with nobody is refused in words, one with somebody leaves one contact', async () => {
    await page.goto(`${service.http}/local/sandbox/klaviyo/contacts`);
    await page.getByRole('link', { name: 'fay.grant@example.com' }).click();
    await page.getByLabel('Merge into the contact').fill('nobody@example.com');
    await page.getByRole('button', { name: 'Merge' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('not possible');
    await page.getByLabel('Merge into the contact').fill('gus.hale@example.com');
    await page.getByRole('button', { name: 'Merge' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'There is no such thing in the sandbox.',
    );
  });

  test('a fault that is switched on hits the next call, and the calls can be seen without their tokens', async () => {
    await page.goto(`${service.http}/local/sandbox/klaviyo/faults`);
    await page.getByLabel('Fault', { exact: true }).selectOption('server_error');
    await page.getByRole('button', { name: 'Switch on' }).click();
    expect(await page.locator('main').textContent()).toContain('Out of service (503), 1 calls left');
    const hit = await fetch(`${service.http}/local/vendors/klaviyo/api/accounts`, {
      headers: { authorization: 'Bearer a-token-of-nobody', revision: '2026-07-15' },
    });
    expect(hit.status).toBe(503);
    await page.reload();
    const seen = await page.locator('main').textContent();
    expect(seen).toContain('GET /api/accounts: 503');
    expect(seen).not.toContain('a-token-of-nobody');
    await flawless();
  });
});

test('the sandbox answers only under this machine’s own name, and not to another site’s form', async () => {
  const foreign = await fetch(`${service.http}/local/sandbox/mailchimp/faults`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'act=uninstall',
  });
  expect(foreign.status).toBe(403);
  expect((await fetch(`${service.http}/local/sandbox/other/faults`)).status).toBe(404);
});

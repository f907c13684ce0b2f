/** The dashboard as somebody uses it, in a real browser, through the built files, the real API and its strict policy. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { flawsOf } from '../support/browser.ts';
import { mailEvent } from '../support/pages.ts';
import { invitePeople, openStage, type Stage, shootAs } from './stage.ts';

let stage: Stage;
let event: EventRecord;
const shoot = (name: string): Promise<void> => shootAs(stage.page, name);

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('the way in', () => {
  test('by the mailed link, to where one wanted to go', async () => {
    const { page, world } = stage;
    await page.goto('/connections');
    expect(new URL(page.url()).pathname).toBe('/signin');
    await shoot('signin');
    await page.getByLabel('Email address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Mail me a sign-in link' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('signin-sent');
    await world.runJobs();
    const text = Buffer.from(world.outbox().at(-1)?.raw ?? [])
      .toString('utf8')
      .replaceAll('=\r\n', '');
    const path = /\/signin\/[a-z2-7]{52}/.exec(text)?.[0] ?? '';
    await page.goto(path);
    expect(await flawsOf(page)).toEqual([]);
    await shoot('signin-press');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/connections');
    expect(await page.title()).toBe('Connections · Simple Invite Service');
  });

  test('a workspace without events says what to do next', async () => {
    const { page } = stage;
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByRole('heading', { name: 'No events yet' }).waitFor();
    expect(await page.getByLabel('Invite this address').inputValue()).toBe('create@sis.localhost');
    expect(await page.title()).toBe('Events · Simple Invite Service');
    // Who can't see the change hears the new heading.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    expect(await flawsOf(page)).toEqual([]);
    await shoot('events-empty');
  });
});

describe('events', () => {
  beforeAll(async () => {
    event = await mailEvent(stage.world);
    await invitePeople(stage.world, event, 120, ['yes', 'yes', 'yes', 'maybe', 'no']);
    await mailEvent(stage.world, {
      uid: 'hostile@example.com',
      start: ';VALUE=DATE:20260410',
      end: ';VALUE=DATE:20260412',
      lines: ['SUMMARY:<img src=x onerror=alert(1)>', 'LOCATION:<b>Hall</b> 3'],
    });
  }, 60_000);

  test('stand in a list with their state, time and answers', async () => {
    const { page } = stage;
    await page.goto('/');
    const row = page.getByRole('row', { name: /Spring picnic/ });
    await row.waitFor();
    const text = (await row.innerText()).replace(/\s+/g, ' ');
    expect(text).toContain('Live');
    expect(text).toContain('Thu, Mar 5, 2026');
    expect(text).toContain('3 yes · 120 invited');
    expect(await row.getByRole('img').getAttribute('aria-label')).toBe(
      '3 yes, 1 maybe, 1 no, 115 without an answer',
    );
    // A stranger's words stay words.
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.getByText('Apr 10 – 11, 2026').count()).toBe(1);
    expect(await flawsOf(page)).toEqual([]);
    await shoot('events');
  });

  test('one event shows its numbers, and its people page by page', async () => {
    const { page } = stage;
    await page.getByRole('link', { name: 'Spring picnic' }).click();
    await page.getByRole('heading', { name: 'Spring picnic', level: 1 }).waitFor();
    expect(await page.title()).toBe('Spring picnic · Simple Invite Service');
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    const seen = new Set(await page.locator('tbody th').allInnerTexts());
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('Page 2, 50 rows').waitFor();
    for (const name of await page.locator('tbody th').allInnerTexts()) seen.add(name);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('Page 3, 20 rows').waitFor();
    for (const name of await page.locator('tbody th').allInnerTexts()) seen.add(name);
    expect(seen.size).toBe(120);
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByText('Page 2, 50 rows').waitFor();
  });

  test('who answered what, from which calendar, by filter', async () => {
    const { page } = stage;
    await page.getByLabel('Answer', { exact: true }).selectOption('yes');
    await page.locator('tbody tr').nth(2).waitFor();
    await expectRows(3);
    const first = page.getByRole('row', { name: /guest-000/ });
    const text = (await first.innerText()).replace(/\s+/g, ' ');
    expect(text).toContain('Yes');
    expect(text).toContain('Google');
    expect(text).toContain('Looking forward to it');
    await shoot('event');
    await page.getByLabel('Invite', { exact: true }).selectOption('bounced');
    await page.getByRole('heading', { name: 'Nobody fits this filter' }).waitFor();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByText('Page 1, 50 rows').waitFor();
  });

  test('people are invited by address from a dialog that holds the keyboard and gives it back', async () => {
    const { page } = stage;
    const open = page.getByRole('button', { name: 'Invite by address' });
    await open.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Invite them' }).click();
    await page.getByText('Type at least one address.').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel('Addresses').fill('new@example.org\nguest-001@example.com\nnobody');
    await page.getByRole('button', { name: 'Invite them' }).click();
    await page.getByText('1 invited, 1 had it already, 1 not invited.').waitFor();
    await page.getByText('nobody: no address we can write to').waitFor();
    await shoot('vip');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await open.evaluate(element => element === element.ownerDocument.activeElement)).toBe(true);
  });

  test('an event that is not there, or is somebody else’s, says so', async () => {
    const { page } = stage;
    await page.goto('/events/evt_00000000000000000000000000');
    await page.getByText('This is not here any more, or it belongs to another workspace.').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.goto('/events/evt_1/no/such');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });
});

describe('share', () => {
  test('the page’s link, and a button for another mail tool', async () => {
    const { page } = stage;
    await page.goto(`/events/${event.id}/share`);
    await page.getByRole('heading', { name: 'Share “Spring picnic”' }).waitFor();
    expect(await page.getByLabel('Link to the page').inputValue()).toBe(
      `http://127.0.0.1:3000/e/${event.slug}`,
    );
    expect(await flawsOf(page)).toEqual([]);
    await shoot('share');
    await page.getByText('Mailchimp', { exact: true }).click();
    await page.getByText('No Mailchimp account is connected.').waitFor();
  });

  test('an audience can’t be invited without an account, and the screen leads to one', async () => {
    const { page } = stage;
    await page.goto(`/events/${event.id}/invite`);
    await page.getByRole('heading', { name: 'No account is connected' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('invite-empty');
  });
});

describe('the other rooms', () => {
  test('connections: none yet, and what this installation can’t connect', async () => {
    const { page } = stage;
    await page.goto('/connections');
    await page.getByRole('heading', { name: 'No account is connected' }).waitFor();
    await page.getByText('Klaviyo is not set up in this installation.').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('connections-empty');
  });

  test('a refusal at the platform comes back as a sentence', async () => {
    const { page } = stage;
    await page.goto('/connections?problem=refused');
    await page.getByRole('alert').getByText('access was declined on the platform’s page').waitFor();
  });

  test('people: one is added, and removed after a question', async () => {
    const { page } = stage;
    await page.goto('/people');
    await page.getByRole('row', { name: /ada@example.com/ }).waitFor();
    await page.getByLabel('Email address').fill('bob');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('This is no email address we can write to.').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByLabel('Email address').fill('bob@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('bob@example.com can sign in now.').waitFor();
    await shoot('people');
    await page.getByRole('row', { name: /bob@/ }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('row', { name: /bob@/ }).waitFor({ state: 'detached' });
  });

  test('the sessions of a person, and the menu by keyboard', async () => {
    const { page } = stage;
    await page.goto('/account');
    await page.getByText('You are signed in as ada@example.com.').waitFor();
    await page.getByRole('row', { name: /this one/ }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('account');
    await page.getByRole('button', { name: /Account and workspace/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'People' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  test('the operator chooses a workspace where one is needed', async () => {
    const { page } = stage;
    await stage.enter(null);
    await page.goto('/connections');
    await page.getByRole('heading', { name: 'Which workspace?' }).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await shoot('choose');
    await page.getByRole('button', { name: 'Go to it' }).click();
    await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
    expect(
      await page.getByRole('button', { name: /Account and workspace: Ada Example, Operator/ }).count(),
    ).toBe(1);
  });

  test('a service that can’t be reached says so, and can be asked again', async () => {
    const { page } = stage;
    await page.goto('/');
    await page.getByRole('row', { name: /Spring picnic/ }).waitFor();
    await page.route('**/api/v1/events/*', route => route.abort());
    await page.getByRole('link', { name: 'Spring picnic' }).click();
    await page.getByText('The service can’t be reached.').waitFor();
    expect(await flawsOf(page)).toEqual([]);
    await page.unroute('**/api/v1/events/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'In numbers' }).waitFor();
  });

  test('sign-out leads to the sign-in, and back is closed', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: /Account and workspace/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/signin');
  });
});

test('nothing came from elsewhere, and the browser had nothing to complain of', () => {
  expect(stage.foreign).toEqual([]);
  expect(stage.complaints.filter(text => !text.includes('net::ERR_FAILED'))).toEqual([]);
});

async function expectRows(count: number): Promise<void> {
  const { page } = stage;
  await page.waitForFunction(`document.querySelectorAll('tbody tr').length === ${count}`);
}

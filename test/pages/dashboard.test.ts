import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { dashboardLink } from '../../src/events/links.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let path: string;

beforeEach(async () => {
  world = await localWorld({ limits: { PAGE_SIZE: 3, SIGNUPS_PER_NETWORK_MINUTE: 100 } });
  event = await mailEvent(world);
  path = dashboardLink(world, event).slice(world.settings.baseUrl.length);
});

afterEach(() => world.close());

async function ask(...emails: readonly string[]): Promise<void> {
  for (const email of emails) await submit(world, `/e/${event.slug}`, { email });
  await world.runJobs();
}

describe('the organizer’s page of an event', () => {
  test('before anybody asked, says what to do next', async () => {
    const page = await visit(world, path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1 dir="auto">Spring picnic</h1>');
    expect(page.body).toContain('Nobody has asked yet');
    expect(page.body).toContain(`readonly value="http://127.0.0.1:3000/e/${event.slug}"`);
    expect(page.body).not.toContain('<table');
  });

  test('says what may look odd in some calendars', async () => {
    world.clock.advance(1000);
    const risky = await mailEvent(world, {
      uid: 'cairo@example.com',
      start: ';TZID=Africa/Cairo:20260310T160000',
      end: ';TZID=Africa/Cairo:20260310T170000',
      lines: ['RRULE:FREQ=WEEKLY'],
    });
    const page = await visit(world, dashboardLink(world, risky).slice(world.settings.baseUrl.length));
    expect(page.body).toContain(
      '<p class="notice">Clocks in Africa/Cairo do not change by a yearly rule. Some dates may be shown an hour off in some calendars.</p>',
    );
    expect((await visit(world, path)).body).not.toContain('Clocks in');
  });

  test('shows numbers, bars and people', async () => {
    await ask('bob@example.org', 'cleo@example.org');
    const page = await visit(world, path);
    expect(page.body).toContain('<div><dt>Invited</dt><dd>2</dd></div>');
    expect(page.body).toContain('<div><dt>Sent</dt><dd>2</dd></div>');
    expect(page.body).toMatch(
      /<dt>No answer yet<\/dt><dd><svg[^>]*><rect width="100" height="10"\/><\/svg><span>2<\/span>/,
    );
    expect(page.body).toMatch(
      /<dt>Yes<\/dt><dd><svg[^>]*><rect width="0" height="10"\/><\/svg><span>0<\/span>/,
    );
    const rows = [...page.body.matchAll(/<th role="rowheader" scope="row">([^<]*)<\/th>/g)].map(
      ([, email]) => email,
    );
    expect(rows.sort()).toEqual(['bob@example.org', 'cleo@example.org']);
    expect(page.body).toContain('data-label="Invite">Sent</td>');
    expect(page.body).toContain('data-label="Answer" class="answer-none">Not yet</td>');
    expect(page.body).toContain('data-label="Asked through">Event page</td>');
  });

  test('leads through a long list, everybody once', async () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => `${name}@example.org`);
    await ask(...all);
    const found: string[] = [];
    let next: string | undefined = path;
    for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
      const page = await visit(world, next);
      found.push(...[...page.body.matchAll(/scope="row">([^<]*)<\/th>/g)].map(([, email]) => email ?? ''));
      next = /<a class="button quiet" href="([^"]*cursor=[^"]*)"/.exec(page.body)?.[1];
    }
    expect(found.sort()).toEqual(all);
  });

  test('a made-up cursor shows the first page, of this event only', async () => {
    await ask('bob@example.org');
    const page = await visit(world, `${path}?cursor=${encodeURIComponent('15~I#../../x')}`);
    expect([page.status, page.body.includes('bob@example.org')]).toEqual([200, true]);
  });

  test('gives its people as a CSV file that no spreadsheet takes for formulas', async () => {
    await ask('=cmd@example.org');
    const file = await visit(world, `${path}/people.csv`);
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${event.slug}.csv"`);
    expect(file.headers['cache-control']).toBe('no-store');
    expect(file.body.split('\r\n')[1]).toMatch(/^"'=cmd@example\.org","sent","none"/);
  });

  test('is only read', async () => {
    expect((await submit(world, path, {})).status).toBe(405);
    expect((await submit(world, `${path}/people.csv`, {})).status).toBe(405);
  });

  test('ends after thirty days', async () => {
    world.clock.advance(29 * 86_400_000);
    expect((await visit(world, path)).status).toBe(200);
    world.clock.advance(2 * 86_400_000);
    expect((await visit(world, path)).status).toBe(410);
    expect((await visit(world, `${path}/people.csv`)).status).toBe(410);
  });

  test('the organizer’s own guests appear nowhere (T16)', async () => {
    const record = await mailEvent(world, {
      uid: 'other@example.com',
      lines: ['SUMMARY:Dinner', 'ATTENDEE;CN=Canary Guest:mailto:canary@example.net'],
    });
    const own = dashboardLink(world, record).slice(world.settings.baseUrl.length);
    for (const where of [own, `${own}/people.csv`, `/e/${record.slug}`, `/e/${record.slug}.ics`]) {
      expect((await visit(world, where)).body.toLowerCase()).not.toContain('canary');
    }
  });
});

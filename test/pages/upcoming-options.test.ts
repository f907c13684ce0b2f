/** What a workspace chooses for its upcoming page, and what the page then shows, at which address. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { choosePageOptions } from '../../src/events/choose-page.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { chooseUpcoming, type UpcomingChoice } from '../../src/events/upcoming-options.ts';
import { setBrand } from '../../src/organizers/brand.ts';
import { setLogo } from '../../src/organizers/logo.ts';
import { organizerBySlug } from '../../src/organizers/store.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import { pngOf } from '../support/pictures.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let walk: EventRecord;
let talk: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  walk = await mailEvent(world, { uid: 'walk', lines: ['SUMMARY:Spring walk', 'LOCATION:Town park'] });
  world.clock.advance(1000);
  talk = await mailEvent(world, {
    uid: 'talk',
    start: ':20260402T170000Z',
    end: ':20260402T180000Z',
    lines: ['SUMMARY:A talk', 'LOCATION:Library'],
  });
});

afterEach(() => world.close());

const choose = (choice: UpcomingChoice) => chooseUpcoming(world, walk.workspace, choice);

async function bodyOf(path = '/o/ada'): Promise<string> {
  return (await visit(world, path)).body;
}

describe('the upcoming page', () => {
  test('shows all of it, until something else is chosen', async () => {
    const body = await bodyOf();
    for (const text of ['Town park', 'type="search"', 'name="follow"', 'webcal:', 'Send me the invites'])
      expect(body).toContain(text);
    expect(body).not.toContain('noindex');
  });

  test.each([
    ['location', 'Town park'],
    ['search', 'type="search"'],
    ['follow', 'name="follow"'],
    ['feed', 'webcal:'],
  ] as const)('without %s, %j is gone', async (toggle, text) => {
    await choose({ [toggle]: false });
    expect(await bodyOf()).not.toContain(text);
    expect(await bodyOf('/w/o/ada')).not.toContain(text);
  });

  test('keeps search engines away, where that is chosen', async () => {
    await choose({ noIndex: true });
    expect(await bodyOf()).toContain('<meta name="robots" content="noindex">');
  });

  test('has the organizer’s own words, as words', async () => {
    await choose({ label: 'Count me in', intro: 'All <i>free</i>.' });
    const body = await bodyOf();
    expect(body).toContain('type="submit">Count me in</button>');
    expect(body).toContain('<p dir="auto">All &lt;i&gt;free&lt;/i&gt;.</p>');
  });

  test('puts events first in the chosen order, as long as they come and are listed', async () => {
    await choose({ pinned: [talk.id, walk.id] });
    const order = (body: string): readonly string[] =>
      [...body.matchAll(/<b dir="auto">([^<]*)</g)].map(([, title = '']) => title);
    expect(await bodyOf()).toContain('<h2>Featured</h2>');
    expect(order(await bodyOf())).toEqual(['A talk', 'Spring walk']);
    await choosePageOptions(world, talk, { visibility: 'unlisted' });
    expect(order(await bodyOf())).toEqual(['Spring walk']);
    await choose({ pinned: [] });
    expect(await bodyOf()).not.toContain('Featured');
  });

  test('who can’t follow any more isn’t asked to confirm it', async () => {
    await choose({ follow: false });
    const asked = await submit(world, '/o/ada', { email: 'bob@example.org', follow: '1' });
    expect(asked.status).toBe(400);
    expect(asked.body).toContain('Please pick at least one event.');
  });
});

describe('its address', () => {
  test('moves, and those before lead to it; mails to it find no mailbox', async () => {
    await choose({ slug: 'town-events' });
    expect(await bodyOf('/o/town-events')).toContain('Spring walk');
    await choose({ slug: 'Town-Walks' });
    const moved = await visit(world, '/o/town-events?month=2026-04');
    expect([moved.status, moved.headers.location]).toEqual([302, '/o/town-walks?month=2026-04']);
    expect((await visit(world, '/o/town-walks.ics')).status).toBe(200);
    expect((await visit(world, '/o/town-events.ics')).status).toBe(200);
    expect((await visit(world, '/w/o/town-events')).status).toBe(200);
    expect((await visit(world, '/o/ada')).status).toBe(200);
    expect(await organizerBySlug(world, 'town-walks')).toBeUndefined();
    await choose({ slug: null });
    expect((await visit(world, '/o/town-walks')).status).toBe(200);
  });

  test('an organizer who comes later gets another name', async () => {
    await choose({ slug: 'eve' });
    await mailEvent(world, { uid: 'x', from: 'eve@example.com', name: 'Eve', lines: ['SUMMARY:Foreign'] });
    expect((await organizerBySlug(world, 'eve-2'))?.address).toBe('eve@example.com');
    expect(await bodyOf('/o/eve')).not.toContain('Foreign');
  });

  test.each([
    ['ada', 'slug_taken', 'Another page is called “ada” already. Add a word or a number.'],
    ['create', 'bad_slug', '“create” can be no name here: it is kept, or longer than 40.'],
    ['x'.repeat(41), 'bad_slug', `“${'x'.repeat(41)}” can be no name here: it is kept, or longer than 40.`],
    ['a b', 'bad_slug', 'The address takes small letters a to z, figures, and single hyphens between them.'],
  ])('%j is refused in words', async (slug, code, message) => {
    await expect(choose({ slug, intro: 'x' })).rejects.toMatchObject({ code, message, field: 'slug' });
    expect(await bodyOf()).not.toContain('<p dir="auto">x</p>');
  });

  test('what is nobody’s here can’t stand first', async () => {
    world.clock.advance(1000);
    const foreign = await mailEvent(world, { uid: 'x', from: 'eve@example.com', name: 'Eve' });
    await expect(choose({ pinned: [walk.id, foreign.id] })).rejects.toMatchObject({
      code: 'unknown_event',
      field: 'pinned.1',
    });
    const many = Array.from({ length: 11 }, (_, n) => `evt_${n}`);
    await expect(choose({ pinned: many })).rejects.toMatchObject({ code: 'too_many_pinned' });
  });
});

describe('pages in a workspace’s brand', () => {
  test('wear its colours and its logo, and let the browser take no more than these', async () => {
    const before = await visit(world, `/e/${walk.slug}`);
    expect(before.body.match(/<style>/g)).toHaveLength(1);
    await setBrand(world, walk.workspace, { name: 'Town <Studio>', color: '#ffd700' });
    const { logo } = await setLogo(world, walk.workspace, pngOf(120, 40));
    for (const path of [`/e/${walk.slug}`, '/o/ada', `/w/e/${walk.slug}`, '/w/o/ada']) {
      const page = await visit(world, path);
      expect(page.body).toContain('--button:#ffd700;--on-button:#1a1a1a');
      expect(page.body).toContain(
        `<img src="/logo/${logo?.name}" width="120" height="40" alt="Town &lt;Studio&gt;">`,
      );
      expect(page.body).toContain('Hosted by Town &lt;Studio&gt;');
      const policy = page.headers['content-security-policy'] ?? '';
      expect(policy).toMatch(/style-src 'sha256-[^']+' 'sha256-[^']+';/);
      expect(policy).toContain("img-src data: 'self';");
    }
  });
});

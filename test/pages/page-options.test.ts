/** What an organizer chooses for an event's page, and what the page then shows, to whom, at which address. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { choosePageOptions } from '../../src/events/choose-page.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { setCapacity } from '../../src/invites/seats.ts';
import { inviteOf } from '../../src/invites/store.ts';
import { mailCalendar, mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world, {
    lines: ['SUMMARY:Spring picnic', 'LOCATION:Town park', 'DESCRIPTION:Bring a blanket'],
  });
});

afterEach(() => world.close());

async function bodyOf(path = `/e/${event.slug}`): Promise<string> {
  return (await visit(world, path)).body;
}

async function invite(email: string): Promise<void> {
  await submit(world, `/e/${event.slug}`, { email });
  await world.runJobs();
}

describe('the toggles', () => {
  test('without a choice the page shows place, description and copies, and no figures', async () => {
    const body = await bodyOf();
    for (const text of ['Town park', 'Bring a blanket', 'calendar.google.com', 'Send me the invite'])
      expect(body).toContain(text);
    for (const text of ['<dt>Seats</dt>', '<dt>Coming</dt>', 'noindex']) expect(body).not.toContain(text);
  });

  test('a place that is kept for guests stands neither on the page nor in its data, copies, file or lists', async () => {
    await choosePageOptions(world, event, { location: false });
    const paths = [`/e/${event.slug}`, `/e/${event.slug}.ics`, `/w/e/${event.slug}`, '/o/ada', '/o/ada.ics'];
    for (const path of paths) {
      const body = await bodyOf(path);
      expect(body).toContain('Spring picnic');
      expect(body).not.toContain('Town park');
    }
    expect(await bodyOf('/o/ada?q=town')).not.toContain(`value="${event.slug}"`);
    await invite('bob@example.org');
    const mail = Buffer.from(world.outbox().findLast(({ to }) => to === 'bob@example.org')?.raw ?? []);
    expect(mail.toString('utf8')).toContain('Town park');
  });

  test('a description that is kept for guests stands neither on the page nor in the file', async () => {
    await choosePageOptions(world, event, { description: false });
    for (const path of [`/e/${event.slug}`, `/e/${event.slug}.ics`, '/o/ada.ics'])
      expect(await bodyOf(path)).not.toContain('Bring a blanket');
  });

  test('copies go away, and the calendar links with them', async () => {
    await choosePageOptions(world, event, { copies: false });
    const body = await bodyOf();
    expect(body).not.toContain('calendar.google.com');
    expect(body).not.toContain(`${event.slug}.ics`);
  });

  test('seats: as many as are free, where there is a capacity', async () => {
    await choosePageOptions(world, event, { seats: true });
    expect(await bodyOf()).not.toContain('<dt>Seats</dt>');
    await setCapacity(world, event, 3);
    await world.runJobs();
    expect(await bodyOf()).toContain('<dt>Seats</dt><dd>3 of 3 free</dd>');
    await invite('bob@example.org');
    expect(await bodyOf()).toContain('<dt>Seats</dt><dd>2 of 3 free</dd>');
  });

  test('how many come is counted once a minute', async () => {
    await choosePageOptions(world, event, { counts: true });
    expect(await bodyOf()).toContain('<dt>Coming</dt><dd>0 people</dd>');
  });

  test('own words for the button and above the form; whoever only waits still reads that', async () => {
    await choosePageOptions(world, event, { label: ' Count  me in ', intro: 'Doors open <b>early</b>.' });
    const body = await bodyOf();
    expect(body).toContain('type="submit">Count me in</button>');
    expect(body).toContain('Doors open &lt;b&gt;early&lt;/b&gt;.');
    expect(await bodyOf(`/w/e/${event.slug}`)).toContain('>Count me in</button>');
    await setCapacity(world, event, 1);
    await world.runJobs();
    await invite('bob@example.org');
    expect(await bodyOf()).toContain('>Put me on the waitlist</button>');
    await choosePageOptions(world, event, { label: null, intro: '' });
    expect(await bodyOf()).not.toContain('Doors open');
  });

  test('what was chosen outlives a change of the event', async () => {
    await choosePageOptions(world, event, { copies: false, label: 'Count me in', slug: 'picnic' });
    world.clock.advance(60_000);
    await mailCalendar(world, { sequence: 1, lines: ['SUMMARY:Summer picnic', 'LOCATION:Town park'] });
    const body = await bodyOf('/e/picnic');
    expect(body).toContain('Summer picnic');
    expect(body).toContain('>Count me in</button>');
    expect(body).not.toContain('calendar.google.com');
  });
});

describe('following from an event’s page', () => {
  const asks = (more: Record<string, string> = {}) =>
    submit(world, `/e/${event.slug}`, { email: 'bob@example.org', follow: '1', ...more });
  const kinds = (): readonly string[] =>
    world
      .outbox()
      .filter(({ to }) => to === 'bob@example.org')
      .map(({ about }) => about.kind);

  test('is offered where the organizer lets it, and one mail asks whether the address is his', async () => {
    expect(await bodyOf()).not.toContain('name="follow"');
    await asks();
    await world.runJobs();
    expect(kinds()).toEqual(['request']);
    await choosePageOptions(world, event, { follow: true });
    expect(await bodyOf()).toContain('Also invite me to future events of Ada Example');
    // What was ticked stays ticked.
    expect((await submit(world, `/e/${event.slug}`, { email: 'bob', follow: '1' })).body).toMatch(
      /name="follow"[^>]* checked/,
    );
    await asks();
    await asks();
    await world.runJobs();
    expect(kinds()).toEqual(['request', 'confirm']);
  });

  test('of a new workspace the same mail confirms the invite too', async () => {
    await world.table.update({ pk: `W#${event.workspace}`, sk: 'W' }, { set: { tier: 0 } });
    await choosePageOptions(world, event, { follow: true });
    await asks();
    await world.runJobs();
    expect(kinds()).toEqual(['confirm']);
    const raw = Buffer.from(world.outbox().findLast(({ to }) => to === 'bob@example.org')?.raw ?? []);
    const text = raw.toString('utf8').replace(/=\r\n/g, '').replaceAll('=3D', '=');
    const link = /\/o\/confirm\/[A-Za-z0-9._~-]+/.exec(text)?.[0] ?? '';
    expect((await submit(world, link, {})).body).toContain('You follow Ada Example.');
    await world.runJobs();
    expect(kinds()).toEqual(['confirm', 'request']);
  });
});

describe('who sees it', () => {
  test.each([
    { visibility: 'public', status: 200, listed: true, noindex: false },
    { visibility: 'unlisted', status: 200, listed: false, noindex: true },
    { visibility: 'private', status: 404, listed: false, noindex: true },
  ] as const)('$visibility: the page answers $status, listed: $listed', async row => {
    const { visibility, status, listed, noindex } = row;
    const { page } = await choosePageOptions(world, event, { visibility });
    const path = `/e/${event.slug}`;
    for (const each of [path, `${path}.ics`, `/w${path}`, `${path}?key=`, `${path}?key=${'a'.repeat(26)}`])
      expect([each, (await visit(world, each)).status]).toEqual([each, status]);
    expect((await bodyOf('/o/ada')).includes('Spring picnic')).toBe(listed);
    expect((await bodyOf('/o/ada.ics')).includes('Spring picnic')).toBe(listed);
    const opened = await visit(world, `${path}?key=${page.key ?? ''}`);
    expect(opened.status).toBe(200);
    expect((await visit(world, `${path}?key=${page.key ?? ''}%3E.`)).status).toBe(200);
    expect(opened.body.includes('<meta name="robots" content="noindex">')).toBe(noindex);
    expect(opened.headers['cache-control']).toBe(visibility === 'private' ? 'no-store' : 'no-cache');
  });

  test('a private page takes its form by the link, and the mails carry the link', async () => {
    const { page } = await choosePageOptions(world, event, { visibility: 'private' });
    const link = `/e/${event.slug}?key=${page.key}`;
    expect(await bodyOf(link)).toContain(`action="${link}"`);
    expect((await submit(world, `/e/${event.slug}`, { email: 'eve@example.org' })).status).toBe(404);
    expect((await submit(world, link, { email: 'bob@example.org' })).status).toBe(200);
    await world.runJobs();
    expect(await inviteOf(world, event.id, 'bob@example.org')).toBeDefined();
    expect(await inviteOf(world, event.id, 'eve@example.org')).toBeUndefined();
    const mail = Buffer.from(world.outbox().findLast(({ to }) => to === 'bob@example.org')?.raw ?? []);
    expect(mail.toString('utf8').replace(/=\r\n/g, '').replaceAll('=3D', '=')).toContain(
      `http://127.0.0.1:3000${link}`,
    );
  });

  test('a new link to a private page shuts the one before', async () => {
    const before = await choosePageOptions(world, event, { visibility: 'private' });
    const after = await choosePageOptions(world, event, { newKey: true });
    expect(after.page.key).not.toBe(before.page.key);
    expect((await visit(world, `/e/${event.slug}?key=${before.page.key}`)).status).toBe(404);
    expect((await visit(world, `/e/${event.slug}?key=${after.page.key}`)).status).toBe(200);
  });
});

describe('another address', () => {
  test('the page moves, and every address it had leads there', async () => {
    const first = event.slug;
    await choosePageOptions(world, event, { slug: 'Spring-Picnic' });
    expect((await visit(world, '/e/spring-picnic')).status).toBe(200);
    await choosePageOptions(world, event, { slug: 'picnic-2026' });
    for (const old of [first, 'spring-picnic']) {
      const answer = await visit(world, `/e/${old}?lang=de`);
      expect([answer.status, answer.headers.location]).toEqual([302, '/e/picnic-2026?lang=de']);
    }
    expect(await bodyOf('/e/picnic-2026')).toContain(
      '<link rel="canonical" href="http://127.0.0.1:3000/e/picnic-2026">',
    );
    // What was sent to the old address is taken there.
    expect((await submit(world, '/e/spring-picnic', { email: 'bob@example.org' })).status).toBe(200);
    await choosePageOptions(world, event, { slug: first });
    expect((await visit(world, `/e/${first}`)).status).toBe(200);
  });

  test('an old address of a private page tells nobody the new one', async () => {
    const { page } = await choosePageOptions(world, event, { visibility: 'private', slug: 'secret-picnic' });
    const shut = await visit(world, `/e/${event.slug}`);
    expect([shut.status, shut.headers.location]).toEqual([404, undefined]);
    const opened = await visit(world, `/e/${event.slug}?key=${page.key}`);
    expect(opened.headers.location).toBe(`/e/secret-picnic?key=${page.key}`);
  });

  test.each([
    ['ab', 'bad_slug', 'The address has 2 characters; it takes 3 to 60.'],
    ['x'.repeat(61), 'bad_slug', 'The address has 61 characters; it takes 3 to 60.'],
    [
      'two words',
      'bad_slug',
      'The address takes small letters a to z, figures, and single hyphens between them.',
    ],
    [
      '-picnic',
      'bad_slug',
      'The address takes small letters a to z, figures, and single hyphens between them.',
    ],
    ['a--b', 'bad_slug', 'The address takes small letters a to z, figures, and single hyphens between them.'],
    ['../x', 'bad_slug', 'The address takes small letters a to z, figures, and single hyphens between them.'],
    ['käse', 'bad_slug', 'The address takes small letters a to z, figures, and single hyphens between them.'],
    ['taken', 'slug_taken', 'Another page is called “taken” already. Add a word or a number.'],
  ])('%j is refused in words, and nothing changes', async (slug, code, message) => {
    world.clock.advance(1000);
    const other = await mailEvent(world, { uid: 'other@example.com', lines: ['SUMMARY:Other'] });
    await choosePageOptions(world, other, { slug: 'taken' });
    await expect(choosePageOptions(world, event, { slug, label: 'New' })).rejects.toMatchObject({
      code,
      message,
      field: 'slug',
    });
    expect(await bodyOf()).not.toContain('>New</button>');
  });

  test('so many names a day, and no more', async () => {
    for (let n = 1; n <= 20; n += 1) await choosePageOptions(world, event, { slug: `picnic-${n}` });
    await expect(choosePageOptions(world, event, { slug: 'picnic-21' })).rejects.toMatchObject({
      code: 'too_many_names',
    });
    // One it had already costs nothing.
    expect((await choosePageOptions(world, event, { slug: 'picnic-3' })).slug).toBe('picnic-3');
  });

  test.each([
    ['label', 'x'.repeat(41), 'This has 41 characters; at most 40 fit here.'],
    ['intro', 'x'.repeat(301), 'This has 301 characters; at most 300 fit here.'],
  ])('a %s that is too long is refused with its length', async (field, text, message) => {
    await expect(choosePageOptions(world, event, { [field]: text })).rejects.toMatchObject({
      field,
      message,
    });
  });

  test('two who choose at once both get what they chose', async () => {
    await Promise.all([
      choosePageOptions(world, event, { copies: false }),
      choosePageOptions(world, event, { intro: 'Welcome' }),
    ]);
    const body = await bodyOf();
    expect(body).toContain('Welcome');
    expect(body).not.toContain('calendar.google.com');
  });
});

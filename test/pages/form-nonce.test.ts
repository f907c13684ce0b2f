/** What a public form brings back from its page: on the event page, in the widget's frame and on the upcoming page alike. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { listInvites } from '../../src/invites/store.ts';
import { FORM, mailEvent, submit, type Told, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const BROWSER = { headers: { ...FORM, origin: 'null', 'sec-fetch-site': 'same-origin' } };

let world: TestWorld;
let event: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
});

afterEach(() => world.close());

const DOORS = [
  ['the event page', (slug: string) => `/e/${slug}`],
  ['the frame', (slug: string) => `/w/e/${slug}`],
  ['the upcoming page', () => '/o/ada'],
  ['the upcoming page’s frame', () => '/w/o/ada'],
] as const;

function nonceIn({ body }: Told): string {
  return /name="nonce" value="([^"]*)"/.exec(body)?.[1] ?? '';
}

async function invited(): Promise<readonly string[]> {
  await world.runJobs();
  const page = await listInvites(world, event.id, { limit: 100 });
  return page.items.map(({ invite }) => invite.email);
}

describe.each(DOORS)('%s', (_name, pathOf) => {
  test('takes the form of its own page, half an hour later too', async () => {
    const nonce = nonceIn(await visit(world, pathOf(event.slug)));
    world.clock.advance(30 * 60_000);
    const page = await submit(world, pathOf(event.slug), fieldsOf(nonce), BROWSER);
    expect([page.status, page.body.includes('Check your inbox')]).toEqual([200, true]);
    expect(await invited()).toEqual(['bob@example.org']);
  });

  test('an old form is answered in words, keeps what was typed, and wants one press more', async () => {
    const nonce = nonceIn(await visit(world, pathOf(event.slug)));
    world.clock.advance(40 * 60_000);
    const page = await submit(world, pathOf(event.slug), fieldsOf(nonce), BROWSER);
    expect(page.status).toBe(200);
    expect(page.body).toContain('This page was open for a long time');
    expect(page.body).toContain('Nothing has happened yet. Please press once more.');
    expect(page.body).toContain('value="bob@example.org"');
    if (pathOf(event.slug).includes('/o/')) expect(page.body).toContain(`value="${event.slug}" checked`);
    expect(await invited()).toEqual([]);
    const pressed = await submit(world, pathOf(event.slug), fieldsOf(nonceIn(page)), BROWSER);
    expect(pressed.body).toContain('Check your inbox');
    expect(await invited()).toEqual(['bob@example.org']);
  });

  test('no cookie is set for it', async () => {
    const nonce = nonceIn(await visit(world, pathOf(event.slug)));
    for (const page of [
      await visit(world, pathOf(event.slug)),
      await submit(world, pathOf(event.slug), fieldsOf(nonce), BROWSER),
      await submit(world, pathOf(event.slug), fieldsOf('old'), BROWSER),
    ]) {
      expect(Object.keys(page.headers)).not.toContain('set-cookie');
    }
  });
});

const fieldsOf = (nonce: string) => ({ nonce, event: event.slug, email: 'bob@example.org' });

test.each([
  ['none at all', () => null],
  ['an empty one', () => ''],
  ['one that was changed', (nonce: string) => `${nonce.slice(0, -1)}${nonce.endsWith('A') ? 'B' : 'A'}`],
  ['one of another day', (nonce: string) => nonce.replace(/^[^.]*/, 'zzzzz')],
  ['a very long one', (nonce: string) => nonce.repeat(50)],
  ['one of another page', () => otherNonce()],
])('a browser that brings %s is asked for one press more', async (_what, change) => {
  const nonce = await change(nonceIn(await visit(world, `/e/${event.slug}`)));
  const { nonce: _own, ...rest } = fieldsOf('');
  const page = await submit(world, `/e/${event.slug}`, nonce === null ? rest : fieldsOf(nonce), BROWSER);
  expect([page.status, page.body.includes('Nothing has happened yet')]).toEqual([200, true]);
  expect(await invited()).toEqual([]);
});

async function otherNonce(): Promise<string> {
  const other = await mailEvent(world, { uid: 'other@example.com', from: 'cleo@example.com' });
  return nonceIn(await visit(world, `/e/${other.slug}`));
}

test('"send it again" brings its own', async () => {
  const path = `/e/${event.slug}`;
  const nonce = nonceIn(await visit(world, path));
  const asked = await submit(world, path, { nonce, email: 'bob@example.org' }, BROWSER);
  await world.runJobs();
  const again = await submit(
    world,
    path,
    { nonce: nonceIn(asked), email: 'bob@example.org', again: '1' },
    BROWSER,
  );
  expect(again.body).toContain('Check your inbox');
  await world.runJobs();
  expect(world.outbox().filter(({ to }) => to === 'bob@example.org')).toHaveLength(2);
});

test('the page is the same for everybody for some minutes, and its tag tells when it is another', async () => {
  const path = `/e/${event.slug}`;
  const first = await visit(world, path);
  world.clock.advance(120_000);
  const second = await visit(world, path, { headers: { 'if-none-match': first.headers.etag } });
  expect(second.status).toBe(304);
  world.clock.advance(300_000);
  const third = await visit(world, path, { headers: { 'if-none-match': first.headers.etag } });
  expect(third.status).toBe(200);
  expect(nonceIn(third)).not.toBe(nonceIn(first));
});

test('a program may ask without one: it drives nobody’s browser, and its network’s limits hold it', async () => {
  const page = await submit(world, `/e/${event.slug}`, { email: 'bob@example.org' });
  expect(page.body).toContain('Check your inbox');
});

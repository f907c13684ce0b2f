/** The calls behind the set-up: what they check, what they draw without keeping it, and how a logo and the widget's bare page are served. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import type { EventRecord } from '../../src/events/event.ts';
import { makeKey } from '../../src/organizers/api-keys.ts';
import { createApp } from '../../src/platform/http.ts';
import { mailEvent, visit } from '../support/pages.ts';
import { pngOf } from '../support/pictures.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let foreign: EventRecord;
let call: ReturnType<typeof supertest>;
let key: string;

beforeAll(async () => {
  world = await localWorld();
  event = await mailEvent(world, {
    lines: ['SUMMARY:Spring <picnic>', 'LOCATION:Town park', 'DESCRIPTION:Bring a blanket'],
  });
  world.clock.advance(1000);
  foreign = await mailEvent(world, { uid: 'x', from: 'eve@example.com', name: 'Eve' });
  call = supertest(createApp(world, { operatorKey: 'operator-key-of-the-test' }));
  ({ key } = await makeKey(world, { workspace: event.workspace, name: 'test', scopes: ['read', 'write'] }));
});

afterAll(() => world.close());

const post = (path: string, body: object) =>
  call.post(`/api/v1${path}`).set('authorization', `Bearer ${key}`).send(body);
const get = (path: string) => call.get(`/api/v1${path}`).set('authorization', `Bearer ${key}`);

describe('options over the API', () => {
  test('of an event’s page: what is left out stays as it is', async () => {
    const path = `/events/${event.id}/page`;
    expect((await get(path)).body).toEqual({
      slug: event.slug,
      url: `http://127.0.0.1:3000/e/${event.slug}`,
      visibility: 'public',
      location: true,
      description: true,
      counts: false,
      seats: false,
      copies: true,
      follow: false,
      joinLink: false,
      noIndex: false,
      label: null,
      intro: null,
    });
    await post(path, { copies: false });
    expect((await post(path, { label: 'Count me in' })).body).toMatchObject({
      copies: false,
      label: 'Count me in',
    });
    await post(path, { copies: true, label: null });
  });

  test('of the upcoming page, with its address', async () => {
    expect((await get('/upcoming')).body).toEqual({
      slug: null,
      url: 'http://127.0.0.1:3000/o/ada',
      pinned: [],
      location: true,
      search: true,
      follow: true,
      feed: true,
      noIndex: false,
      label: null,
      intro: null,
    });
    expect((await post('/upcoming', { pinned: [event.id, event.id] })).body.pinned).toEqual([event.id]);
    await post('/upcoming', { pinned: [] });
  });

  test.each([
    ['/events/ID/page', { visibility: 'secret' }, 400, 'visibility'],
    ['/events/ID/page', { location: 'yes' }, 400, 'location'],
    ['/events/ID/page', { colour: 'red' }, 400, 'colour'],
    ['/events/ID/page', { key: 'x' }, 400, 'key'],
    ['/events/ID/page', { intro: 'x'.repeat(301) }, 400, 'intro'],
    ['/events/FOREIGN/page', { copies: false }, 404, undefined],
    ['/events/FOREIGN/page/preview', { options: {} }, 404, undefined],
    ['/events/ID/page/preview', { options: { slug: 'x' } }, 400, 'options.slug'],
    ['/events/ID/page/preview', { options: {}, capacity: 0 }, 400, 'capacity'],
    ['/events/ID/page/preview', { options: {}, brand: { color: 'red' } }, 400, 'brand.color'],
    [
      '/events/ID/page/preview',
      { options: {}, brand: { color: '#ffffff', textColor: '#eeeeee' } },
      400,
      'textColor',
    ],
    ['/events/ID/page/preview', { options: { label: 'x'.repeat(41) } }, 400, 'label'],
    ['/upcoming', { pinned: ['FOREIGN'] }, 400, 'pinned.0'],
    ['/upcoming', { slug: 'create' }, 400, 'slug'],
    ['/upcoming', { workspace: 'ws_other', feed: false }, 403, undefined],
    ['/upcoming/preview', { options: { pinned: ['evt_none'] } }, 400, 'pinned.0'],
    ['/brand/logo', { data: '<svg/>' }, 400, 'data'],
    ['/brand/logo', { data: Buffer.from('<svg/>').toString('base64') }, 400, 'logo'],
    ['/brand', { color: '#777777' }, 400, 'color'],
  ])('%s refuses %j with %d', async (path, body, status, field) => {
    const filled = (text: string): string => text.replace('FOREIGN', foreign.id).replace('ID', event.id);
    const sent: unknown = JSON.parse(JSON.stringify(body).replace('FOREIGN', foreign.id));
    const answer = await post(filled(path), sent as object);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(answer.body.detail).toMatch(/^.{10,}\.$/);
  });
});

describe('a preview', () => {
  test('is the page as it would be, in words, without script, and nothing of it is kept', async () => {
    const before = (await visit(world, `/e/${event.slug}`)).body;
    const { body } = await post(`/events/${event.id}/page/preview`, {
      options: { location: false, label: 'Dabei', seats: true, visibility: 'private' },
      capacity: 7,
      brand: { color: '#7a1f5c', language: 'de', name: 'Studio <b>' },
    });
    expect(body.html).toContain('lang="de"');
    expect(body.html).toContain('Spring &lt;picnic&gt;');
    expect(body.html).toContain('Studio &lt;b&gt;');
    expect(body.html).toContain('7 von 7 frei');
    expect(body.html).toContain('type="submit">Dabei</button>');
    expect(body.html).not.toContain('Town park');
    expect(body.html).not.toMatch(/<script|<style|\son\w+=/);
    expect(body.css).toContain('--button:#7a1f5c');
    expect((await visit(world, `/e/${event.slug}`)).body).toBe(before);
    expect((await get(`/events/${event.id}/page`)).body).toMatchObject({ visibility: 'public', label: null });
  });

  test('of the upcoming page shows the chosen order', async () => {
    world.clock.advance(1000);
    const later = await mailEvent(world, {
      uid: 'later',
      start: ':20260502T170000Z',
      end: ':20260502T180000Z',
      lines: ['SUMMARY:Later'],
    });
    const { body } = await post('/upcoming/preview', { options: { pinned: [later.id], search: false } });
    expect(body.html.indexOf('Later')).toBeLessThan(body.html.indexOf('Spring'));
    expect(body.html).toContain('<h2>Featured</h2>');
    expect(body.html).not.toContain('type="search"');
    expect((await visit(world, '/o/ada')).body).not.toContain('Featured');
  });
});

describe('what is served beside the pages', () => {
  test('a logo: its bytes, kept by browsers for good, and a picture whatever they say', async () => {
    const bytes = pngOf(40, 20);
    const { body } = await post('/brand/logo', { data: bytes.toString('base64') });
    expect(body.logo).toEqual({
      path: expect.stringMatching(/^\/logo\/[a-z2-7]{26}\.png$/),
      width: 40,
      height: 20,
    });
    const served = await call.get(body.logo.path);
    expect(Buffer.compare(served.body, bytes)).toBe(0);
    expect(served.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    await call.delete('/api/v1/brand/logo').set('authorization', `Bearer ${key}`).expect(204);
    expect((await call.get(body.logo.path)).status).toBe(404);
  });

  test('the widget’s bare page runs the widget alone, for our own frames alone, and takes words as words', async () => {
    const page = await visit(
      world,
      `/w/try?event=${event.slug}&label=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&onload=x`,
    );
    expect(page.body).toContain('data-sis-label="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page.body.match(/<script[^>]*>/g)).toEqual(['<script src="/widget.js" async>']);
    expect(page.body).not.toContain('onload');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; frame-src 'self'; .*frame-ancestors 'self'$/,
    );
  });
});

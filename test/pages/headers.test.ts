import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dashboardLink } from '../../src/events/links.ts';
import { mailEvent, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

/** Where a link may lead when somebody presses it; nothing is fetched from there. */
const LEADS_TO = [
  'https://www.openstreetmap.org/search?',
  'https://calendar.google.com/calendar/render?',
  'https://outlook.live.com/calendar/',
  'https://outlook.office.com/calendar/',
  'https://calendar.yahoo.com/?',
];

/** The one that shows the visitor's own time; whatever else is a script fails the tests. */
const OWN_SCRIPT = /<script>(\(\(\)=>\{for\(const row of [\s\S]*?)<\/script>\n<\/body>/;

let world: TestWorld;
let paths: readonly string[];

beforeAll(async () => {
  world = await localWorld();
  const event = await mailEvent(world);
  const dashboard = dashboardLink(world, event).slice(world.settings.baseUrl.length);
  paths = [
    '/signin',
    '/signin/x',
    '/signin/code',
    `/e/${event.slug}`,
    dashboard,
    '/e/nothing-here',
    '/u/x',
    '/c/x',
    '/i/x',
    '/d/x',
    '/nothing',
  ];
});

afterAll(() => world.close());

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

describe('every page', () => {
  test('lets nothing in from elsewhere, runs no script but its own, and is framed by nobody (T20, T31)', async () => {
    for (const path of paths) {
      const { headers, body } = await visit(world, path);
      const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
      const hash = hashOf(style);
      const own = OWN_SCRIPT.exec(body)?.[1];
      const scripts = own === undefined ? '' : `; script-src 'sha256-${hashOf(own)}'`;
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${scripts}`,
      );
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(Object.keys(headers)).not.toContain('set-cookie');
    }
  });

  test('holds no script but its own, no inline style or handler, and no address of another site', async () => {
    for (const path of paths) {
      const { body: whole } = await visit(world, path);
      const body = whole.replace(OWN_SCRIPT, '');
      expect(body).not.toMatch(
        /<script(?! type="application\/ld\+json">)|<iframe|<object|<embed|<base|\sstyle=|\son[a-z]+=/i,
      );
      const addresses = [...body.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
        ([, address]) => address ?? '',
      );
      const foreign = addresses.filter(
        address =>
          !/^(?:[/#]|data:image\/svg\+xml,|http:\/\/127\.0\.0\.1:3000\/)/.test(address) &&
          !LEADS_TO.some(site => address.startsWith(site)),
      );
      expect([path, foreign]).toEqual([path, []]);
    }
  });

  test('is whole: a language, a title, one main heading, a way past the frame', async () => {
    for (const path of paths) {
      const { body } = await visit(world, path);
      expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(body.match(/<title>[^<]+<\/title>/g)).toHaveLength(1);
      expect(body.match(/<h1[ >]/g)).toHaveLength(1);
      expect(body.match(/<main id="main"/g)).toHaveLength(1);
      expect(body).toContain('<a class="skip" href="#main">');
    }
  });

  test('weighs little', async () => {
    for (const path of paths) expect((await visit(world, path)).body.length).toBeLessThan(25_000);
  });

  test('a page that fails says so in words, and the log names no path (P15)', async () => {
    const broken = {
      ...world,
      table: { ...world.table, get: () => Promise.reject(new Error('the disk is gone')) },
    };
    const page = await visit(broken, '/e/secret-slug-abcdefghij');
    expect(page.status).toBe(500);
    expect(page.body).toContain('Something went wrong on our side');
    expect(page.body).not.toContain('disk');
    const line = world.lines.at(-1);
    expect(line?.message).toBe('page failed');
    expect(JSON.stringify(line?.fields)).not.toContain('secret-slug');
  });
});

describe('the sign-in', () => {
  test('says how to begin, and on one machine leads to the local rooms', async () => {
    const page = await visit(world, '/signin');
    expect(page.body).toContain('create@sis.localhost');
    expect(page.body).toContain('href="/local/"');
    const cloud = { ...world, settings: { ...world.settings, local: false } };
    expect((await visit(cloud, '/signin')).body).not.toContain('/local/');
  });
});

/** The page inside the widget's frame: who may frame it, what it lets in, and that its form is the event page's own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { inviteOf } from '../../src/invites/store.ts';
import { allowSites } from '../../src/organizers/sites.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let path: string;

beforeAll(async () => {
  world = await localWorld();
  event = await mailEvent(world);
  path = `/w/e/${event.slug}`;
});

afterAll(() => world.close());

function ancestorsOf(policy: string | undefined): string | undefined {
  return /frame-ancestors ([^;]*)/.exec(policy ?? '')?.[1];
}

describe('the page in a frame', () => {
  test('may be framed by any site, runs our own scripts and nothing else, and needs no cookie', async () => {
    const page = await visit(world, path);
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors \*$/,
    );
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.headers).not.toHaveProperty('set-cookie');
    expect(page.body.match(/<script[^>]*>/g)).toEqual(['<script src="/w/frame.js" async>', '<script>']);
    expect(page.body).toContain('Spring picnic');
  });

  test('once the workspace lists its sites, only they and we ourselves may frame it', async () => {
    const { workspace } = event;
    await allowSites(world, workspace, ['https://www.example.com/shop?x=1', 'https://*.example.org']);
    expect(ancestorsOf((await visit(world, path)).headers['content-security-policy'])).toBe(
      "'self' https://www.example.com https://*.example.org",
    );
    await allowSites(world, workspace, []);
    expect(ancestorsOf((await visit(world, path)).headers['content-security-policy'])).toBe('*');
  });

  test.each([
    'example.com',
    'https://a b',
    "https://x' 'unsafe-inline",
    'https://*',
    'javascript:1',
    'https://x; script-src *',
  ])('%j is no site', async site => {
    await expect(allowSites(world, event.workspace, [site])).rejects.toMatchObject({ code: 'bad_site' });
  });

  test('its form asks for the invite by the door `widget`, and tells the host page no address', async () => {
    const asked = await submit(world, path, { email: 'bob@example.org' });
    expect(asked.status).toBe(200);
    expect(asked.body).toContain('<body data-said="asked" data-events="1">');
    expect(asked.body).toContain('Check your inbox');
    expect((await inviteOf(world, event.id, 'bob@example.org'))?.doors).toEqual(['widget']);
  });

  test('what was typed wrongly stands there again, with the way to mend it', async () => {
    const page = await submit(world, path, { email: 'bob at example' });
    expect(page.status).toBe(400);
    expect(page.body).toContain('value="bob at example"');
    expect(page.body).toContain('An email address has an @ in it');
    expect(page.body).toContain('data-said="problem"');
  });

  test('the look that the site chose stays through the form', async () => {
    const page = await visit(world, `${path}?theme=dark`);
    expect(page.body).toContain('<html lang="en" class="dark">');
    expect(page.body).toContain(`action="${path}?theme=dark"`);
    expect((await visit(world, `${path}?theme="><script>`)).body).not.toContain('><script>');
  });

  test('another site’s form gets one more press, and sends nothing', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
    const page = await submit(world, path, { email: 'eve@example.org' }, { headers });
    expect(page.body).toContain('One more press');
    expect(await inviteOf(world, event.id, 'eve@example.org')).toBeUndefined();
  });

  test('an event that is not there says so in words', async () => {
    const page = await visit(world, '/w/e/nothing-here');
    expect(page.status).toBe(404);
    expect(page.body).toContain('No event has this address.');
  });
});

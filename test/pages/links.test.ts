import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { inviteOf, loadInvite, nameOf, stateOf } from '../../src/invites/store.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
});

afterEach(() => world.close());

async function ask(email: string): Promise<void> {
  await submit(world, `/e/${event.slug}`, { email });
  await world.runJobs();
}

/** The newest link of that kind in a mail to the address. */
function linkTo(address: string, kind: 'u' | 'i'): string {
  const mail = world.outbox().findLast(({ to }) => to === address);
  const text = new TextDecoder()
    .decode(mail?.raw)
    .replace(/\r\n[ \t]/g, '')
    .replace(/=\r\n/g, '')
    .replaceAll('=3D', '=');
  const path = new RegExp(`/${kind}/[A-Za-z0-9._-]+`).exec(text);
  if (path === null) throw new Error(`no /${kind}/ link in the mail to ${address}`);
  return path[0];
}

async function stateFor(email: string): Promise<string | undefined> {
  const invite = await inviteOf(world, event.id, email);
  const found = invite === undefined ? undefined : await loadInvite(world, nameOf(invite));
  return found === undefined ? undefined : stateOf(found.invite, found.sends);
}

function damaged(path: string): string {
  const at = path.length - 10;
  return `${path.slice(0, at)}${path[at] === 'A' ? 'B' : 'A'}${path.slice(at + 1)}`;
}

describe('/u/: stop the mails', () => {
  test('GET and HEAD show the button and stop nothing', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await visit(world, path, { method })).status).toBe(200);
    }
    const page = await visit(world, path);
    expect(page.body).toContain('b•••@example.org');
    expect(page.body).not.toContain('bob@example.org');
    expect(page.body).toContain(`<form method="post" action="${path}">`);
    expect(await stateFor('bob@example.org')).toBe('sent');
  });

  test('POST stops, twice as well as once', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    for (let time = 0; time < 2; time += 1) {
      const page = await submit(world, path, {});
      expect([page.status, page.body.includes('<h1>Done</h1>')]).toEqual([200, true]);
    }
    expect(await stateFor('bob@example.org')).toBe('unsubscribed');
  });

  test.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('a mail program’s one click as %s stops too (RFC 8058)', async (type, body) => {
    await ask('bob@example.org');
    const headers = { 'content-type': type };
    const page = await visit(world, linkTo('bob@example.org', 'u'), { method: 'POST', headers, body });
    expect(page.status).toBe(200);
    expect(await stateFor('bob@example.org')).toBe('unsubscribed');
  });

  test('a press by mistake can be taken back', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    const stopped = await submit(world, path, {});
    expect(stopped.body).toContain('name="undo" value="1"');
    expect((await submit(world, path, { undo: '1' })).body).toContain('Welcome back');
    await world.runJobs();
    expect(await stateFor('bob@example.org')).toBe('sent');
  });

  test('"this was not me" is a page of its own, and a complaint when pressed', async () => {
    await ask('bob@example.org');
    const path = `${linkTo('bob@example.org', 'u')}?not-me=1`;
    const page = await visit(world, path);
    expect(page.body).toContain('This was not me');
    expect(page.body).toContain(`action="${path}"`);
    expect(await stateFor('bob@example.org')).toBe('sent');
    await submit(world, path, {});
    expect(await stateFor('bob@example.org')).toBe('complained');
  });
});

describe('/i/: is this your address?', () => {
  beforeEach(() => world.table.update({ pk: `W#${event.workspace}`, sk: 'W' }, { set: { tier: 0 } }));

  test('GET asks, POST confirms and the invite goes out', async () => {
    await ask('bob@example.org');
    expect(await stateFor('bob@example.org')).toBe('unconfirmed');
    const path = linkTo('bob@example.org', 'i');
    for (let time = 0; time < 3; time += 1) {
      const page = await visit(world, path);
      expect([page.status, page.body.includes('Yes, send me the invite')]).toEqual([200, true]);
    }
    await world.runJobs();
    expect(await stateFor('bob@example.org')).toBe('unconfirmed');
    const page = await submit(world, path, {});
    expect([page.status, page.body.includes('Your invite is on its way')]).toEqual([200, true]);
    await world.runJobs();
    expect(await stateFor('bob@example.org')).toBe('sent');
    expect((await submit(world, path, {})).status).toBe(200);
  });

  test('is too late, kindly, when the event is over', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'i');
    world.clock.set('2026-03-06T00:00:00Z');
    expect((await visit(world, path)).status).toBe(410);
    expect((await submit(world, path, {})).status).toBe(410);
    expect(await stateFor('bob@example.org')).toBe('unconfirmed');
  });
});

describe('links that are not ours, or not any more', () => {
  test('a damaged, foreign or made-up link is the same 404, whatever it is for', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    const token = path.slice('/u/'.length);
    const none = 'eyJhbGciOiJub25lIn0.eyJlIjoiZXZ0In0.';
    const strange = await visit(world, '/u/nothing');
    for (const other of [
      damaged(path),
      `/i/${token}`,
      `/c/${token}`,
      `/d/${token}`,
      `/u/${none}`,
      '/d/x',
      '/c/x',
      '/i/x',
    ]) {
      for (const page of [await visit(world, other), await submit(world, other, {})]) {
        if (page.status === 405) continue;
        expect([other, page]).toEqual([other, strange]);
      }
    }
    expect(strange.status).toBe(404);
    expect(await stateFor('bob@example.org')).toBe('sent');
  });

  test('an expired one says so, and does nothing', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    world.clock.set('2027-06-01T00:00:00Z');
    for (const page of [await visit(world, path), await submit(world, path, {})]) {
      expect([page.status, page.body.includes('This link has expired')]).toEqual([410, true]);
    }
  });

  test('a mail program’s full stop or bracket behind a link does no harm', async () => {
    await ask('bob@example.org');
    const path = linkTo('bob@example.org', 'u');
    for (const wrapped of [`${path}.`, `${path}>`, `${path}%3E`]) {
      expect((await visit(world, wrapped)).status).toBe(200);
    }
  });

  test('no page behind a token is kept, indexed or told to others (T29)', async () => {
    await ask('bob@example.org');
    const page = await visit(world, linkTo('bob@example.org', 'u'));
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['x-robots-tag']).toBe('noindex, nofollow');
  });
});

describe('/c/: the organizer’s word', () => {
  async function draft(): Promise<string> {
    const record = await mailEvent(world, {
      uid: 'lecture@example.com',
      from: 'grace@example.org',
      name: 'Grace Example',
      start: ':20260305T170000',
      end: ':20260305T183000',
      lines: ['SUMMARY:Evening lecture'],
    });
    expect(record.status).toBe('draft');
    const mail = world.outbox().findLast(({ to }) => to === 'grace@example.org');
    const text = new TextDecoder().decode(mail?.raw).replace(/=\r\n/g, '').replaceAll('=3D', '=');
    const path = /\/c\/[A-Za-z0-9._-]+/.exec(text)?.[0];
    if (path === undefined) throw new Error('no question came to the organizer');
    return path;
  }

  test('a time without a zone is asked for; GET changes nothing, a bad zone is said, a good one makes it live', async () => {
    const path = await draft();
    const page = await visit(world, path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Which time zone is this in?');
    expect(page.body).toContain('Evening lecture');
    expect(page.body).toContain('<option value="Europe/Berlin">Europe/Berlin</option>');
    const missing = await submit(world, path, { zone: '' });
    expect([missing.status, missing.body.includes('Please pick a time zone from the list.')]).toEqual([
      400,
      true,
    ]);
    const unknown = await submit(world, path, { zone: 'Mars/Olympus' });
    expect([unknown.status, unknown.body.includes('aria-invalid="true"')]).toEqual([400, true]);
    const done = await submit(world, path, { zone: 'Europe/Berlin' });
    expect([done.status, done.body.includes('Your event is live')]).toEqual([200, true]);
    const slug = /href="\/e\/([a-z0-9-]+)"/.exec(done.body)?.[1];
    expect((await visit(world, `/e/${slug}`)).body).toContain('Evening lecture');
    const again = await submit(world, path, { zone: 'Europe/Berlin' });
    expect([again.status, again.body.includes('Nothing waits here')]).toEqual([200, true]);
  });
});

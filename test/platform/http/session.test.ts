/** The way in over HTTP: cookies, who may call with one, and what another site can make a browser do (nothing). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { createApp } from '../../../src/platform/http.ts';
import { mailEvent } from '../../support/pages.ts';
import { signedIn } from '../../support/sign-in.ts';
import { localWorld, type TestWorld } from '../../support/world.ts';

const KEY = 'operator-key-of-this-test';
const OWN = { origin: 'http://127.0.0.1:3000' };

let world: TestWorld;
let call: ReturnType<typeof supertest>;

beforeEach(async () => {
  world = await localWorld();
  call = supertest(createApp(world, { operatorKey: KEY }));
});
afterEach(() => world.close());

/** The link in the newest mail, as a path. */
async function mailedPath(): Promise<string> {
  await world.runJobs();
  const text = Buffer.from(world.outbox().at(-1)?.raw ?? [])
    .toString('utf8')
    .replaceAll('=\r\n', '');
  return /\/signin\/[a-z2-7]{52}/.exec(text)?.[0] ?? '';
}

function cookieOf(answer: { headers: Record<string, unknown> }): string {
  const set = answer.headers['set-cookie'];
  return String(Array.isArray(set) ? set[0] : set);
}

function sent(cookie: string): { cookie: string } {
  return { cookie: cookie.split(';')[0] ?? '' };
}

describe('signing in', () => {
  test('asks, mails, presses, and lands where it wanted to go', async () => {
    const asked = await call
      .post('/signin')
      .type('form')
      .send({ email: 'ada@example.com', next: '/connections' });
    expect(asked.status).toBe(200);
    const browser = cookieOf(asked);
    expect(browser).toMatch(/^sis_browser=[a-z2-7]{52}; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax$/);
    const path = await mailedPath();
    const page = await call.get(path).set(sent(browser));
    expect(page.status).toBe(200);
    expect(page.text.match(/<form method="post"/g)).toHaveLength(1);
    expect(page.text).toContain('a•••@example.com');
    expect(page.text.slice(page.text.indexOf('<body>'))).not.toMatch(/\b\d{6}\b/);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(page.headers['set-cookie']).toBeUndefined();
    const pressed = await call.post(path).type('form').set(sent(browser)).send('');
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/connections']);
    expect(cookieOf(pressed)).toMatch(
      /^sis_session=ses_[0-9a-z]{26}\.[a-z2-7]{52}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
    const me = await call.get('/api/v1/session').set(sent(cookieOf(pressed)));
    expect(me.body).toMatchObject({
      role: 'owner',
      email: 'ada@example.com',
      workspace: { name: 'ada@example.com', role: 'owner' },
      installation: { mailbox: 'create@sis.localhost', local: true },
    });
    const again = await call.post(path).type('form').set(sent(browser)).send('');
    expect([again.status, again.headers['set-cookie']]).toEqual([410, undefined]);
  });

  test('elsewhere the link shows a code, and only that; the code works where it was asked', async () => {
    const asked = await call.post('/signin').type('form').send({ email: 'ada@example.com' });
    const path = await mailedPath();
    for (const method of ['get', 'post'] as const) {
      const page = await call[method](path).type('form');
      expect(page.status).toBe(200);
      expect(page.headers['set-cookie']).toBeUndefined();
      expect(page.text.match(/<strong[^>]*>\d{6}<\/strong>/g)).toHaveLength(1);
    }
    const code = /<strong[^>]*>(\d{6})<\/strong>/.exec((await call.get(path)).text)?.[1];
    const stranger = await call.post('/signin/code').type('form').send({ code });
    expect([stranger.status, stranger.headers['set-cookie']]).toEqual([400, undefined]);
    const done = await call
      .post('/signin/code')
      .type('form')
      .set(sent(cookieOf(asked)))
      .send({ code });
    expect(done.status).toBe(303);
    expect(cookieOf(done)).toContain('sis_session=ses_');
  });

  test('HEAD, a prefetch and a hundred GETs spend nothing', async () => {
    const asked = await call.post('/signin').type('form').send({ email: 'ada@example.com' });
    const path = await mailedPath();
    const browser = sent(cookieOf(asked));
    await call.head(path);
    await call.head(path).set(browser);
    for (let visit = 0; visit < 50; visit += 1) {
      await call.get(path).set({ 'sec-purpose': 'prefetch' });
      await call.get(path).set(browser);
    }
    expect((await call.post(path).type('form').set(browser).send('')).status).toBe(303);
  });

  test('an old cookie in the browser gives way: its session ends with the new sign-in', async () => {
    const old = await signedIn(world, 'ada@example.com');
    const asked = await call.post('/signin').type('form').send({ email: 'bob@example.com' });
    const path = await mailedPath();
    const both = { cookie: `${sent(cookieOf(asked)).cookie}; ${old.header}` };
    const pressed = await call.post(path).type('form').set(both).send('');
    expect(pressed.status).toBe(303);
    expect(cookieOf(pressed)).not.toContain(old.session.id);
    expect((await call.get('/api/v1/session').set({ cookie: old.header })).status).toBe(401);
  });

  test('says the same of every address, and of one that asked too often', async () => {
    await signedIn(world, 'known@example.com');
    const texts = new Set<string>();
    for (const email of ['known@example.com', 'other@example.com', ...Array(5).fill('known@example.com')]) {
      const asked = await call.post('/signin').type('form').send({ email });
      texts.add(`${asked.status} ${asked.text.replaceAll(email, 'ADDRESS')}`);
    }
    expect(texts.size).toBe(1);
  });

  test('is over https with Secure cookies', async () => {
    const settings = { ...world.settings, baseUrl: 'https://invites.example.com', local: false };
    const cloud = supertest(createApp({ ...world, settings }, { operatorKey: KEY }));
    const asked = await cloud.post('/signin').type('form').send({ email: 'ada@example.com' });
    expect(cookieOf(asked)).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    expect(asked.text).not.toContain('/local/');
  });

  test.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/%0d%0aset-cookie:x=1',
    'javascript:x',
  ])('leads nowhere else: next=%s', async next => {
    const asked = await call.post('/signin').type('form').send({ email: 'ada@example.com', next });
    const path = await mailedPath();
    const pressed = await call
      .post(path)
      .type('form')
      .set(sent(cookieOf(asked)))
      .send('');
    expect(pressed.headers.location).toMatch(/^\/(?![/\\])/);
    expect(pressed.headers.location).not.toContain('evil');
    expect(Object.keys(pressed.headers)).not.toContain('x');
  });
});

describe('another site', () => {
  const FOREIGN = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

  test('can’t make a browser ask, press or type a code', async () => {
    const asked = await call.post('/signin').type('form').set(FOREIGN).send({ email: 'ada@example.com' });
    expect([asked.status, asked.headers['set-cookie']]).toEqual([200, undefined]);
    expect(asked.text).toContain('value="ada@example.com"');
    await world.runJobs();
    expect(world.outbox()).toHaveLength(0);
    const own = await call.post('/signin').type('form').send({ email: 'ada@example.com' });
    const path = await mailedPath();
    const browser = sent(cookieOf(own));
    const pressed = await call
      .post(path)
      .type('form')
      .set({ ...FOREIGN, ...browser })
      .send('');
    expect([pressed.status, pressed.headers['set-cookie']]).toEqual([200, undefined]);
    const code = /<strong[^>]*>(\d{6})<\/strong>/.exec((await call.get(path)).text)?.[1];
    const typed = await call
      .post('/signin/code')
      .type('form')
      .set({ ...FOREIGN, ...browser })
      .send({ code });
    expect([typed.status, typed.headers['set-cookie']]).toEqual([200, undefined]);
  });

  test('can’t write with the session’s cookie', async () => {
    const { header: cookie } = await signedIn(world, 'ada@example.com');
    const wrong: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:3000.evil.example' },
      { origin: 'http://127.0.0.1:30001' },
      { origin: 'https://127.0.0.1:3000' },
      { ...OWN, 'sec-fetch-site': 'cross-site' },
      { ...OWN, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of wrong) {
      const answer = await call
        .post('/api/v1/keys')
        .set({ cookie, ...headers })
        .send({ name: 'planted' });
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'foreign_origin']);
    }
    const keys = await call.get('/api/v1/keys').set({ cookie });
    expect(keys.body.items).toEqual([]);
    const made = await call
      .post('/api/v1/keys')
      .set({ cookie, ...OWN })
      .send({ name: 'mine' });
    expect(made.status).toBe(201);
    const gone = await call.delete(`/api/v1/keys/${made.body.id}`).set({ cookie });
    expect([gone.status, gone.body.code]).toEqual([403, 'foreign_origin']);
  });

  test('can’t read with it', async () => {
    const { header: cookie } = await signedIn(world, 'ada@example.com');
    const answer = await call.get('/api/v1/events').set({ cookie, 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
  });

  test('a key needs no Origin, and none is held against it', async () => {
    const authorization = `Bearer ${KEY}`;
    const answer = await call
      .post('/api/v1/keys')
      .set({ authorization, origin: 'https://app.example.org' })
      .send({ name: 'x', workspace: 'ws_none' });
    expect(answer.status).toBe(404);
  });

  test('in the cloud the Host header opens no second origin', async () => {
    const settings = { ...world.settings, baseUrl: 'https://invites.example.com', local: false };
    const cloud = supertest(createApp({ ...world, settings }, { operatorKey: KEY }));
    const { header: cookie } = await signedIn(world, 'ada@example.com');
    const planted = { cookie, host: 'evil.example', origin: 'http://evil.example' };
    expect((await cloud.post('/api/v1/session/end').set(planted).send({})).status).toBe(403);
  });
});

describe('a session in the API', () => {
  test('sees its own workspace and nothing else', async () => {
    const event = await mailEvent(world);
    const ada = await signedIn(world, 'ada@example.com');
    const bob = await signedIn(world, 'bob@example.com');
    const own = await call.get('/api/v1/events').set({ cookie: ada.header });
    expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual([event.id]);
    expect((await call.get('/api/v1/events').set({ cookie: bob.header })).body.items).toEqual([]);
    expect((await call.get(`/api/v1/events/${event.id}`).set({ cookie: bob.header })).status).toBe(404);
  });

  test('the operator sees all, enters a workspace, and leaves it', async () => {
    const event = await mailEvent(world);
    const { header: cookie } = await signedIn(world, null);
    const me = await call.get('/api/v1/session').set({ cookie });
    expect(me.body).toMatchObject({ role: 'operator', email: null, workspace: null });
    expect(me.body.workspaces).toEqual([{ id: event.workspace, name: 'Ada Example', role: 'operator' }]);
    expect((await call.get('/api/v1/events').set({ cookie })).body.items).toHaveLength(1);
    expect((await call.get('/api/v1/members').set({ cookie })).body.code).toBe('workspace_missing');
    const enter = (workspace: string | null) =>
      call
        .post('/api/v1/session/workspace')
        .set({ cookie, ...OWN })
        .send({ workspace });
    expect((await enter('ws_none')).status).toBe(404);
    expect((await enter(event.workspace)).body.workspace).toMatchObject({
      id: event.workspace,
      name: 'Ada Example',
    });
    expect((await call.get('/api/v1/members').set({ cookie })).body.items).toHaveLength(1);
    expect((await enter(null)).body.workspace).toBeNull();
  });

  test('ends here, or everywhere', async () => {
    const one = await signedIn(world, 'ada@example.com');
    const two = await signedIn(world, 'ada@example.com');
    const three = await signedIn(world, 'ada@example.com');
    const status = async (cookie: string) => (await call.get('/api/v1/session').set({ cookie })).status;
    const end = (cookie: string, body: object) =>
      call
        .post('/api/v1/session/end')
        .set({ cookie, ...OWN })
        .send(body);
    expect((await end(one.header, {})).body).toEqual({ ended: 1 });
    expect([await status(one.header), await status(two.header)]).toEqual([401, 200]);
    const list = await call.get('/api/v1/sessions').set({ cookie: two.header });
    expect(list.body.items.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true]);
    expect((await end(two.header, { everywhere: true })).body).toEqual({ ended: 2 });
    expect([await status(two.header), await status(three.header)]).toEqual([401, 401]);
  });

  test('one of several can be ended by its person, not by another', async () => {
    const one = await signedIn(world, 'ada@example.com');
    const two = await signedIn(world, 'ada@example.com');
    const bob = await signedIn(world, 'bob@example.com');
    const remove = (cookie: string) =>
      call.delete(`/api/v1/sessions/${two.session.id}`).set({ cookie, ...OWN });
    expect((await remove(bob.header)).status).toBe(404);
    expect((await remove(one.header)).status).toBe(204);
    expect((await call.get('/api/v1/session').set({ cookie: two.header })).status).toBe(401);
  });

  test('is no use without a person: a key has none to end', async () => {
    const authorization = `Bearer ${KEY}`;
    const me = await call.get('/api/v1/session').set({ authorization });
    expect(me.body).toMatchObject({ id: null, role: 'operator', workspace: null });
    const end = await call.post('/api/v1/session/end').set({ authorization }).send({});
    expect([end.status, end.body.code]).toEqual([403, 'session_needed']);
  });

  test('the owner adds and removes people; a member and a key do not', async () => {
    const ada = await signedIn(world, 'ada@example.com');
    const own = { cookie: ada.header, ...OWN };
    const added = await call.post('/api/v1/members').set(own).send({ email: 'bob@example.com' });
    expect([added.status, added.body.role]).toEqual([201, 'member']);
    const twice = await call.post('/api/v1/members').set(own).send({ email: 'BOB@example.com' });
    expect(twice.body.id).toBe(added.body.id);
    const bob = await signedIn(world, 'bob@example.com');
    const his = { cookie: bob.header, ...OWN };
    const list = await call.get('/api/v1/members').set(his);
    expect(list.body.items.map(({ email, role }: { email: string; role: string }) => [email, role])).toEqual([
      ['ada@example.com', 'owner'],
      ['bob@example.com', 'member'],
    ]);
    const refused = await call.post('/api/v1/members').set(his).send({ email: 'eve@example.com' });
    expect([refused.status, refused.body.code]).toEqual([403, 'owner_only']);
    const { key } = (await call.post('/api/v1/keys').set(own).send({ name: 'k' })).body;
    const byKey = await call
      .post('/api/v1/members')
      .set({ authorization: `Bearer ${key}` })
      .send({ email: 'eve@example.com' });
    expect([byKey.status, byKey.body.code]).toEqual([403, 'owner_only']);
    const [owner] = list.body.items;
    expect((await call.delete(`/api/v1/members/${owner.id}`).set(own)).body.code).toBe('owner_stays');
    expect((await call.delete(`/api/v1/members/${added.body.id}`).set(own)).status).toBe(204);
    expect((await call.get('/api/v1/session').set({ cookie: bob.header })).status).toBe(401);
  });

  test('with an address that does not fit, adding says which field', async () => {
    const ada = await signedIn(world, 'ada@example.com');
    const answer = await call
      .post('/api/v1/members')
      .set({ cookie: ada.header, ...OWN })
      .send({ email: 'nobody' });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'bad_address', 'email']);
  });
});

describe('the dashboard’s paths', () => {
  test.each([
    '/',
    '/events/evt_1',
    '/events/evt_1/share',
    '/connections',
    '/connections/con_1?x=1',
    '/people',
    '/account',
  ])('%s leads to the sign-in, and back', async path => {
    const answer = await call.get(path);
    const next = path === '/' ? '' : `?next=${encodeURIComponent(path)}`;
    expect([answer.status, answer.headers.location]).toEqual([302, `/signin${next}`]);
  });

  test('who is signed in does not see the sign-in', async () => {
    const { header: cookie } = await signedIn(world, 'ada@example.com');
    const answer = await call.get('/signin?next=%2Fconnections').set({ cookie });
    expect([answer.status, answer.headers.location]).toEqual([303, '/connections']);
  });

  test('a cookie that opens nothing any more is taken away', async () => {
    const answer = await call.get('/signin').set({ cookie: 'sis_session=ses_gone.gone' });
    expect(cookieOf(answer)).toBe('sis_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
  });
});

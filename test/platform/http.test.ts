/** The API's frame: who may call, what a bad call is told, and that `openapi.json` says what the calls really answer. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { eventBySlug, listEvents } from '../../src/events/store.ts';
import { acceptArrival } from '../../src/intake/journal.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { makeKey } from '../../src/organizers/api-keys.ts';
import { createApp, OPERATIONS } from '../../src/platform/http.ts';
import { eventMail } from '../support/organizer.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const KEY = 'operator-key-of-this-test';
const OPERATOR = { authorization: `Bearer ${KEY}` };
const LOOPBACK = { ip: '127.0.0.1', helo: 'localhost', loopback: true };

describe('the API', () => {
  let world: TestWorld;
  let call: ReturnType<typeof supertest>;
  let event = '';
  let workspace = '';

  beforeEach(async () => {
    world = await localWorld({ now: '2026-03-02T09:00:00Z' });
    call = supertest(createApp(world, { operatorKey: KEY }));
    const mail = eventMail(
      {
        uid: 'one@calendar.example.org',
        dtstamp: '20260302T085900Z',
        start: '20260310T160000',
        end: '20260310T170000',
        title: '=cmd|calc',
      },
      '2026-03-02T09:00:00Z',
    );
    await acceptArrival(world, { raw: mail.raw, mailFrom: mail.from, recipients: mail.to, remote: LOOPBACK });
    await world.runJobs();
    const record = (await listEvents(world, null, { limit: 1 })).items[0];
    if (record === undefined) throw new Error('no event');
    event = record.id;
    workspace = record.workspace;
    await requestInvite(world, { event: record, email: '=formula@example.com', door: 'page' });
    await world.runJobs();
  });
  afterEach(() => world.close());

  test('without a key every call is a 401 problem, whatever the path holds', async () => {
    for (const { method, path } of OPERATIONS) {
      const answer = await call[method](`/api/v1${path.replace(':id', event)}`);
      expect([path, answer.status, answer.type, answer.body.code]).toEqual([
        path,
        401,
        'application/problem+json',
        'no_key',
      ]);
    }
  });

  test('a key that may only read may not write', async () => {
    const { key } = await makeKey(world, { workspace, name: 'reader', scopes: ['read'] });
    const own = { authorization: `Bearer ${key}` };
    expect((await call.get(`/api/v1/events/${event}`).set(own)).status).toBe(200);
    const refused = await call
      .post(`/api/v1/events/${event}/invites`)
      .set(own)
      .send({ emails: ['a@example.com'] });
    expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing']);
  });

  test('a key that was taken away opens nothing', async () => {
    const made = await call.post('/api/v1/keys').set(OPERATOR).send({ name: 'short-lived', workspace });
    expect(made.status).toBe(201);
    const own = { authorization: `Bearer ${made.body.key}` };
    expect(
      (await call.get('/api/v1/keys').set(own)).body.items.map((item: { name: string }) => item.name),
    ).toEqual(['short-lived']);
    expect((await call.delete(`/api/v1/keys/${made.body.id}`).set(own)).status).toBe(204);
    expect((await call.get('/api/v1/keys').set(own)).status).toBe(401);
  });

  test.each([
    ['a body that is no JSON', '{', 'application/json', 400, 'bad_json'],
    ['a body of another type', '<x/>', 'application/xml', 415, 'unsupported_content'],
    [
      'a polluting key',
      '{"__proto__":{"x":1},"emails":["a@example.com"]}',
      'application/json',
      400,
      'bad_json',
    ],
    ['a body that is too deep', `${'['.repeat(30)}${']'.repeat(30)}`, 'application/json', 400, 'too_deep'],
    [
      'a body that is too large',
      `{"emails":["${'x'.repeat(300_000)}"]}`,
      'application/json',
      413,
      'too_large',
    ],
    [
      'an unknown field',
      '{"emails":["a@example.com"],"workspace":"ws_other"}',
      'application/json',
      400,
      'bad_input',
    ],
    ['a list of nothing', '{"emails":[]}', 'application/json', 400, 'bad_input'],
    [
      'a list of 501',
      JSON.stringify({ emails: Array.from({ length: 501 }, (_, at) => `p${at}@example.com`) }),
      'application/json',
      400,
      'too_many_addresses',
    ],
  ])('%s is told so', async (_, body, type, status, code) => {
    const answer = await call
      .post(`/api/v1/events/${event}/invites`)
      .set(OPERATOR)
      .set('content-type', type)
      .send(body);
    expect([answer.status, answer.body.code, answer.type]).toEqual([
      status,
      code,
      'application/problem+json',
    ]);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test('the field that does not fit is named', async () => {
    const answer = await call
      .post(`/api/v1/events/${event}/invites`)
      .set(OPERATOR)
      .send({ emails: ['a@example.com', 7] });
    expect(answer.body).toMatchObject({ status: 400, code: 'bad_input', field: 'emails.1' });
    const query = await call.get(`/api/v1/events/${event}/invites?limit=0`).set(OPERATOR);
    expect(query.body).toMatchObject({ status: 400, field: 'limit' });
  });

  test('a wrong method is a 405 and an unknown path a 404', async () => {
    expect((await call.put('/api/v1/events').set(OPERATOR)).status).toBe(405);
    expect((await call.get('/api/v1/nothing').set(OPERATOR)).status).toBe(404);
  });

  test('a damaged cursor is a 400, not a crash', async () => {
    for (const path of [
      '/events',
      `/events/${event}/invites`,
      '/arrivals',
      '/unmatched',
      '/parked',
      '/audit',
    ]) {
      const answer = await call.get(`/api/v1${path}?cursor=%F0%9F%92%A9`).set(OPERATOR);
      expect([path, answer.status]).toEqual([path, 400]);
    }
  });

  test('a cursor leads on in its own list and nowhere else', async () => {
    for (const email of ['b@example.com', 'c@example.com']) {
      await call
        .post(`/api/v1/events/${event}/invites`)
        .set(OPERATOR)
        .send({ emails: [email] });
    }
    const first = await call.get(`/api/v1/events/${event}/invites?limit=2`).set(OPERATOR);
    const rest = await call
      .get(`/api/v1/events/${event}/invites?limit=2&cursor=${first.body.next}`)
      .set(OPERATOR);
    const emails = [...first.body.items, ...rest.body.items].map((item: { email: string }) => item.email);
    expect(emails.sort()).toEqual(['=formula@example.com', 'b@example.com', 'c@example.com']);
    expect((await call.get(`/api/v1/arrivals?cursor=${first.body.next}`).set(OPERATOR)).status).toBe(400);
    const { key } = await makeKey(world, { workspace, name: 'own', scopes: ['read'] });
    const other = await call
      .get(`/api/v1/events/${event}/invites?limit=2&cursor=${first.body.next}`)
      .set({ authorization: `Bearer ${key}` });
    expect(other.status).toBe(400);
  });

  test('a formula in an address is no formula in the report', async () => {
    const answer = await call.get(`/api/v1/events/${event}/report.csv`).set(OPERATOR);
    expect(answer.type).toBe('text/csv');
    expect(answer.text.split('\r\n')[1]?.startsWith(`"'=formula@example.com","sent","none"`)).toBe(true);
    expect(
      (await eventBySlug(world, answer.get('content-disposition')?.split('"')[1]?.replace('.csv', '') ?? ''))
        ?.id,
    ).toBe(event);
  });

  test('every list and view answers what openapi.json says', async () => {
    const paths = [
      '/events',
      `/events/${event}`,
      `/events/${event}/invites`,
      '/arrivals',
      '/unmatched',
      '/parked',
      '/audit',
      `/keys?workspace=${workspace}`,
    ];
    for (const path of paths) {
      const answer = await call.get(`/api/v1${path}`).set(OPERATOR);
      const pattern = path.replace(event, ':id').replace(/\?.*/, '');
      const schema = OPERATIONS.find(one => one.method === 'get' && one.path === pattern)?.answers[200]
        ?.schema;
      expect([path, answer.status, schema?.safeParse(answer.body).error?.message]).toEqual([
        path,
        200,
        undefined,
      ]);
    }
  });

  test('openapi.json describes every call, and each of its references leads somewhere', async () => {
    const { body } = await call.get('/api/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { method, path } of OPERATIONS) {
      expect(body.paths[path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(method);
    }
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      match => match[1],
    );
    expect(references.length).toBeGreaterThan(10);
    for (const name of references) expect(Object.keys(body.components.schemas)).toContain(name);
    expect(body.paths['/events/{id}/invites'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/VipList',
    });
    expect(body.components.schemas.VipList.required).toEqual(['emails']);
  });

  test('healthz says which zone data decide', async () => {
    const { body, status } = await call.get('/healthz');
    expect([status, body]).toEqual([200, { ok: true, zoneData: '2026f' }]);
  });

  test('no address, key or token reaches the log', async () => {
    await call.get('/api/v1/events/%00').set(OPERATOR);
    await call
      .post(`/api/v1/events/${event}/invites`)
      .set(OPERATOR)
      .send({ emails: ['canary@example.com'] });
    await world.runJobs();
    const logged = JSON.stringify(world.lines.map(({ message, fields }) => [message, fields]));
    expect(logged).not.toMatch(/canary|example\.(com|org)|operator-key/);
  });
});

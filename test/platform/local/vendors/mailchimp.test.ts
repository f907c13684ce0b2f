/** The Mailchimp fake by plain HTTP: as strict as the vendor, wherever the vendor says how strict it is. */
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailchimpVendor } from '../../../../src/platform/local/vendors/open.ts';
import { REDIRECT_URI, type Started, startVendor } from '../../../support/vendors.ts';
import { setClock } from '../../../support/world.ts';

let started: Started<MailchimpVendor>;
let token: string;
let list: string;
const clock = setClock('2026-03-01T09:00:00Z');

beforeEach(async () => {
  clock.set('2026-03-01T09:00:00Z');
  started = await startVendor('mailchimp', { clock });
  token = started.vendor.grant().access;
  list = Object.keys(started.vendor.account().lists)[0] ?? '';
});

afterEach(() => started.close());

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function call(method: string, path: string, body?: unknown, access = token): Promise<Answer> {
  const response = await fetch(`${started.url}/3.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

function authorizeUrl(more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: started.app.clientId,
    redirect_uri: REDIRECT_URI,
    state: 'state-1',
    ...more,
  });
  return `${started.url}/oauth2/authorize?${query}`;
}

async function exchange(code: string, more: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${started.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: started.app.clientId,
      client_secret: started.app.clientSecret,
      redirect_uri: REDIRECT_URI,
      code,
      ...more,
    }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const hash = (address: string): string => createHash('md5').update(address).digest('hex');
const ADA = 'ada.berg@example.com';

describe('OAuth', () => {
  test('consent leads back with a code and the state, and the code gives a token that works', async () => {
    const back = await started.consent(authorizeUrl());
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT_URI);
    expect(back.searchParams.get('state')).toBe('state-1');
    const { status, body } = await exchange(back.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), expires_in: 0, scope: null });
    expect((await call('GET', '/ping', undefined, String(body.access_token))).status).toBe(200);
  });

  test('a refusal leads back with the error and the state', async () => {
    const back = await started.consent(authorizeUrl(), 'refuse');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The user denied the request.',
      state: 'state-1',
    });
  });

  test('a redirect URI that is not exactly the registered one is shown as wrong and leads nowhere', async () => {
    const response = await fetch(authorizeUrl({ redirect_uri: `${REDIRECT_URI}/` }), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test('a code counts once, and its second use ends what came of the first', async () => {
    const code = (await started.consent(authorizeUrl())).searchParams.get('code') ?? '';
    const first = await exchange(code);
    const second = await exchange(code);
    expect([first.status, second.status, second.body.error]).toEqual([200, 400, 'invalid_grant']);
    expect((await call('GET', '/ping', undefined, String(first.body.access_token))).status).toBe(401);
  });

  test('a code is dead after ten minutes, for another redirect URI, and for a wrong secret', async () => {
    const code = async (): Promise<string> =>
      (await started.consent(authorizeUrl())).searchParams.get('code') ?? '';
    expect((await exchange(await code(), { redirect_uri: 'http://127.0.0.1:1/other' })).status).toBe(400);
    expect((await exchange(await code(), { client_secret: 'guessed' })).body.error).toBe('invalid_client');
    const late = await code();
    clock.advance(600_000);
    expect((await exchange(late)).status).toBe(400);
  });

  test('metadata names the data centre, and answers 200 with an error for a bad token', async () => {
    const metadata = async (authorization: string): Promise<Record<string, unknown>> => {
      const response = await fetch(`${started.url}/oauth2/metadata`, { headers: { authorization } });
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, unknown>;
    };
    expect(await metadata(`OAuth ${token}`)).toMatchObject({
      dc: 'us1',
      api_endpoint: started.url,
      accountname: 'Sandbox Studio',
    });
    expect(await metadata('OAuth wrong')).toMatchObject({ error: 'invalid_token' });
  });

  test('when the app is removed at the platform, every call is a 401', async () => {
    started.vendor.uninstall();
    expect((await call('GET', '/lists')).body).toMatchObject({ status: 401, title: 'API Key Invalid' });
  });
});

describe('audiences and members', () => {
  test('the account has two audiences, the first with twelve members in five states', async () => {
    const lists = await call('GET', '/lists?fields=lists.id,lists.name,lists.stats.member_count,total_items');
    expect(lists.body).toEqual({
      lists: [
        { id: list, name: 'Newsletter', stats: { member_count: 8 } },
        { id: expect.any(String), name: 'Members', stats: { member_count: 5 } },
      ],
      total_items: 2,
    });
    const members = Object.values(started.vendor.account().lists[list]?.members ?? {});
    expect(new Set(members.map(({ status }) => status))).toEqual(
      new Set(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional']),
    );
  });

  test('members come in pages of ten unless told otherwise', async () => {
    const first = await call('GET', `/lists/${list}/members`);
    expect([(first.body.members as unknown[]).length, first.body.total_items]).toEqual([10, 12]);
    const second = await call('GET', `/lists/${list}/members?count=5&offset=10`);
    expect((second.body.members as unknown[]).length).toBe(2);
  });

  test('one member is found by hash, address, contact id and by what the merge tag prints', async () => {
    const { body } = await call('GET', `/lists/${list}/members/${hash(ADA)}`);
    expect(body).toMatchObject({ email_address: ADA, full_name: 'Ada Berg', status: 'subscribed' });
    expect(String(body.unique_email_id)).toMatch(/^[0-9a-f]{10}$/);
    for (const reference of [ADA, body.contact_id])
      expect((await call('GET', `/lists/${list}/members/${reference}`)).body.id).toBe(hash(ADA));
    const found = await call('GET', `/lists/${list}/members?unique_email_id=${body.unique_email_id}`);
    expect(found.body.total_items).toBe(1);
  });

  test('an unsubscribed or cleaned contact is not subscribed by the API, but can be tagged', async () => {
    for (const address of ['ivo.janke@example.com', 'jun.kato@example.com']) {
      const path = `/lists/${list}/members/${hash(address)}`;
      expect((await call('PATCH', path, { status: 'subscribed' })).body.title).toBe(
        'Member In Compliance State',
      );
      expect(
        (await call('POST', `${path}/tags`, { tags: [{ name: 'RSVP', status: 'active' }] })).status,
      ).toBe(204);
    }
  });

  test('a forgotten contact can not be added again, an existing one not twice', async () => {
    started.vendor.people().forget(list, ADA);
    const put = { email_address: ADA, status_if_new: 'subscribed' };
    expect((await call('PUT', `/lists/${list}/members/${hash(ADA)}`, put)).body.title).toBe(
      'Forgotten Email Not Subscribed',
    );
    const again = { email_address: 'ben.cole@example.com', status: 'subscribed' };
    expect((await call('POST', `/lists/${list}/members`, again)).body.title).toBe('Member Exists');
    expect((await call('GET', `/lists/${list}/members/${hash(ADA)}`)).status).toBe(404);
  });

  test('a batch of up to 500 says for each member what became of it', async () => {
    const { body } = await call('POST', `/lists/${list}`, {
      update_existing: true,
      members: [
        { email_address: ADA, merge_fields: { FNAME: 'Adela' } },
        { email_address: 'new.person@example.com', status: 'transactional' },
        { email_address: 'no address' },
      ],
    });
    expect([body.total_created, body.total_updated, body.error_count]).toEqual([1, 1, 1]);
    const tooMany = Array.from({ length: 501 }, (_, at) => ({ email_address: `p${at}@example.com` }));
    expect((await call('POST', `/lists/${list}`, { members: tooMany })).status).toBe(400);
  });

  test('a text field holds 255 bytes, and a merge tag ten characters', async () => {
    const made = await call('POST', `/lists/${list}/merge-fields`, {
      tag: 'RSVPTOK',
      name: 'RSVP token',
      type: 'text',
      public: false,
    });
    expect(made.body).toMatchObject({ tag: 'RSVPTOK', public: false });
    const path = `/lists/${list}/members/${hash(ADA)}`;
    expect((await call('PATCH', path, { merge_fields: { RSVPTOK: 'x'.repeat(256) } })).status).toBe(400);
    expect((await call('PATCH', path, { merge_fields: { RSVPTOK: 'x'.repeat(255) } })).status).toBe(200);
    const long = { tag: 'RSVPTOKENXX', name: 'Too long', type: 'text' };
    expect((await call('POST', `/lists/${list}/merge-fields`, long)).status).toBe(400);
  });
});

describe('tags and events', () => {
  test('tags named in a call change, the others stay', async () => {
    const path = `/lists/${list}/members/${hash(ADA)}/tags`;
    await call('POST', path, { tags: [{ name: 'RSVP Picnic: Yes', status: 'active' }] });
    await call('POST', path, {
      tags: [
        { name: 'RSVP Picnic: Yes', status: 'inactive' },
        { name: 'RSVP Picnic: No', status: 'active' },
      ],
    });
    const { body } = await call('GET', path);
    expect((body.tags as { name: string }[]).map(({ name }) => name)).toEqual([
      'Regulars',
      'RSVP Picnic: No',
    ]);
    const search = await call('GET', `/lists/${list}/tag-search?name=rsvp`);
    expect(search.body.total_items).toBe(2);
  });

  test('an event has a name of 2 to 30 characters and strings for properties, and repeats when it is repeated', async () => {
    const path = `/lists/${list}/members/${hash(ADA)}/events`;
    expect((await call('POST', path, { name: 'x' })).status).toBe(400);
    const event = {
      name: 'rsvp_yes',
      properties: { event_uid: 'e1' },
      occurred_at: '2026-03-01T08:00:00+00:00',
    };
    expect((await call('POST', path, event)).status).toBe(204);
    expect((await call('POST', path, event)).status).toBe(204);
    const { body } = await call('GET', path);
    expect(body).toEqual({
      events: [
        { name: 'rsvp_yes', occurred_at: '2026-03-01T08:00:00+00:00', properties: { event_uid: 'e1' } },
        { name: 'rsvp_yes', occurred_at: '2026-03-01T08:00:00+00:00', properties: { event_uid: 'e1' } },
      ],
      total_items: 2,
    });
  });

  test('a segment shows subscribed members only, unless asked for more', async () => {
    const { body } = await call('GET', `/lists/${list}/segments?type=saved`);
    const [segment] = body.segments as { id: number; name: string }[];
    expect(segment?.name).toBe('People in Oslo');
    const members = await call('GET', `/lists/${list}/segments/${segment?.id}/members`);
    expect(members.body.total_items).toBe(3);
    const more = await call('GET', `/lists/${list}/segments/${segment?.id}/members?include_cleaned=true`);
    expect(more.body.total_items).toBe(4);
  });
});

describe('limits and faults', () => {
  test('an eleventh call at the same time is refused', async () => {
    started.vendor.faults.add({ kind: 'slow', delayMs: 10 });
    const ping = {
      method: 'GET',
      path: '/3.0/ping',
      query: new URLSearchParams(),
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(),
    };
    const answers = await Promise.all(Array.from({ length: 14 }, () => started.vendor.answer(ping)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    expect((await started.vendor.answer(ping)).status).toBe(200);
  });

  test('each fault does what its name says', async () => {
    const { faults } = started.vendor;
    const status = async (kind: Parameters<typeof faults.add>[0]['kind']): Promise<number> => {
      faults.add({ kind, times: 1 });
      const response = await fetch(`${started.url}/3.0/ping`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return response.status;
    };
    expect([
      await status('rate_limited'),
      await status('server_error'),
      await status('bad_gateway'),
      await status('forbidden'),
    ]).toEqual([429, 503, 502, 403]);
    await expect(status('refused')).rejects.toThrow('fetch failed');
    expect((await call('GET', '/ping')).status).toBe(200);
  });

  test('a lost answer has done its work', async () => {
    started.vendor.faults.add({ kind: 'lost', times: 1, matching: /^POST .*\/tags$/ });
    const path = `/lists/${list}/members/${hash(ADA)}/tags`;
    await expect(call('POST', path, { tags: [{ name: 'Done', status: 'active' }] })).rejects.toThrow();
    const { body } = await call('GET', path);
    expect((body.tags as { name: string }[]).map(({ name }) => name)).toContain('Done');
  });

  test('an outage lasts from its first to its last moment', async () => {
    const now = clock.now();
    started.vendor.faults.add({ kind: 'server_error', from: now + 1000, until: now + 3000 });
    const seen: number[] = [];
    for (let step = 0; step < 4; step += 1) {
      seen.push((await call('GET', '/ping')).status);
      clock.advance(1000);
    }
    expect(seen).toEqual([200, 503, 503, 200]);
  });

  test('every call is kept with the token it came with, and no secret of OAuth', async () => {
    await call('GET', '/lists');
    await exchange('nothing');
    expect(started.vendor.calls.map(({ path, token, body }) => [path, token, body])).toEqual([
      ['/3.0/lists', token, ''],
      ['/oauth2/token', null, ''],
    ]);
  });
});

describe('webhooks', () => {
  const arrived: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'POST')
      arrived.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.end();
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  test('the secret is told once, and each delivery is signed with it', async () => {
    const made = await call('POST', `/lists/${list}/webhooks`, {
      url,
      events: { unsubscribe: true, upemail: true },
      sources: { user: true, admin: true, api: false },
    });
    const secret = String(made.body.signing_secret);
    const again = await call('GET', `/lists/${list}/webhooks`);
    expect(JSON.stringify(again.body)).not.toContain(secret);
    started.vendor.people().unsubscribe(list, ADA);
    started.vendor.people().changeAddress(list, 'ben.cole@example.com', 'ben@example.org');
    started.vendor.people().rename(list, 'cleo.diaz@example.com', 'Cleo D');
    await started.vendor.hooks.settled();
    const types = arrived.map(({ body }) => new URLSearchParams(body).get('type'));
    expect(new Set(types)).toEqual(new Set(['unsubscribe', 'upemail']));
    for (const { headers, body } of arrived) {
      const [, time, mac] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['x-mailchimp-signature'])) ?? [];
      expect(mac).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'));
    }
    const gone = new URLSearchParams(arrived.find(({ body }) => body.startsWith('type=unsub'))?.body);
    expect([gone.get('data[email]'), gone.get('data[list_id]')]).toEqual([ADA, list]);
  });

  test('a delivery can be repeated byte for byte', async () => {
    await call('POST', `/lists/${list}/webhooks`, {
      url,
      events: { unsubscribe: true },
      sources: { user: true },
    });
    started.vendor.people().unsubscribe(list, ADA);
    await started.vendor.hooks.settled();
    const before = arrived.length;
    expect((await started.vendor.hooks.repeat())?.status).toBe(200);
    expect(arrived[before]?.body).toBe(arrived[before - 1]?.body);
    expect(arrived[before]?.headers['x-mailchimp-signature']).toBe(
      arrived[before - 1]?.headers['x-mailchimp-signature'],
    );
  });

  test('an address on this machine where nobody answers is refused', async () => {
    const nobody = { url: 'http://127.0.0.1:9/', events: { unsubscribe: true }, sources: { user: true } };
    expect((await call('POST', `/lists/${list}/webhooks`, nobody)).status).toBe(400);
  });
});

test('a saved template is made, changed and listed', async () => {
  const made = await call('POST', '/templates', { name: 'RSVP: Picnic', html: '<p>one</p>' });
  const changed = await call('PATCH', `/templates/${made.body.id}`, {
    name: 'RSVP: Picnic',
    html: '<p>two</p>',
  });
  expect([made.status, changed.status]).toEqual([200, 200]);
  expect(started.vendor.account().templates.map(({ html }) => html)).toEqual(['<p>two</p>']);
  const { body } = await call('GET', '/templates?type=user');
  expect(body.total_items).toBe(1);
});

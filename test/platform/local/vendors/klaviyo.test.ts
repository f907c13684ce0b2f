/** The Klaviyo fake by plain HTTP: as strict as the vendor, wherever the vendor says how strict it is. */
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KLAVIYO_OPERATIONS } from '../../../../src/platform/local/vendors/klaviyo/operations.ts';
import type { KlaviyoVendor } from '../../../../src/platform/local/vendors/open.ts';
import { descriptionOf } from '../../../support/vendor-descriptions.ts';
import { REDIRECT_URI, type Started, startVendor } from '../../../support/vendors.ts';
import { setClock } from '../../../support/world.ts';

let started: Started<KlaviyoVendor>;
let token: string;
const clock = setClock('2026-03-01T09:00:00Z');

beforeEach(async () => {
  clock.set('2026-03-01T09:00:00Z');
  started = await startVendor('klaviyo', { clock });
  token = started.vendor.grant().access;
});

afterEach(() => started.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown, access = token): Promise<Answer> {
  const response = await fetch(`${started.url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access}`,
      revision: '2026-07-15',
      ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  };
}

interface Found {
  readonly id: string;
  readonly attributes: Record<string, unknown>;
}

function itemsOf(answer: Answer): readonly Found[] {
  return answer.body.data as readonly Found[];
}

function errorOf(answer: Answer): string | undefined {
  return (answer.body.errors as readonly { code: string }[] | undefined)?.[0]?.code;
}

async function profileOf(address: string): Promise<Found> {
  const [found] = itemsOf(
    await call('GET', `/profiles?filter=${encodeURIComponent(`equals(email,"${address}")`)}`),
  );
  if (found === undefined) throw new Error('no such profile');
  return found;
}

const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

function authorizeUrl(more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: started.app.clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'accounts:read profiles:read',
    state: 'state-1',
    code_challenge_method: 'S256',
    code_challenge: CHALLENGE,
    ...more,
  });
  return `${started.url}/oauth/authorize?${query}`;
}

async function oauth(
  path: string,
  form: Record<string, string>,
  secret = started.app.clientSecret,
): Promise<Record<string, unknown> & { readonly status: number }> {
  const response = await fetch(`${started.url}/oauth/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${started.app.clientId}:${secret}`).toString('base64')}`,
    },
    body: new URLSearchParams(form),
  });
  return { ...((await response.json()) as Record<string, unknown>), status: response.status };
}

const exchange = (code: string, more: Record<string, string> = {}) =>
  oauth('token', {
    grant_type: 'authorization_code',
    code,
    code_verifier: VERIFIER,
    redirect_uri: REDIRECT_URI,
    ...more,
  });
const refresh = (refreshToken: unknown) =>
  oauth('token', { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
const newCode = async (): Promise<string> =>
  (await started.consent(authorizeUrl())).searchParams.get('code') ?? '';

describe('OAuth', () => {
  test('consent leads back with code and state; the code and its verifier give an hour of access', async () => {
    const back = await started.consent(authorizeUrl());
    expect(back.searchParams.get('state')).toBe('state-1');
    const answer = await exchange(back.searchParams.get('code') ?? '');
    expect(answer).toEqual({
      status: 200,
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: expect.any(String),
      scope: 'accounts:read profiles:read',
    });
    const access = String(answer.access_token);
    expect((await call('GET', '/accounts', undefined, access)).status).toBe(200);
    clock.advance(3_600_000);
    expect((await call('GET', '/accounts', undefined, access)).status).toBe(401);
  });

  test.each([
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'profiles:everything' }, 'invalid_scope'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('%s leads back with the error and the state', async (_name, more, error) => {
    const back = await started.consent(authorizeUrl(more));
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([error, 'state-1']);
  });

  test('a redirect URI that is not on the list leads nowhere', async () => {
    const response = await fetch(authorizeUrl({ redirect_uri: 'http://127.0.0.1:3000/elsewhere' }), {
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test('a wrong verifier, a wrong secret and a code of five minutes ago get nothing', async () => {
    expect((await exchange(await newCode(), { code_verifier: 'w'.repeat(43) })).error).toBe('invalid_grant');
    const stolen = await oauth(
      'token',
      { grant_type: 'authorization_code', code: await newCode() },
      'guessed',
    );
    expect([stolen.status, stolen.error]).toEqual([401, 'invalid_client']);
    const late = await newCode();
    clock.advance(300_000);
    expect((await exchange(late)).error).toBe('invalid_grant');
  });

  test('a code counts once, and its second use ends what came of the first', async () => {
    const code = await newCode();
    const first = await exchange(code);
    expect((await exchange(code)).error).toBe('invalid_grant');
    expect((await call('GET', '/accounts', undefined, String(first.access_token))).status).toBe(401);
  });

  test('refresh tokens rotate, and an old one that comes back ends the grant', async () => {
    const first = await exchange(await newCode());
    const second = await refresh(first.refresh_token);
    const third = await refresh(second.refresh_token);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect((await call('GET', '/accounts', undefined, String(third.access_token))).status).toBe(200);
    expect((await refresh(first.refresh_token)).error).toBe('invalid_grant');
    clock.advance(1000);
    expect((await call('GET', '/accounts', undefined, String(third.access_token))).status).toBe(401);
    expect((await refresh(third.refresh_token)).error).toBe('invalid_grant');
  });

  test('a refresh token that nobody used for 90 days is dead', async () => {
    const { refresh_token } = await exchange(await newCode());
    clock.advance(90 * 86_400_000);
    expect((await refresh(refresh_token)).error).toBe('invalid_grant');
  });

  test('revoking ends the grant, and revoking what nobody knows is no error', async () => {
    const issued = await exchange(await newCode());
    expect((await oauth('revoke', { token: String(issued.refresh_token) })).status).toBe(200);
    expect((await oauth('revoke', { token: 'unknown' })).status).toBe(200);
    expect((await call('GET', '/accounts', undefined, String(issued.access_token))).status).toBe(401);
  });

  test('a call beyond the scopes of the token is a 403', async () => {
    const narrow = started.vendor.grant(undefined, ['accounts:read']).access;
    const refused = await call('GET', '/profiles', undefined, narrow);
    expect([refused.status, errorOf(refused)]).toEqual([403, 'permission_denied']);
  });
});

describe('the table of calls', () => {
  const described = descriptionOf('klaviyo') as
    | { paths: Record<string, Record<string, Record<string, unknown>>> }
    | undefined;

  (described === undefined ? test.skip : test)(
    'scopes and limits are those of the vendor’s description',
    () => {
      const theirs = KLAVIYO_OPERATIONS.map(({ method, path }) => {
        const operation = described?.paths[path]?.[method.toLowerCase()] ?? {};
        const { burst, steady } = operation['x-klaviyo-ratelimit'] as { burst: string; steady: string };
        return [`${method} ${path}`, operation['x-klaviyo-scopes'], burst, steady];
      });
      const ours = KLAVIYO_OPERATIONS.map(({ method, path, scopes, rate }) => [
        `${method} ${path}`,
        scopes,
        `${rate.burst}/s`,
        `${rate.steady}/m`,
      ]);
      expect(ours).toEqual(theirs);
    },
  );

  test('no call stands twice', () => {
    const names = KLAVIYO_OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('profiles', () => {
  test('a profile is found by address, by id and by the exchange id of a click', async () => {
    const ada = await profileOf('ada.berg@example.com');
    expect(ada.attributes).toMatchObject({
      email: 'ada.berg@example.com',
      first_name: 'Ada',
      last_name: 'Berg',
    });
    expect(ada.id).toHaveLength(26);
    expect((await profileOf('cleo.diaz@example.com')).id).toHaveLength(6);
    const { kx } = started.vendor.account().profiles[ada.id] ?? { kx: '' };
    const byClick = await call('GET', `/profiles?filter=${encodeURIComponent(`equals(_kx,"${kx}")`)}`);
    expect(itemsOf(byClick).map(({ id }) => id)).toEqual([ada.id]);
    expect((await call('GET', `/profiles/${ada.id}`)).status).toBe(200);
    expect(errorOf(await call('GET', '/profiles/unknown'))).toBe('not_found');
    expect(errorOf(await call('GET', '/profiles?filter=equals(shoe_size,"44")'))).toBe('invalid');
  });

  test('subscriptions come where they are asked for', async () => {
    const ivo = await profileOf('ivo.janke@example.com');
    expect(ivo.attributes).not.toHaveProperty('subscriptions');
    const { body } = await call('GET', `/profiles/${ivo.id}?additional-fields[profile]=subscriptions`);
    expect(body).toMatchObject({
      data: {
        attributes: {
          subscriptions: {
            email: {
              marketing: {
                can_receive_email_marketing: false,
                consent: 'UNSUBSCRIBED',
                suppression: [{ reason: 'UNSUBSCRIBE' }],
              },
            },
          },
        },
      },
    });
  });

  test('pages follow a cursor to the last profile', async () => {
    const seen: string[] = [];
    let path = '/profiles?page[size]=5';
    for (;;) {
      const answer = await call('GET', path);
      seen.push(...itemsOf(answer).map(({ id }) => id));
      const { next } = answer.body.links as { next?: string };
      if (next === undefined) break;
      path = next.slice(`${started.url}/api`.length);
    }
    expect([seen.length, new Set(seen).size]).toEqual([12, 12]);
    expect((await call('GET', '/profiles?page[size]=101')).status).toBe(400);
    expect((await call('GET', '/profiles?page[cursor]=nonsense')).status).toBe(400);
  });

  test('an import changes what is named, clears what is null, and patches lists', async () => {
    const ada = await profileOf('ada.berg@example.com');
    const send = (attributes: object, meta: object = {}) =>
      call('POST', '/profile-import', { data: { type: 'profile', id: ada.id, attributes, meta } });
    await send({ properties: { shoe: 44, rsvp_yes: ['Picnic'] } });
    await send(
      { properties: { shoe: null } },
      { patch_properties: { append: { rsvp_no: 'Picnic' }, unappend: { rsvp_yes: 'Picnic' } } },
    );
    const { body, status } = await send({ first_name: 'Adela' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      attributes: { first_name: 'Adela', properties: { rsvp_yes: [], rsvp_no: ['Picnic'] } },
    });
    const fresh = { type: 'profile', attributes: { email: 'new.person@example.com' } };
    expect((await call('POST', '/profile-import', { data: fresh })).status).toBe(201);
    const double = await call('POST', '/profiles', { data: fresh });
    expect([double.status, errorOf(double)]).toEqual([409, 'duplicate_profile']);
  });

  test('a bulk import says how many failed, and why', async () => {
    const ada = await profileOf('ada.berg@example.com');
    const profiles = {
      data: [
        { type: 'profile', id: ada.id, attributes: { properties: { rsvp_token: 't' } } },
        { type: 'profile', id: 'unknown', attributes: {} },
      ],
    };
    const made = await call('POST', '/profile-bulk-import-jobs', {
      data: { type: 'profile-bulk-import-job', attributes: { profiles } },
    });
    const { id } = made.body.data as Found;
    const job = await call('GET', `/profile-bulk-import-jobs/${id}`);
    expect(job.body.data).toMatchObject({
      attributes: { status: 'complete', completed_count: 1, failed_count: 1 },
    });
    const errors = await call('GET', `/profile-bulk-import-jobs/${id}/import-errors`);
    expect(itemsOf(errors)).toHaveLength(1);
  });

  test('of two merged profiles the source is gone and its events move over', async () => {
    const people = started.vendor.people();
    const [ada, ben] = [await profileOf('ada.berg@example.com'), await profileOf('ben.cole@example.com')];
    await call('POST', '/events', event({ id: ada.id }, 'u1'));
    people.merge('ada.berg@example.com', 'ben.cole@example.com');
    expect((await call('GET', `/profiles/${ada.id}`)).status).toBe(404);
    const moved = await call('GET', `/events?filter=${encodeURIComponent(`equals(profile_id,"${ben.id}")`)}`);
    expect(itemsOf(moved)).toHaveLength(1);
  });
});

function event(
  profile: { id?: string; email?: string; meta?: object },
  uniqueId: string,
  more: object = {},
): object {
  const { id, meta, email } = profile;
  return {
    data: {
      type: 'event',
      attributes: {
        properties: { event: 'Picnic', answer: 'yes' },
        unique_id: uniqueId,
        metric: { data: { type: 'metric', attributes: { name: 'RSVP' } } },
        profile: {
          data: {
            type: 'profile',
            ...(id === undefined ? {} : { id }),
            attributes: {
              ...(email === undefined ? {} : { email }),
              ...(meta === undefined ? {} : { meta }),
            },
          },
        },
        ...more,
      },
    },
  };
}

describe('events', () => {
  test('the same profile, metric and unique id counts once; the profile’s lists change with it', async () => {
    const ada = await profileOf('ada.berg@example.com');
    const meta = { patch_properties: { append: { rsvp_yes: 'Picnic' } } };
    const first = await call('POST', '/events', event({ id: ada.id, meta }, 'u1'));
    expect([first.status, first.body]).toEqual([202, {}]);
    await call('POST', '/events', event({ id: ada.id, meta }, 'u1'));
    await call('POST', '/events', event({ id: ada.id }, 'u2'));
    expect(itemsOf(await call('GET', '/events'))).toHaveLength(2);
    expect((await profileOf('ada.berg@example.com')).attributes.properties).toEqual({ rsvp_yes: ['Picnic'] });
    expect(itemsOf(await call('GET', '/metrics')).map(({ attributes }) => attributes.name)).toEqual(['RSVP']);
  });

  test('without a unique id two events of one second collapse', async () => {
    const ada = await profileOf('ada.berg@example.com');
    const send = () => call('POST', '/events', event({ id: ada.id }, '', { unique_id: undefined }));
    await send();
    await send();
    clock.advance(1000);
    await send();
    expect(itemsOf(await call('GET', '/events'))).toHaveLength(2);
  });

  test('an unknown id makes no profile, an unknown address does, and a time may lie a year ahead at most', async () => {
    expect((await call('POST', '/events', event({ id: 'unknown' }, 'u1'))).status).toBe(404);
    expect((await call('POST', '/events', event({ email: 'new.person@example.com' }, 'u1'))).status).toBe(
      202,
    );
    expect((await profileOf('new.person@example.com')).id).toHaveLength(26);
    const late = event({ email: 'new.person@example.com' }, 'u2', { time: '2027-04-01T00:00:00Z' });
    expect((await call('POST', '/events', late)).status).toBe(400);
  });
});

describe('lists, segments and content', () => {
  test('lists and segments have their members, with when they joined', async () => {
    const lists = itemsOf(await call('GET', '/lists'));
    expect(lists.map(({ attributes }) => attributes.name)).toEqual(['Newsletter', 'Members']);
    const members = await call(
      'GET',
      `/lists/${lists[1]?.id}/profiles?additional-fields[profile]=subscriptions`,
    );
    expect(itemsOf(members)).toHaveLength(5);
    expect(itemsOf(members)[0]?.attributes.joined_group_at).toBe('2025-12-01T09:00:00+00:00');
    const [segment] = itemsOf(await call('GET', '/segments'));
    expect(itemsOf(await call('GET', `/segments/${segment?.id}/profiles`))).toHaveLength(4);
  });

  test('universal content needs its display options, and can be replaced', async () => {
    const block = (content: string, data: object = { content, display_options: {} }) => ({
      data: {
        type: 'template-universal-content',
        attributes: { name: 'RSVP: Picnic', definition: { content_type: 'block', type: 'html', data } },
      },
    });
    const made = await call('POST', '/template-universal-content', block('<p>one</p>'));
    const { id } = made.body.data as Found;
    const two = block('<p>two</p>');
    const changed = await call('PATCH', `/template-universal-content/${id}`, { data: { ...two.data, id } });
    expect([made.status, changed.status]).toEqual([201, 200]);
    expect(started.vendor.account().universal.map(({ html }) => html)).toEqual(['<p>two</p>']);
    const bare = block('', { content: '<p>x</p>' });
    expect((await call('POST', '/template-universal-content', bare)).status).toBe(400);
  });

  test('a coded template without an unsubscribe tag is refused', async () => {
    const template = (html: string) => ({
      data: { type: 'template', attributes: { name: 'RSVP', editor_type: 'CODE', html } },
    });
    expect((await call('POST', '/templates', template('<p>x</p>'))).status).toBe(400);
    expect((await call('POST', '/templates', template('<p>{% unsubscribe %}</p>'))).status).toBe(201);
  });
});

describe('limits', () => {
  test('a second window and a minute window, with Retry-After where one is full', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      statuses.push((await call('GET', '/accounts')).status);
      if (at > 0) clock.advance(1000);
    }
    expect(statuses).toEqual([200, 429, 200]);
    for (let at = 0; at < 13; at += 1) {
      clock.advance(1000);
      await call('GET', '/accounts');
    }
    clock.advance(1000);
    const full = await call('GET', '/accounts');
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '44']);
    clock.advance(44_000);
    const free = await call('GET', '/accounts');
    expect([free.status, free.headers.get('ratelimit-remaining')]).toEqual([200, '14']);
  });

  test('a call without a revision or with another media type is refused', async () => {
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${started.url}/api/accounts`, { headers })).status).toBe(400);
    const form = await fetch(`${started.url}/api/profile-import`, {
      method: 'POST',
      headers: { ...headers, revision: '2026-07-15', 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(form.status).toBe(415);
  });
});

describe('webhooks', () => {
  const arrived: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    arrived.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.end();
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const hook = (attributes: object, topic = 'event:klaviyo.unsubscribed_from_email_marketing') => ({
    data: {
      type: 'webhook',
      attributes: { name: 'SIS', endpoint_url: url, secret_key: 'a secret of our own', ...attributes },
      relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: topic }] } },
    },
  });

  test('a delivery is signed over the body and the time, and names profile and topic', async () => {
    const topics = await call('GET', '/webhook-topics');
    expect(itemsOf(topics).map(({ id }) => id)).toContain('event:klaviyo.unsubscribed_from_email_marketing');
    expect((await call('POST', '/webhooks', hook({}))).status).toBe(201);
    const ada = await profileOf('ada.berg@example.com');
    started.vendor.people().unsubscribe('ada.berg@example.com');
    started.vendor.people().bounce('ben.cole@example.com');
    await started.vendor.hooks.settled();
    expect(arrived).toHaveLength(1);
    const { headers = {}, body = '' } = arrived[0] ?? {};
    expect(headers['klaviyo-signature']).toBe(
      createHmac('sha256', 'a secret of our own')
        .update(body + String(headers['klaviyo-timestamp']))
        .digest('hex'),
    );
    expect(headers['klaviyo-timestamp']).toBe('Sun, 01 Mar 2026 09:00:00 GMT');
    expect(JSON.parse(body)).toMatchObject({
      data: [
        {
          external_id: expect.any(String),
          topic: 'event:klaviyo.unsubscribed_from_email_marketing',
          payload: { data: { relationships: { profile: { data: { id: ada.id } } } } },
        },
      ],
      meta: { klaviyo_account_id: started.vendor.account().id },
    });
  });

  test.each([
    ['a short secret', { secret_key: 'short' }],
    ['an address that is not https', { endpoint_url: 'http://sis.example.com/hooks' }],
  ])('%s is refused', async (_name, attributes) => {
    expect((await call('POST', '/webhooks', hook(attributes))).status).toBe(400);
  });

  test('an unknown topic is refused', async () => {
    expect((await call('POST', '/webhooks', hook({}, 'event:klaviyo.sneezed'))).status).toBe(400);
  });
});

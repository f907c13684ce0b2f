/** Klaviyo's requests to the letter, and what its answers become. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Connector,
  type PlatformClient,
  PlatformError,
  type Report,
  type ReportedState,
} from '../../connectors/contract.ts';
import { connectorFor } from '../../connectors/registry.ts';
import { type FarSide, type Heard, openFarSide, type Told } from '../support/far-side.ts';

const TOKENS = { access: 'the-token', refresh: 'the-refresh', expiresAt: 0 };
const SURVIVOR = '01HZZZZZZZZZZZZZZZZZZZZZZZ';

let far: FarSide;
let connector: Connector;
let client: PlatformClient;
beforeAll(async () => {
  far = await openFarSide();
  connector = connectorFor('klaviyo', { clientId: 'the-id', clientSecret: 'the-secret', url: far.url });
  client = await connector.open({ tokens: TOKENS, account: { id: 'a', name: 'a', endpoint: null } });
});
beforeEach(() => {
  far.heard.length = 0;
});
afterAll(() => far.close());

async function refusal(call: () => Promise<unknown>): Promise<readonly [string, string]> {
  try {
    await call();
  } catch (error) {
    if (error instanceof PlatformError) return [error.kind, error.code];
    throw error;
  }
  return ['none', 'none'];
}

function lines(heard: readonly Heard[]): string[] {
  return heard.map(({ method, path }) => `${method} ${path}`);
}

function bodyOf(heard: Heard | undefined): unknown {
  return JSON.parse(heard?.body ?? 'null');
}

function byPath(answers: Readonly<Record<string, Told>>): (request: Heard) => Told {
  return ({ method, path }) =>
    Object.entries(answers).find(([key]) => `${method} ${path}`.endsWith(key))?.[1] ?? { status: 500 };
}

function profile(id: string, address: string | null, marketing?: object): object {
  return {
    type: 'profile',
    id,
    attributes: {
      email: address,
      first_name: 'Pat',
      last_name: null,
      ...(marketing === undefined ? {} : { subscriptions: { email: { marketing } } }),
    },
    links: { self: 'https://a.klaviyo.com/api/profiles/x/' },
  };
}

describe('connecting', () => {
  test('asks at www with PKCE and the least scopes', () => {
    const vendor = connectorFor('klaviyo', { clientId: 'the id', clientSecret: 's', url: null });
    const url = new URL(
      vendor.oauth.authorizeUrl({
        redirectUri: 'https://x.example/cb',
        state: 's',
        challenge: 'the-challenge',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://www.klaviyo.com/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'the id',
      redirect_uri: 'https://x.example/cb',
      scope:
        'accounts:read events:read events:write lists:read lists:write profiles:read profiles:write segments:read templates:write webhooks:read webhooks:write',
      state: 's',
      code_challenge_method: 'S256',
      code_challenge: 'the-challenge',
    });
  });

  test('trades the code with the verifier, the app’s credentials in the header', async () => {
    far.answer({ body: { access_token: 'a', refresh_token: 'r', expires_in: 3_600, token_type: 'bearer' } });
    const ask = { code: 'the-code', redirectUri: 'http://127.0.0.1/x', verifier: 'the-verifier', now: 1_000 };
    expect(await connector.oauth.exchange(ask)).toEqual({ access: 'a', refresh: 'r', expiresAt: 3_601_000 });
    expect(lines(far.heard)).toEqual(['POST /oauth/token']);
    expect(far.heard[0]?.headers.authorization).toBe('Basic dGhlLWlkOnRoZS1zZWNyZXQ=');
    expect(Object.fromEntries(new URLSearchParams(far.heard[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: 'the-verifier',
      redirect_uri: 'http://127.0.0.1/x',
    });
  });

  test('without a verifier nothing is asked', async () => {
    const ask = { code: 'the-code', redirectUri: 'http://127.0.0.1/x', verifier: null, now: 1_000 };
    expect(await refusal(() => connector.oauth.exchange(ask))).toEqual(['reconnect', 'no_verifier']);
    expect(far.heard).toEqual([]);
  });

  test('a refresh takes the new refresh token, and keeps the old one where the answer brings none', async () => {
    far.answer({ body: { access_token: 'a2', refresh_token: 'r2', expires_in: 60 } });
    expect(await connector.oauth.refresh('r1', 1_000)).toEqual({
      access: 'a2',
      refresh: 'r2',
      expiresAt: 61_000,
    });
    expect(Object.fromEntries(new URLSearchParams(far.heard[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r1',
    });
    for (const refresh of [undefined, null, '', 7]) {
      far.answer({ body: { access_token: 'a3', refresh_token: refresh } });
      expect(await connector.oauth.refresh('r2', 1_000)).toEqual({
        access: 'a3',
        refresh: 'r2',
        expiresAt: 3_601_000,
      });
    }
  });

  test('a refresh that is refused ends the grant; one that got no answer does not', async () => {
    far.answer({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refusal(() => connector.oauth.refresh('r', 0))).toEqual(['reconnect', 'invalid_grant']);
    far.answer({ status: 401, body: { error: 'invalid_client' } });
    expect(await refusal(() => connector.oauth.refresh('r', 0))).toEqual(['final', 'app_refused']);
    far.answer({ cut: true });
    expect(await refusal(() => connector.oauth.refresh('r', 0))).toEqual(['unknown', 'connection_lost']);
    far.answer({ status: 503, body: '<html>' });
    expect(await refusal(() => connector.oauth.refresh('r', 0))).toEqual(['again', 'unavailable']);
  });

  test.each([
    [403, '<html>403 Forbidden</html>', 'again'],
    [403, undefined, 'again'],
    [404, '<html>', 'again'],
    [400, { error: 'temporarily_unavailable' }, 'again'],
    [429, { error: 'slow_down' }, 'again'],
    [400, '<html>', 'reconnect'],
    [401, undefined, 'reconnect'],
    [403, { error: 'access_denied' }, 'reconnect'],
  ])(
    'only the platform itself can end a grant: a refresh answered by %d %j is "%s"',
    async (status, body, kind) => {
      far.answer({ status, body });
      expect((await refusal(() => connector.oauth.refresh('r', 0)))[0]).toBe(kind);
    },
  );

  test('disconnecting revokes the refresh token', async () => {
    far.answer({ status: 200, body: {} });
    await connector.oauth.revoke(TOKENS);
    expect(lines(far.heard)).toEqual(['POST /oauth/revoke']);
    expect(Object.fromEntries(new URLSearchParams(far.heard[0]?.body))).toEqual({
      token: 'the-refresh',
      token_type_hint: 'refresh_token',
    });
    far.answer({ status: 503 });
    expect((await refusal(() => connector.oauth.revoke(TOKENS)))[0]).toBe('again');
  });

  test('the account is named by its organization', async () => {
    const attributes = { contact_information: { organization_name: 'Shop' } };
    far.answer({ body: { data: [{ type: 'account', id: 'AbC123', attributes }] } });
    expect(await connector.oauth.account(TOKENS)).toEqual({ id: 'AbC123', name: 'Shop', endpoint: null });
    expect(far.heard[0]?.headers.revision).toBe('2026-07-15');
    far.answer({ body: { data: [] } });
    expect((await refusal(() => connector.oauth.account(TOKENS)))[1]).toBe('unreadable_answer');
  });
});

describe('reading', () => {
  test('lists first, then segments; the next page’s cursor is taken out of its link, which is not followed', async () => {
    const list = {
      type: 'list',
      id: 'L1',
      attributes: { name: 'News' },
      links: { self: 'https://x.example' },
    };
    far.answer({
      body: {
        data: [list],
        links: { self: 'x', next: 'https://evil.example/api/lists?page%5Bcursor%5D=abc%3D' },
      },
    });
    expect(await client.audiences()).toEqual({
      items: [{ id: 'L1', name: 'News', kind: 'list', members: null }],
      next: 'list:abc=',
    });
    far.answer({ body: { data: [], links: { self: 'x', next: null } } });
    expect((await client.audiences('list:abc=')).next).toBe('segment:');
    expect(far.heard[1]?.query.get('page[cursor]')).toBe('abc=');
    const segment = { ...list, type: 'segment', id: 'S1', attributes: { name: 'Oslo' } };
    far.answer({ body: { data: [segment], links: { self: 'x' } } });
    expect(await client.audiences('segment:')).toEqual({
      items: [{ id: 'segment:S1', name: 'Oslo', kind: 'segment', members: null }],
      next: null,
    });
    expect(lines(far.heard)).toEqual(['GET /api/lists', 'GET /api/lists', 'GET /api/segments']);
  });

  test.each([
    [{ consent: 'SUBSCRIBED', can_receive_email_marketing: true }, 'subscribed'],
    [{ consent: 'UNSUBSCRIBED', can_receive_email_marketing: false }, 'unsubscribed'],
    [{ consent: 'NEVER_SUBSCRIBED', can_receive_email_marketing: true }, 'none'],
    [{ consent: 'SUBSCRIBED', suppression: [{ reason: 'HARD_BOUNCE' }] }, 'cleaned'],
    [{ consent: 'SUBSCRIBED', suppression: [{ reason: 'INVALID_EMAIL' }] }, 'cleaned'],
    [{ consent: 'SUBSCRIBED', suppression: [{ reason: 'SPAM_COMPLAINT' }] }, 'unsubscribed'],
    [{ consent: 'SUBSCRIBED', suppression: [{ reason: 'UNSUBSCRIBE' }] }, 'unsubscribed'],
    [{ consent: 'SUBSCRIBED', suppression: [{ reason: 'USER_SUPPRESSED' }] }, 'unsubscribed'],
    [undefined, 'none'],
  ])('%j is "%s"', async (marketing, consent) => {
    far.answer({ body: { data: profile('AbC123', 'a@example.com', marketing) } });
    expect(await client.contactByReference(null, 'AbC123')).toEqual({
      id: 'AbC123',
      reference: 'AbC123',
      address: 'a@example.com',
      name: 'Pat',
      consent,
    });
  });

  test('a profile without an address is no contact', async () => {
    far.answer({ body: { data: profile('AbC123', null) } });
    expect(await client.contactByReference(null, 'AbC123')).toBeNull();
  });

  test('a merged profile answers as its survivor, told by the answer or by a redirect', async () => {
    far.answer({ body: { data: profile(SURVIVOR, 'a@example.com') } });
    expect((await client.contactByReference(null, 'AbC123'))?.id).toBe(SURVIVOR);
    far.heard.length = 0;
    far.answer(
      byPath({
        'GET /api/profiles/AbC123': {
          status: 308,
          headers: { location: `https://evil.example.com/api/profiles/${SURVIVOR}/` },
        },
        [`GET /api/profiles/${SURVIVOR}`]: { body: { data: profile(SURVIVOR, 'a@example.com') } },
      }),
    );
    expect((await client.contactByReference(null, 'AbC123'))?.id).toBe(SURVIVOR);
    expect(lines(far.heard)).toEqual(['GET /api/profiles/AbC123', `GET /api/profiles/${SURVIVOR}`]);
  });

  test('redirects in a circle end', async () => {
    far.answer(({ path }) => ({
      status: 302,
      headers: { location: path.endsWith('AbC123') ? `/api/profiles/${SURVIVOR}` : '/api/profiles/AbC123' },
    }));
    expect((await refusal(() => client.contactByReference(null, 'AbC123')))[1]).toBe('redirected');
    expect(far.heard).toHaveLength(2);
  });

  test('the exchange id of a link is a reference too', async () => {
    far.answer({ body: { data: [profile('AbC123', 'a@example.com')] } });
    expect((await client.contactByReference(null, 'kx:f1_Ab-c==.Xy"z'))?.id).toBe('AbC123');
    expect(far.heard[0]?.query.get('filter')).toBe('equals(_kx,"f1_Ab-c==.Xy\\"z")');
    expect(await client.contactByReference(null, 'kx:')).toBeNull();
    expect(await client.contactByReference(null, `kx:${'x'.repeat(201)}`)).toBeNull();
    expect(far.heard).toHaveLength(1);
  });

  test('an address can’t leave its place in the filter, and only its own profile counts', async () => {
    const address = 'a"),equals(id,"x@example.com';
    far.answer({ body: { data: [profile('AbC123', 'somebody.else@example.com')] } });
    expect(await client.contactByAddress(null, address)).toBeNull();
    expect(far.heard[0]?.query.get('filter')).toBe('equals(email,"a\\"),equals(id,\\"x@example.com")');
  });
});

const REPORT: Report = {
  contact: { id: 'AbC123', address: 'pat@example.com' },
  audience: null,
  event: {
    id: 'evt_1',
    name: 'Spring party',
    title: 'Spring party',
    start: '2026-04-01T18:00:00Z',
    timeZone: 'Europe/Oslo',
    location: null,
    pageUrl: 'https://invites.example.com/e/spring',
  },
  state: 'yes',
  previous: 'maybe',
  answer: 'yes',
  tags: { on: [], off: [] },
  at: '2026-03-01T09:00:00Z',
  uniqueId: 'unique-1',
  backfill: false,
};

describe('writing back', () => {
  test('one event by the profile’s id, which moves the event between its lists', async () => {
    far.answer({ status: 202 });
    const steps = client.reportSteps(REPORT);
    expect(steps.map(({ name, repeatable }) => [name, repeatable])).toEqual([['event', true]]);
    for (const step of steps) await step.run();
    expect(lines(far.heard)).toEqual(['POST /api/events']);
    expect(bodyOf(far.heard[0])).toEqual({
      data: {
        type: 'event',
        attributes: {
          properties: {
            event: 'Spring party',
            eventId: 'evt_1',
            answer: 'yes',
            previousAnswer: 'maybe',
            title: 'Spring party',
            starts_at: '2026-04-01T18:00:00Z',
            timezone: 'Europe/Oslo',
            page: 'https://invites.example.com/e/spring',
            source: 'sis',
          },
          time: '2026-03-01T09:00:00.000Z',
          unique_id: 'unique-1',
          metric: { data: { type: 'metric', attributes: { name: 'RSVP' } } },
          profile: {
            data: {
              type: 'profile',
              id: 'AbC123',
              attributes: {
                meta: {
                  patch_properties: {
                    append: { rsvp_yes: 'Spring party' },
                    unappend: { rsvp_maybe: 'Spring party', rsvp_no: 'Spring party' },
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(far.heard[0]?.body).not.toContain('pat@example.com');
  });

  const all = { rsvp_yes: 'Spring party', rsvp_maybe: 'Spring party', rsvp_no: 'Spring party' };
  const patches: readonly (readonly [ReportedState, ReportedState | null, Report['answer'], unknown])[] = [
    ['invited', null, null, undefined],
    ['invited', 'no', null, { unappend: all }],
    ['changed', 'yes', null, { unappend: all }],
    ['cancelled', 'yes', 'yes', { unappend: all }],
    ['unsubscribed', 'invited', null, undefined],
    [
      'unsubscribed',
      'invited',
      'yes',
      {
        append: { rsvp_yes: 'Spring party' },
        unappend: { rsvp_maybe: 'Spring party', rsvp_no: 'Spring party' },
      },
    ],
    [
      'no',
      null,
      'no',
      {
        append: { rsvp_no: 'Spring party' },
        unappend: { rsvp_yes: 'Spring party', rsvp_maybe: 'Spring party' },
      },
    ],
  ];
  test.each(patches)(
    '"%s" after %s, with %s as the answer that stands, patches the lists so',
    async (state, previous, answer, patch) => {
      far.answer({ status: 202 });
      await client.reportSteps({ ...REPORT, state, previous, answer })[0]?.run();
      const body = bodyOf(far.heard[0]) as {
        data: { attributes: { profile: { data: { attributes: { meta?: { patch_properties: unknown } } } } } };
      };
      expect(body.data.attributes.profile.data.attributes.meta?.patch_properties).toEqual(patch);
    },
  );

  test('a state from before connecting starts no flow', async () => {
    far.answer({ status: 202 });
    await client.reportSteps({ ...REPORT, backfill: true })[0]?.run();
    expect((bodyOf(far.heard[0]) as { data: { attributes: object } }).data.attributes).toHaveProperty(
      'backfill',
      true,
    );
  });
});

describe('in the editor', () => {
  test('a button becomes an HTML block of universal content', async () => {
    far.answer({ status: 201, body: { data: { type: 'template-universal-content', id: 'UC1' } } });
    const html = '<a href="https://x.example/r/t?c={{ person.KlaviyoID }}">Yes</a>';
    expect(await client.saveButton({ name: 'RSVP: Party', html, standing: null })).toEqual({
      id: 'UC1',
      place: 'universal_content',
    });
    const attributes = {
      name: 'RSVP: Party',
      definition: { content_type: 'block', type: 'html', data: { content: html, display_options: {} } },
    };
    expect(bodyOf(far.heard[0])).toEqual({ data: { type: 'template-universal-content', attributes } });
    await client.saveButton({ name: 'RSVP: Party', html, standing: 'UC1' });
    expect(lines(far.heard).at(-1)).toBe('PATCH /api/template-universal-content/UC1');
    expect(bodyOf(far.heard[1])).toEqual({
      data: { type: 'template-universal-content', id: 'UC1', attributes },
    });
  });

  test('tokens go by id in jobs of ten thousand and less than five megabytes', async () => {
    far.answer(({ method }) => ({
      status: method === 'POST' ? 202 : 200,
      body: { data: { type: 'profile-bulk-import-job', id: 'J1', attributes: { status: 'queued' } } },
    }));
    const tokens = (count: number, token: string) =>
      Array.from({ length: count }, (_, at) => ({ contact: `p${at}`, address: `p${at}@example.com`, token }));
    expect(await client.writeTokens('L1', tokens(10_001, 't'))).toEqual([]);
    const jobs = far.heard.filter(({ method }) => method === 'POST');
    const sizes = jobs.map(
      heard =>
        (bodyOf(heard) as { data: { attributes: { profiles: { data: unknown[] } } } }).data.attributes
          .profiles.data.length,
    );
    expect(sizes).toEqual([10_000, 1]);
    expect(jobs[0]?.body).not.toContain('@example.com');
    expect(jobs[0]?.body.slice(0, 200)).toContain(
      '{"type":"profile","id":"p0","attributes":{"properties":{"rsvp_token":"t"}}}',
    );
    far.heard.length = 0;
    await client.writeTokens('L1', tokens(6_000, 'x'.repeat(1_000)));
    const heavy = far.heard.filter(({ method }) => method === 'POST').map(({ body }) => body.length);
    expect(heavy).toHaveLength(2);
    expect(Math.max(...heavy)).toBeLessThan(5_000_000);
    expect(await client.writeTokens('L1', [])).toEqual([]);
  });

  test('what failed at once is told; a look at the job that fails takes nothing back', async () => {
    const job = (failed: number): object => ({
      data: {
        type: 'profile-bulk-import-job',
        id: 'J1',
        attributes: { status: 'complete', failed_count: failed },
      },
    });
    const token = { contact: 'p1', address: 'p1@example.com', token: 't' };
    far.answer(
      byPath({
        'POST /api/profile-bulk-import-jobs': { status: 202, body: job(0) },
        'GET /api/profile-bulk-import-jobs/J1': { body: job(1) },
        'GET /api/profile-bulk-import-jobs/J1/import-errors': {
          body: {
            data: [
              {
                type: 'import-error',
                id: 'E1',
                attributes: { code: 'x', source: { pointer: '/data/attributes/profiles/data/0/id' } },
              },
            ],
          },
        },
      }),
    );
    expect(await client.writeTokens('L1', [token])).toEqual(['p1']);
    far.answer(byPath({ 'POST /api/profile-bulk-import-jobs': { status: 202, body: job(0) } }));
    expect(await client.writeTokens('L1', [token])).toEqual([]);
  });
});

describe('watching', () => {
  const hook = { audience: null, url: 'https://invites.example.com/hooks/x', secret: 'a secret of our own' };
  const topics = (...ids: readonly string[]): Told => ({
    body: { data: ids.map(id => ({ type: 'webhook-topic', id, links: { self: 'x' } })) },
  });

  test('asks for those of our topics that the account has, and replaces what stood there', async () => {
    let name = '';
    far.answer(request => {
      const line = `${request.method} ${request.path}`;
      if (line === 'GET /api/webhook-topics')
        return topics('event:klaviyo.unsubscribed_from_email_marketing', 'event:klaviyo.clicked_email');
      if (line === 'GET /api/webhooks')
        return { body: { data: name === '' ? [] : [{ type: 'webhook', id: 'W1', attributes: { name } }] } };
      if (request.method === 'DELETE') return { status: 204 };
      name = (bodyOf(request) as { data: { attributes: { name: string } } }).data.attributes.name;
      return { status: 201, body: { data: { type: 'webhook', id: 'W2', attributes: { name } } } };
    });
    expect(await client.watch(hook)).toEqual({ id: 'W2', secret: hook.secret });
    expect(bodyOf(far.heard.at(-1))).toEqual({
      data: {
        type: 'webhook',
        attributes: { name, endpoint_url: hook.url, secret_key: hook.secret },
        relationships: {
          'webhook-topics': {
            data: [{ type: 'webhook-topic', id: 'event:klaviyo.unsubscribed_from_email_marketing' }],
          },
        },
      },
    });
    await client.watch(hook);
    expect(lines(far.heard)).toContain('DELETE /api/webhooks/W1');
  });

  test('an account that can have none is polled instead', async () => {
    far.answer({
      status: 403,
      body: { errors: [{ id: '1', code: 'permission_denied', title: 'x', detail: 'x' }] },
    });
    expect(await client.watch(hook)).toBeNull();
    far.answer(topics('event:klaviyo.clicked_email'));
    expect(await client.watch(hook)).toBeNull();
    far.answer({ status: 503 });
    expect((await refusal(() => client.watch(hook)))[0]).toBe('again');
  });
});

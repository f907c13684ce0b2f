/** Mailchimp's requests to the letter, and what its answers become. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Connector,
  type PlatformClient,
  PlatformError,
  type Report,
} from '../../connectors/contract.ts';
import { connectorFor } from '../../connectors/registry.ts';
import { type FarSide, type Heard, openFarSide, type Told } from '../support/far-side.ts';

const TOKENS = { access: 'the-token', refresh: null, expiresAt: null };
const ACCOUNT = { id: 'a', name: 'a', endpoint: null };

let far: FarSide;
let connector: Connector;
let client: PlatformClient;
beforeAll(async () => {
  far = await openFarSide();
  connector = connectorFor('mailchimp', { clientId: 'the-id', clientSecret: 'the-secret', url: far.url });
  client = await connector.open({ tokens: TOKENS, account: ACCOUNT });
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

/** Answers by the path's end. */
function byPath(answers: Readonly<Record<string, Told>>): (request: Heard) => Told {
  return ({ method, path }) =>
    Object.entries(answers).find(([key]) => `${method} ${path}`.endsWith(key))?.[1] ?? { status: 500 };
}

describe('connecting', () => {
  test('asks at the vendor’s own place, without scopes and without PKCE', () => {
    const vendor = connectorFor('mailchimp', { clientId: 'the id', clientSecret: 's', url: null });
    expect(vendor.oauth.pkce).toBe(false);
    expect(vendor.oauth.scopes).toEqual([]);
    expect(
      vendor.oauth.authorizeUrl({
        redirectUri: 'https://invites.example.com/connect/mailchimp/callback',
        state: 'a.b&c',
        challenge: null,
      }),
    ).toBe(
      'https://login.mailchimp.com/oauth2/authorize?response_type=code&client_id=the+id&redirect_uri=https%3A%2F%2Finvites.example.com%2Fconnect%2Fmailchimp%2Fcallback&state=a.b%26c',
    );
  });

  test('trades the code with the secret in the form; the token never expires, whatever the answer says', async () => {
    far.answer({ body: { access_token: 'the-token', expires_in: 0, scope: null } });
    const ask = { code: 'the-code', redirectUri: 'http://127.0.0.1:3000/x', verifier: null, now: 5 };
    expect(await connector.oauth.exchange(ask)).toEqual(TOKENS);
    expect(lines(far.heard)).toEqual(['POST /oauth2/token']);
    expect(far.heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(far.heard[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'the-id',
      client_secret: 'the-secret',
      redirect_uri: 'http://127.0.0.1:3000/x',
      code: 'the-code',
    });
  });

  test.each([
    ['a line break', { access_token: 'a\r\nx-evil: 1' }],
    ['nothing', {}],
    ['a number', { access_token: 7 }],
    ['far too much', { access_token: 'x'.repeat(5_000) }],
  ])('takes no token that holds %s', async (_what, body) => {
    far.answer({ body });
    const ask = { code: 'c', redirectUri: 'r', verifier: null, now: 5 };
    expect(await refusal(() => connector.oauth.exchange(ask))).toEqual(['unknown', 'unreadable_answer']);
  });

  test.each([
    [401, 'invalid_client', 'final', 'app_refused'],
    [400, 'invalid_grant', 'reconnect', 'invalid_grant'],
    [400, 'redirect_uri_mismatch', 'reconnect', 'redirect_uri_mismatch'],
    [400, '<script>', 'reconnect', 'refused_grant'],
    [503, 'whatever', 'again', 'unavailable'],
    [429, 'whatever', 'again', 'rate_limited'],
  ])('a %d with %s is %s', async (status, error, kind, code) => {
    far.answer({ status, body: { error } });
    const ask = { code: 'c', redirectUri: 'r', verifier: null, now: 5 };
    expect(await refusal(() => connector.oauth.exchange(ask))).toEqual([kind, code]);
  });

  test('asks whose token it is, and whether it works', async () => {
    far.answer(
      byPath({
        'GET /oauth2/metadata': { body: { dc: 'us21', api_endpoint: 'https://evil.example.com' } },
        'GET /3.0/': { body: { account_id: 'acc1', account_name: 'Studio' } },
      }),
    );
    expect(await connector.oauth.account(TOKENS)).toEqual({
      id: 'acc1',
      name: 'Studio',
      endpoint: 'https://us21.api.mailchimp.com',
    });
    expect(far.heard.map(({ headers }) => headers.authorization)).toEqual([
      'OAuth the-token',
      'Bearer the-token',
    ]);
  });

  test('metadata that answers 200 with an error is a refusal', async () => {
    far.answer({ body: { error: 'invalid_token' } });
    expect(await refusal(() => connector.oauth.account(TOKENS))).toEqual(['reconnect', 'invalid_token']);
    expect(far.heard).toHaveLength(1);
  });

  test.each(['us1.evil.example', '127.0.0.1/', '../us1', 'US1', 'us', '1', '', 'us1234', 'us1 .x'])(
    'the data centre "%s" makes no host name',
    async dc => {
      far.answer({ body: { dc } });
      expect((await refusal(() => connector.oauth.account(TOKENS)))[1]).toBe('unreadable_answer');
      expect(lines(far.heard)).toEqual(['GET /oauth2/metadata']);
    },
  );

  test.each([
    null,
    'https://evil.example.com',
    'https://us1.api.mailchimp.com.evil.example.com',
    'http://us1.api.mailchimp.com',
    'https://us1.api.mailchimp.com/x?',
    'https://user@us1.api.mailchimp.com',
  ])('no account is opened at %s', async endpoint => {
    const vendor = connectorFor('mailchimp', { clientId: 'i', clientSecret: 's', url: null });
    const grant = { tokens: TOKENS, account: { ...ACCOUNT, endpoint } };
    expect(await refusal(() => vendor.open(grant))).toEqual(['reconnect', 'no_endpoint']);
  });

  test('there is nothing to renew and nothing to revoke', async () => {
    expect(await refusal(() => connector.oauth.refresh('x', 0))).toEqual(['reconnect', 'no_refresh']);
    await connector.oauth.revoke(TOKENS);
    expect(far.heard).toEqual([]);
  });
});

describe('reading', () => {
  test('a list called "server" stays what it is', async () => {
    far.answer({ body: { members: [], total_items: 0 } });
    await client.contacts('server1');
    expect(lines(far.heard)).toEqual(['GET /3.0/lists/server1/members']);
    expect(far.heard[0]?.headers.authorization).toBe('Bearer the-token');
  });

  test('members come a thousand at a time, the newest last; a page that came empty ends it', async () => {
    const members = Array.from({ length: 1_000 }, (_, at) => ({
      contact_id: `c${at}`,
      unique_email_id: `u${at}`,
      email_address: `p${at}@example.com`,
      full_name: '',
      merge_fields: { FNAME: 'Pat', LNAME: '' },
      status: 'transactional',
    }));
    far.answer({ body: { members, total_items: 2_500 } });
    const first = await client.contacts('abc');
    expect(first.next).toBe('1000');
    expect(first.items[7]).toEqual({
      id: 'c7',
      reference: 'u7',
      address: 'p7@example.com',
      name: 'Pat',
      consent: 'transactional',
    });
    far.answer({ body: { members: [], total_items: 2_500 } });
    expect(await client.contacts('abc', '1000')).toEqual({ items: [], next: null });
    expect(
      far.heard.map(({ query }) => [query.get('count'), query.get('offset'), query.get('sort_dir')]),
    ).toEqual([
      ['1000', '0', 'ASC'],
      ['1000', '1000', 'ASC'],
    ]);
  });

  test('a segment’s members of every status are asked for, so that a dry run can count them', async () => {
    far.answer({ body: { members: [], total_items: 0 } });
    await client.contacts('abc:77');
    expect(lines(far.heard)).toEqual(['GET /3.0/lists/abc/segments/77/members']);
    const { query } = far.heard[0] ?? { query: new URLSearchParams() };
    expect(['cleaned', 'transactional', 'unsubscribed'].map(name => query.get(`include_${name}`))).toEqual([
      'true',
      'true',
      'true',
    ]);
  });

  test.each(['subscribed', 'unsubscribed', 'pending', 'transactional', 'cleaned', 'archived'])(
    'consent "%s" is told as it is',
    async status => {
      far.answer({ body: { unique_email_id: 'u1', email_address: 'a@example.com', status } });
      expect((await client.contactByAddress('abc', 'a@example.com'))?.consent).toBe(status);
    },
  );

  test('a member is found by the MD5 of his address in lower case, plus kept', async () => {
    far.answer({ status: 404, body: { title: 'Resource Not Found' } });
    expect(await client.contactByAddress('abc', 'Pat+News@Example.COM')).toBeNull();
    const hash = createHash('md5').update('pat+news@example.com').digest('hex');
    expect(lines(far.heard)).toEqual([`GET /3.0/lists/abc/members/${hash}`]);
  });

  test('a reference is looked up in the link’s audience only', async () => {
    far.answer({ body: { members: [] } });
    expect(await client.contactByReference('abc:77', 'a1b2c3d4e5')).toBeNull();
    expect(lines(far.heard)).toEqual(['GET /3.0/lists/abc/members']);
    expect(far.heard[0]?.query.get('unique_email_id')).toBe('a1b2c3d4e5');
    expect(await client.contactByReference(null, 'a1b2c3d4e5')).toBeNull();
    expect(await client.contactByAddress(null, 'a@example.com')).toBeNull();
    expect(far.heard).toHaveLength(1);
  });

  test('a server that overlooks the filter hands us nobody else', async () => {
    far.answer({
      body: {
        members: [{ unique_email_id: 'ffffffffff', email_address: 'b@example.com', status: 'subscribed' }],
      },
    });
    expect(await client.contactByReference('abc', 'a1b2c3d4e5')).toBeNull();
  });

  test('seven lists and 450 segments come once each, in pages that end', async () => {
    const lists = Array.from({ length: 7 }, (_, at) => ({
      id: `l${at}`,
      name: `L${at}`,
      stats: { member_count: at },
    }));
    const segments = Array.from({ length: 450 }, (_, at) => ({ id: at, name: `S${at}`, member_count: 1 }));
    far.answer(({ path, query }) => {
      const from = Number(query.get('offset'));
      const count = Number(query.get('count'));
      if (path === '/3.0/lists') return { body: { lists: lists.slice(from, from + count), total_items: 7 } };
      const own = path.includes('/l1/') ? segments : [];
      return { body: { segments: own.slice(from, from + count), total_items: own.length } };
    });
    const found: string[] = [];
    const cursors: (string | null)[] = [];
    for (let cursor: string | undefined, page = 0; page < 10; page += 1) {
      const { items, next } = await client.audiences(cursor);
      found.push(...items.map(({ id }) => id));
      cursors.push(next);
      if (next === null) break;
      cursor = next;
    }
    expect(cursors).toEqual(['1:200', '1:400', '6:0', null]);
    expect(found).toHaveLength(457);
    expect(new Set(found).size).toBe(457);
    expect(found.slice(0, 4)).toEqual(['l0', 'l1', 'l1:0', 'l1:1']);
    expect(found.slice(-5)).toEqual(['l2', 'l3', 'l4', 'l5', 'l6']);
  });

  test('a cursor that is none of ours begins at the beginning', async () => {
    far.answer({ body: { lists: [], total_items: 0 } });
    expect(await client.audiences('x:y')).toEqual({ items: [], next: null });
    expect(far.heard[0]?.query.get('offset')).toBe('0');
  });
});

const REPORT: Report = {
  contact: { id: 'c1', address: 'Pat@Example.com' },
  audience: 'abc:77',
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
  tags: { on: ['RSVP Spring party: Yes'], off: ['RSVP Spring party: Maybe', 'RSVP Spring party: Yes'] },
  at: '2026-03-01T09:00:00Z',
  uniqueId: 'unique-1',
  backfill: false,
};

describe('writing back', () => {
  const member = `/3.0/lists/abc/members/${createHash('md5').update('pat@example.com').digest('hex')}`;

  test('tags in one call, then the event', async () => {
    far.answer({ status: 204 });
    const steps = client.reportSteps(REPORT);
    expect(steps.map(({ name, repeatable }) => [name, repeatable])).toEqual([
      ['tags', true],
      ['event', false],
    ]);
    for (const step of steps) await step.run();
    expect(lines(far.heard)).toEqual([`POST ${member}/tags`, `POST ${member}/events`]);
    expect(far.heard.map(bodyOf)).toEqual([
      {
        tags: [
          { name: 'RSVP Spring party: Yes', status: 'active' },
          { name: 'RSVP Spring party: Maybe', status: 'inactive' },
        ],
      },
      {
        name: 'rsvp_yes',
        properties: {
          event: 'Spring party',
          eventId: 'evt_1',
          answer: 'yes',
          previousAnswer: 'maybe',
          starts_at: '2026-04-01T18:00:00Z',
          timezone: 'Europe/Oslo',
          source: 'sis',
          uniqueId: 'unique-1',
        },
        occurred_at: '2026-03-01T09:00:00Z',
      },
    ]);
  });

  test('a state from before connecting starts no automation', async () => {
    far.answer({ status: 204 });
    for (const step of client.reportSteps({ ...REPORT, backfill: true })) await step.run();
    expect(far.heard.map(heard => (bodyOf(heard) as { is_syncing?: boolean }).is_syncing)).toEqual([
      true,
      true,
    ]);
  });

  test('without tags there is only the event', () => {
    const steps = client.reportSteps({ ...REPORT, tags: { on: [], off: [] } });
    expect(steps.map(({ name }) => name)).toEqual(['event']);
  });

  test.each(['invited', 'yes', 'no', 'maybe', 'changed', 'cancelled', 'unsubscribed'] as const)(
    'the event of the state "%s" has a name that Mailchimp takes',
    async state => {
      far.answer({ status: 204 });
      await client
        .reportSteps({ ...REPORT, state })
        .at(-1)
        ?.run();
      const { name } = bodyOf(far.heard[0]) as { name: string };
      expect(name).toBe(`rsvp_${state}`);
      expect(name.length).toBeLessThanOrEqual(30);
    },
  );

  test('long titles and places leave the properties below a thousand characters, the unique id whole', async () => {
    far.answer({ status: 204 });
    const long = 'x'.repeat(1_000);
    const event = { ...REPORT.event, name: long, title: long, location: long };
    await client
      .reportSteps({ ...REPORT, event, uniqueId: 'u'.repeat(64) })
      .at(-1)
      ?.run();
    const { properties } = bodyOf(far.heard[0]) as { properties: Record<string, string> };
    expect(Object.entries(properties).flat().join('').length).toBeLessThan(1_000);
    expect(properties.uniqueId).toBe('u'.repeat(64));
  });

  test('whether an event was taken is looked up by its unique id, page by page, to an end', async () => {
    const page = (from: number): unknown => ({
      events: Array.from({ length: 1_000 }, (_, at) => ({ properties: { uniqueId: `other-${from + at}` } })),
      total_items: 9_000,
    });
    const [, event] = client.reportSteps(REPORT);
    far.answer(({ query }) => ({ body: page(Number(query.get('offset'))) }));
    expect(await event?.done?.()).toBe(false);
    expect(far.heard).toHaveLength(5);
    far.heard.length = 0;
    far.answer(({ query }) => ({
      body:
        query.get('offset') === '1000'
          ? { events: [{ properties: { uniqueId: 'unique-1' } }], total_items: 1_001 }
          : { ...(page(0) as object), total_items: 1_001 },
    }));
    expect(await event?.done?.()).toBe(true);
    expect(far.heard).toHaveLength(2);
  });

  test('without an audience there is nothing to write to', () => {
    expect(() => client.reportSteps({ ...REPORT, audience: null })).toThrow(PlatformError);
  });
});

describe('in the editor', () => {
  test('a saved template holds the button with its merge tags, and an unsubscribe link', async () => {
    far.answer({ body: { id: 42 } });
    const html = '<a href="https://x.example/r/t?c=*|UNIQID|*">Yes</a>';
    expect(await client.saveButton({ name: 'RSVP: A & B', html, standing: null })).toEqual({
      id: '42',
      place: 'saved_template',
    });
    const body = bodyOf(far.heard[0]) as { name: string; html: string };
    expect(body.name).toBe('RSVP: A & B');
    expect(body.html).toContain(html);
    expect(body.html).toContain('<title>RSVP: A &amp; B</title>');
    expect(body.html).toContain('*|UNSUB|*');
  });

  test('1,201 tokens go in three calls to one hidden field, with no status and no other field', async () => {
    far.answer(
      byPath({
        'GET /3.0/lists/abc/merge-fields': { body: { merge_fields: [{ tag: 'FNAME' }], total_items: 1 } },
        'POST /3.0/lists/abc/merge-fields': { body: { merge_id: 9, tag: 'RSVPTOK' } },
        'POST /3.0/lists/abc': {
          body: { errors: [{ email_address: 'P600@example.com', error: 'x', error_code: 'ERROR_GENERIC' }] },
        },
      }),
    );
    const tokens = Array.from({ length: 1_201 }, (_, at) => ({
      contact: `c${at}`,
      address: `p${at}@example.com`,
      token: `t${at}`,
    }));
    expect(await client.writeTokens('abc:77', tokens)).toEqual(['c600']);
    expect(lines(far.heard)).toEqual([
      'GET /3.0/lists/abc/merge-fields',
      'POST /3.0/lists/abc/merge-fields',
      'POST /3.0/lists/abc',
      'POST /3.0/lists/abc',
      'POST /3.0/lists/abc',
    ]);
    expect(bodyOf(far.heard[1])).toEqual({ tag: 'RSVPTOK', name: 'RSVP token', type: 'text', public: false });
    const batches = far.heard.slice(2).map(bodyOf) as { members: unknown[]; update_existing: boolean }[];
    expect(batches.map(({ members }) => members.length)).toEqual([500, 500, 201]);
    expect(batches[0]?.members[3]).toEqual({
      email_address: 'p3@example.com',
      merge_fields: { RSVPTOK: 't3' },
    });
    expect(batches.every(({ update_existing }) => update_existing)).toBe(true);
    expect(far.heard.slice(2).map(({ query }) => query.get('skip_merge_validation'))).toEqual([
      'true',
      'true',
      'true',
    ]);
  });

  test('the field is not made twice, and no tokens need none', async () => {
    far.answer(
      byPath({
        'GET /3.0/lists/abc/merge-fields': { body: { merge_fields: [{ tag: 'RSVPTOK' }] } },
        'POST /3.0/lists/abc': { body: { errors: [] } },
      }),
    );
    await client.writeTokens('abc', [{ contact: 'c', address: 'a@example.com', token: 't' }]);
    expect(lines(far.heard)).toEqual(['GET /3.0/lists/abc/merge-fields', 'POST /3.0/lists/abc']);
    expect(await client.writeTokens('abc', [])).toEqual([]);
    expect(far.heard).toHaveLength(2);
  });
});

describe('watching', () => {
  const hook = { audience: 'abc', url: 'https://invites.example.com/hooks/x', secret: 'ours' };

  test('asks for people’s and the account’s own changes, not for ours', async () => {
    far.answer(
      byPath({
        'GET /3.0/lists/abc/webhooks': {
          body: {
            webhooks: [
              { id: 'old', url: hook.url },
              { id: 'x', url: 'y' },
            ],
          },
        },
        'DELETE /3.0/lists/abc/webhooks/old': { status: 204 },
        'POST /3.0/lists/abc/webhooks': { body: { id: 'new', signing_secret: 'theirs' } },
      }),
    );
    expect(await client.watch(hook)).toEqual({ id: 'new', secret: 'theirs' });
    expect(lines(far.heard)).toEqual([
      'GET /3.0/lists/abc/webhooks',
      'DELETE /3.0/lists/abc/webhooks/old',
      'POST /3.0/lists/abc/webhooks',
    ]);
    expect(bodyOf(far.heard[2])).toEqual({
      url: hook.url,
      events: {
        subscribe: true,
        unsubscribe: true,
        profile: true,
        cleaned: true,
        upemail: true,
        campaign: false,
      },
      sources: { user: true, admin: true, api: false },
    });
  });

  test('one that would not be signed is taken back', async () => {
    far.answer(
      byPath({
        'GET /3.0/lists/abc/webhooks': { body: { webhooks: [] } },
        'POST /3.0/lists/abc/webhooks': { body: { id: 'new' } },
        'DELETE /3.0/lists/abc/webhooks/new': { status: 204 },
      }),
    );
    expect(await client.watch(hook)).toBeNull();
    expect(lines(far.heard).at(-1)).toBe('DELETE /3.0/lists/abc/webhooks/new');
  });
});

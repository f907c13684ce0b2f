/** Webhooks as they come: what is believed, and what it says. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { klaviyoWebhooks } from '../../connectors/klaviyo/webhooks.ts';
import { mailchimpWebhooks } from '../../connectors/mailchimp/webhooks.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const SECRET = 'a secret of the tests';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('Mailchimp', () => {
  const raw = bytes('type=unsubscribe&fired_at=2026-03-01+09%3A00%3A00');
  const at = NOW / 1_000;
  const sign = (time: number | string, secret = SECRET): string =>
    createHmac('sha256', secret).update(`${time}.`).update(raw).digest('hex');
  const verify = (header: string | undefined, now = NOW): boolean =>
    mailchimpWebhooks.verify({ raw, headers: { 'x-mailchimp-signature': header }, secret: SECRET, now });

  test.each([
    ['as documented', `t=${at},v1=${sign(at)}`, true],
    ['with spaces', `t=${at}, v1=${sign(at)}`, true],
    ['in capital letters', `t=${at},v1=${sign(at).toUpperCase()}`, true],
    ['after a rotation, two of them', `t=${at},v1=${sign(at, 'old')},v1=${sign(at)}`, true],
    ['of another secret', `t=${at},v1=${sign(at, 'old')}`, false],
    ['of another time', `t=${at + 1},v1=${sign(at)}`, false],
    ['without a time', `v1=${sign(at)}`, false],
    ['without a version', `t=${at}`, false],
    ['of another version', `t=${at},v0=${sign(at)}`, false],
    ['cut', `t=${at},v1=${sign(at).slice(0, 63)}`, false],
    ['not in hex', `t=${at},v1=${'z'.repeat(64)}`, false],
    ['signed long ago', `t=${at - 301},v1=${sign(at - 301)}`, false],
    ['signed in the future', `t=${at + 301},v1=${sign(at + 301)}`, false],
    ['signed just in time', `t=${at - 300},v1=${sign(at - 300)}`, true],
    ['with a time that is none', `t=NaN,v1=${sign('NaN')}`, false],
    ['far too long', `t=${at},v1=${sign(at)},${'x'.repeat(2_000)}`, false],
    ['empty', '', false],
    ['missing', undefined, false],
  ])('a signature %s', (_what, header, believed) => {
    expect(verify(header)).toBe(believed);
  });

  const form = (type: string, data: Readonly<Record<string, string>>): Uint8Array => {
    const body = new URLSearchParams({ type, fired_at: '2026-03-01 08:59:58' });
    for (const [name, value] of Object.entries(data)) body.set(`data[${name}]`, value);
    return bytes(body.toString());
  };
  const person = { id: 'u1', list_id: 'abc', email: 'pat+a@example.com', 'merges][EMAIL': 'x@example.com' };
  const contact = { id: null, reference: 'u1', address: 'pat+a@example.com' };

  test.each([
    ['unsubscribe', { ...person, action: 'unsub', reason: 'manual' }, 'unsubscribed'],
    ['unsubscribe', { ...person, action: 'unsub', reason: 'abuse' }, 'complained'],
    ['subscribe', person, 'subscribed'],
    ['profile', person, 'profile'],
    ['cleaned', { ...person, reason: 'hard' }, 'bounced'],
    ['cleaned', { ...person, reason: 'abuse' }, 'complained'],
  ])('%s %j is "%s"', (type, data, kind) => {
    expect(mailchimpWebhooks.read(form(type, data))).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        kind,
        audience: 'abc',
        contact,
        becomes: null,
        at: '2026-03-01T08:59:58.000Z',
      },
    ]);
  });

  test('a changed address tells the old one and the new', () => {
    const data = { list_id: 'abc', new_id: 'u2', new_email: 'new@example.com', old_email: 'old@example.com' };
    expect(mailchimpWebhooks.read(form('upemail', data))).toEqual([
      {
        id: expect.any(String),
        kind: 'address',
        audience: 'abc',
        contact: { id: null, reference: null, address: 'old@example.com' },
        becomes: { id: null, reference: 'u2', address: 'new@example.com' },
        at: '2026-03-01T08:59:58.000Z',
      },
    ]);
  });

  test('the same notice has the same id, another has another', () => {
    const idOf = (raw: Uint8Array): string | undefined => mailchimpWebhooks.read(raw)?.[0]?.id;
    expect(idOf(form('subscribe', person))).toBe(idOf(form('subscribe', person)));
    const others = [
      form('unsubscribe', person),
      form('subscribe', { ...person, id: 'u2' }),
      form('subscribe', { ...person, list_id: 'abd' }),
    ];
    expect(new Set([idOf(form('subscribe', person)), ...others.map(idOf)]).size).toBe(4);
  });

  test('a campaign that went out says nothing of a contact', () => {
    expect(mailchimpWebhooks.read(form('campaign', { id: 'x' }))).toEqual([]);
  });

  test.each(['', 'nonsense', '{"type":"unsubscribe"}', '\u0000'])('%j is nothing that can be read', text => {
    expect(mailchimpWebhooks.read(bytes(text))).toBeNull();
  });
});

describe('Klaviyo', () => {
  const raw = bytes('{"data":[]}');
  const time = 'Sun, 01 Mar 2026 09:00:00 GMT';
  const sign = (stamp: string): string =>
    createHmac('sha256', SECRET).update(raw).update(stamp).digest('hex');
  const verify = (headers: { readonly [name: string]: string | undefined }, now = NOW): boolean =>
    klaviyoWebhooks.verify({ raw, headers, secret: SECRET, now });

  test('a signature over body and time is believed for five minutes', () => {
    const headers = { 'Klaviyo-Signature': sign(time), 'Klaviyo-Timestamp': time };
    expect(verify(headers)).toBe(true);
    expect(verify(headers, NOW + 300_000)).toBe(true);
    expect(verify(headers, NOW + 300_001)).toBe(false);
    expect(verify(headers, NOW - 300_001)).toBe(false);
  });

  test.each([
    ['without a time', { 'klaviyo-signature': sign(time) }],
    ['without a signature', { 'klaviyo-timestamp': time }],
    ['with a time that is none', { 'klaviyo-signature': sign('soon'), 'klaviyo-timestamp': 'soon' }],
    [
      'over the body alone',
      {
        'klaviyo-signature': createHmac('sha256', SECRET).update(raw).digest('hex'),
        'klaviyo-timestamp': time,
      },
    ],
    [
      'of another time',
      { 'klaviyo-signature': sign(time), 'klaviyo-timestamp': 'Sun, 01 Mar 2026 09:00:01 GMT' },
    ],
  ])('one %s is not', (_what, headers) => {
    expect(verify(headers)).toBe(false);
  });

  const entry = (number: number, topic = 'event:klaviyo.unsubscribed_from_email_marketing'): object => ({
    external_id: `e${number}`,
    topic,
    payload: {
      data: {
        type: 'event',
        id: `x${number}`,
        attributes: { datetime: '2026-03-01T08:59:58+00:00', event_properties: {} },
        relationships: { profile: { data: { type: 'profile', id: 'AbC123' } } },
      },
      included: [{ type: 'profile', id: 'AbC123', attributes: { email: 'pat@example.com' } }],
    },
  });
  const read = (data: readonly object[]) =>
    klaviyoWebhooks.read(bytes(JSON.stringify({ data, meta: { timestamp: '2026-03-01T09:00:00+00:00' } })));

  test.each([
    ['unsubscribed_from_email_marketing', 'unsubscribed'],
    ['subscribed_to_email_marketing', 'subscribed'],
    ['bounced_email', 'bounced'],
    ['marked_email_as_spam', 'complained'],
  ])('%s is "%s"', (topic, kind) => {
    expect(read([entry(1, `event:klaviyo.${topic}`)])).toEqual([
      {
        id: 'e1',
        kind,
        audience: null,
        contact: { id: 'AbC123', reference: 'AbC123', address: 'pat@example.com' },
        becomes: null,
        at: '2026-03-01T08:59:58.000Z',
      },
    ]);
  });

  test('a thousand in one delivery are read, one more is not believed', () => {
    const many = Array.from({ length: 1_000 }, (_, number) => entry(number));
    expect(read(many)).toHaveLength(1_000);
    expect(read([...many, entry(1_000)])).toBeNull();
  });

  test('what is of no concern, or without an id, is left out', () => {
    expect(
      read([entry(1, 'event:klaviyo.clicked_email'), { topic: 'x' }, { external_id: 'e' }, entry(2)]),
    ).toHaveLength(1);
  });

  test('a payload of another shape is read as far as it goes', () => {
    const topic = 'event:klaviyo.bounced_email';
    expect(read([{ external_id: 'e1', topic, payload: null }])).toEqual([
      {
        id: 'e1',
        kind: 'bounced',
        audience: null,
        contact: { id: null, reference: null, address: null },
        becomes: null,
        at: '2026-03-01T09:00:00.000Z',
      },
    ]);
  });

  test.each(['', 'null', '[]', '{}', '{"data":{}}', '{"data":', 'type=unsubscribe'])(
    '%j is nothing that can be read',
    text => {
      expect(klaviyoWebhooks.read(bytes(text))).toBeNull();
    },
  );
});

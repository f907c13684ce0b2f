/** System webhooks: made with a secret of the product's own, signed over body and time. */
import { createHmac } from 'node:crypto';
import { type Hooks, isLoopback } from '../delivery.ts';
import { listAt, noContent, textAt, type VendorAnswer, valueAt } from '../exchange.ts';
import { eventView, recordEvent } from './events.ts';
import { invalid, notFound } from './problem.ts';
import { instant, longId, type Profile, type Webhook } from './state.ts';
import { type Handler, many, one, type Resource, type Visit } from './visit.ts';

export const TOPICS = {
  'event:klaviyo.unsubscribed_from_email_marketing': 'Unsubscribed from Email Marketing',
  'event:klaviyo.subscribed_to_email_marketing': 'Subscribed to Email Marketing',
  'event:klaviyo.bounced_email': 'Bounced Email',
  'event:klaviyo.marked_email_as_spam': 'Marked Email as Spam',
  'event:klaviyo.clicked_email': 'Clicked Email',
} as const;

export type Topic = keyof typeof TOPICS;

const PAGES = { usual: 100, most: 100 } as const;
const SECRET_CHARS = 16;

export const listTopics: Handler = visit =>
  many(visit, Object.keys(TOPICS), PAGES, id => ({ type: 'webhook-topic', id }));

export const listWebhooks: Handler = visit => many(visit, visit.account.webhooks, PAGES, webhookView);
export const getWebhook: Handler = ofWebhook((visit, hook) => one(visit, 200, webhookView(hook)));

export const postWebhook: Handler = visit => {
  const attributes = valueAt(visit.body, 'data', 'attributes');
  const url = textAt(attributes, 'endpoint_url') ?? '';
  const secret = textAt(attributes, 'secret_key') ?? '';
  const topics = listAt(visit.body, 'data', 'relationships', 'webhook-topics', 'data').map(
    topic => textAt(topic, 'id') ?? '',
  );
  if (!url.startsWith('https://') && !isLoopback(url))
    return invalid('The endpoint must be an https URL.', '/data/attributes/endpoint_url');
  if (secret.length < SECRET_CHARS)
    return invalid('The secret key needs at least 16 characters.', '/data/attributes/secret_key');
  if (topics.length === 0 || topics.some(topic => !Object.hasOwn(TOPICS, topic)))
    return invalid('Unknown webhook topic.', '/data/relationships/webhook-topics/data');
  const hook: Webhook = {
    id: longId(visit),
    name: textAt(attributes, 'name') ?? '',
    url,
    secret,
    topics,
    createdAt: instant(visit.clock.now()),
    enabled: true,
  };
  visit.account.webhooks.push(hook);
  return one(visit, 201, webhookView(hook));
};

export const deleteWebhook: Handler = ofWebhook((visit, hook) => {
  visit.account.webhooks = visit.account.webhooks.filter(({ id }) => id !== hook.id);
  return noContent();
});

/** Records the event that a topic tells of, and tells everybody who listens. */
export function tell(
  tools: Pick<Visit, 'account' | 'clock' | 'random'> & { readonly hooks: Hooks },
  topic: Topic,
  profile: Profile,
): void {
  const { account, clock, hooks } = tools;
  const at = instant(clock.now());
  const uniqueId = longId(tools);
  const event = recordEvent(tools, {
    metric: TOPICS[topic],
    profile: profile.id,
    at,
    uniqueId,
    properties: { email: profile.email ?? '' },
    backfill: false,
  });
  if (event === undefined) return;
  const payload = {
    data: eventView(event),
    included: [{ type: 'profile', id: profile.id, attributes: { email: profile.email } }],
  };
  for (const hook of account.webhooks) {
    if (!hook.enabled || !hook.topics.includes(topic)) continue;
    const body = JSON.stringify({
      data: [{ external_id: uniqueId, topic, payload }],
      meta: { klaviyo_account_id: account.id, klaviyo_webhook_id: hook.id, timestamp: at },
    });
    hooks.post({
      hook: hook.id,
      url: hook.url,
      about: topic,
      body,
      type: 'application/json',
      headers: now => signedHeaders(hook, body, now),
    });
  }
}

/** Hex HMAC-SHA256 over the raw body and the timestamp header's text, without a separator. */
export function signedHeaders(
  hook: Pick<Webhook, 'id' | 'secret'>,
  raw: string,
  now: number,
): { readonly [name: string]: string } {
  const timestamp = new Date(now).toUTCString();
  return {
    'klaviyo-signature': createHmac('sha256', hook.secret).update(raw).update(timestamp).digest('hex'),
    'klaviyo-timestamp': timestamp,
    'klaviyo-webhook-id': hook.id,
  };
}

function ofWebhook(handle: (visit: Visit, hook: Webhook) => VendorAnswer): Handler {
  return visit => {
    const hook = visit.account.webhooks.find(({ id }) => id === visit.parts[0]);
    return hook === undefined ? notFound('webhook') : handle(visit, hook);
  };
}

function webhookView(hook: Webhook): Resource {
  return {
    type: 'webhook',
    id: hook.id,
    attributes: {
      name: hook.name,
      description: null,
      endpoint_url: hook.url,
      enabled: hook.enabled,
      created_at: hook.createdAt,
      updated_at: hook.createdAt,
    },
    relationships: {
      'webhook-topics': { data: hook.topics.map(id => ({ type: 'webhook-topic', id })) },
    },
  };
}

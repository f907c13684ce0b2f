/** A system webhook of the account. Only partners' apps and some plans can have one. */
import { createHash } from 'node:crypto';
import { PlatformError } from '../contract.ts';
import { unreadable } from '../failure.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import { called, type KlaviyoApi } from './sdk.ts';
import { TOPICS } from './topics.ts';

interface Hook {
  readonly url: string;
  readonly secret: string;
}

export async function watch(
  api: KlaviyoApi,
  hook: Hook,
): Promise<{ readonly id: string; readonly secret: string } | null> {
  const topics = await topicsOf(api);
  if (topics.length === 0) return null;
  // Listings cut the address, so it is known by a name made of the whole.
  const name = `RSVP ${createHash('sha256').update(hook.url).digest('hex').slice(0, 16)}`;
  const standing = await called('reads', () => api.webhooks.getWebhooks({ fieldsWebhook: ['name'] }));
  for (const webhook of listOf(standing.body.data).map(fieldsOf)) {
    const id = textOf(webhook.id);
    if (id !== null && fieldsOf(webhook.attributes).name === name) await unwatch(api, id);
  }
  const made = await called('writes', () =>
    api.webhooks.createWebhook({
      data: {
        type: 'webhook',
        attributes: { name, endpointUrl: hook.url, secretKey: hook.secret },
        relationships: { webhookTopics: { data: topics.map(id => ({ type: 'webhook-topic', id })) } },
      },
    }),
  );
  const id = textOf(fieldsOf(made.body.data).id);
  if (id === null) throw unreadable('klaviyo', 'writes');
  return { id, secret: hook.secret };
}

export async function unwatch(api: KlaviyoApi, id: string): Promise<void> {
  try {
    await called('writes', () => api.webhooks.deleteWebhook(id));
  } catch (error) {
    if (!(error instanceof PlatformError && error.kind === 'absent')) throw error;
  }
}

/** Those of ours that this account has; none where it can't have webhooks. */
async function topicsOf(api: KlaviyoApi): Promise<string[]> {
  try {
    const topics = await called('reads', () => api.webhooks.getWebhookTopics());
    return listOf(topics.body.data)
      .map(topic => textOf(fieldsOf(topic).id))
      .filter(id => id !== null && TOPICS.has(id))
      .map(String);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'forbidden') return [];
    throw error;
  }
}

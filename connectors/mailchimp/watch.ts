/** A list's webhook. Its signing secret is told once, when it is made. */
import { fieldsOf, listOf, textOf } from '../json.ts';
import { audienceId } from './audience.ts';
import type { MailchimpApi } from './sdk.ts';

interface Hook {
  readonly audience: string | null;
  readonly url: string;
}

export async function watch(
  api: MailchimpApi,
  hook: Hook,
): Promise<{ readonly id: string; readonly secret: string } | null> {
  const { list } = audienceId(hook.audience);
  // One that was made before is of no use: its secret is not told again.
  for (const standing of listOf(fieldsOf(await api.lists.getListWebhooks(list)).webhooks)) {
    const { id, url } = fieldsOf(standing);
    if (url === hook.url && textOf(id) !== null) await api.lists.deleteListWebhook(list, String(id));
  }
  const made = fieldsOf(
    await api.lists.createListWebhook(list, {
      url: hook.url,
      events: {
        subscribe: true,
        unsubscribe: true,
        profile: true,
        cleaned: true,
        upemail: true,
        campaign: false,
      },
      // What we write ourselves must not come back to us.
      sources: { user: true, admin: true, api: false },
    }),
  );
  const id = textOf(made.id);
  const secret = textOf(made.signing_secret);
  if (id !== null && secret !== null) return { id, secret };
  // An unsigned one proves nothing.
  if (id !== null) await api.lists.deleteListWebhook(list, id);
  return null;
}

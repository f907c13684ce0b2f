/** Mailchimp. Loads nothing heavy until an account is opened. */
import type { Connector, PlatformApp } from '../contract.ts';
import { apiBase, mailchimpOAuth } from './oauth.ts';
import { mailchimpWebhooks } from './webhooks.ts';

export function mailchimp(app: PlatformApp, timeoutMs: number): Connector {
  return {
    platform: 'mailchimp',
    title: 'Mailchimp',
    needsAudience: true,
    oauth: mailchimpOAuth(app, timeoutMs),
    webhooks: mailchimpWebhooks,
    open: async ({ tokens, account }) => {
      const base = apiBase(app, account);
      const [{ openSdk }, { mailchimpClient }] = await Promise.all([
        import('./sdk.ts'),
        import('./client.ts'),
      ]);
      return mailchimpClient(await openSdk(base, tokens.access, timeoutMs));
    },
  };
}

/** Klaviyo. Its SDK is heavy and loaded only when an account is opened. */
import type { Connector, PlatformApp } from '../contract.ts';
import { API, klaviyoOAuth } from './oauth.ts';
import { klaviyoWebhooks } from './webhooks.ts';

export function klaviyo(app: PlatformApp, timeoutMs: number): Connector {
  return {
    platform: 'klaviyo',
    title: 'Klaviyo',
    needsAudience: false,
    oauth: klaviyoOAuth(app, timeoutMs),
    webhooks: klaviyoWebhooks,
    open: async ({ tokens }) => {
      const [{ openSdk }, { klaviyoClient }] = await Promise.all([import('./sdk.ts'), import('./client.ts')]);
      return klaviyoClient(await openSdk(app.url ?? API, tokens.access, timeoutMs));
    },
  };
}

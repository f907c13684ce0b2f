/** The platforms there are. Light: a platform's SDK is loaded when one of its accounts is opened, not here. */
import type { Connector, PlatformApp, PlatformName } from './contract.ts';
import { klaviyo } from './klaviyo/connector.ts';
import { CALL_MS } from './limits.ts';
import { mailchimp } from './mailchimp/connector.ts';

const CONNECTORS: Readonly<Record<PlatformName, (app: PlatformApp, timeoutMs: number) => Connector>> = {
  mailchimp,
  klaviyo,
};

export const PLATFORMS: readonly PlatformName[] = ['mailchimp', 'klaviyo'];

export function isPlatform(text: string): text is PlatformName {
  return Object.hasOwn(CONNECTORS, text);
}

export function connectorFor(
  platform: PlatformName,
  app: PlatformApp,
  options: { readonly timeoutMs?: number } = {},
): Connector {
  return CONNECTORS[platform](app, options.timeoutMs ?? CALL_MS);
}

/**
 * A fake vendor alone on a port of its own. Where OPENAPI_DIR names the vendors' descriptions, every request and every answer is held
 * against them, and a call that doesn't fit fails the test that made it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformApp } from '../../connectors/contract.ts';
import type { Clock, Random } from '../../src/kernel/ports.ts';
import { systemClock, systemRandom } from '../../src/platform/local/clock.ts';
import { listen } from '../../src/platform/local/vendors/listener.ts';
import {
  type KlaviyoVendor,
  type MailchimpVendor,
  openKlaviyo,
  openMailchimp,
} from '../../src/platform/local/vendors/open.ts';
import type { VendorOptions } from '../../src/platform/local/vendors/vendor.ts';
import { openApiValidate } from './vendor-descriptions.ts';

export { checkedCalls, forgetViolations, openApiViolations } from './vendor-descriptions.ts';

export interface StartOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly redirectUris?: readonly string[];
  readonly accounts?: number;
  /** The vendor's rate limits; off for a clock that stands still. */
  readonly limits?: boolean;
}

export interface Started<V> {
  readonly vendor: V;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** As a connector wants it. */
  readonly app: PlatformApp;
  /** A person opens the authorize URL and decides; answers where the browser is sent. */
  consent(authorizeUrl: string, decision?: 'allow' | 'refuse', account?: string): Promise<URL>;
  close(): Promise<void>;
}

export const REDIRECT_URI = 'http://127.0.0.1:3000/connect/sandbox/callback';
const APP = { clientId: 'sis-test', clientSecret: 'a secret of the tests only' } as const;

export function startVendor(platform: 'mailchimp', options?: StartOptions): Promise<Started<MailchimpVendor>>;
export function startVendor(platform: 'klaviyo', options?: StartOptions): Promise<Started<KlaviyoVendor>>;
export function startVendor(
  platform: 'mailchimp' | 'klaviyo',
  options?: StartOptions,
): Promise<Started<MailchimpVendor | KlaviyoVendor>>;
export async function startVendor(
  platform: 'mailchimp' | 'klaviyo',
  options: StartOptions = {},
): Promise<Started<MailchimpVendor | KlaviyoVendor>> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const validate = openApiValidate();
  const settings: VendorOptions = {
    url,
    app: APP,
    redirectUris: options.redirectUris ?? [
      REDIRECT_URI,
      `http://127.0.0.1:3000/connect/${platform}/callback`,
    ],
    clock: options.clock ?? systemClock(0),
    random: options.random ?? systemRandom,
    fetch: (target, init) => fetch(target, init),
    wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
    consentUrl: null,
    limits: options.limits ?? true,
    ...(validate === undefined ? {} : { validate }),
  };
  const vendor =
    platform === 'mailchimp'
      ? openMailchimp(settings, null, options.accounts)
      : openKlaviyo(settings, null, options.accounts);
  server.on('request', (incoming, response) => {
    listen(vendor, incoming, response, incoming.url ?? '/').catch(error => {
      response.destroy();
      throw error;
    });
  });
  return {
    vendor,
    url,
    app: { ...APP, url },
    consent: (authorizeUrl, decision = 'allow', account) => consent(authorizeUrl, decision, account),
    close: async () => {
      await vendor.hooks.settled();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function consent(authorizeUrl: string, decision: string, account: string | undefined): Promise<URL> {
  const asked = await fetch(authorizeUrl, { redirect: 'manual' });
  const straight = asked.headers.get('location');
  if (straight !== null) return new URL(straight);
  const question = /name="request" value="([^"]+)"/.exec(await asked.text())?.[1];
  if (question === undefined) throw new Error(`no question was put: ${asked.status}`);
  const { origin, pathname } = new URL(authorizeUrl);
  const answered = await fetch(`${origin}${pathname}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      request: question,
      decision,
      ...(account === undefined ? {} : { account }),
    }),
  });
  return new URL(answered.headers.get('location') ?? 'about:blank');
}

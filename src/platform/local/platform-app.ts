/** Which app speaks to a platform on one machine: the one named, or the built-in sandbox's where none is (D14). */
import type { PlatformSettings } from '../../kernel/ports.ts';
import type { PlatformConfig } from '../config.ts';

/** What the sandbox knows this installation by. */
export const SANDBOX_APP = { clientId: 'sis-sandbox', clientSecret: 'sis-sandbox-secret' } as const;

/** Below the service's own address; `local/vendors` answers there. */
export function sandboxUrl(http: string, platform: 'mailchimp' | 'klaviyo'): string {
  return `${http}/local/vendors/${platform}`;
}

export function platformApp(
  platform: 'mailchimp' | 'klaviyo',
  { app, url }: PlatformConfig,
  http: string,
): PlatformSettings {
  if (app !== null) return { ...app, url };
  return { ...SANDBOX_APP, url: url ?? sandboxUrl(http, platform) };
}

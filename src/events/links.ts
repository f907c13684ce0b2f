/** The organizer's read-only link to one event: signed, 30 days, until there is a sign-in. Names the event, nobody's address. */
import type { Ports } from '../kernel/ports.ts';
import { open, sign } from '../kernel/signing.ts';

const PURPOSE = 'dashboard';
const SECONDS = 30 * 86_400;

export function dashboardLink(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  event: { readonly id: string },
): string {
  const token = sign(ports, PURPOSE, { event: event.id }, ports.clock.now() / 1000 + SECONDS);
  return `${ports.settings.baseUrl}/d/${token}`;
}

export function openDashboardLink(
  ports: Pick<Ports, 'keys' | 'clock'>,
  token: string,
):
  | { readonly ok: true; readonly event: string }
  | { readonly ok: false; readonly reason: 'damaged' | 'expired' } {
  const opened = open(ports, PURPOSE, token);
  if (!opened.ok) return opened;
  const { event } = opened.claims;
  return typeof event === 'string' ? { ok: true, event } : { ok: false, reason: 'damaged' };
}

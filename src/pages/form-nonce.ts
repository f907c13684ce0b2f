/**
 * What a public form must bring back from the page it was typed on: signed, bound to that page, good for about half an hour. It names a window
 * of some minutes, not a visitor, so that the page stays the same for all and needs no cookie.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ports } from '../kernel/ports.ts';
import { type Html, html } from './html.ts';
import type { PageRequest } from './page.ts';

const PURPOSE = 'form-nonce';
const WINDOW_MS = 300_000;
const MAC_BYTES = 16;
const FORM = /^([0-9a-z]{1,8})\.([A-Za-z0-9_-]{22})$/;

/** The event's page and its frame show the same form. */
export function formOfEvent(event: string): string {
  return `event:${event}`;
}

/** `page` names what the form is about, whatever its address is. */
export function formNonce(ports: Pick<Ports, 'keys' | 'clock'>, page: string): string {
  const window = Math.floor(ports.clock.now() / WINDOW_MS).toString(36);
  return `${window}.${mac(ports, page, window)}`;
}

export function nonceField(nonce: string): Html {
  return html`<input type="hidden" name="nonce" value="${nonce}">`;
}

/**
 * Whether the form is one of ours and of today. Without a nonce only a program may ask: it drives nobody's browser, and the limits of its
 * network hold it as they hold everybody. Every browser names the page's origin when it sends a form.
 */
export function isOurForm(
  ports: Pick<Ports, 'keys' | 'clock' | 'settings'>,
  request: PageRequest,
  page: string,
  form: URLSearchParams,
): boolean {
  const nonce = form.get('nonce');
  return nonce === null ? !isFromBrowser(request) : isFresh(ports, page, nonce);
}

function isFresh(ports: Pick<Ports, 'keys' | 'clock' | 'settings'>, page: string, nonce: string): boolean {
  const [, window = '', signature = ''] = FORM.exec(nonce) ?? [];
  if (window === '') return false;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(mac(ports, page, window)))) return false;
  // From the end of its window, so that nobody has less time than the limit says.
  const age = ports.clock.now() - (Number.parseInt(window, 36) + 1) * WINDOW_MS;
  return age <= ports.settings.limits.FORM_NONCE_SECONDS * 1000;
}

function isFromBrowser({ headers }: PageRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

function mac(ports: Pick<Ports, 'keys'>, page: string, window: string): string {
  return createHmac('sha256', ports.keys.derive(PURPOSE))
    .update(`${page}\n${window}`)
    .digest()
    .subarray(0, MAC_BYTES)
    .toString('base64url');
}

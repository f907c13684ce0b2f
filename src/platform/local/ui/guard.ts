/**
 * The local rooms show every mail and act for everybody, so only this machine's own browser windows may knock: the Host must be
 * ours (DNS rebinding) and a POST must come from our own page.
 */
import type { PageRequest } from '../../../pages/page.ts';

const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const HOST = /^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

export function isOwnRequest(request: PageRequest, baseUrl: string): boolean {
  const host = request.headers.host ?? '';
  if (!isOwnHost(host, baseUrl)) return false;
  return request.method === 'GET' || request.method === 'HEAD' || isOwnPage(request, host);
}

function isOwnHost(host: string, baseUrl: string): boolean {
  const url = HOST.test(host) ? URL.parse(`http://${host}`) : null;
  return url !== null && (OWN_NAMES.has(url.hostname) || host.toLowerCase() === new URL(baseUrl).host);
}

/** A script without a browser sends neither header; a browser always sends one of them with a POST. */
function isOwnPage(request: PageRequest, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.origin;
  return origin === undefined || URL.parse(origin)?.host === host.toLowerCase();
}

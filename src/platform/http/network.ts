/** The visitor's network, for limits: never a header that a visitor can write (T37). */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

export function networkOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastHop(request.headers['x-forwarded-for']) : undefined;
  return networkOfAddress(forwarded ?? request.socket.remoteAddress ?? 'unknown');
}

/** An IPv4 address stands for itself, an IPv6 one for its /64: that is what one line of a household or host gets. */
export function networkOfAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = plain.includes('::')
    ? [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

function lastHop(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(',') : header;
  const hop = text?.split(',').at(-1)?.trim();
  return hop === undefined || hop === '' ? undefined : hop;
}

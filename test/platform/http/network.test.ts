/** T37: a visitor can't choose the network he is counted under. */
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { networkOf, networkOfAddress } from '../../../src/platform/http/network.ts';

function asked(remoteAddress: string, forwarded?: string): IncomingMessage {
  return {
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  } as unknown as IncomingMessage;
}

describe('a visitor network', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOfAddress(address)).toBe(network);
  });

  test('X-Forwarded-For means nothing unless a proxy of ours wrote it', () => {
    expect(networkOf(asked('198.51.100.1', '203.0.113.7'), false)).toBe('198.51.100.1');
  });

  test('behind a trusted proxy the last hop counts, whatever the visitor put before it', () => {
    expect(networkOf(asked('127.0.0.1', '10.9.9.9, 203.0.113.7'), true)).toBe('203.0.113.7');
    expect(networkOf(asked('127.0.0.1'), true)).toBe('127.0.0.1');
  });
});

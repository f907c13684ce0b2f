import { describe, expect, test } from '@jest/globals';
import { isOwnRequest } from '../../../src/platform/local/ui/guard.ts';

const BASE = 'http://127.0.0.1:3000';

function own(method: string, headers: { readonly [name: string]: string }): boolean {
  return isOwnRequest({ method, path: '/local/', headers, body: '', network: null }, BASE);
}

describe('who may enter the local rooms', () => {
  test.each([
    'localhost',
    'localhost:3000',
    '127.0.0.1:3000',
    '127.0.0.1:8080',
    '[::1]:3000',
    'LOCALHOST:3000',
  ])('a browser that opened them as %s', host => {
    expect(own('GET', { host })).toBe(true);
  });

  test.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@localhost',
    'localhost/evil',
    'localhost#',
    'localhost?x',
    '10.0.0.5:3000',
    '',
  ])('not one that was led here by the name %s (DNS rebinding)', host => {
    expect(own('GET', { host })).toBe(false);
  });

  test('the host of the configured base URL is known', () => {
    const request = {
      method: 'GET',
      path: '/local/',
      headers: { host: 'invites.lan:8443' },
      body: '',
      network: null,
    };
    expect(isOwnRequest(request, 'https://invites.lan:8443')).toBe(true);
    expect(isOwnRequest(request, 'https://other.lan:8443')).toBe(false);
  });

  test('no Host, no entry', () => {
    expect(own('GET', {})).toBe(false);
  });
});

describe('who may act in them', () => {
  const host = '127.0.0.1:3000';

  test.each([
    ['our own page', { host, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
    ['an old browser on our own page', { host, origin: 'http://127.0.0.1:3000' }],
    ['a script that is no browser', { host }],
  ])('%s', (_name, headers) => {
    expect(own('POST', headers)).toBe(true);
  });

  test.each([
    ['another site', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site in an old browser', { host, origin: 'https://evil.example' }],
    ['a page of another port', { host, origin: 'http://127.0.0.1:9999', 'sec-fetch-site': 'same-site' }],
    ['a frame without an origin', { host, origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an old browser without an origin', { host, origin: 'null' }],
    ['a look-alike', { host, origin: 'http://127.0.0.1:3000.evil.example' }],
  ])('not %s', (_name, headers) => {
    expect(own('POST', headers)).toBe(false);
  });
});

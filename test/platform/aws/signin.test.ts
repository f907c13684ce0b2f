/** The way in behind API Gateway and on DynamoDB: cookies come and go, a link works once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeOperatorLink } from '../../../src/organizers/sign-in.ts';
import { apiOf } from '../../../src/platform/handlers/api/index.ts';
import type { HttpEvent } from '../../../src/platform/handlers/events.ts';
import { type AwsWorld, awsWorld } from '../../support/aws/runner.ts';
import { signedIn } from '../../support/sign-in.ts';

let world: AwsWorld;

beforeAll(async () => {
  world = await awsWorld();
});
afterAll(() => world.close());

function asked(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  cookies: string[] = [],
): HttpEvent {
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers,
    cookies,
    isBase64Encoded: false,
    requestContext: { http: { method, path, sourceIp: '203.0.113.9' } },
  };
}

describe('a browser behind the gateway', () => {
  test('signs in by a link once, and its cookie opens the API', async () => {
    const api = apiOf(world.runtime);
    const path = new URL(await makeOperatorLink(world.runtime.ports)).pathname;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await api(asked('GET', path))).statusCode).toBe(200);
    const pressed = await api(asked('POST', path, form));
    expect(pressed.statusCode).toBe(303);
    const [cookie = ''] = pressed.cookies ?? [];
    expect(cookie).toMatch(/^sis_session=ses_.*; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/);
    const me = await api(asked('GET', '/api/v1/session', {}, [cookie.split(';')[0] ?? '']));
    expect(JSON.parse(me.body ?? '')).toMatchObject({ role: 'operator', installation: { local: false } });
    expect((await api(asked('POST', path, form))).statusCode).toBe(410);
    expect((await api(asked('GET', '/'))).headers).toMatchObject({ location: '/signin' });
  });

  test('of an address ends everywhere at once', async () => {
    const api = apiOf(world.runtime);
    const { ports } = world.runtime;
    const one = await signedIn(ports, 'ada@example.com');
    const two = await signedIn(ports, 'ada@example.com');
    const headers = { origin: new URL(ports.settings.baseUrl).origin, 'content-type': 'application/json' };
    const end = {
      ...asked('POST', '/api/v1/session/end', headers, [one.header]),
      body: '{"everywhere":true}',
    };
    expect(JSON.parse((await api(end)).body ?? '')).toEqual({ ended: 2 });
    const me = await api(asked('GET', '/api/v1/session', {}, [two.header]));
    expect(me.statusCode).toBe(401);
  });
});

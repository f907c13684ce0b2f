/** `Idempotency-Key`: one key, one intent (L28). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from '../../../src/platform/http/idempotency.ts';
import { localWorld, type TestWorld } from '../../support/world.ts';

const BODY = Buffer.from('{"name":"one"}');

describe('an Idempotency-Key', () => {
  let world: TestWorld;
  let runs = 0;

  beforeEach(async () => {
    world = await localWorld();
    runs = 0;
  });
  afterEach(() => world.close());

  const call = (key: string | undefined, body: Uint8Array = BODY, workspace = 'ws_a', route = 'post /keys') =>
    once(world, { principal: { kind: 'workspace', workspace, key: 'key_1' }, route, key, body }, async () => {
      runs += 1;
      return { status: 201, body: `{"run":${runs}}` };
    });

  test('gives the first answer again and does the work once', async () => {
    expect(await call('k1')).toEqual({ status: 201, body: '{"run":1}' });
    expect(await call('k1')).toEqual({ status: 201, body: '{"run":1}' });
    expect(runs).toBe(1);
  });

  test('counts within its workspace and route alone', async () => {
    await call('k1');
    await call('k1', BODY, 'ws_b');
    await call('k1', BODY, 'ws_a', 'post /events/evt_1/invites');
    await call(undefined);
    await call(undefined);
    expect(runs).toBe(5);
  });

  test('refuses another body', async () => {
    await call('k1');
    await expect(call('k1', Buffer.from('{}'))).rejects.toMatchObject({
      code: 'idempotency_mismatch',
      field: 'Idempotency-Key',
    });
  });

  test('answers in_progress while the first call is at work, and frees the key when that one fails', async () => {
    let fail: (error: Error) => void = () => undefined;
    const asked = { principal: { kind: 'operator' as const }, route: 'post /keys', key: 'k1', body: BODY };
    const first = once(world, asked, () => {
      const { promise, reject } = Promise.withResolvers<never>();
      fail = reject;
      return promise;
    });
    await new Promise(resolve => setTimeout(resolve, 50));
    await expect(once(world, asked, async () => ({ status: 200, body: '' }))).rejects.toMatchObject({
      code: 'in_progress',
    });
    fail(new Error('the work failed'));
    await expect(first).rejects.toThrow('the work failed');
    expect(await once(world, asked, async () => ({ status: 200, body: 'second' }))).toEqual({
      status: 200,
      body: 'second',
    });
  });

  test('is kept for seven days', async () => {
    await call('k1');
    world.clock.advance(6 * 86_400_000);
    await call('k1');
    expect(runs).toBe(1);
    world.clock.advance(2 * 86_400_000);
    await call('k1');
    expect(runs).toBe(2);
  });

  test.each(['', ' ', 'a b', 'x'.repeat(256), 'ä'])('%j is no key', async key => {
    await expect(call(key)).rejects.toMatchObject({ code: 'bad_idempotency_key' });
  });
});

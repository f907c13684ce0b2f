import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSecret, type Place, sealSecret } from '../../src/organizers/vault.ts';
import { keysFrom } from '../../src/platform/keys.ts';
import { keyWrapOf } from '../../src/platform/local/key-wrap.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const HERE: Place = { workspace: 'ws_1', subject: 'con_1', field: 'access' };
const PLAIN = 'a token that nobody may read, ü';

describe('the vault', () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await localWorld();
  });
  afterEach(async () => world.close());

  test('a sealed secret opens at its place, and looks new each time it is sealed', async () => {
    const one = await sealSecret(world, HERE, PLAIN);
    const two = await sealSecret(world, HERE, PLAIN);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), 'base64url').includes('token')).toBe(false);
    expect([await openSecret(world, HERE, one), await openSecret(world, HERE, two)]).toEqual([PLAIN, PLAIN]);
  });

  test.each([
    ['workspace', { ...HERE, workspace: 'ws_2' }],
    ['connection', { ...HERE, subject: 'con_2' }],
    ['field', { ...HERE, field: 'refresh' }],
    ['border between subject and field', { ...HERE, subject: 'con_1access', field: '' }],
  ])('a ciphertext moved to another %s does not open', async (_, there) => {
    const sealed = await sealSecret(world, HERE, PLAIN);
    const theirs = await sealSecret(world, there, 'theirs');
    await expect(openSecret(world, there, sealed)).rejects.toThrow('a sealed secret does not open');
    await expect(openSecret(world, HERE, theirs)).rejects.toThrow('a sealed secret does not open');
  });

  test('a changed or cut ciphertext does not open, at any octet', async () => {
    const sealed = await sealSecret(world, HERE, PLAIN);
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(openSecret(world, HERE, `v1.${changed.toString('base64url')}`)).rejects.toThrow();
      await expect(
        openSecret(world, HERE, `v1.${bytes.subarray(0, at).toString('base64url')}`),
      ).rejects.toThrow();
    }
  });

  test('what was never sealed does not open', async () => {
    for (const text of ['', 'v1.', PLAIN, 'v2.AAAA']) {
      await expect(openSecret(world, HERE, text)).rejects.toThrow('a sealed secret does not open');
    }
  });

  test('ten at once in a new workspace share the one data key that was made', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 10 }, (_, n) => sealSecret(world, HERE, `secret ${n}`)),
    );
    // Nothing known any more: the key comes from the table.
    const fresh = { ...world, wrap: keyWrapOf(world.keys) };
    const opened = await Promise.all(sealed.map(each => openSecret(fresh, HERE, each)));
    expect(opened).toEqual(Array.from({ length: 10 }, (_, n) => `secret ${n}`));
  });

  test('without the installation’s secret the table alone opens nothing', async () => {
    const sealed = await sealSecret(world, HERE, PLAIN);
    const thief = { ...world, wrap: keyWrapOf(keysFrom('a secret that somebody guessed')) };
    await expect(openSecret(thief, HERE, sealed)).rejects.toThrow();
  });

  test('a data key wrapped for one workspace is nothing in another’s row', async () => {
    const sealed = await sealSecret(world, HERE, PLAIN);
    const row = await world.table.get({ pk: 'W#ws_1', sk: 'DATAKEY' });
    await world.table.put({ ...row, pk: 'W#ws_2', sk: 'DATAKEY' });
    const fresh = { ...world, wrap: keyWrapOf(world.keys) };
    await expect(openSecret(fresh, { ...HERE, workspace: 'ws_2' }, sealed)).rejects.toThrow();
  });

  test('an opened data key is used for five minutes, then asked for again', async () => {
    let asked = 0;
    const real = keyWrapOf(world.keys);
    const counted = {
      ...world,
      wrap: {
        wrap: real.wrap,
        unwrap: (...given: Parameters<typeof real.unwrap>) => {
          asked += 1;
          return real.unwrap(...given);
        },
      },
    };
    const sealed = await sealSecret(counted, HERE, PLAIN);
    for (let n = 0; n < 50; n += 1) await openSecret(counted, HERE, sealed);
    expect(asked).toBe(1);
    world.clock.advance(301_000);
    await openSecret(counted, HERE, sealed);
    expect(asked).toBe(2);
  });
});

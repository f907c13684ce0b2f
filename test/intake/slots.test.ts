import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { takeSlot } from '../../src/intake/slots.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const take = (holder: string, limit = 2) => takeSlot(world, { key: 'x', seconds: 3600, limit, holder });

describe('a limit that counts holders', () => {
  test('gives each its place once, and keeps it for him', async () => {
    expect([await take('a'), await take('a'), await take('b'), await take('c'), await take('a')]).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
  });

  test('begins anew with the next window', async () => {
    await take('a', 1);
    expect(await take('b', 1)).toBe(false);
    world.clock.advance(3_600_000);
    expect(await take('b', 1)).toBe(true);
  });

  test('holds when all ask at once', async () => {
    const taken = await Promise.all(Array.from({ length: 12 }, (_, n) => take(`holder ${n}`, 5)));
    expect(taken.filter(Boolean)).toHaveLength(5);
  });
});

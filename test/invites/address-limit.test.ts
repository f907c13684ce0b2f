import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noteFirstMail, noteStopPressed } from '../../src/invites/address-limit.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld({ now: '2026-03-01T09:50:00Z' });
});

afterEach(() => world.close());

function mail(sameRequest = false): Promise<number | null> {
  return noteFirstMail(world, 'bob', sameRequest);
}

describe('mails that strangers can make us send to one address', () => {
  test('no 60 minutes hold more than three, also across the full hour', async () => {
    const passed: number[] = [];
    for (let minute = 0; minute < 240; minute += 1) {
      if ((await mail()) === null) passed.push(minute);
      world.clock.advance(MINUTE);
    }
    expect(passed).toEqual([0, 1, 2, 60, 61, 62, 120, 121, 122, 180]);
  });

  test('no 24 hours hold more than ten, also across midnight', async () => {
    const passed: number[] = [];
    for (let hour = 0; hour < 72; hour += 1) {
      if ((await mail()) === null) passed.push(hour);
      world.clock.advance(HOUR);
    }
    expect(passed).toEqual([
      ...Array(10).keys(),
      ...Array.from({ length: 10 }, (_, at) => at + 24),
      ...Array.from({ length: 10 }, (_, at) => at + 48),
    ]);
  });

  test('the wait that is told is the wait that it takes', async () => {
    await mail();
    world.clock.advance(10 * MINUTE);
    await mail();
    await mail();
    expect(await mail()).toBe(3000);
    world.clock.advance(3000 * 1000);
    expect(await mail()).toBeNull();
  });

  test('two hundred at once are three', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => mail()));
    expect(all.filter(wait => wait === null)).toHaveLength(3);
  });

  test('events of one press count once for the hour, each for the day', async () => {
    expect(await mail()).toBeNull();
    for (let more = 0; more < 9; more += 1) expect(await mail(true)).toBeNull();
    expect(await mail(true)).toBe(86_400);
  });

  test('stop, pressed in a flood, keeps every form from him for thirty days', async () => {
    for (let flood = 0; flood < 5; flood += 1) await mail();
    await noteStopPressed(world, 'bob', false);
    world.clock.advance(2 * DAY);
    expect(await mail()).toBe(28 * 86_400);
    world.clock.advance(28 * DAY);
    expect(await mail()).toBeNull();
  });

  test('stop, pressed on a quiet day, is for that workspace alone; “this was not me” is for all', async () => {
    await mail();
    await noteStopPressed(world, 'bob', false);
    expect(await mail()).toBeNull();
    await noteStopPressed(world, 'bob', true);
    expect(await mail()).toBe(30 * 86_400);
    expect(await noteFirstMail(world, 'cy', false)).toBeNull();
  });
});

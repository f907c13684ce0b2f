import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  acceptArrival,
  finishArrival,
  listArrivals,
  loadArrival,
  sweepArrivals,
} from '../../src/intake/journal.ts';
import { accept } from '../support/arrive.ts';
import { letter } from '../support/calendar-mail.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

async function jobs(): Promise<unknown[]> {
  return (await world.jobs.take('fast', 100, 1000)).map(({ kind, body }) => [kind, body.arrival]);
}

const OVER_SMTP = {
  raw: letter(),
  mailFrom: 'jane@example.com',
  recipients: ['create@sis.localhost'],
  remote: { ip: '127.0.0.1', helo: 'x', loopback: true },
} as const;

describe('an accepted mail', () => {
  test('is stored raw, listed without an outcome, and put to work', async () => {
    const id = await accept(world, letter());
    expect(id).toMatch(/^arr_[0-9a-z]{26}$/);
    const arrival = await loadArrival(world, id);
    expect(arrival).toMatchObject({
      id,
      receivedAt: '2026-03-01T09:00:00.000Z',
      to: ['create@sis.localhost'],
      mailFrom: 'jane@example.com',
      outcome: null,
      workspace: null,
    });
    expect(await world.blobs.get(arrival?.blob ?? '')).toEqual(new Uint8Array(letter()));
    expect(await jobs()).toEqual([['arrival', id]]);
  });

  test('that the outside names itself is one arrival however often it is announced', async () => {
    const announced = { ...OVER_SMTP, id: 'arr_fixed', blobKey: 'inbound/fixed' };
    await acceptArrival(world, announced);
    world.clock.advance(40 * 86_400_000);
    await acceptArrival(world, announced);
    const page = await listArrivals(world, { workspace: null });
    expect(page.items.map(({ id, receivedAt, blob }) => [id, receivedAt, blob])).toEqual([
      ['arr_fixed', '2026-03-01T09:00:00.000Z', 'inbound/fixed'],
    ]);
    expect(await jobs()).toHaveLength(1);
  });

  test('is complete or not accepted: broken off at any write, the next try under its id ends in one arrival', async () => {
    const writes = await writesOf(world, ports => acceptArrival(ports, OVER_SMTP));
    await jobs();
    for (let n = 1; n <= writes; n += 1) {
      const named = { ...OVER_SMTP, id: `arr_died_${n}` };
      await expect(acceptArrival(crashAt(world, n), named)).rejects.toThrow('crash');
      await acceptArrival(world, named);
      expect(await loadArrival(world, named.id)).toMatchObject({ outcome: null });
      expect(await jobs()).toEqual([['arrival', named.id]]);
    }
  });
});

describe('an outcome', () => {
  test('is written once: the first stays', async () => {
    const id = await accept(world, letter());
    await finishArrival(world, id, { outcome: 'rejected', reason: 'no_calendar', evidence: 'loopback' });
    const standing = await finishArrival(world, id, { outcome: 'applied', reason: null });
    expect(standing).toMatchObject({ outcome: 'rejected', reason: 'no_calendar', evidence: 'loopback' });
  });

  test('tells its workspace, which sees its own arrivals and no others', async () => {
    const mine = await accept(world, letter());
    const theirs = await accept(world, letter());
    const nobodys = await accept(world, letter());
    await finishArrival(world, mine, { outcome: 'applied', reason: null, workspace: 'ws_mine' });
    await finishArrival(world, theirs, { outcome: 'applied', reason: null, workspace: 'ws_theirs' });
    await finishArrival(world, nobodys, { outcome: 'quarantined', reason: 'none' });
    const seen = await listArrivals(world, { workspace: 'ws_mine' });
    expect(seen.items.map(({ id }) => id)).toEqual([mine]);
    expect((await listArrivals(world, { workspace: null })).items).toHaveLength(3);
  });
});

describe('the list', () => {
  test('is newest first over months, page by page, without gaps or repeats', async () => {
    const small = await localWorld({ limits: { PAGE_SIZE: 3 } });
    const ids: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      ids.unshift(await accept(small, letter()));
      small.clock.advance(12 * 86_400_000);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listArrivals(small, {
        workspace: null,
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    await small.close();
    expect(seen).toEqual(ids);
  });
});

describe('the sweep', () => {
  test('puts back to work what has no outcome after ten minutes, and not again at once', async () => {
    const open = await accept(world, letter());
    const done = await accept(world, letter());
    await finishArrival(world, done, { outcome: 'applied', reason: null });
    for (const job of await world.jobs.take('fast', 10, 1000)) await world.jobs.done(job);
    world.clock.advance(9 * 60_000);
    expect(await sweepArrivals(world)).toBe(0);
    world.clock.advance(2 * 60_000);
    expect(await sweepArrivals(world)).toBe(1);
    expect(await jobs()).toEqual([['arrival', open]]);
    expect(await sweepArrivals(world)).toBe(0);
    world.clock.advance(11 * 60_000);
    expect(await sweepArrivals(world)).toBe(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isPlanned, type Notice, planNotice, sendNotice } from '../../src/organizers/notices.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const NOTICE: Notice = {
  key: 'live#evt_1',
  kind: 'organizer',
  to: 'jane@example.com',
  from: 'create@sis.localhost',
  raw: Buffer.from('Subject: x\r\n\r\nbody\r\n'),
  workspace: 'ws_1',
  event: 'evt_1',
};

async function jobKey(): Promise<string> {
  const [job] = await world.jobs.take('fast', 1, 1000);
  if (job !== undefined) await world.jobs.done(job);
  return String(job?.body.key);
}

describe('a mail to an organizer', () => {
  test('leaves once, however often it is planned', async () => {
    expect(await planNotice(world, NOTICE)).toBe('planned');
    expect(await planNotice(world, NOTICE)).toBe('already');
    await world.runJobs();
    expect(await planNotice(world, NOTICE)).toBe('already');
    await world.runJobs();
    expect(world.outbox()).toHaveLength(1);
    expect(world.outbox()[0]).toMatchObject({
      to: 'jane@example.com',
      from: 'create@sis.localhost',
      about: { kind: 'organizer', attempt: 1, workspace: 'ws_1', event: 'evt_1' },
    });
    expect(world.outbox()[0]?.about.send).toMatch(/^[0-9a-f]{40}$/);
    expect(await isPlanned(world, 'live#evt_1')).toBe(true);
    expect(await isPlanned(world, 'live#evt_2')).toBe(false);
  });

  test('planned twice at once leaves once', async () => {
    const both = await Promise.all([planNotice(world, NOTICE), planNotice(world, NOTICE)]);
    expect([...both].sort()).toEqual(['already', 'planned']);
    await world.runJobs();
    expect(world.outbox()).toHaveLength(1);
    expect((await world.blobs.list('notices/')).items).toEqual([]);
  });

  test('names nobody in its job', async () => {
    await planNotice(world, { ...NOTICE, key: 'reply#jane@example.com' });
    expect(await jobKey()).not.toContain('@');
  });

  test('that is throttled waits and is tried again', async () => {
    world.answerNext({ kind: 'throttled', reason: 'rate', retryAfterMs: 2000 });
    await planNotice(world, NOTICE);
    await world.runJobs();
    expect(world.outbox()).toHaveLength(1);
    world.clock.advance(2000);
    await world.runJobs();
    expect(world.outbox().map(({ about }) => about.attempt)).toEqual([1, 2]);
    world.clock.advance(60_000);
    await world.runJobs();
    expect(world.outbox()).toHaveLength(2);
  });

  test.each([
    ['nobody can tell', { kind: 'unknown', reason: 'timeout' }],
    ['it is refused', { kind: 'refused', reason: 'bad address' }],
  ] as const)('of which %s is not sent again', async (_name, handover) => {
    world.answerNext(handover);
    await planNotice(world, NOTICE);
    await world.runJobs();
    world.clock.advance(3_600_000);
    await world.runJobs();
    expect(world.outbox()).toHaveLength(1);
  });

  test('whose sender dies at any write is sent at most once, and once where the hand-over was not reached', async () => {
    await planNotice(world, NOTICE);
    const counted = await jobKey();
    const writes = await writesOf(world, ports => sendNotice(ports, { key: counted }));
    expect(writes).toBe(3);
    for (let n = 1; n <= writes; n += 1) {
      const before = world.outbox().length;
      await planNotice(world, { ...NOTICE, key: `died-${n}` });
      const key = await jobKey();
      await expect(sendNotice(crashAt(world, n), { key })).rejects.toThrow('crash');
      expect(await sendNotice(world, { key })).toEqual(
        n === 1 ? { retryAfterMs: 300_000, reason: 'claimed' } : { done: true },
      );
      world.clock.advance(300_000);
      expect(await sendNotice(world, { key })).toEqual({ done: true });
      expect(world.outbox().length - before).toBe(n === 1 ? 0 : 1);
    }
  });

  test('that was never planned is nothing', async () => {
    expect(await sendNotice(world, { key: 'unknown' })).toEqual({ done: true });
  });
});

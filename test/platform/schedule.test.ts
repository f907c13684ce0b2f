/** What happens each minute without anybody asking. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptArrival, loadArrival } from '../../src/intake/journal.ts';
import { everyMinute } from '../../src/platform/schedule.ts';
import { eventMail } from '../support/organizer.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

describe('each minute', () => {
  let world: TestWorld;

  beforeEach(async () => {
    world = await localWorld({ now: '2026-03-02T09:00:00Z' });
  });
  afterEach(() => world.close());

  const accept = () => {
    const mail = eventMail(
      {
        uid: 'one@example.org',
        dtstamp: '20260302T085900Z',
        start: '20260310T160000',
        end: '20260310T170000',
      },
      '2026-03-02T09:00:00Z',
    );
    const remote = { ip: '127.0.0.1', helo: null, loopback: true };
    return acceptArrival(world, { raw: mail.raw, mailFrom: mail.from, recipients: mail.to, remote });
  };

  test('an accepted mail whose job was lost is put back to work after ten minutes', async () => {
    const id = await accept();
    for (const job of await world.jobs.take('fast', 10, 1000)) await world.jobs.done(job);
    world.clock.advance(9 * 60_000);
    await everyMinute(world);
    expect(await world.runJobs()).toBe(0);
    world.clock.advance(2 * 60_000);
    await everyMinute(world);
    await world.runJobs();
    expect((await loadArrival(world, id))?.outcome).toBe('applied');
  });

  test('raw mail is kept for thirty days', async () => {
    const id = await accept();
    await world.runJobs();
    const blob = (await loadArrival(world, id))?.blob ?? '';
    world.clock.advance(29 * 86_400_000);
    await everyMinute(world);
    expect(await world.blobs.get(blob)).toBeDefined();
    world.clock.advance(2 * 86_400_000);
    await everyMinute(world);
    expect(await world.blobs.get(blob)).toBeUndefined();
  });

  test('a step that fails is told and does not stop the next one', async () => {
    const id = await accept();
    await world.runJobs();
    const blob = (await loadArrival(world, id))?.blob ?? '';
    world.clock.advance(31 * 86_400_000);
    const table = { ...world.table, query: () => Promise.reject(new Error('the table is away')) };
    await everyMinute({ ...world, table });
    expect(world.lines.filter(line => line.level === 'error').map(line => line.fields)).toEqual([
      { what: 'arrivals' },
      { what: 'connections' },
    ]);
    expect(await world.blobs.get(blob)).toBeUndefined();
  });
});

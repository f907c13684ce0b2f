/** A store full of events, written by the same use case as those that come by mail; before the service opens it. */
import { join } from 'node:path';
import { readCalendar } from '../../src/calendar/index.ts';
import { register } from '../../src/events/register.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import type { Settings } from '../../src/kernel/ports.ts';
import { openOrganizer } from '../../src/organizers/store.ts';
import { sampleCalendar } from '../../src/platform/commands/sample-mail.ts';
import { openBlobs } from '../../src/platform/local/blobs.ts';
import { systemRandom } from '../../src/platform/local/clock.ts';
import { openStore } from '../../src/platform/local/store.ts';

const AT_ONCE = 64;

/** Answers the slugs of their pages. */
export async function fillStore(folder: string, count: number): Promise<readonly string[]> {
  const clock = { now: () => Date.now() };
  const store = openStore({ folder, clock });
  const settings = { limits: DEFAULT_LIMITS } as Settings;
  const blobs = openBlobs({ folder: join(folder, 'blobs'), clock });
  const ports = { table: store.table, blobs, clock, random: systemRandom, settings };
  const address = 'organizer@example.org';
  const organizer = await openOrganizer(ports, { address, name: 'Studio Example', tier: 1 });
  const slugs: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      const uid = `sample-${number}@example.org`;
      const reading = readCalendar(Buffer.from(sampleCalendar(clock.now(), { organizer: address, uid })));
      if (!reading.ok) throw new Error(reading.refusal.code);
      const receivedAt = new Date(clock.now()).toISOString();
      const made = await register(ports, {
        organizer,
        calendar: reading.calendar,
        arrival: `arr_${number}`,
        receivedAt,
        draft: null,
        guests: [],
      });
      if (made.event === null) throw new Error(`no event: ${made.outcome}`);
      slugs.push(made.event.slug);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await store.close();
  return slugs;
}

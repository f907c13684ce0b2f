/** A capacity: never one too many, a No passes the seat on once, and nobody who waits is forgotten. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import type { Answer } from '../../src/invites/invite.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { personOf } from '../../src/invites/rows.ts';
import { seatingOf, setCapacity, waitingFor } from '../../src/invites/seats.ts';
import { loadInvite, stateOf } from '../../src/invites/store.ts';
import type { TakenJob } from '../../src/kernel/ports.ts';
import { runJob } from '../../src/platform/jobs.ts';
import { answer } from '../../src/rsvp/answer.ts';
import { mailEvent, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
});

afterEach(() => world.close());

async function ask(name: string): Promise<void> {
  world.clock.advance(1000);
  await requestInvite(world, { event, email: `${name}@example.org`, door: 'page' });
}

async function state(name: string): Promise<string> {
  const loaded = await loadInvite(world, { event: event.id, person: personOf(`${name}@example.org`) });
  return loaded === undefined ? 'none' : stateOf(loaded.invite, loaded.sends);
}

async function say(name: string, said: Answer): Promise<void> {
  world.clock.advance(1000);
  const loaded = await loadInvite(world, { event: event.id, person: personOf(`${name}@example.org`) });
  if (loaded === undefined) throw new Error('no invite');
  const at = new Date(world.clock.now()).toISOString();
  await answer(world, {
    event,
    invite: loaded.invite,
    component: 'series',
    answer: said,
    at,
    receivedAt: at,
    evidence: 'verified',
    origin: null,
    prodId: null,
    note: null,
    guests: 0,
  });
  await world.runJobs();
}

function mails(name: string): readonly string[] {
  return world
    .outbox()
    .filter(({ to }) => to === `${name}@example.org`)
    .map(({ about }) => about.kind);
}

/** As two processes with eight workers each would. */
async function runTogether(): Promise<void> {
  for (;;) {
    const jobs = [
      ...(await world.jobs.take('fast', 16, 300_000)),
      ...(await world.jobs.take('bulk', 4, 300_000)),
    ];
    if (jobs.length === 0) {
      world.clock.advance(300);
      const late = await world.jobs.take('fast', 16, 300_000);
      if (late.length === 0) return;
      jobs.push(...late);
    }
    await Promise.all(jobs.map(run));
  }
}

async function run(job: TakenJob): Promise<void> {
  const result = await runJob(world, job);
  if ('done' in result) await world.jobs.done(job);
  else await world.jobs.retry(job, result.retryAfterMs);
}

describe('an event with seats', () => {
  test('two hundred ask at once for fifty seats: fifty are invited, the others wait', async () => {
    await setCapacity(world, event, 50);
    const names = Array.from({ length: 200 }, (_, at) => `p${at}`);
    await Promise.all(
      names.map(name => requestInvite(world, { event, email: `${name}@example.org`, door: 'page' })),
    );
    await runTogether();
    expect(
      new Set(
        world
          .outbox()
          .filter(({ about }) => about.kind === 'request')
          .map(({ to }) => to),
      ).size,
    ).toBe(50);
    expect(world.outbox().filter(({ about }) => about.kind === 'request')).toHaveLength(50);
    expect(await seatingOf(world, event.id)).toEqual({ capacity: 50, taken: 50 });
    expect(await waitingFor(world, event.id)).toBe(150);
    const states = await Promise.all(names.map(state));
    expect(states.filter(each => each === 'waitlisted')).toHaveLength(150);
  });

  test('a No frees the seat for whoever waited longest, once, however often it is said', async () => {
    await setCapacity(world, event, 1);
    for (const name of ['ann', 'bob', 'cy']) await ask(name);
    await world.runJobs();
    expect([await state('ann'), await state('bob'), await state('cy')]).toEqual([
      'sent',
      'waitlisted',
      'waitlisted',
    ]);
    await say('ann', 'no');
    await say('ann', 'no');
    expect([mails('bob'), mails('cy')]).toEqual([['request'], []]);
    await say('bob', 'yes');
    expect(mails('cy')).toEqual([]);
    await say('bob', 'no');
    expect(mails('cy')).toEqual(['request']);
    expect(await waitingFor(world, event.id)).toBe(0);
  });

  test('who takes his No back when all is full waits again, and his calendar is told', async () => {
    await setCapacity(world, event, 1);
    for (const name of ['ann', 'bob']) await ask(name);
    await world.runJobs();
    await say('ann', 'no');
    await say('ann', 'yes');
    expect(await state('ann')).toBe('waitlisted');
    expect(mails('ann')).toEqual(['request', 'cancel']);
    await say('bob', 'no');
    expect(await state('ann')).toBe('sent');
    expect(mails('ann')).toEqual(['request', 'cancel', 'request']);
  });

  test('more seats let in as many more; no limit lets in all', async () => {
    await setCapacity(world, event, 1);
    for (const name of ['ann', 'bob', 'cy', 'di']) await ask(name);
    await world.runJobs();
    await setCapacity(world, event, 2);
    await world.runJobs();
    expect([await state('bob'), await state('cy')]).toEqual(['sent', 'waitlisted']);
    await setCapacity(world, event, null);
    await world.runJobs();
    expect([await state('cy'), await state('di')]).toEqual(['sent', 'sent']);
  });

  test('who held an invite before there was a capacity keeps it', async () => {
    for (const name of ['ann', 'bob']) await ask(name);
    await world.runJobs();
    await setCapacity(world, event, 1);
    await ask('cy');
    await world.runJobs();
    expect([await state('ann'), await state('bob'), await state('cy')]).toEqual([
      'sent',
      'sent',
      'waitlisted',
    ]);
    await say('ann', 'no');
    expect(await state('cy')).toBe('waitlisted');
    await say('bob', 'no');
    expect(await state('cy')).toBe('sent');
  });

  test('the page says that all seats are taken, and takes names for the waitlist', async () => {
    const path = `/e/${event.slug}`;
    await setCapacity(world, event, 1);
    expect((await visit(world, path)).body).not.toContain('All seats are taken');
    await ask('ann');
    await world.runJobs();
    const page = await visit(world, path);
    expect(page.body).toContain('All seats are taken');
    expect(page.body).toContain('Put me on the waitlist');
    await say('ann', 'no');
    expect((await visit(world, path)).body).not.toContain('All seats are taken');
  });
});

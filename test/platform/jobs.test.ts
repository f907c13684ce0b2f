import { describe, expect, test } from '@jest/globals';
import { listParked, replayParked } from '../../src/admin/parked.ts';
import { changeInvite, nameOf } from '../../src/invites/store.ts';
import { addressHash } from '../../src/kernel/address.ts';
import type { Handover, JobResult, TakenJob } from '../../src/kernel/ports.ts';
import { runJob } from '../../src/platform/jobs.ts';
import { party } from '../invites/party.ts';
import { localWorld } from '../support/world.ts';

const SAM = 'sam@example.org';
const UNKNOWN: Handover = { kind: 'unknown', reason: 'timeout' };

function taken(kind: string, body: TakenJob['body'], attempt = 1): TakenJob {
  return { id: '1', lane: 'fast', kind, body, attempt, receipt: 'r' };
}

function pause(result: JobResult): number {
  return 'retryAfterMs' in result ? result.retryAfterMs : -1;
}

describe('a job that fails', () => {
  test('is tried again with growing pauses, then parked where it can be seen', async () => {
    const world = await localWorld();
    const results: JobResult[] = [];
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      results.push(await runJob(world, taken('arrival', { wrong: 'body' }, attempt)));
    }
    expect(results.map(pause).map((ms, index) => ms >= 1 && ms <= 10_000 * 2 ** index)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(results.at(-1)).toEqual({ done: true });
    const { items } = await listParked(world, null);
    expect(items).toMatchObject([
      { kind: 'arrival', reason: 'bad_body', attempts: 5, state: 'parked', workspace: null },
    ]);
    await world.close();
  });

  test('of an unknown kind is parked at once, and twice is one row', async () => {
    const world = await localWorld();
    for (const _ of [1, 2]) expect(await runJob(world, taken('constructor', {}))).toEqual({ done: true });
    expect((await listParked(world, null)).items).toMatchObject([
      { kind: 'constructor', reason: 'unknown_kind' },
    ]);
    await world.close();
  });

  test('F8: holds up no neighbour, not even one in the same job', async () => {
    const host = await party();
    const { world } = host;
    const people = ['a@example.org', 'poison@example.org', 'c@example.org'];
    for (const each of people) await host.ask(each, 'list');
    const { invite } = await host.person('poison@example.org');
    await changeInvite(world, nameOf(invite), before => ({ invite: { ...before, email: 'no address' } }));
    await world.jobs.add([
      { lane: 'bulk', kind: 'deliver', body: { event: invite.event, people: people.map(addressHash) } },
    ]);
    for (let times = 0; times < 8; times += 1) {
      await world.runJobs();
      world.clock.advance(200_000);
    }
    expect(host.mailsTo('a@example.org')).toHaveLength(1);
    expect(host.mailsTo('c@example.org')).toHaveLength(1);
    const { items } = await listParked(world, host.organizer.workspace);
    expect(items).toMatchObject([
      { kind: 'deliver', reason: 'failed', attempts: 5 },
      { kind: 'deliver', reason: 'failed', attempts: 5 },
    ]);
    await changeInvite(world, nameOf(invite), before => ({
      invite: { ...before, email: 'poison@example.org' },
    }));
    for (const { id } of items) await replayParked(world, { workspace: null, id });
    await world.runJobs();
    expect(people.map(each => host.mailsTo(each).length)).toEqual([1, 1, 1]);
    await world.close();
  });

  test('is replayed once, whoever presses how often, by its own workspace only', async () => {
    const host = await party();
    const { world, organizer } = host;
    const event = (await host.event()).id;
    await runJob(world, taken('fan-out', { event, cursor: 7 }, 5));
    const [parked] = (await listParked(world, organizer.workspace)).items;
    expect(parked).toMatchObject({ event, workspace: organizer.workspace, kind: 'fan-out', state: 'parked' });
    expect((await listParked(world, 'ws_other')).items).toEqual([]);
    const id = parked?.id ?? '';
    await expect(replayParked(world, { workspace: 'ws_other', id })).rejects.toThrow('no such parked work');
    const replays = await Promise.all(
      [1, 2, 3].map(() => replayParked(world, { workspace: organizer.workspace, id })),
    );
    expect(replays.map(({ state }) => state)).toEqual(['replayed', 'replayed', 'replayed']);
    expect(await world.jobs.take('fast', 10, 1000)).toHaveLength(1);
    expect((await listParked(world, null)).items).toMatchObject([{ id, state: 'replayed' }]);
    await world.close();
  });
});

describe('a mail whose outcome stayed unknown', () => {
  test('is parked, and its replay is one more attempt with the same bytes', async () => {
    const host = await party();
    const { world } = host;
    world.answerNext(UNKNOWN, UNKNOWN, UNKNOWN);
    await host.ask(SAM);
    for (let times = 0; times < 6; times += 1) {
      await world.runJobs();
      world.clock.advance(11 * 60_000);
    }
    const [parked] = (await listParked(world, host.organizer.workspace)).items;
    expect(parked).toMatchObject({
      kind: 'unresolved',
      reason: 'unknown_outcome',
      event: (await host.event()).id,
    });
    await replayParked(world, { workspace: null, id: parked?.id ?? '' });
    await replayParked(world, { workspace: null, id: parked?.id ?? '' });
    await world.runJobs();
    const mails = host.mailsTo(SAM);
    expect(mails.map(({ about }) => about.attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(mails.map(({ raw }) => Buffer.from(raw).toString('latin1'))).size).toBe(1);
    expect((await host.person(SAM)).sends).toMatchObject([{ state: 'SENT' }]);
    await world.close();
  });
});

test('P15: no address, token or body is in a log, in a job or in a parked row', async () => {
  const host = await party();
  const { world } = host;
  world.answerNext(UNKNOWN, UNKNOWN, UNKNOWN, { kind: 'refused', reason: 'message_rejected' });
  await host.ask('canary.person@example.org');
  const jobs: string[] = [];
  const { add } = world.jobs;
  world.jobs.add = async list => {
    jobs.push(JSON.stringify(list));
    return add(list);
  };
  for (let times = 0; times < 6; times += 1) {
    await world.runJobs();
    world.clock.advance(11 * 60_000);
  }
  const { invite } = await host.person('canary.person@example.org');
  const told = [
    JSON.stringify(world.lines),
    ...jobs,
    JSON.stringify((await listParked(world, null)).items),
  ].join('\n');
  expect(told).not.toContain('canary');
  expect(told).not.toContain(invite.token);
  await world.close();
});

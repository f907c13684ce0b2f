/** An account is connected, or connected again: it is told what came before, without starting automations. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { backfillJob } from '../../../src/connections/report/backfill.ts';
import { noteConnected } from '../../../src/organizers/connected.ts';
import { mortal } from '../../invites/crash.ts';
import { type Reporting, reporting } from './reporting.ts';

const PEOPLE = Array.from({ length: 12 }, (_, n) => `person${n}@example.org`);
const open: Reporting[] = [];

/** People invited and answered before there was a connection. */
async function host(): Promise<Reporting> {
  const made = await reporting({ contacts: PEOPLE, limits: { COALESCE_SECONDS: 0 } });
  open.push(made);
  made.platform.connect('disconnected');
  await noteConnected(made.world, made.organizer.workspace, false);
  for (const [index, each] of PEOPLE.entries()) {
    await made.ask(each, 'vip');
    if (index % 2 === 0) await made.answers(each, 'yes');
  }
  await made.workFor(60_000);
  return made;
}

async function connect(made: Reporting): Promise<void> {
  made.platform.connect('connected');
  await noteConnected(made.world, made.organizer.workspace, true);
  await made.world.jobs.add([backfillJob({ connection: made.platform.account.id })]);
}

function events(made: Reporting) {
  return made.platform.applied.filter(({ step }) => step === 'event');
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.world.close();
});

describe('the backfill', () => {
  test('tells the standing of everybody once, as history', async () => {
    const made = await host();
    expect(made.platform.applied).toEqual([]);
    await connect(made);
    await made.workFor(60_000);
    expect(
      events(made)
        .map(({ state }) => state)
        .sort(),
    ).toEqual([...Array.from({ length: 6 }, () => 'invited'), ...Array.from({ length: 6 }, () => 'yes')]);
    expect(events(made).every(({ backfill }) => backfill)).toBe(true);
  });

  test('run again tells nothing twice', async () => {
    const made = await host();
    await connect(made);
    await made.workFor(60_000);
    await connect(made);
    await connect(made);
    await made.workFor(60_000);
    expect(events(made)).toHaveLength(12);
  });

  test('what happens after the connection starts automations again', async () => {
    const made = await host();
    await connect(made);
    await made.workFor(60_000);
    await made.answers('person0@example.org', 'no');
    await made.workFor(60_000);
    expect(events(made).at(-1)).toMatchObject({ state: 'no', backfill: false, previous: 'yes' });
  });

  test('an answer given while the backfill runs is no history', async () => {
    const made = await host();
    await connect(made);
    await made.answers('person1@example.org', 'maybe');
    await made.workFor(60_000);
    expect(events(made).filter(({ address }) => address === 'person1@example.org')).toMatchObject([
      { state: 'maybe', backfill: false },
    ]);
  });

  test('killed after any write is complete after all', async () => {
    for (let writes = 1, died = true; died; writes += 3) {
      const made = await host();
      await connect(made);
      const process = mortal(made.world, { writes });
      const taken = await made.world.jobs.take('bulk', 8, 60_000);
      for (const job of taken) {
        await made.run(job, process.ports).catch(error => {
          if (!process.dead()) throw error;
        });
        if (process.dead()) break;
        await made.world.jobs.done(job);
      }
      died = process.dead();
      await made.workFor(20 * 60_000);
      expect(events(made)).toHaveLength(12);
    }
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { requestInvite } from '../../src/invites/request.ts';
import { arrive } from '../support/arrive.ts';
import { type Invitation, invitation, letter } from '../support/calendar-mail.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let ours: TestWorld;
let theirs: TestWorld;
beforeEach(async () => {
  ours = await localWorld();
  theirs = await localWorld();
  Object.assign(theirs.settings, { mailDomain: 'other.localhost' });
});
afterEach(async () => {
  await ours.close();
  await theirs.close();
});

/** Carries mail between the two for an hour, or until both are quiet; answers how many went either way. */
async function carry(): Promise<{ toThem: number; toUs: number }> {
  const count = { toThem: 0, toUs: 0 };
  for (let minute = 0; minute < 60; minute += 1) {
    count.toThem += await deliver(ours, theirs, 'other.localhost', count.toThem);
    count.toUs += await deliver(theirs, ours, 'sis.localhost', count.toUs);
    ours.clock.advance(60_000);
    theirs.clock.advance(60_000);
    await ours.runJobs();
    await theirs.runJobs();
  }
  return count;
}

async function deliver(from: TestWorld, to: TestWorld, domain: string, done: number): Promise<number> {
  const mails = from.outbox().filter(mail => mail.to.endsWith(`@${domain}`));
  for (const mail of mails.slice(done))
    await arrive(to, mail.raw, { mailFrom: mail.from, recipients: [mail.to] });
  return Math.max(0, mails.length - done);
}

const UPDATE: Invitation = {
  sequence: 1,
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260310T150000',
};

describe('two services wired to each other', () => {
  test('[R-96] come to rest: one invited the other’s create@ to its event', async () => {
    await arrive(ours, invitation());
    const [event] = (await listEvents(ours, null, { limit: 1 })).items;
    if (event === undefined) throw new Error('no event');
    await requestInvite(ours, { event, email: 'create@other.localhost', door: 'vip' });
    await ours.runJobs();
    const first = await carry();
    expect(first.toThem).toBe(1);
    expect(first.toUs).toBeLessThanOrEqual(2);
    await arrive(ours, invitation(UPDATE));
    const second = await carry();
    expect(second.toThem - first.toThem).toBeLessThanOrEqual(1);
    expect(second.toUs - first.toUs).toBeLessThanOrEqual(1);
  });

  test('[R-96] come to rest: a mistake at one was made in the name of the other', async () => {
    await arrive(ours, letter(['X-Test: 1'], 'not an invitation').subarray(0));
    const forged = Buffer.from(
      Buffer.from(letter()).toString().replace('jane@example.com', 'create@other.localhost'),
    );
    await arrive(ours, forged, { mailFrom: 'create@other.localhost' });
    const { toThem, toUs } = await carry();
    expect(toThem).toBe(1);
    expect(toUs).toBe(0);
  });
});

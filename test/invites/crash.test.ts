/** F3, F20, F22, F28: killed after every single write, and right after the mailer took a mail. */
import { describe, expect, test } from '@jest/globals';
import { requestInvite } from '../../src/invites/request.ts';
import { mortal, workUntilDead } from './crash.ts';
import { type Party, party, received } from './party.ts';

const PEOPLE = ['a@example.org', 'b@example.org', 'c@example.org'];

/** Everybody invited, nobody told yet that the event has moved; jobs are due. */
async function beforeTheStorm(): Promise<Party> {
  const host = await party({ limits: { COALESCE_SECONDS: 0 } });
  for (const each of PEOPLE) await host.ask(each, 'vip');
  return host;
}

/** The machine comes back: leases run out, unknown outcomes are tried again. */
async function recover({ world }: Party): Promise<void> {
  for (let minutes = 0; minutes < 60; minutes += 5) {
    world.clock.advance(5 * 60_000);
    await world.runJobs();
  }
}

async function calendarOf({ world, mailsTo }: Party, email: string) {
  return Promise.all(mailsTo(email).map(({ raw }) => received(world, raw)));
}

describe('a process that dies', () => {
  test('[R-76] after any write of a first fan-out leaves no gap, and every repeat has the same calendar bytes', async () => {
    let writes = 0;
    for (let died = true; died; ) {
      writes += 1;
      const host = await beforeTheStorm();
      const process = mortal(host.world, { writes });
      await workUntilDead(process);
      died = process.dead();
      await recover(host);
      for (const each of PEOPLE) {
        const mails = await calendarOf(host, each);
        expect(mails.length).toBeGreaterThanOrEqual(1);
        expect(mails.length).toBeLessThanOrEqual(2);
        expect(new Set(mails.map(({ lines }) => lines.join('\n'))).size).toBe(1);
        expect((await host.person(each)).sends.map(({ state }) => state)).toEqual(['SENT']);
      }
      const extra = host.world.outbox().length - PEOPLE.length;
      expect(extra).toBeLessThanOrEqual(1);
      await host.world.close();
    }
    expect(writes).toBeGreaterThan(8);
  });

  test('[R-76] right after the mailer took a mail repeats that one mail byte by byte, marked as perhaps a duplicate', async () => {
    const host = await beforeTheStorm();
    await workUntilDead(mortal(host.world, { mails: 2 }));
    expect(host.world.outbox()).toHaveLength(2);
    await recover(host);
    expect(host.world.outbox()).toHaveLength(4);
    const twice = PEOPLE.find(each => host.mailsTo(each).length === 2) ?? '';
    const [first, second] = host.mailsTo(twice);
    expect(Buffer.from(second?.raw ?? []).equals(Buffer.from(first?.raw ?? []))).toBe(true);
    expect([first?.about.attempt, second?.about.attempt]).toEqual([1, 2]);
    expect((await host.person(twice)).sends).toMatchObject([
      { state: 'SENT', maybeDuplicate: true, attempt: 2 },
    ]);
    await host.world.close();
  });

  test('anywhere between an update and a cancellation: everybody who may hold the invite ends with the CANCEL', async () => {
    for (let writes = 1, died = true; died; writes += 2) {
      const host = await beforeTheStorm();
      await host.world.runJobs();
      await host.say({
        sequence: 1,
        dtstamp: '20260221T090000Z',
        start: '20260407T190000',
        end: '20260407T200000',
      });
      const process = mortal(host.world, { writes });
      await workUntilDead(process);
      died = process.dead();
      await host.say({ method: 'CANCEL', sequence: 2, dtstamp: '20260221T100000Z' });
      await recover(host);
      for (const each of PEOPLE) {
        const mails = await calendarOf(host, each);
        expect(mails.at(-1)?.property('METHOD')).toBe(':CANCEL');
        expect(mails.filter(({ property }) => property('METHOD') === ':CANCEL')).toHaveLength(1);
      }
      await host.world.close();
    }
  });

  test('asked for an invite and dead right after: the intent was stored with its job, the mail comes', async () => {
    for (let writes = 1, died = true; died; writes += 1) {
      const host = await party();
      const event = await host.event();
      const process = mortal(host.world, { writes });
      const asked = await requestInvite(process.ports, { event, email: 'a@example.org', door: 'page' }).catch(
        () => undefined,
      );
      died = process.dead();
      const stored = await host.person('a@example.org').catch(() => undefined);
      await host.world.runJobs();
      expect(host.mailsTo('a@example.org')).toHaveLength(stored === undefined ? 0 : 1);
      if (asked !== undefined) expect(stored).toBeDefined();
      await host.world.close();
    }
  });
});

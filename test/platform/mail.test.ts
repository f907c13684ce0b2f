import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { loadArrival } from '../../src/intake/journal.ts';
import { listAudit } from '../../src/organizers/audit.ts';
import { handleArrival } from '../../src/platform/mail.ts';
import { accept, arrive, sent } from '../support/arrive.ts';
import { type Invitation, invitation, letter } from '../support/calendar-mail.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { keyRecord, rsaKey, signMail } from '../support/dkim.ts';
import { zoneResolver } from '../support/dns.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const UPDATE: Invitation = {
  sequence: 1,
  dtstamp: '20260301T083000Z',
  start: ';TZID=Europe/Berlin:20260310T150000',
};
const CANCEL: Invitation = { method: 'CANCEL', sequence: 2, dtstamp: '20260301T084000Z' };

const FLOATING: Invitation = { start: ':20260310T160000', end: ':20260310T170000' };
const OUTCOMES: Readonly<Record<string, string>> = { '': 'rejected', draft: 'draft' };

describe('an arrival whose worker dies', () => {
  const stories: readonly (readonly [string, readonly Uint8Array[], readonly string[], string])[] = [
    ['at a new event', [invitation()], ['organizer', 'reply'], 'live'],
    ['at an update', [invitation(), invitation(UPDATE)], ['organizer', 'reply', 'reply'], 'live'],
    ['at a cancellation', [invitation(), invitation(CANCEL)], ['organizer', 'reply'], 'cancelled'],
    ['at a refusal', [letter()], ['organizer'], ''],
    ['at a draft', [invitation(FLOATING)], ['confirm'], 'draft'],
    ['at a cancellation that came first', [invitation(CANCEL)], ['organizer'], 'none'],
  ];

  test.each(stories)(
    '%s, at any write, ends as if it had not',
    async (_name, mails, kinds, status) => {
      const writes = await countOfLast(mails);
      expect(writes).toBeGreaterThan(1);
      for (let n = 1; n <= writes; n += 1) {
        for (const when of ['before', 'after'] as const) {
          const mine = await localWorld();
          for (const raw of mails.slice(0, -1)) await arrive(mine, raw);
          const id = await accept(mine, mails.at(-1) ?? letter());
          const run = handleArrival(crashAt(mine, n, when), { arrival: id });
          await run.catch(error => expect(String(error)).toContain('crash'));
          await mine.runJobs();
          const arrival = await loadArrival(mine, id);
          const { items } = await listEvents(mine, null, { limit: 10 });
          const seen = {
            outcome: arrival?.outcome,
            kinds: mine
              .outbox()
              .map(({ about }) => about.kind)
              .sort(),
            status: items.map(event => event.status).join(),
            audit: (await listAudit(mine, null)).items.length,
          };
          expect({ n, when, ...seen }).toEqual({
            n,
            when,
            outcome: OUTCOMES[status] ?? 'applied',
            kinds,
            status: status === 'none' ? '' : status,
            audit: ['', 'draft', 'none'].includes(status) ? 0 : mails.length,
          });
          await mine.close();
        }
      }
    },
    300_000,
  );

  async function countOfLast(mails: readonly Uint8Array[]): Promise<number> {
    for (const raw of mails.slice(0, -1)) await arrive(world, raw);
    const id = await accept(world, mails.at(-1) ?? letter());
    return writesOf(world, ports => handleArrival(ports, { arrival: id }));
  }
});

describe('an arrival that is worked on twice at once', () => {
  test('has one outcome, one event and one of each mail', async () => {
    const id = await accept(world, invitation());
    await Promise.all([handleArrival(world, { arrival: id }), handleArrival(world, { arrival: id })]);
    await world.runJobs();
    expect((await listEvents(world, null, { limit: 10 })).items).toHaveLength(1);
    expect(
      world
        .outbox()
        .map(({ about }) => about.kind)
        .sort(),
    ).toEqual(['organizer', 'reply']);
    expect(await loadArrival(world, id)).toMatchObject({ outcome: 'applied' });
  });
});

describe('the door', () => {
  test('of an answer is the organizer’s address, even where create@ got a copy', async () => {
    await arrive(world, invitation());
    const recipients = ['create@sis.localhost', 'jane@sis.localhost'];
    const arrival = await arrive(world, invitation({ method: 'REPLY', from: 'guest@example.net' }), {
      recipients,
    });
    expect(arrival.reason).not.toBe('no_invite');
  });

  test('of a list is shut until lists are offered', async () => {
    const arrival = await arrive(world, letter(), { recipients: ['list@sis.localhost'] });
    expect(arrival).toMatchObject({ outcome: 'rejected', reason: 'lists_not_offered' });
    expect(world.outbox()).toHaveLength(0);
  });

  test('that nobody has is an outcome too', async () => {
    const arrival = await arrive(world, letter(), { recipients: ['x@elsewhere.example'] });
    expect(arrival).toMatchObject({ outcome: 'rejected', reason: 'no_such_mailbox' });
  });
});

describe('a stored mail that cannot be read yet', () => {
  test('is tried again for an hour, and then has an outcome', async () => {
    const id = await accept(world, letter());
    const arrival = await loadArrival(world, id);
    await world.blobs.remove(arrival?.blob ?? '');
    expect(await handleArrival(world, { arrival: id })).toEqual({
      retryAfterMs: 30_000,
      reason: 'raw_missing',
    });
    world.clock.advance(3_600_001);
    expect(await handleArrival(world, { arrival: id })).toEqual({ done: true });
    expect(await loadArrival(world, id)).toMatchObject({ outcome: 'rejected', reason: 'raw_missing' });
  });
});

describe('signed mail from outside', () => {
  const key = rsaKey(2048);
  const remote = { loopback: false };

  async function outside(policy: string | null): Promise<TestWorld> {
    return localWorld({
      trustLoopback: false,
      resolver: zoneResolver({
        's1._domainkey.example.com': { TXT: keyRecord(key) },
        ...(policy === null ? {} : { '_dmarc.example.com': { TXT: [[`v=DMARC1; p=${policy}`]] } }),
      }),
    });
  }

  const signed = async (of: Invitation = {}): Promise<Uint8Array> =>
    Buffer.from(
      await signMail(Buffer.from(invitation(of)).toString('latin1'), { domain: 'example.com', key }),
      'latin1',
    );

  test('with a DMARC record is applied, and its workspace starts careful', async () => {
    const mine = await outside('reject');
    expect(await arrive(mine, await signed(), remote)).toMatchObject({
      outcome: 'applied',
      evidence: 'dkim+dmarc',
    });
    const { items } = await listEvents(mine, null, { limit: 1 });
    expect(items[0]?.status).toBe('live');
    await mine.close();
  });

  test('without a DMARC record is a draft the first time, and explained if it is wrong', async () => {
    const mine = await outside(null);
    expect(await arrive(mine, await signed(), remote)).toMatchObject({ outcome: 'draft', evidence: 'dkim' });
    expect(mine.outbox().map(({ about }) => about.kind)).toEqual(['confirm']);
    expect(await arrive(mine, await signed({ method: 'ADD' }), remote)).toMatchObject({
      outcome: 'rejected',
    });
    expect(mine.outbox().map(({ about }) => about.kind)).toEqual(['confirm', 'organizer']);
    await mine.close();
  });

  test('sent again by somebody else is a repetition, also when its calendar would now do something', async () => {
    const mine = await outside('reject');
    const old = await signed();
    await arrive(mine, old, remote);
    await arrive(mine, await signed(CANCEL), remote);
    mine.clock.advance(40 * 86_400_000);
    expect(await arrive(mine, old, remote)).toMatchObject({ outcome: 'duplicate', reason: 'replayed' });
    expect((await listEvents(mine, null, { limit: 1 })).items[0]?.status).toBe('cancelled');
    await mine.close();
  });

  test('that was tampered with is quarantined without a word', async () => {
    const mine = await outside('reject');
    const text = Buffer.from(await signed())
      .toString('latin1')
      .replace('Spring picnic\r\nORGANIZER', 'Winter picnic\r\nORGANIZER');
    expect(await arrive(mine, Buffer.from(text), remote)).toMatchObject({ outcome: 'quarantined' });
    expect(mine.outbox()).toHaveLength(0);
    await mine.close();
  });

  test('waits while DNS is away', async () => {
    const mine = await localWorld({
      trustLoopback: false,
      resolver: zoneResolver({
        's1._domainkey.example.com': { broken: true },
        '_dmarc.example.com': { broken: true },
      }),
    });
    const id = await accept(mine, await signed(), remote);
    expect(await handleArrival(mine, { arrival: id })).toMatchObject({ reason: 'dns_unavailable' });
    mine.clock.advance(3_600_001);
    await handleArrival(mine, { arrival: id });
    expect(await loadArrival(mine, id)).toMatchObject({ outcome: 'quarantined', reason: 'dns-unavailable' });
    expect(sent(mine, 'organizer')).toHaveLength(0);
    await mine.close();
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { loadArrival } from '../../src/intake/journal.ts';
import { listAudit } from '../../src/organizers/audit.ts';
import { organizerByAddress } from '../../src/organizers/store.ts';
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

describe('an arrival whose worker dies', () => {
  interface Story {
    readonly name: string;
    readonly mails: readonly ((of: Invitation) => Uint8Array)[];
    readonly kinds: readonly string[];
    readonly outcome: string;
    readonly statuses: readonly string[];
    readonly audited: number;
  }

  const stories: readonly Story[] = [
    {
      name: 'a new event',
      mails: [of => invitation(of)],
      kinds: ['organizer', 'reply'],
      outcome: 'applied',
      statuses: ['live'],
      audited: 1,
    },
    {
      name: 'an update',
      mails: [of => invitation(of), of => invitation({ ...of, ...UPDATE })],
      kinds: ['organizer', 'reply', 'reply'],
      outcome: 'applied',
      statuses: ['live'],
      audited: 2,
    },
    {
      name: 'a cancellation',
      mails: [of => invitation(of), of => invitation({ ...of, ...CANCEL })],
      kinds: ['organizer', 'reply'],
      outcome: 'applied',
      statuses: ['cancelled'],
      audited: 2,
    },
    {
      name: 'a cancellation that came first',
      mails: [of => invitation({ ...of, ...CANCEL })],
      kinds: ['organizer'],
      outcome: 'applied',
      statuses: [],
      audited: 0,
    },
    {
      name: 'a refusal',
      mails: [of => invitation({ ...of, lines: ['RRULE:FREQ=SECONDLY'] })],
      kinds: ['organizer', 'reply'],
      outcome: 'rejected',
      statuses: [],
      audited: 0,
    },
    {
      name: 'a draft',
      mails: [of => invitation({ ...of, ...FLOATING })],
      kinds: ['confirm'],
      outcome: 'draft',
      statuses: ['draft'],
      audited: 0,
    },
  ];

  test.each(stories)(
    'at any write of $name ends as if it had not',
    async story => {
      const writes = await countOfLast(story);
      expect(writes).toBeGreaterThan(3);
      for (let n = 1; n <= writes; n += 1) {
        const who = `died-${n}@example.com`;
        const { outcome, kinds, statuses, audited } = story;
        expect({ n, ...(await tellStory(story, who, n)) }).toEqual({
          n,
          outcome,
          kinds,
          statuses,
          audited,
        });
      }
    },
    120_000,
  );

  async function tellStory(story: Story, who: string, lastWrite: number) {
    const mails = story.mails.map(mail => mail({ from: who, uid: `of-${who}` }));
    for (const raw of mails.slice(0, -1)) await arrive(world, raw);
    const id = await accept(world, mails.at(-1) ?? letter());
    await handleArrival(crashAt(world, lastWrite), { arrival: id }).catch(error =>
      expect(String(error)).toContain('crash'),
    );
    await world.runJobs();
    const jane = await organizerByAddress(world, who);
    const workspace = jane?.workspace ?? 'none';
    return {
      outcome: (await loadArrival(world, id))?.outcome,
      kinds: world
        .outbox()
        .filter(({ to }) => to === who)
        .map(({ about }) => about.kind)
        .sort(),
      statuses: (await listEvents(world, workspace, { limit: 10 })).items.map(({ status }) => status),
      audited: (await listAudit(world, workspace)).items.length,
    };
  }

  async function countOfLast({ mails }: Story): Promise<number> {
    const raws = mails.map(mail => mail({ uid: 'counted@example.com' }));
    for (const raw of raws.slice(0, -1)) await arrive(world, raw);
    const id = await accept(world, raws.at(-1) ?? letter());
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

  test('whose only proof is the sending host is never answered in words, and only drafts', async () => {
    const mine = await localWorld({
      trustLoopback: false,
      resolver: zoneResolver({ 'example.com': { TXT: [['v=spf1 ip4:127.0.0.1 -all']] } }),
    });
    expect(await arrive(mine, letter(), remote)).toMatchObject({ outcome: 'rejected', evidence: 'spf' });
    expect(await arrive(mine, invitation({ method: 'ADD' }), remote)).toMatchObject({ outcome: 'rejected' });
    expect(mine.outbox()).toEqual([]);
    expect(await arrive(mine, invitation(), remote)).toMatchObject({ outcome: 'draft', evidence: 'spf' });
    expect(mine.outbox().map(({ about }) => about.kind)).toEqual(['confirm']);
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

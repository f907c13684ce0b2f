/** The ledger's states, one row at a time, and what the jobs make of them. */
import { describe, expect, test } from '@jest/globals';
import { deliver } from '../../src/invites/deliver.ts';
import { fanOut } from '../../src/invites/fan-out.ts';
import { feedback } from '../../src/invites/feedback.ts';
import { notePlatformWord } from '../../src/invites/platform-stop.ts';
import { inviteRow, sendRow } from '../../src/invites/rows.ts';
import { stateOf } from '../../src/invites/state-of.ts';
import { listInvites } from '../../src/invites/store.ts';
import { isSuppressed, suppress } from '../../src/invites/suppression.ts';
import { tally } from '../../src/invites/tally.ts';
import { readSendId, sendId, tokenIn } from '../../src/invites/token.ts';
import { addressHash } from '../../src/kernel/address.ts';
import type { Handover } from '../../src/kernel/ports.ts';
import { runJob } from '../../src/platform/jobs.ts';
import { type Party, party } from './party.ts';
import { sendWith } from './states.ts';

const SAM = 'sam@example.org';
const UNKNOWN: Handover = { kind: 'unknown', reason: 'timeout' };

async function state(host: Party, email = SAM) {
  const { invite, sends } = await host.person(email);
  return { word: stateOf(invite, sends), sends };
}

/** As if other workers had done them. */
async function forgetJobs({ world }: Party): Promise<void> {
  for (const lane of ['fast', 'bulk'] as const) {
    for (const job of await world.jobs.take(lane, 100, 1000)) await world.jobs.done(job);
  }
}

/** Asks and lets the mailer answer so. */
async function handedOver(...answers: Handover[]): Promise<Party> {
  const host = await party();
  host.world.answerNext(...answers);
  await host.invite(SAM);
  return host;
}

describe('what a platform says between the plan and the mail', () => {
  const word = (host: Party, word: 'unsubscribed' | 'subscribed') =>
    notePlatformWord(host.world, {
      workspace: host.organizer.workspace,
      connection: 'con_1',
      audience: null,
      address: SAM,
      word,
      at: new Date(host.world.clock.now()).toISOString(),
    });

  test('an unsubscribe stops the first mail that others asked for', async () => {
    const host = await party();
    await host.ask(SAM, 'audience');
    host.world.clock.advance(1_000);
    await word(host, 'unsubscribed');
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(0);
    expect(await state(host)).toMatchObject({ word: 'skipped' });
    expect((await host.person(SAM)).invite.reason).toBe('platform_unsubscribed');
    await host.world.close();
  });

  test('what he asked for himself goes out, and so does every change of what he has', async () => {
    const own = await party();
    await own.ask(SAM, 'button');
    own.world.clock.advance(1_000);
    await word(own, 'unsubscribed');
    await own.world.runJobs();
    expect(own.mailsTo(SAM)).toHaveLength(1);
    await own.world.close();

    const listed = await party();
    await listed.invite(SAM, 'list');
    listed.world.clock.advance(1_000);
    await word(listed, 'unsubscribed');
    await listed.say({
      sequence: 1,
      dtstamp: '20260301T090000Z',
      start: '20260408T170000',
      end: '20260408T180000',
    });
    await listed.settle();
    expect(listed.mailsTo(SAM)).toHaveLength(2);
    await listed.world.close();
  });

  test('an older word, which was looked at when he was asked for, changes nothing', async () => {
    const host = await party();
    await word(host, 'subscribed');
    host.world.clock.advance(1_000);
    await host.ask(SAM, 'audience');
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });
});

describe('what the mailer says decides the row', () => {
  test('accepted: SENT, with the id it gave', async () => {
    const host = await handedOver({ kind: 'accepted', messageId: '<given@mailer.test>' });
    expect(await state(host)).toMatchObject({
      word: 'sent',
      sends: [
        { state: 'SENT', messageId: '<given@mailer.test>', attempt: 1, maybeDuplicate: false, sequence: 0 },
      ],
    });
    await host.world.close();
  });

  test('refused: FAILED with the reason, never tried again', async () => {
    const host = await handedOver({ kind: 'refused', reason: 'message_rejected' });
    expect(await state(host)).toMatchObject({
      word: 'failed',
      sends: [{ state: 'FAILED', reason: 'message_rejected' }],
    });
    host.world.clock.advance(86_400_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });

  test('throttled: PLANNED for later, not counted as an attempt, then sent', async () => {
    const host = await handedOver({ kind: 'throttled', reason: 'rate', retryAfterMs: 30_000 });
    const notBefore = host.world.clock.now() + 30_000;
    expect(await state(host)).toMatchObject({
      word: 'planned',
      sends: [{ state: 'PLANNED', notBefore, attempt: 0 }],
    });
    host.world.clock.advance(29_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    host.world.clock.advance(1_000);
    await host.world.runJobs();
    expect(await state(host)).toMatchObject({ word: 'sent', sends: [{ attempt: 1, maybeDuplicate: false }] });
    await host.world.close();
  });

  test('unknown: AMBIGUOUS, tried again after its patience with the same bytes, at most twice, then before a person', async () => {
    const host = await handedOver(UNKNOWN, UNKNOWN, UNKNOWN);
    expect(await state(host)).toMatchObject({
      word: 'ambiguous',
      sends: [{ state: 'AMBIGUOUS', reason: 'timeout' }],
    });
    for (const minutes of [11, 11, 11, 11, 11]) {
      host.world.clock.advance(minutes * 60_000);
      await host.world.runJobs();
    }
    const mails = host.mailsTo(SAM);
    expect(mails.map(({ about }) => about.attempt)).toEqual([1, 2, 3]);
    expect(new Set(mails.map(({ raw }) => Buffer.from(raw).toString('latin1'))).size).toBe(1);
    expect(await state(host)).toMatchObject({
      word: 'ambiguous',
      sends: [{ state: 'AMBIGUOUS', until: null, reason: 'unknown_outcome', maybeDuplicate: true }],
    });
    await host.world.close();
  });

  test('a mailer that throws is an unknown outcome, too', async () => {
    const host = await party();
    host.world.answerNext(() => {
      throw new Error('socket hang up');
    });
    await host.invite(SAM);
    expect(await state(host)).toMatchObject({ word: 'ambiguous', sends: [{ reason: 'mailer_threw' }] });
    await host.world.close();
  });

  test('a pause that the mail system asks for holds up the rest of the job, and loses nobody', async () => {
    const host = await party();
    const people = ['a@example.org', 'b@example.org', 'c@example.org'];
    for (const each of people) await host.ask(each, 'vip');
    await forgetJobs(host);
    host.world.answerNext({ kind: 'throttled', reason: 'rate', retryAfterMs: 5_000 });
    const event = (await host.event()).id;
    await deliver(host.world, { event, people: people.map(addressHash) });
    expect(host.world.outbox()).toHaveLength(1);
    host.world.clock.advance(5_000);
    await host.world.runJobs();
    for (const each of people) expect((await state(host, each)).word).toBe('sent');
    await host.world.close();
  });
});

describe('an outcome that comes late', () => {
  test('is believed although the lease ran out meanwhile: nothing is repeated', async () => {
    const host = await party();
    await host.ask(SAM);
    const work = { event: (await host.event()).id, people: [addressHash(SAM)] };
    host.world.answerNext(async () => {
      host.world.clock.advance(301_000);
      await deliver(host.world, work);
      expect((await state(host)).word).toBe('ambiguous');
      return { kind: 'accepted', messageId: '<slow@mailer.test>' };
    });
    await deliver(host.world, work);
    expect(await state(host)).toMatchObject({
      word: 'sent',
      sends: [{ state: 'SENT', messageId: '<slow@mailer.test>' }],
    });
    host.world.clock.advance(3_600_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });

  test('is repeated with the bytes of its first attempt, although another date’s mail left in between', async () => {
    const host = await party({ event: { lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] } });
    await host.invite(SAM);
    const move = (date: string, sequence: number) =>
      host.say({
        sequence,
        dtstamp: `2026022${sequence}T090000Z`,
        start: `${date}T190000`,
        end: `${date}T200000`,
        lines: [`RECURRENCE-ID;TZID=Europe/Berlin:${date}T170000`],
      });
    await move('20260414', 1);
    host.world.answerNext(UNKNOWN);
    await host.settle();
    await move('20260421', 2);
    await host.settle();
    host.world.clock.advance(11 * 60_000);
    await host.world.runJobs();
    const mails = host.mailsTo(SAM).map(({ raw }) => Buffer.from(raw).toString('latin1'));
    expect(mails).toHaveLength(4);
    expect(mails[3]).toBe(mails[1]);
    await host.world.close();
  });
});

describe('right before the handover', () => {
  test('a new revision takes the claim back: the newest leaves, once', async () => {
    const host = await party();
    await host.ask(SAM);
    const { world } = host;
    const event = (await host.event()).id;
    let looks = 0;
    const table = {
      ...world.table,
      get: async (key: { pk: string; sk: string }) => {
        // The second look at the event is the one after the claim.
        if (key.pk === `E#${event}` && key.sk === 'E') {
          looks += 1;
          if (looks === 2) {
            await host.say({
              sequence: 1,
              dtstamp: '20260301T085900Z',
              start: '20260407T190000',
              end: '20260407T200000',
            });
          }
        }
        return world.table.get(key);
      },
    };
    await deliver({ ...world, table }, { event, people: [addressHash(SAM)] });
    expect(host.mailsTo(SAM)).toHaveLength(1);
    expect((await host.lastTo(SAM)).property('DTSTART')).toBe(';TZID=Europe/Berlin:20260407T190000');
    const { sends } = await host.person(SAM);
    expect(sends.map(send => [send.revision, send.state]).sort()).toEqual([
      [1, 'SUPERSEDED'],
      [2, 'SENT'],
    ]);
    await world.close();
  });

  test('P9: an unsubscribe between plan and handover stops the mail', async () => {
    const host = await party();
    await host.ask(SAM);
    const { world } = host;
    const event = await host.event();
    let looks = 0;
    const table = {
      ...world.table,
      get: async (key: { pk: string; sk: string }) => {
        if (key.pk === `E#${event.id}` && key.sk === 'E') {
          looks += 1;
          if (looks === 2)
            await suppress(world, { workspace: event.workspace, address: SAM, reason: 'complained' });
        }
        return world.table.get(key);
      },
    };
    await deliver({ ...world, table }, { event: event.id, people: [addressHash(SAM)] });
    expect(host.mailsTo(SAM)).toEqual([]);
    expect(await state(host)).toMatchObject({
      word: 'complained',
      sends: [{ state: 'SKIPPED', reason: 'complained' }],
    });
    await world.close();
  });

  test('another worker’s claim is respected: this one waits, and comes back when that lease is over', async () => {
    const host = await party();
    await host.ask(SAM);
    const { world } = host;
    await forgetJobs(host);
    const { invite } = await host.person(SAM);
    const until = world.clock.now() + 60_000;
    let taken = false;
    const table = {
      ...world.table,
      put: async (...args: Parameters<typeof world.table.put>) => {
        if (args[0].state === 'CLAIMED' && !taken) {
          taken = true;
          await world.table.put(
            sendRow(invite, sendWith({ id: 'other', state: 'CLAIMED', personal: 7, until })),
          );
        }
        return world.table.put(...args);
      },
    };
    await deliver({ ...world, table }, { event: invite.event, people: [addressHash(SAM)] });
    await world.runJobs();
    expect(host.mailsTo(SAM)).toEqual([]);
    world.clock.advance(60_000);
    await world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await world.close();
  });

  test('two workers at one person send one mail', async () => {
    const host = await party();
    await host.ask(SAM);
    const work = { event: (await host.event()).id, people: [addressHash(SAM)] };
    await Promise.all([1, 2, 3, 4].map(() => deliver(host.world, work)));
    await host.world.runJobs();
    host.world.clock.advance(20 * 60_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    await host.world.close();
  });

  test('a fan-out that meets a request under way never overtakes it with a CANCEL', async () => {
    const host = await party();
    await host.ask(SAM);
    let cancelled = false;
    host.world.answerNext(async () => {
      if (!cancelled) {
        cancelled = true;
        await host.say({ method: 'CANCEL', sequence: 1 });
        const event = (await host.event()).id;
        await deliver(host.world, { event, people: [addressHash(SAM)] });
      }
      return { kind: 'accepted', messageId: '<late@mailer.test>' };
    });
    await host.world.runJobs();
    expect(host.mailsTo(SAM).map(({ about }) => about.kind)).toEqual(['request', 'cancel']);
    await host.world.close();
  });
});

describe('feedback', () => {
  test('settles an unknown outcome: the mail left, nothing is repeated', async () => {
    const host = await handedOver(UNKNOWN);
    const { sends } = await host.person(SAM);
    const at = '2026-03-01T09:01:00Z';
    await feedback(host.world, { send: sends[0]?.id ?? '', kind: 'delivered', hard: false, at });
    host.world.clock.advance(3_600_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    expect(await state(host)).toMatchObject({
      word: 'delivered',
      sends: [{ state: 'SENT', maybeDuplicate: false }],
    });
    await host.world.close();
  });

  test('that it was sent settles an unknown outcome and says no more', async () => {
    const host = await handedOver(UNKNOWN);
    const { sends } = await host.person(SAM);
    await feedback(host.world, {
      send: sends[0]?.id ?? '',
      kind: 'sent',
      hard: false,
      at: '2026-03-01T09:01:00Z',
    });
    host.world.clock.advance(3_600_000);
    await host.world.runJobs();
    expect(host.mailsTo(SAM)).toHaveLength(1);
    expect(await state(host)).toMatchObject({ word: 'sent', sends: [{ state: 'SENT', feedback: null }] });
    await host.world.close();
  });

  test('F24: the strongest word stays, in every order', async () => {
    const orders = [
      ['delivered', 'bounced', 'complained'],
      ['complained', 'delivered', 'bounced'],
      ['bounced', 'complained', 'delivered'],
    ] as const;
    for (const order of orders) {
      const host = await handedOver();
      const send = (await host.person(SAM)).sends[0]?.id ?? '';
      for (const kind of order)
        await feedback(host.world, { send, kind, hard: false, at: '2026-03-01T09:01:00Z' });
      expect(await state(host)).toMatchObject({ word: 'complained', sends: [{ feedback: 'complained' }] });
      await host.world.close();
    }
  });

  test('a hard bounce and a complaint stop the address for the workspace; a soft bounce doesn’t', async () => {
    for (const [kind, hard, stops] of [
      ['bounced', true, true],
      ['complained', false, true],
      ['bounced', false, false],
    ] as const) {
      const host = await handedOver();
      const send = (await host.person(SAM)).sends[0]?.id ?? '';
      await feedback(host.world, { send, kind, hard, at: '2026-03-01T09:01:00Z' });
      expect(await isSuppressed(host.world, host.organizer.workspace, SAM)).toBe(stops);
      await host.world.close();
    }
  });

  test('of a mail nobody sent changes nothing', async () => {
    const host = await handedOver();
    const told = { kind: 'bounced', hard: true, at: '2026-03-01T09:01:00Z' } as const;
    expect((await feedback(host.world, { ...told, send: 'nonsense' })).outcome).toBe('unknown_send');
    expect((await feedback(host.world, { ...told, token: 'b'.repeat(26) })).outcome).toBe('unknown_send');
    expect((await state(host)).word).toBe('sent');
    await host.world.close();
  });
});

describe('the names of mails', () => {
  test('a send id names its row and survives SES tags', () => {
    const key = {
      kind: 'cancel',
      component: '2026-04-14T15:00:00Z',
      revision: 12,
      personal: 3,
      generation: 2,
    } as const;
    const id = sendId('a'.repeat(26), key);
    expect(id).toMatch(/^[a-z0-9_-]{1,200}$/);
    expect(readSendId(id)).toEqual({ token: 'a'.repeat(26), ...key });
    expect(readSendId(sendId('b'.repeat(26), { ...key, component: 'series' }))?.component).toBe('series');
    for (const wrong of ['', 'a'.repeat(200), `${id}x`, id.toUpperCase()])
      expect(readSendId(wrong)).toBeUndefined();
  });

  test('a token is found in a UID that Exchange wrapped in hex', () => {
    const token = 'abcdefghijklmnopqrstuvwxyz';
    const wrapped = `040000008200E00074C5B7101A82E008${'0'.repeat(32)}${Buffer.from(`vCal-Uid\u0001\0\0\0${token}@sis.localhost\0`).toString('hex')}`;
    expect(tokenIn(wrapped)).toBe(token);
    expect(tokenIn('AndroidEmail-without-any')).toBeUndefined();
  });
});

describe('many people', () => {
  test('a fan-out pages through everybody, few to a job, and its pages cover each person once', async () => {
    const host = await party();
    const people = Array.from({ length: 60 }, (_, index) => `person${index}@example.org`);
    for (const each of people) await host.ask(each, 'vip');
    await host.world.runJobs();
    await host.say({ sequence: 1, start: '20260407T190000', end: '20260407T200000' });
    await host.settle();
    const counts = people.map(each => host.mailsTo(each).length);
    expect(new Set(counts)).toEqual(new Set([2]));
    const event = (await host.event()).id;
    const before = host.world.outbox().length;
    await fanOut(host.world, { event });
    expect(await host.world.runJobs()).toBe(0);
    expect(host.world.outbox()).toHaveLength(before);
    await host.world.close();
  });

  test('more than a page of them are all reached, each once', async () => {
    const host = await party();
    const { invite } = await host.invite(SAM);
    await forgetJobs(host);
    const people = Array.from({ length: 1200 }, (_, index) => `person${index}@example.org`);
    const rows = people.map((email, index) =>
      inviteRow({ ...invite, id: `inv_${index}`, email, address: email, personal: 0 }),
    );
    await host.world.table.putAll(rows.map(row => ({ row })));
    const reached: string[] = [];
    const jobs = { ...host.world.jobs };
    await host.world.jobs.add([{ lane: 'bulk', kind: 'fan-out', body: { event: invite.event } }]);
    for (;;) {
      const taken = await jobs.take('bulk', 100, 1000);
      if (taken.length === 0) break;
      for (const job of taken) {
        if (job.kind === 'deliver') reached.push(...(job.body.people as string[]));
        else await runJob(host.world, job);
        await jobs.done(job);
      }
    }
    expect(reached.sort()).toEqual(people.map(addressHash).sort());
    await host.world.close();
  });

  test('are listed page by page, each once, with all their mails', async () => {
    const host = await party();
    const people = Array.from({ length: 23 }, (_, index) => `person${index}@example.org`);
    for (const each of people) await host.ask(each, 'vip');
    await host.world.runJobs();
    const event = (await host.event()).id;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInvites(host.world, event, { limit: 5, cursor });
      expect(page.items.length).toBeLessThanOrEqual(5);
      for (const { invite, sends } of page.items) {
        seen.push(invite.email);
        expect(sends).toHaveLength(1);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual([...people].sort());
    await host.world.close();
  });

  test('are counted as they stand', async () => {
    const host = await party({ guests: ['guest@example.org'] });
    for (const each of ['a@example.org', 'b@example.org', 'guest@example.org']) await host.ask(each, 'vip');
    await host.world.runJobs();
    const send = (await host.person('b@example.org')).sends[0]?.id ?? '';
    await feedback(host.world, { send, kind: 'bounced', hard: true, at: '2026-03-01T09:01:00Z' });
    expect(await tally(host.world, await host.event())).toEqual({
      invited: 2,
      sent: 2,
      yes: 0,
      no: 0,
      maybe: 0,
      noAnswer: 2,
      bounced: 1,
      unsubscribed: 0,
      asOf: '2026-03-01T09:00:00.000Z',
    });
    await host.world.close();
  });
});

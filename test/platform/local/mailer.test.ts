import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type LocalMailer, openMailer } from '../../../src/platform/local/mailer.ts';
import { pacer } from '../../../src/platform/local/pacer.ts';
import { subjectOf } from '../../../src/platform/local/subject.ts';
import { mailOf } from '../../contract/mailer.battery.ts';
import { testClock } from '../../support/clock.ts';
import { type Mood, scriptedSmtp } from '../../support/scripted-smtp.ts';
import { inTemporaryFolder } from '../../support/temporary.ts';

const RAW = 'From: <book-club@sis.example>\r\nSubject: Invitation: Reading\r\n\r\nHello\r\n';
const random = { bytes: (count: number) => randomBytes(count) };
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function open(folder: string, options: Partial<Parameters<typeof openMailer>[0]> = {}): LocalMailer {
  const local = openMailer({ folder, rate: 1_000, clock: testClock(), random, ...options });
  ends.push(() => local.close());
  return local;
}

async function withRelay(folder: string, timeoutMs = 400) {
  const far = await scriptedSmtp();
  ends.push(() => far.close());
  return { far, ...open(folder, { relay: { host: '127.0.0.1', port: far.port, timeoutMs } }) };
}

describe('the outbox', () => {
  test('shows a mail, its bytes and what it is about, newest first', () =>
    inTemporaryFolder(async folder => {
      const clock = testClock('2026-03-02T09:00:00Z');
      const { mailer, outbox } = open(folder, { clock });
      const about = { event: 'evt_1', invite: 'inv_1', revision: 2, workspace: 'ws_1' };
      await mailer.send(mailOf(RAW, { send: 'snd_1', ...about }));
      clock.advance(1_000);
      await mailer.send({ ...mailOf(RAW.replace('Reading', 'Running')), to: 'Ada@Example.com' });
      const { items, cursor } = await outbox.list();
      expect(cursor).toBeUndefined();
      expect(items).toEqual([
        expect.objectContaining({
          to: 'ada@example.com',
          subject: 'Invitation: Running',
          outcome: 'accepted',
        }),
        {
          id: expect.stringMatching(/^out_[0-9a-z]{26}$/),
          at: Date.parse('2026-03-02T09:00:00Z'),
          from: 'book-club@sis.example',
          to: 'sam@example.org',
          subject: 'Invitation: Reading',
          about: { send: 'snd_1', kind: 'request', attempt: 1, ...about },
          outcome: 'accepted',
        },
      ]);
      const found = await outbox.get(items[1]?.id ?? '');
      expect(Buffer.from(found?.raw ?? []).toString()).toBe(RAW);
      expect(found?.mail).toEqual(items[1]);
      expect(await outbox.get('out_nothing')).toBeUndefined();
    }));

  test('pages, and shows one mailbox alone', () =>
    inTemporaryFolder(async folder => {
      const { mailer, outbox } = open(folder);
      for (let n = 0; n < 7; n += 1) {
        const to = n % 2 === 0 ? 'sam@example.org' : 'ada@example.com';
        await mailer.send({ ...mailOf(RAW, { send: `snd_${n}` }), to });
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await outbox.list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.items.map(({ about }) => about.send));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(['snd_6', 'snd_5', 'snd_4', 'snd_3', 'snd_2', 'snd_1', 'snd_0']);
      const ada = await outbox.list({ to: 'ADA@example.com' });
      expect(ada.items.map(({ about }) => about.send)).toEqual(['snd_5', 'snd_3', 'snd_1']);
      expect(await outbox.list({ cursor: 'nonsense' })).toEqual({ items: [] });
    }));

  test('is still there after a new start, and drops what is old', () =>
    inTemporaryFolder(async folder => {
      const clock = testClock('2026-03-02T09:00:00Z');
      const first = openMailer({ folder, rate: 1_000, clock, random });
      await first.mailer.send(mailOf(RAW, { send: 'snd_old' }));
      clock.advance(60_000);
      await first.mailer.send(mailOf(RAW, { send: 'snd_new' }));
      await first.close();
      const { outbox } = open(folder);
      expect((await outbox.list()).items.map(({ about }) => about.send)).toEqual(['snd_new', 'snd_old']);
      expect(await outbox.prune(Date.parse('2026-03-02T09:01:00Z'))).toBe(1);
      expect((await outbox.list()).items.map(({ about }) => about.send)).toEqual(['snd_new']);
    }));

  test('that cannot be written makes the mail come again later', () =>
    inTemporaryFolder(async folder => {
      const { mailer, outbox } = open(folder);
      await outbox.close();
      expect(await mailer.send(mailOf(RAW))).toEqual({ kind: 'throttled', reason: 'outbox_not_writable' });
    }));
});

describe('the subject of a mail of ours', () => {
  test.each([
    ['Subject: plain\r\n\r\nbody', 'plain'],
    ['A: b\r\nsubject:  folded\r\n over two\r\nC: d\r\n\r\nSubject: not this', 'folded over two'],
    ['Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=\r\n\r\n', 'Grüße aus Köln'],
    ['Subject: Re: =?UTF-8?B?8J+O?=\r\n =?UTF-8?B?iSDDpA==?= end\r\n\r\n', 'Re: 🎉 ä end'],
    ['From: a\r\n\r\nSubject: no', ''],
    ['Subject: =?x-unknown?Q?a?=\r\n\r\n', '=?x-unknown?Q?a?='],
  ])('in %j', (raw, subject) => {
    expect(subjectOf(Buffer.from(raw))).toBe(subject);
  });
});

describe('the relay', () => {
  test('gets the mail with what it is about in headers, and the outbox keeps it without', () =>
    inTemporaryFolder(async folder => {
      const { far, mailer, outbox } = await withRelay(folder);
      await mailer.send(
        mailOf(RAW, {
          send: 'snd_1',
          kind: 'cancel',
          attempt: 2,
          event: 'evt_1',
          invite: 'inv_1',
          revision: 3,
          workspace: 'ws_1',
        }),
      );
      expect(far.taken).toEqual([
        {
          from: 'book-club@sis.example',
          to: ['sam@example.org'],
          raw: `X-SIS-Send: snd_1\r\nX-SIS-Invite: inv_1\r\nX-SIS-Event: evt_1\r\nX-SIS-Revision: 3\r\nX-SIS-Kind: cancel\r\nX-SIS-Attempt: 2\r\n${RAW}`,
        },
      ]);
      const [kept] = (await outbox.list()).items;
      expect(Buffer.from((await outbox.get(kept?.id ?? ''))?.raw ?? []).toString()).toBe(RAW);
    }));

  test('leaves out headers of what a mail is not about', () =>
    inTemporaryFolder(async folder => {
      const { far, mailer } = await withRelay(folder);
      await mailer.send(mailOf(RAW, { kind: 'signin' }));
      expect(far.taken[0]?.raw).toBe(`X-SIS-Send: snd_1\r\nX-SIS-Kind: signin\r\nX-SIS-Attempt: 1\r\n${RAW}`);
    }));

  test('is reached over one connection for mails that follow each other', () =>
    inTemporaryFolder(async folder => {
      const { far, mailer } = await withRelay(folder);
      for (let n = 0; n < 10; n += 1) await mailer.send(mailOf(RAW));
      expect(far.taken).toHaveLength(10);
      expect(far.connections()).toBe(1);
    }));

  const moods: [string, Mood, object, 'shown' | 'not shown'][] = [
    [
      '421 at the greeting',
      { at: 'greeting', reply: '421 busy' },
      { kind: 'throttled', reason: 'smtp_421' },
      'not shown',
    ],
    [
      '554 at the greeting',
      { at: 'greeting', reply: '554 go away' },
      { kind: 'refused', reason: 'smtp_554' },
      'shown',
    ],
    [
      'a reset instead of a greeting',
      { at: 'greeting', do: 'reset' },
      { kind: 'throttled', reason: 'relay_unreachable' },
      'not shown',
    ],
    [
      'silence instead of a greeting',
      { at: 'greeting', do: 'silence' },
      { kind: 'throttled', reason: 'relay_unreachable' },
      'not shown',
    ],
    [
      '450 at MAIL',
      { at: 'mail', reply: '450 later' },
      { kind: 'throttled', reason: 'smtp_450' },
      'not shown',
    ],
    [
      'a reset at MAIL',
      { at: 'mail', do: 'reset' },
      { kind: 'throttled', reason: 'relay_unreachable' },
      'not shown',
    ],
    [
      '452 at RCPT',
      { at: 'rcpt', reply: '452 full' },
      { kind: 'throttled', reason: 'smtp_452' },
      'not shown',
    ],
    ['550 at RCPT', { at: 'rcpt', reply: '550 unknown' }, { kind: 'refused', reason: 'smtp_550' }, 'shown'],
    [
      '451 at DATA',
      { at: 'data', reply: '451 later' },
      { kind: 'throttled', reason: 'smtp_451' },
      'not shown',
    ],
    [
      'a reset at DATA',
      { at: 'data', do: 'reset' },
      { kind: 'throttled', reason: 'relay_unreachable' },
      'not shown',
    ],
    [
      'silence at DATA',
      { at: 'data', do: 'silence' },
      { kind: 'throttled', reason: 'relay_unreachable' },
      'not shown',
    ],
    [
      '451 after the mail',
      { at: 'end', reply: '451 later' },
      { kind: 'throttled', reason: 'smtp_451' },
      'not shown',
    ],
    [
      '554 after the mail',
      { at: 'end', reply: '554 spam' },
      { kind: 'refused', reason: 'smtp_554' },
      'shown',
    ],
    [
      'a reset after the mail',
      { at: 'end', do: 'reset' },
      { kind: 'unknown', reason: 'relay_silent_after_data' },
      'shown',
    ],
    [
      'silence after the mail',
      { at: 'end', do: 'silence' },
      { kind: 'unknown', reason: 'relay_silent_after_data' },
      'shown',
    ],
  ];
  test.each(moods)('that answers %s means so, after one attempt', (_, mood, expected, shown) =>
    inTemporaryFolder(async folder => {
      const { far, mailer, outbox } = await withRelay(folder);
      far.next(mood);
      expect(await mailer.send(mailOf(RAW))).toMatchObject(expected);
      expect(far.taken).toHaveLength(0);
      expect(far.connections()).toBe(1);
      expect((await outbox.list()).items).toHaveLength(shown === 'shown' ? 1 : 0);
      expect(await mailer.send(mailOf(RAW))).toMatchObject({ kind: 'accepted' });
    }),
  );

  test('that ended an idle connection costs no mail', () =>
    inTemporaryFolder(async folder => {
      const { far, mailer } = await withRelay(folder);
      await mailer.send(mailOf(RAW));
      far.next({ at: 'mail', do: 'reset' });
      expect(await mailer.send(mailOf(RAW))).toMatchObject({ kind: 'throttled' });
      expect(await mailer.send(mailOf(RAW))).toMatchObject({ kind: 'accepted' });
      expect(far.taken).toHaveLength(2);
    }));
});

describe('the pace', () => {
  const paced = (perSecond: number, longestWaitMs?: number) => {
    let now = 0;
    const waits: number[] = [];
    const turn = pacer({
      perSecond,
      ...(longestWaitMs === undefined ? {} : { longestWaitMs }),
      now: () => now,
      sleep: async ms => {
        waits.push(ms);
      },
    });
    return {
      turn,
      waits,
      advance: (ms: number) => {
        now += ms;
      },
    };
  };

  test('lets a tenth of a second go at once, then keeps the interval', async () => {
    const { turn, waits } = paced(100);
    for (let n = 0; n < 13; n += 1) await turn();
    expect(waits).toEqual([10, 20, 30]);
  });

  test('never exceeds the rate over any second', async () => {
    const { turn, waits, advance } = paced(10);
    for (let n = 0; n < 5; n += 1) await turn();
    expect(waits).toEqual([100, 200, 300, 400]);
    advance(10_000);
    await turn();
    await turn();
    expect(waits).toEqual([100, 200, 300, 400, 100]);
  });

  test('turns away who would wait too long, and says how long', async () => {
    const { turn, waits, advance } = paced(10, 250);
    for (let n = 0; n < 3; n += 1) expect(await turn()).toEqual({});
    expect(await turn()).toEqual({ retryAfterMs: 300 });
    expect(waits).toEqual([100, 200]);
    advance(300);
    expect(await turn()).toEqual({});
  });

  test('holds the mailer to its rate', () =>
    inTemporaryFolder(async folder => {
      const { mailer } = open(folder, { rate: 50 });
      const from = performance.now();
      const handovers = await Promise.all(Array.from({ length: 30 }, () => mailer.send(mailOf(RAW))));
      expect(handovers.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect(performance.now() - from).toBeGreaterThanOrEqual(480);
    }));

  test('turns mails away rather than queue without end', () =>
    inTemporaryFolder(async folder => {
      const { mailer } = open(folder, { rate: 1 });
      const handovers = await Promise.all(Array.from({ length: 6 }, () => mailer.send(mailOf(RAW))));
      expect(handovers.filter(({ kind }) => kind === 'accepted')).toHaveLength(3);
      expect(handovers.at(-1)).toMatchObject({
        kind: 'throttled',
        reason: 'send_rate',
        retryAfterMs: expect.any(Number),
      });
    }));
});

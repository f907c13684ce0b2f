import { describe, expect, test } from '@jest/globals';
import { SERIES } from '../../src/calendar/state.ts';
import { effectiveAnswer } from '../../src/invites/answers.ts';
import type { Answer } from '../../src/invites/invite.ts';
import { answer, type GivenAnswer } from '../../src/rsvp/answer.ts';
import { isSameMailbox } from '../../src/rsvp/same-person.ts';
import { party } from '../invites/party.ts';

type Said = Pick<GivenAnswer, 'answer' | 'at' | 'toRevision' | 'evidence'>;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
  );
}

function said(
  what: Answer,
  minute: number,
  toRevision: number,
  evidence: 'verified' | 'low' = 'verified',
): Said {
  return { answer: what, at: `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`, toRevision, evidence };
}

const REST = { component: SERIES, origin: null, prodId: null, note: null, guests: 0 } as const;

describe('answers of one person', () => {
  test.each<[string, readonly Said[], Answer, Answer | null]>([
    [
      'the latest of the proven',
      [said('yes', 1, 2), said('no', 2, 2), said('maybe', 3, 2), said('yes', 9, 2, 'low')],
      'maybe',
      null,
    ],
    [
      'to the newest content, not the latest in time',
      [said('yes', 1, 2), said('no', 5, 1), said('no', 6, 1)],
      'yes',
      null,
    ],
    [
      'the latest to the newest of the old contents',
      [said('yes', 1, 1), said('no', 5, 0), said('maybe', 2, 1)],
      'none',
      'maybe',
    ],
    [
      'a proven one, however old',
      [said('no', 1, 2), said('yes', 5, 2, 'low'), said('maybe', 6, 2, 'low')],
      'no',
      null,
    ],
    ['a later taking back', [said('yes', 1, 2), said('none', 2, 2), said('yes', 1, 2, 'low')], 'none', null],
  ])('in any order of arrival end with %s', async (_what, all, ends, before) => {
    const host = await party();
    await host.say({
      sequence: 1,
      dtstamp: '20260221T090000Z',
      start: '20260407T190000',
      end: '20260407T200000',
    });
    const event = await host.event();
    expect(event.state.components[SERIES]?.significantRevision).toBe(2);
    for (const [index, order] of permutations(all).entries()) {
      const email = `person${index}@example.org`;
      await host.ask(email, 'vip');
      const { invite } = await host.person(email);
      // Worked on twice, as jobs may be.
      for (const each of [...order, ...order]) {
        await answer(host.world, {
          event,
          invite,
          ...REST,
          ...each,
          receivedAt: `${each.at.slice(0, 19)}.000Z`,
        });
      }
      const after = (await host.person(email)).invite;
      expect(effectiveAnswer(after, event.state)).toMatchObject({ answer: ends, previousAnswer: before });
    }
    await host.world.close();
  });

  test('given at the same time from two machines are both seen by the store: nothing is lost', async () => {
    const host = await party();
    const { invite } = await host.invite('sam@example.org');
    const event = await host.event();
    await Promise.all(
      [1, 2, 3, 4, 5].map(minute =>
        answer(host.world, {
          event,
          invite,
          ...REST,
          ...said(minute === 5 ? 'no' : 'yes', minute, 1),
          receivedAt: `2026-03-01T10:0${minute}:00.000Z`,
        }),
      ),
    );
    expect((await host.person('sam@example.org')).invite.answers[SERIES]).toMatchObject({ answer: 'no' });
    await host.world.close();
  });

  test('a no that becomes a yes brings the small change he had been spared', async () => {
    const host = await party();
    const { invite } = await host.invite('sam@example.org');
    const given = async (what: Answer, minute: number) =>
      answer(host.world, {
        event: await host.event(),
        invite,
        ...REST,
        ...said(what, minute, 1),
        receivedAt: `2026-03-01T10:0${minute}:00.000Z`,
      });
    await given('no', 1);
    await host.say({ sequence: 0, dtstamp: '20260301T090500Z', summary: 'Spring webinar in room 5' });
    await host.settle();
    expect(host.mailsTo('sam@example.org')).toHaveLength(1);
    await given('yes', 2);
    await host.world.runJobs();
    expect(host.mailsTo('sam@example.org')).toHaveLength(2);
    expect((await host.lastTo('sam@example.org')).property('SUMMARY')).toBe(':Spring webinar in room 5');
    await host.world.close();
  });
});

describe('one mailbox under two names', () => {
  test.each([
    ['sam@example.org', 'sam+news@example.org', true],
    ['sam+a@example.org', 'sam+b@example.org', true],
    ['sa.m@gmail.com', 'SAM+x@googlemail.com', true],
    ['sam@icloud.com', 'sam@mac.com', true],
    ['sa.m@example.org', 'sam@example.org', false],
    ['sam@example.org', 'sam@example.com', false],
    ['sam@gmail.com', 'sam@icloud.com', false],
    ['kim@example.org', 'sam@example.org', false],
    ['+a@example.org', '+b@example.org', false],
    ['not an address', 'not an address', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameMailbox(one, other)).toBe(same);
    expect(isSameMailbox(other, one)).toBe(same);
  });
});

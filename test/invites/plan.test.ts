import { describe, expect, test } from '@jest/globals';
import { SERIES } from '../../src/calendar/state.ts';
import type { Invite, Send } from '../../src/invites/invite.ts';
import { plan } from '../../src/invites/plan.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { BEFORE, eventWith, inviteWith, sendWith } from './states.ts';

const TUESDAY = '2026-04-14T15:00:00Z';
const OTHERS = [1, 2, 3, 4, 5, 6].map(week => `2026-05-0${week}T15:00:00Z`);

function planned(
  event: ReturnType<typeof eventWith>,
  sends: readonly Send[],
  invite: Partial<Invite> = {},
  now = BEFORE,
) {
  return plan(event, inviteWith(invite), sends, now, DEFAULT_LIMITS);
}

/** `request series 3`, or with its personal step and generation. */
function steps(result: ReturnType<typeof plan>): string[] {
  return result.steps.map(
    ({ kind, component, revision, personal, generation }) =>
      `${kind} ${component} r${revision} p${personal} g${generation}`,
  );
}

const answered = (answer: 'yes' | 'no', toRevision: number) => ({
  answers: {
    [SERIES]: {
      answer,
      at: '2026-03-01T08:30:00Z',
      toRevision,
      evidence: 'verified' as const,
      origin: null,
      prodId: null,
      note: null,
      guests: 0,
      receivedAt: '2026-03-01T08:30:00.000Z',
    },
  },
});

describe('the first mail', () => {
  test('is the whole object at the newest revision, whatever changed before', () => {
    const event = eventWith({ [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 4 } });
    expect(steps(planned(event, []))).toEqual(['request series r4 p0 g1']);
  });

  test('is asked for once: after it is sent nothing is left to do', () => {
    const event = eventWith({ [SERIES]: { revision: 1 } });
    const after = planned(event, [sendWith({ revision: 1 })]);
    expect(after.steps).toEqual([]);
    expect(after.waitUntil).toBeNull();
  });

  test('[R-68] is not sent for an event that is over', () => {
    const event = eventWith({ [SERIES]: { revision: 1 } });
    expect(planned(event, [], {}, Date.parse('2026-04-07T16:00:00Z')).purpose).toBe('nothing');
    expect(steps(planned(event, [], {}, Date.parse('2026-04-07T15:59:59Z')))).toEqual([
      'request series r1 p0 g1',
    ]);
  });

  test('waits for a draft, for the address’s confirmation, and never goes to who was skipped', () => {
    const event = eventWith({ [SERIES]: { revision: 1 } });
    expect(planned({ ...event, status: 'draft' }, []).steps).toEqual([]);
    expect(planned(event, [], { standing: 'unconfirmed' }).steps).toEqual([]);
    expect(planned(event, [], { standing: 'skipped' }).steps).toEqual([]);
  });

  test('of an event of which only one date is known is that date', () => {
    const event = eventWith({ [TUESDAY]: { revision: 1 } });
    expect(steps(planned(event, []))).toEqual([`request ${TUESDAY} r1 p0 g1`]);
  });
});

describe('an update', () => {
  test('of the series is the whole object again', () => {
    const event = eventWith({ [SERIES]: { revision: 2 } });
    expect(steps(planned(event, [sendWith({ revision: 1 })]))).toEqual(['request series r2 p0 g1']);
  });

  test('that ends a series behind dates still in calendars is told once more, and then nothing is', () => {
    const over = Date.parse('2026-05-01T00:00:00Z');
    const cut = { ...eventWith({ [SERIES]: { revision: 2 } }), reach: null };
    expect(steps(planned(cut, [sendWith({ revision: 1 })], {}, over))).toEqual(['request series r2 p0 g1']);
    expect(steps(planned(cut, [sendWith({ revision: 1 }), sendWith({ revision: 2 })], {}, over))).toEqual([]);
    expect(steps(planned(cut, [], {}, over))).toEqual([]);
    const known = { ...cut, reach: '2026-04-07T16:00:00Z' };
    expect(steps(planned(known, [sendWith({ revision: 1 })], {}, over))).toEqual([]);
  });

  test('of one date is that date alone, as REQUEST or as CANCEL', () => {
    const event = eventWith({
      [SERIES]: { revision: 1 },
      [TUESDAY]: { revision: 2 },
      '2026-04-21T15:00:00Z': { revision: 3, kind: 'cancel' },
    });
    expect(steps(planned(event, [sendWith({ revision: 1 })]))).toEqual([
      `request ${TUESDAY} r2 p0 g1`,
      'cancel 2026-04-21T15:00:00Z r3 p0 g1',
    ]);
  });

  test('of one date is not lost when another date moves next', () => {
    const event = eventWith({
      [SERIES]: { revision: 1 },
      [TUESDAY]: { revision: 2 },
      '2026-04-16T15:00:00Z': { revision: 3 },
    });
    const sends = [
      sendWith({ revision: 1 }),
      sendWith({ component: TUESDAY, revision: 2, state: 'PLANNED', sequence: null, dtstamp: null }),
    ];
    expect(steps(planned(event, sends))).toEqual([
      `request ${TUESDAY} r2 p0 g1`,
      'request 2026-04-16T15:00:00Z r3 p0 g1',
    ]);
  });

  test('of more dates than five is the whole object once', () => {
    const changed = Object.fromEntries(OTHERS.map((key, index) => [key, { revision: index + 2 }]));
    const event = eventWith({ [SERIES]: { revision: 1 }, ...changed });
    expect(steps(planned(event, [sendWith({ revision: 1 })]))).toEqual(['request series r7 p0 g1']);
  });

  test('that was already in a later whole object is not sent again', () => {
    const event = eventWith({ [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 2 } });
    expect(planned(event, [sendWith({ revision: 2 })]).steps).toEqual([]);
  });

  test('of a date that is over is not sent', () => {
    const event = eventWith({
      [SERIES]: { revision: 1 },
      '2026-02-24T15:00:00Z': { revision: 2, kind: 'cancel' },
    });
    const past = {
      ...event.state.components,
      '2026-02-24T15:00:00Z': { ...event.state.components['2026-02-24T15:00:00Z'], event: null },
    };
    const state = { ...event.state, components: past as typeof event.state.components };
    expect(planned({ ...event, state }, [sendWith({ revision: 1 })]).steps).toEqual([]);
  });

  test('takes the place of what was planned before it', () => {
    const event = eventWith({ [SERIES]: { revision: 2 } });
    const old = sendWith({ revision: 1, state: 'PLANNED', sequence: null, dtstamp: null });
    const result = planned(event, [old]);
    expect(steps(result)).toEqual(['request series r2 p0 g1']);
    expect(result.supersede).toEqual([old]);
  });

  test('repeats the whole object for who may not have got the first one', () => {
    const event = eventWith({ [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 2 } });
    const unknown = sendWith({
      revision: 1,
      state: 'AMBIGUOUS',
      maybeDuplicate: true,
      until: BEFORE + 60_000,
    });
    const result = planned(event, [unknown]);
    expect(steps(result)).toEqual(['request series r2 p0 g1']);
    expect(result.supersede).toEqual([unknown]);
  });

  test('repeats the whole object for whose first one bounced', () => {
    const event = eventWith({ [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 2 } });
    expect(steps(planned(event, [sendWith({ revision: 1, feedback: 'bounced' })]))).toEqual([
      'request series r2 p0 g1',
    ]);
  });

  test('[R-69] of words alone is spared to who said no; one that matters is not', () => {
    const sends = [sendWith({ revision: 1 })];
    const words = eventWith({ [SERIES]: { revision: 2, significant: 1 } });
    expect(planned(words, sends, answered('no', 1)).steps).toEqual([]);
    expect(steps(planned(words, sends, answered('yes', 1)))).toEqual(['request series r2 p0 g1']);
    const time = eventWith({ [SERIES]: { revision: 2, significant: 2 } });
    expect(steps(planned(time, sends, answered('no', 1)))).toEqual(['request series r2 p0 g1']);
  });

  test('[R-69] never goes to who unsubscribed, complained, bounced or was erased', () => {
    const event = eventWith({ [SERIES]: { revision: 2 } });
    for (const stopped of ['unsubscribed', 'complained', 'bounced', 'erased'] as const) {
      expect(planned(event, [sendWith({ revision: 1 })], { stopped }).steps).toEqual([]);
    }
  });
});

describe('a cancellation', () => {
  const cancelled = eventWith({ [SERIES]: { revision: 2, kind: 'cancel' } }, 'cancelled');

  test.each([
    ['was sent', sendWith({ revision: 1 })],
    [
      'may have been sent',
      sendWith({ revision: 1, state: 'AMBIGUOUS', maybeDuplicate: true, until: BEFORE + 1 }),
    ],
    [
      'was given up after an unknown outcome',
      sendWith({ revision: 1, state: 'SUPERSEDED', maybeDuplicate: true }),
    ],
  ])('goes to everybody whose invite %s', (_what, send) => {
    expect(steps(planned(cancelled, [send]))).toEqual(['cancel series r2 p0 g1']);
  });

  test.each([
    ['PLANNED', sendWith({ revision: 1, state: 'PLANNED', sequence: null, dtstamp: null })],
    ['FAILED', sendWith({ revision: 1, state: 'FAILED' })],
    ['SKIPPED', sendWith({ revision: 1, state: 'SKIPPED' })],
  ])('goes to nobody whose only mail is %s', (_state, send) => {
    const result = planned(cancelled, [send]);
    expect(result.steps).toEqual([]);
    expect(result.supersede).toEqual(send.state === 'PLANNED' ? [send] : []);
  });

  test('goes to who unsubscribed, once, and to nobody who complained, bounced or was erased', () => {
    const held = sendWith({ revision: 1 });
    expect(steps(planned(cancelled, [held], { stopped: 'unsubscribed' }))).toEqual([
      'cancel series r2 p0 g1',
    ]);
    const sent = sendWith({ kind: 'cancel', revision: 2 });
    expect(planned(cancelled, [held, sent], { stopped: 'unsubscribed' }).steps).toEqual([]);
    for (const stopped of ['complained', 'bounced', 'erased'] as const) {
      expect(planned(cancelled, [held], { stopped }).steps).toEqual([]);
    }
  });

  test('goes to who asks anew but has not confirmed: he still holds the old entry', () => {
    expect(steps(planned(cancelled, [sendWith({ revision: 1 })], { standing: 'unconfirmed' }))).toEqual([
      'cancel series r2 p0 g1',
    ]);
  });

  test('is followed by a whole REQUEST when the event revives', () => {
    const revived = eventWith({ [SERIES]: { revision: 3 } });
    const sends = [sendWith({ revision: 1 }), sendWith({ kind: 'cancel', revision: 2 })];
    expect(steps(planned(revived, sends))).toEqual(['request series r3 p0 g1']);
  });
});

describe('personal steps', () => {
  const event = eventWith({ [SERIES]: { revision: 3 } });

  test('asking again sends the same revision once more', () => {
    expect(steps(planned(event, [sendWith({ revision: 3 })], { personal: 1 }))).toEqual([
      'request series r3 p1 g1',
    ]);
  });

  test('a withdrawn person gets his CANCEL while the event lives on, and nothing after it', () => {
    const sends = [sendWith({ revision: 3 })];
    const withdrawn = { standing: 'withdrawn', personal: 1 } as const;
    expect(steps(planned(event, sends, withdrawn))).toEqual(['cancel series r3 p1 g1']);
    const after = [...sends, sendWith({ kind: 'cancel', revision: 3, personal: 1 })];
    expect(planned(eventWith({ [SERIES]: { revision: 4 } }), after, withdrawn).steps).toEqual([]);
  });

  test('a fresh entry comes after the CANCEL of the deleted one', () => {
    expect(steps(planned(event, [sendWith({ revision: 3 })], { personal: 1, generation: 2 }))).toEqual([
      'cancel series r3 p1 g1',
      'request series r3 p1 g2',
    ]);
  });
});

describe('one mail at a time', () => {
  const event = eventWith({ [SERIES]: { revision: 2 } });

  test('nothing is sent while another worker’s lease runs', () => {
    const claimed = sendWith({ revision: 1, state: 'CLAIMED', until: BEFORE + 1000 });
    const result = planned(event, [claimed]);
    expect(result.steps).toEqual([]);
    expect(result.waitUntil).toBe(BEFORE + 1000);
    expect(result.supersede).toEqual([]);
  });

  test('a lease that ran out is an unknown outcome, settled before anything else', () => {
    const claimed = sendWith({ revision: 1, state: 'CLAIMED', until: BEFORE });
    const result = planned(event, [claimed]);
    expect(result.lapsed).toEqual([claimed]);
    expect(result.steps).toEqual([]);
  });

  test('an unknown outcome waits, is tried again twice, and is then for a person to decide', () => {
    const unknown = (attempt: number, until: number | null) =>
      sendWith({ revision: 2, state: 'AMBIGUOUS', maybeDuplicate: true, attempt, until });
    expect(planned(event, [unknown(1, BEFORE + 5)]).waitUntil).toBe(BEFORE + 5);
    expect(steps(planned(event, [unknown(1, BEFORE)]))).toEqual(['request series r2 p0 g1']);
    expect(steps(planned(event, [unknown(2, BEFORE)]))).toEqual(['request series r2 p0 g1']);
    const third = unknown(3, BEFORE);
    expect(planned(event, [third])).toMatchObject({ steps: [], exhausted: [third] });
    expect(planned(event, [unknown(3, null)])).toMatchObject({ steps: [], exhausted: [], waitUntil: null });
  });

  test('a throttled mail waits for its time', () => {
    const throttled = sendWith({
      revision: 2,
      state: 'PLANNED',
      notBefore: BEFORE + 5,
      sequence: null,
      dtstamp: null,
    });
    expect(planned(event, [throttled])).toMatchObject({ steps: [], waitUntil: BEFORE + 5 });
  });

  test.each(['FAILED', 'SKIPPED', 'SENT'] as const)(
    'a mail that is %s is never sent again by itself',
    state => {
      expect(planned(event, [sendWith({ revision: 2, state })]).steps).toEqual([]);
    },
  );

  test('what was given up and is wanted again is sent: a no that became a yes', () => {
    const words = eventWith({ [SERIES]: { revision: 2, significant: 1 } });
    const sends = [
      sendWith({ revision: 1 }),
      sendWith({ revision: 2, state: 'SUPERSEDED', sequence: null, dtstamp: null }),
    ];
    expect(steps(planned(words, sends, answered('yes', 1)))).toEqual(['request series r2 p0 g1']);
  });
});

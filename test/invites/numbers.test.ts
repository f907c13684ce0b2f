import { describe, expect, test } from '@jest/globals';
import { SERIES } from '../../src/calendar/state.ts';
import { heldFrom } from '../../src/invites/history.ts';
import type { Send } from '../../src/invites/invite.ts';
import { numbersFor } from '../../src/invites/numbers.ts';
import type { MailKey } from '../../src/invites/plan.ts';
import { eventWith, sendWith } from './states.ts';

const TUESDAY = '2026-04-14T15:00:00Z';

function key(overrides: Partial<MailKey> = {}): MailKey {
  return { kind: 'request', component: SERIES, revision: 1, personal: 0, generation: 1, ...overrides };
}

function sequence(
  components: Parameters<typeof eventWith>[0],
  sends: readonly Send[],
  of: Partial<MailKey> = {},
): number {
  return numbersFor(eventWith(components).state, sends, key(of)).sequence;
}

describe('SEQUENCE', () => {
  test('is the revision’s for the first mail', () => {
    expect(sequence({ [SERIES]: { revision: 3, sequence: 2 } }, [])).toBe(2);
  });

  test('[R-54] stays for a change of words, and rises for one that matters although the revision’s own did not', () => {
    const sent = sendWith({ revision: 1, sequence: 4 });
    expect(sequence({ [SERIES]: { revision: 2, significant: 1, sequence: 1 } }, [sent])).toBe(4);
    expect(sequence({ [SERIES]: { revision: 2, significant: 2, sequence: 1 } }, [sent])).toBe(5);
    expect(sequence({ [SERIES]: { revision: 2, significant: 2, sequence: 9 } }, [sent])).toBe(9);
  });

  test('of a CANCEL is above everything that may have arrived, dates too', () => {
    const sends = [
      sendWith({ revision: 1, sequence: 0 }),
      sendWith({ component: TUESDAY, revision: 2, sequence: 3, state: 'AMBIGUOUS', maybeDuplicate: true }),
      sendWith({ revision: 3, sequence: 8, state: 'FAILED' }),
    ];
    const state = { [SERIES]: { revision: 4, sequence: 1 }, [TUESDAY]: { revision: 2 } };
    expect(sequence(state, sends, { kind: 'cancel', revision: 4 })).toBe(4);
    expect(sequence(state, sends, { kind: 'cancel', revision: 4, component: TUESDAY })).toBe(4);
  });

  test('of a REQUEST after a CANCEL is above it', () => {
    const sends = [
      sendWith({ revision: 1, sequence: 0 }),
      sendWith({ kind: 'cancel', revision: 1, sequence: 1 }),
    ];
    expect(sequence({ [SERIES]: { revision: 1, sequence: 0 } }, sends, { personal: 2 })).toBe(2);
  });

  test('of a revived date is above that date’s CANCEL', () => {
    const sends = [
      sendWith({ revision: 1, sequence: 0 }),
      sendWith({ kind: 'cancel', component: TUESDAY, revision: 2, sequence: 1 }),
    ];
    const state = { [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 3, significant: 1, sequence: 0 } };
    expect(sequence(state, sends, { component: TUESDAY, revision: 3 })).toBe(2);
  });

  test('of the whole object lifts itself where a changed date in it would otherwise fall', () => {
    const sends = [
      sendWith({ revision: 1, sequence: 0 }),
      sendWith({ component: TUESDAY, revision: 2, sequence: 5 }),
    ];
    const low = { [SERIES]: { revision: 3, significant: 1 }, [TUESDAY]: { revision: 2, sequence: 1 } };
    expect(sequence(low, sends, { revision: 3 })).toBe(5);
    const high = { [SERIES]: { revision: 3, significant: 1 }, [TUESDAY]: { revision: 2, sequence: 5 } };
    expect(sequence(high, sends, { revision: 3 })).toBe(0);
  });

  test('counts anew under a new UID', () => {
    const sends = [sendWith({ revision: 1, sequence: 7 })];
    expect(sequence({ [SERIES]: { revision: 1, sequence: 1 } }, sends, { generation: 2, personal: 1 })).toBe(
      1,
    );
  });
});

describe('DTSTAMP', () => {
  const state = eventWith({ [SERIES]: { revision: 1 } }).state;

  test('is the revision’s, or a second after the last one of this invite', () => {
    expect(numbersFor(state, [], key()).dtstamp).toBe('2026-02-01T09:01:00Z');
    const later = sendWith({ dtstamp: '2026-02-01T09:05:59Z' });
    expect(numbersFor(state, [later], key({ personal: 1 })).dtstamp).toBe('2026-02-01T09:06:00Z');
    const earlier = sendWith({ dtstamp: '2026-01-01T00:00:00Z' });
    expect(numbersFor(state, [earlier], key()).dtstamp).toBe('2026-02-01T09:01:00Z');
  });

  test('of the whole object is that of its newest part', () => {
    const moved = eventWith({ [SERIES]: { revision: 1 }, [TUESDAY]: { revision: 5 } }).state;
    expect(numbersFor(moved, [], key({ revision: 5 })).dtstamp).toBe('2026-02-01T09:05:00Z');
  });
});

describe('what a person holds', () => {
  test('after a CANCEL of which nobody knows: nothing that counts as told, but still something to cancel', () => {
    const request = sendWith({ revision: 1 });
    const cancel = sendWith({ kind: 'cancel', revision: 2, state: 'AMBIGUOUS', maybeDuplicate: true });
    const held = heldFrom([request, cancel]);
    expect(held.whole).toBeNull();
    expect([...held.open]).toEqual([SERIES]);
    expect([...heldFrom([request, { ...cancel, state: 'SENT' }]).open]).toEqual([]);
    expect(heldFrom([cancel, { ...request, dtstamp: '2026-12-01T00:00:00Z' }]).whole?.revision).toBe(1);
  });
});

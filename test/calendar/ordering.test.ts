/** The one order of messages about one component (design D3). */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareStamps, isTied, sequenceOf, stampOf } from '../../src/calendar/ordering.ts';
import type { Stamp } from '../../src/calendar/state.ts';
import { event } from '../support/events.ts';
import '../support/runs.ts';

const BASE: Stamp = {
  sequence: 1,
  dtstamp: '2026-02-01T10:00:00Z',
  method: 'request',
  lastModified: '2026-02-01T10:00:00Z',
  hash: 'b',
};

describe('the order of two stamps', () => {
  test.each<[string, Partial<Stamp>]>([
    [
      '[R-30] a higher SEQUENCE, whatever else is older',
      { sequence: 2, dtstamp: '2020-01-01T00:00:00Z', hash: 'a' },
    ],
    ['[R-31] a later DTSTAMP', { dtstamp: '2026-02-01T10:00:01Z', lastModified: null, hash: 'a' }],
    ['[R-33] CANCEL over REQUEST', { method: 'cancel', lastModified: '2020-01-01T00:00:00Z', hash: 'a' }],
    ['a later LAST-MODIFIED', { lastModified: '2026-02-01T10:00:01Z', hash: 'a' }],
    ['the larger hash at last', { hash: 'c' }],
  ])('%s is newer', (_, newer) => {
    expect(compareStamps({ ...BASE, ...newer }, BASE)).toBeGreaterThan(0);
    expect(compareStamps(BASE, { ...BASE, ...newer })).toBeLessThan(0);
  });

  test('equal stamps are equal', () => {
    expect(compareStamps(BASE, { ...BASE })).toBe(0);
  });

  test('only another content under an equal stamp is a tie', () => {
    expect(isTied(BASE, { ...BASE, hash: 'c' })).toBe(true);
    expect(isTied(BASE, BASE)).toBe(false);
    expect(isTied(BASE, { ...BASE, hash: 'c', method: 'cancel' })).toBe(false);
    expect(isTied(BASE, { ...BASE, hash: 'c', lastModified: null })).toBe(false);
  });

  test('it is a total order', () => {
    const stamp = fc.record<Stamp>({
      sequence: fc.integer({ min: 0, max: 2 }),
      dtstamp: fc.constantFrom('2026-02-01T10:00:00Z', '2026-02-01T10:00:01Z'),
      method: fc.constantFrom('request', 'cancel'),
      lastModified: fc.constantFrom(null, '2026-02-01T10:00:00Z', '2026-02-01T10:00:01Z'),
      hash: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        expect(Math.sign(compareStamps(a, b)) + Math.sign(compareStamps(b, a))).toBe(0);
        if (compareStamps(a, b) <= 0 && compareStamps(b, c) <= 0)
          expect(compareStamps(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('the stamp of a message', () => {
  test.each([
    [null, null, 0],
    [3, null, 3],
    [0, 2, 2],
    [5, 2, 5],
    [-4, null, 0],
  ])('[R-32] SEQUENCE %s and APPT-SEQUENCE %s count as %s', (sequence, apptSequence, expected) => {
    expect(sequenceOf({ sequence, apptSequence })).toBe(expected);
  });

  test('a DTSTAMP up to a day ahead is believed, one further ahead is not', () => {
    const dtstampOf = (dtstamp: string) =>
      stampOf(event({ dtstamp }), 'request', '2026-02-01T12:00:00Z').dtstamp;
    expect(dtstampOf('2026-02-02T12:00:00Z')).toBe('2026-02-02T12:00:00Z');
    expect(dtstampOf('2026-02-02T12:00:01Z')).toBe('2026-02-01T12:00:00Z');
  });
});

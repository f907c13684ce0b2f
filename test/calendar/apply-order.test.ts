/** Generated histories of an organizer: whatever order his mails arrive in, and how often, the same dates stand at the end. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import { occurrences } from '../../src/calendar/occurrences.ts';
import { type EventState, type OrganizerMessage, SERIES } from '../../src/calendar/state.ts';
import { contentOf } from '../support/calendar-content.ts';
import { history } from '../support/organizer-history.ts';
import '../support/runs.ts';

/** An order of delivery with some mails twice or three times, as picks out of the list. */
const shuffled = history.chain(organizer => {
  const copies = organizer.messages.flatMap(each => [each, each]);
  return fc.shuffledSubarray(copies, { minLength: copies.length, maxLength: copies.length }).map(order => ({
    organizer,
    order,
  }));
});

function deliver(messages: readonly OrganizerMessage[]): EventState {
  let state: EventState | null = null;
  for (const [index, next] of messages.entries()) {
    const now = new Date(Date.UTC(2026, 1, 2, 9, 0, index)).toISOString();
    // Each delivery is an arrival of its own, and each state goes through the store.
    const applied = applyMessage(state, { ...next, arrival: `delivery-${index}` }, now);
    if ('state' in applied) state = JSON.parse(JSON.stringify(applied.state));
  }
  if (state === null) throw new Error('nothing stands');
  return state;
}

function datesOf(state: EventState): string[] {
  return occurrences(state, { limit: 100 }).map(found => {
    const [date, clock = ''] = found.start.local.split('T');
    return `${date} ${Number(clock.slice(0, 2))}h ${found.event.summary}`;
  });
}

describe('any order of delivery', () => {
  test('[R-34] in the order sent, guests see what the organizer sees', () => {
    fc.assert(
      fc.property(history, organizer => {
        expect(datesOf(deliver(organizer.messages)).sort()).toEqual(organizer.dates().sort());
      }),
      { numRuns: 150 },
    );
  });

  test('[R-34] with duplicates and in any order, the same stands as in the order sent', () => {
    fc.assert(
      fc.property(shuffled, ({ organizer, order }) => {
        expect(contentOf(deliver(order))).toEqual(contentOf(deliver(organizer.messages)));
      }),
      { numRuns: 200 },
    );
  });

  test('revisions, SEQUENCE and DTSTAMP that go out only rise', () => {
    fc.assert(
      fc.property(shuffled, ({ order }) => {
        let before: EventState | null = null;
        for (const [index, next] of order.entries()) {
          const applied = applyMessage(
            before,
            { ...next, arrival: `delivery-${index}` },
            '2026-02-02T09:00:00Z',
          );
          if (!('state' in applied)) continue;
          const { state } = applied;
          for (const [key, component] of Object.entries(state.components)) {
            const earlier = before?.components[key];
            if (earlier === undefined) continue;
            expect(component.revision).toBeGreaterThanOrEqual(earlier.revision);
            expect(component.outSequence).toBeGreaterThanOrEqual(earlier.outSequence);
            expect(component.outDtstamp >= earlier.outDtstamp).toBe(true);
            if (component.revision > earlier.revision && earlier.revision > 0) {
              expect(component.outDtstamp > earlier.outDtstamp).toBe(true);
            }
          }
          const revisions = Object.values(state.components).map(component => component.revision);
          const given = revisions.filter(revision => revision > 0);
          expect(new Set(given).size).toBe(given.length);
          expect(state.revision).toBeGreaterThanOrEqual(Math.max(0, ...revisions));
          before = state;
        }
      }),
      { numRuns: 80 },
    );
  });

  test('who was told of every change in turn ends with what stands', () => {
    fc.assert(
      fc.property(shuffled, ({ order }) => {
        let state: EventState | null = null;
        const told = new Map<string, string>();
        for (const [index, next] of order.entries()) {
          const applied = applyMessage(
            state,
            { ...next, arrival: `delivery-${index}` },
            '2026-02-02T09:00:00Z',
          );
          if (!('state' in applied)) continue;
          state = applied.state;
          if (applied.outcome !== 'applied') continue;
          for (const change of applied.changes) {
            // A series that goes out anew, or ends, takes its single dates along.
            if (change.component === SERIES && change.significant) told.clear();
            told.set(change.component, state.components[change.component]?.kind ?? 'gone');
          }
        }
        for (const [key, component] of Object.entries(state?.components ?? {})) {
          if (component.revision > 0 && told.has(key)) expect(told.get(key)).toBe(component.kind);
        }
        for (const key of told.keys()) expect(state?.components[key]).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

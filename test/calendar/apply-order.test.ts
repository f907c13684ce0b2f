/** Generated histories of an organizer: whatever order his mails arrive in, and how often, the same dates stand at the end. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import { occurrences } from '../../src/calendar/occurrences.ts';
import { type EventState, type OrganizerMessage, SERIES } from '../../src/calendar/state.ts';
import { contentOf } from '../support/calendar-content.ts';
import { event, message, type Told } from '../support/events.ts';

const DAYS = ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24', '2026-03-31', '2026-04-07'];

type Step =
  | { readonly do: 'title'; readonly title: string }
  | { readonly do: 'hour'; readonly hour: number }
  | { readonly do: 'length'; readonly minutes: number }
  | { readonly do: 'change'; readonly day: number; readonly title: string; readonly hour: number }
  | { readonly do: 'cancel date'; readonly day: number }
  | { readonly do: 'exclude'; readonly day: number }
  | { readonly do: 'whole' }
  | { readonly do: 'cancel' }
  | { readonly do: 'revive' };

/** An organizer's calendar: what he does, the mails it sends, and what he sees himself. */
class Organizer {
  readonly messages: OrganizerMessage[] = [];
  private title = 'Webinar';
  private hour = 10;
  private minutes = 45;
  private sequence = 0;
  private clock = 0;
  private live = true;
  private readonly changed = new Map<
    number,
    { title: string; hour: number; sequence: number; dtstamp: string }
  >();
  private readonly gone = new Set<number>();
  private readonly raisesOnText: boolean;

  constructor(raisesOnText: boolean) {
    this.raisesOnText = raisesOnText;
    this.send('REQUEST', [this.master()]);
  }

  take(step: Step): void {
    if (!this.live && step.do !== 'revive') return;
    switch (step.do) {
      case 'title':
        this.title = step.title;
        this.bump(this.raisesOnText);
        this.send('REQUEST', [this.master()]);
        break;
      case 'hour':
        if (step.hour === this.hour) break;
        this.hour = step.hour;
        this.startAnew();
        break;
      case 'length':
        if (step.minutes === this.minutes) break;
        this.minutes = step.minutes;
        this.startAnew();
        break;
      case 'change':
        this.bump(true);
        this.gone.delete(step.day);
        this.changed.set(step.day, { ...step, sequence: this.sequence, dtstamp: this.now() });
        this.send('REQUEST', [this.date(step.day)]);
        break;
      case 'cancel date':
        if (this.gone.has(step.day)) break;
        this.bump(true);
        this.changed.delete(step.day);
        this.gone.add(step.day);
        this.send('CANCEL', [this.date(step.day)]);
        break;
      case 'exclude':
        if (this.gone.has(step.day)) break;
        this.bump(true);
        this.changed.delete(step.day);
        this.gone.add(step.day);
        this.send('REQUEST', [this.master()]);
        break;
      case 'whole':
        this.bump(false);
        this.send('REQUEST', [this.master(), ...[...this.changed.keys()].map(day => this.date(day))]);
        break;
      case 'cancel':
        this.bump(true);
        this.live = false;
        this.changed.clear();
        this.gone.clear();
        this.send('CANCEL', [this.master()]);
        break;
      case 'revive':
        if (this.live) break;
        this.live = true;
        this.bump(true);
        this.send('REQUEST', [this.master()]);
        break;
    }
  }

  /** Start and title of each date that takes place. */
  dates(): string[] {
    if (!this.live) return [];
    return DAYS.flatMap((day, index) => {
      if (this.gone.has(index)) return [];
      const changed = this.changed.get(index);
      return [`${day} ${changed?.hour ?? this.hour}h ${changed?.title ?? this.title}`];
    });
  }

  private startAnew(): void {
    this.bump(true);
    this.changed.clear();
    this.gone.clear();
    this.send('REQUEST', [this.master()]);
  }

  private bump(significant: boolean): void {
    this.clock += 1;
    if (significant) this.sequence += 1;
  }

  private now(): string {
    return new Date(Date.UTC(2026, 1, 1, 10, 0, this.clock)).toISOString().replace('.000Z', 'Z');
  }

  private master() {
    const told: Told = {
      sequence: this.sequence,
      dtstamp: this.now(),
      summary: this.title,
      start: `${DAYS[0]}T${this.hour}:00`,
      end: `${DAYS[0]}T${this.hour}:${this.minutes}`,
      rrule: `FREQ=WEEKLY;COUNT=${DAYS.length}`,
      exdates: [...this.gone].map(day => `${DAYS[day]}T${this.hour}:00`),
    };
    return event(told);
  }

  private date(day: number) {
    const changed = this.changed.get(day);
    return event({
      recurrenceId: `${DAYS[day]}T${this.hour}:00`,
      start: `${DAYS[day]}T${changed?.hour ?? this.hour}:00`,
      end: `${DAYS[day]}T${changed?.hour ?? this.hour}:${this.minutes}`,
      sequence: changed?.sequence ?? this.sequence,
      dtstamp: changed?.dtstamp ?? this.now(),
      summary: changed?.title ?? this.title,
    });
  }

  private send(method: string, events: ReturnType<typeof event>[]): void {
    this.messages.push(message(method, events));
  }
}

const day = fc.integer({ min: 0, max: DAYS.length - 1 });
const hour = fc.integer({ min: 10, max: 14 });
const title = fc.constantFrom('Webinar', 'Talk', 'Lecture');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('title' as const), title }),
  fc.record({ do: fc.constant('hour' as const), hour }),
  fc.record({ do: fc.constant('length' as const), minutes: fc.constantFrom(30, 45) }),
  fc.record({ do: fc.constant('change' as const), day, title, hour }),
  fc.record({ do: fc.constant('cancel date' as const), day }),
  fc.record({ do: fc.constant('exclude' as const), day }),
  fc.record({ do: fc.constant('whole' as const) }),
  fc.record({ do: fc.constant('cancel' as const) }),
  fc.record({ do: fc.constant('revive' as const) }),
);
const history = fc
  .tuple(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 6 }))
  .map(([raisesOnText, steps]) => {
    const organizer = new Organizer(raisesOnText);
    for (const each of steps) organizer.take(each);
    return organizer;
  });
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

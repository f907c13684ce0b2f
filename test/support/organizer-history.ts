/** An organizer whose calendar program sends mails, as generated histories: what he does, what he sends, what he sees himself. */
import fc from 'fast-check';
import type { OrganizerMessage } from '../../src/calendar/state.ts';
import { event, message, type Told } from './events.ts';

export const DAYS = ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24', '2026-03-31', '2026-04-07'];

export type Step =
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
export class Organizer {
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
export const history: fc.Arbitrary<Organizer> = fc
  .tuple(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 6 }))
  .map(([raisesOnText, steps]) => {
    const organizer = new Organizer(raisesOnText);
    for (const each of steps) organizer.take(each);
    return organizer;
  });

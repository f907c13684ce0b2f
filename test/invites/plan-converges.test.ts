/** Any history of an event, of a person and of a mail system that fails: the plan must lead to the newest content, and stop. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ComponentKey, type EventState, SERIES } from '../../src/calendar/state.ts';
import { effectiveAnswer } from '../../src/invites/answers.ts';
import type { Answer, Invite, Send } from '../../src/invites/invite.ts';
import { numbersFor } from '../../src/invites/numbers.ts';
import { type Plan, plan, purposeOf, type Step, sameMail } from '../../src/invites/plan.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { BEFORE, eventWith, inviteWith, type Told } from './states.ts';
import '../support/runs.ts';

const DATES = [1, 2, 3, 4, 5, 6, 7].map(day => `2026-05-0${day}T15:00:00Z`);
const LIMITS = { ...DEFAULT_LIMITS, OVERRIDE_MAILS: 3 };
const LEASE = 300_000;

type Fate =
  | 'accepted'
  | 'arrived-unknown'
  | 'lost-unknown'
  | 'throttled'
  | 'refused'
  | 'crash-before'
  | 'crash-after';

type Action =
  | { readonly do: 'change-series'; readonly significant: boolean }
  | { readonly do: 'change-date'; readonly date: number; readonly significant: boolean }
  | { readonly do: 'cancel-date'; readonly date: number }
  | { readonly do: 'cancel-event' | 'revive' | 'again' | 'withdraw' | 'join' | 'fresh' | 'unsubscribe' }
  | { readonly do: 'answer'; readonly answer: Answer }
  | { readonly do: 'work'; readonly fate: Fate }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'feedback' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('change-series' as const), significant: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('change-date' as const),
      date: fc.nat(DATES.length - 1),
      significant: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cancel-date' as const), date: fc.nat(DATES.length - 1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel-event', 'revive', 'again', 'withdraw', 'join', 'fresh', 'unsubscribe'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      answer: fc.constantFrom('yes', 'no', 'none'),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      fate: fc.constantFrom(
        'accepted',
        'accepted',
        'accepted',
        'arrived-unknown',
        'lost-unknown',
        'throttled',
        'refused',
        'crash-before',
        'crash-after',
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1000, LEASE, 700_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'feedback' as const }) },
);

interface Mail {
  readonly step: Step;
  readonly sequence: number;
  readonly dtstamp: string;
  readonly attempt: number;
  /** What the object says of each component. */
  readonly says: ReadonlyMap<
    ComponentKey,
    { readonly revision: number; readonly kind: 'request' | 'cancel'; readonly sequence: number }
  >;
}

/** A ledger in memory with the transitions of ledger.ts, a mail system that obeys a fate, and a mailbox. */
class World {
  told: Record<ComponentKey, Told> = { [SERIES]: { revision: 1 } };
  revision = 1;
  cancelled = false;
  invite: Invite = inviteWith();
  sends: Send[] = [];
  mailbox: Mail[] = [];
  accepted: string[] = [];
  unknowns = new Map<string, number>();
  now = BEFORE;

  get event() {
    return eventWith(this.told, this.cancelled ? 'cancelled' : 'live');
  }

  get state(): EventState {
    return this.event.state;
  }

  plan(): Plan {
    return plan(this.event, this.invite, this.sends, this.now, LIMITS);
  }

  change(key: ComponentKey, significant: boolean, kind: 'request' | 'cancel' = 'request') {
    this.revision += 1;
    const before = this.told[key] ?? this.told[SERIES];
    const matters = significant || kind === 'cancel' || before?.kind === 'cancel';
    this.told[key] = {
      revision: this.revision,
      kind,
      significant: matters ? this.revision : (before?.significant ?? before?.revision ?? 0),
      sequence: (before?.sequence ?? 0) + (matters ? 1 : 0),
    };
  }

  act(action: Action): void {
    switch (action.do) {
      case 'change-series':
        if (!this.cancelled) this.change(SERIES, action.significant);
        return;
      case 'change-date':
        if (!this.cancelled) this.change(DATES[action.date] ?? SERIES, action.significant);
        return;
      case 'cancel-date':
        if (!this.cancelled) this.change(DATES[action.date] ?? SERIES, true, 'cancel');
        return;
      case 'cancel-event':
        if (!this.cancelled) this.change(SERIES, true, 'cancel');
        this.cancelled = true;
        return;
      case 'revive':
        if (this.cancelled) this.change(SERIES, true);
        this.cancelled = false;
        return;
      case 'again':
        this.invite = { ...this.invite, personal: this.invite.personal + 1 };
        return;
      case 'withdraw':
        if (this.invite.standing === 'withdrawn') return;
        this.invite = { ...this.invite, standing: 'withdrawn', personal: this.invite.personal + 1 };
        return;
      case 'join':
        this.invite = { ...this.invite, standing: 'open', stopped: null, personal: this.invite.personal + 1 };
        return;
      case 'fresh':
        this.invite = {
          ...this.invite,
          generation: this.invite.generation + 1,
          personal: this.invite.personal + 1,
        };
        return;
      case 'unsubscribe':
        this.invite = { ...this.invite, stopped: 'unsubscribed' };
        return;
      case 'answer':
        this.answer(action.answer);
        return;
      case 'wait':
        this.now += action.ms;
        return;
      case 'feedback':
        this.sends = this.sends.map(send =>
          send.state === 'AMBIGUOUS' && this.arrived(send) ? { ...send, state: 'SENT' } : send,
        );
        return;
      case 'work':
        this.work(action.fate);
    }
  }

  answer(answer: Answer): void {
    const toRevision = Math.max(0, ...this.mailbox.map(({ step }) => step.revision));
    const recorded = {
      answer,
      at: new Date(this.now).toISOString(),
      toRevision,
      evidence: 'verified' as const,
      origin: null,
      prodId: null,
      note: null,
      guests: 0,
      receivedAt: new Date(this.now).toISOString(),
    };
    this.invite = { ...this.invite, answers: { [SERIES]: recorded } };
  }

  arrived(send: Send): boolean {
    return this.mailbox.some(mail => sameMail(mail.step, send));
  }

  /** One round of `deliver`: settle what lapsed or is obsolete, then one mail. */
  work(fate: Fate): Plan {
    const planned = this.plan();
    const until = this.now + 600_000;
    this.sends = this.sends.map(send => {
      if (planned.lapsed.includes(send)) return { ...send, state: 'AMBIGUOUS', until, maybeDuplicate: true };
      if (planned.exhausted.includes(send)) return { ...send, until: null };
      if (!planned.supersede.includes(send)) return send;
      const maybeDuplicate = send.maybeDuplicate || send.state === 'AMBIGUOUS';
      return { ...send, state: 'SUPERSEDED', until: null, maybeDuplicate };
    });
    const [step] = planned.steps;
    if (step !== undefined) this.send(step, fate);
    return planned;
  }

  send(step: Step, fate: Fate): void {
    const kept = step.row?.maybeDuplicate === true ? step.row : null;
    const numbers = numbersFor(this.state, this.sends, step);
    const send: Send = {
      ...(step.row ?? { reason: null, messageId: null, sentAt: null, feedback: null, maybeDuplicate: false }),
      id: `${step.generation}.${step.personal}.${step.revision}.${step.kind}.${step.component}`,
      kind: step.kind,
      component: step.component,
      revision: step.revision,
      personal: step.personal,
      generation: step.generation,
      state: 'CLAIMED',
      attempt: (step.row?.attempt ?? 0) + 1,
      sequence: kept?.sequence ?? numbers.sequence,
      dtstamp: kept?.dtstamp ?? numbers.dtstamp,
      partstat: 'NEEDS-ACTION',
      composedAt: this.now,
      until: this.now + LEASE,
      notBefore: null,
    };
    if (fate === 'accepted' || fate === 'arrived-unknown' || fate === 'crash-after') this.arrive(step, send);
    if (fate === 'accepted') this.accepted.push(send.id);
    if (fate.endsWith('unknown') || fate.startsWith('crash')) {
      this.unknowns.set(send.id, (this.unknowns.get(send.id) ?? 0) + 1);
    }
    this.put(settled(send, fate, this.now));
  }

  arrive(step: Step, send: Send): void {
    // As the writer does: a changed date carries its own number or the master's, whichever is higher.
    const own = send.sequence ?? 0;
    const parts: [ComponentKey, Told][] =
      step.component === SERIES && step.kind === 'request'
        ? Object.entries(this.told)
        : [[step.component, { revision: step.revision, kind: step.kind }]];
    const says = new Map(
      parts.map(([key, { revision, kind, sequence }]) => [
        key,
        { revision, kind: kind ?? 'request', sequence: key === SERIES ? own : Math.max(own, sequence ?? 0) },
      ]),
    );
    this.mailbox.push({
      step,
      sequence: send.sequence ?? 0,
      dtstamp: send.dtstamp ?? '',
      attempt: send.attempt,
      says,
    });
  }

  put(send: Send): void {
    this.sends = [...this.sends.filter(each => each.id !== send.id), send];
  }

  /** The world turns good: every mail is accepted, time passes, a person replays what was parked. */
  recover(): void {
    for (let round = 0; round < 200; round += 1) {
      const planned = this.work('accepted');
      this.sends = this.sends.map(send =>
        send.state === 'AMBIGUOUS' && send.until === null ? { ...send, state: 'PLANNED' } : send,
      );
      if (planned.waitUntil !== null) this.now = Math.max(this.now, planned.waitUntil);
      const idle = planned.steps.length + planned.lapsed.length + planned.exhausted.length === 0;
      if (idle && planned.waitUntil === null) return;
    }
    throw new Error('the plan never ends');
  }
}

function settled(send: Send, fate: Fate, now: number): Send {
  const free = send.maybeDuplicate ? {} : { sequence: null, dtstamp: null };
  switch (fate) {
    case 'accepted':
      return { ...send, state: 'SENT', until: null };
    case 'refused':
      return { ...send, state: 'FAILED', until: null };
    case 'throttled':
      return {
        ...send,
        ...free,
        state: 'PLANNED',
        until: null,
        notBefore: now + 5000,
        attempt: send.attempt - 1,
      };
    case 'arrived-unknown':
    case 'lost-unknown':
      return { ...send, state: 'AMBIGUOUS', until: now + 600_000, maybeDuplicate: true };
    default:
      return send;
  }
}

interface Entry {
  readonly sequence: number;
  readonly dtstamp: string;
  readonly revision: number;
  readonly kind: 'request' | 'cancel';
}

/** A calendar that orders by SEQUENCE, then DTSTAMP (RFC 5546 2.1.5), each component for itself; one UID. */
function calendarOf(mails: readonly Mail[]): Map<ComponentKey, Entry> {
  const entries = new Map<ComponentKey, Entry>();
  for (const { step, sequence, dtstamp, says } of mails) {
    for (const [key, said] of says) {
      const known = entries.get(key);
      const newer =
        known === undefined ||
        said.sequence > known.sequence ||
        (said.sequence === known.sequence && dtstamp >= known.dtstamp);
      if (newer) entries.set(key, { dtstamp, ...said });
    }
    if (step.kind === 'cancel' && step.component === SERIES) {
      for (const [key, entry] of entries) {
        if (sequence >= entry.sequence) entries.set(key, { ...entry, sequence, dtstamp, kind: 'cancel' });
      }
    }
  }
  return entries;
}

function play(actions: readonly Action[]): World {
  const world = new World();
  for (const each of actions) world.act(each);
  return world;
}

const histories = fc.array(action, { maxLength: 60 });
const RUNS = { numRuns: 1500 };

describe('whatever happens', () => {
  test('everybody who may hold an invite ends with the newest content, or with a CANCEL', () => {
    fc.assert(
      fc.property(histories, actions => {
        const world = play(actions);
        world.recover();
        const purpose = purposeOf(world.event, world.invite, world.now);
        for (let generation = 1; generation <= world.invite.generation; generation += 1) {
          const mails = world.mailbox.filter(({ step }) => step.generation === generation);
          const failed = world.sends.some(send => send.generation === generation && send.state === 'FAILED');
          // A mail that was refused for good is the mail system's last word; the plan goes on with the next revision.
          if (failed) continue;
          const calendar = calendarOf(mails);
          const gone = purpose === 'removal' || (purpose === 'entry' && generation < world.invite.generation);
          if (gone && mails.length > 0) expect(calendar.get(SERIES)?.kind).toBe('cancel');
          if (purpose === 'entry' && generation === world.invite.generation) expectNewest(world, calendar);
        }
      }),
      RUNS,
    );
  });

  test('no REQUEST follows a CANCEL unless the event or the person came back', () => {
    fc.assert(
      fc.property(histories, actions => {
        const world = play(actions);
        world.recover();
        const purpose = purposeOf(world.event, world.invite, world.now);
        if (purpose !== 'removal') return;
        const last = world.mailbox.findLast(({ step }) => step.generation === world.invite.generation);
        const refused = world.sends.some(send => send.kind === 'cancel' && send.state === 'FAILED');
        if (last !== undefined && !refused)
          expect([last.step.kind, last.step.component]).toEqual(['cancel', SERIES]);
      }),
      RUNS,
    );
  });

  test('without unknown outcomes each mail leaves at most once; with them at most once more for each', () => {
    fc.assert(
      fc.property(histories, actions => {
        const world = play(actions);
        world.recover();
        const copies = new Map<string, number>();
        for (const { step } of world.mailbox) {
          const id = `${step.generation}.${step.personal}.${step.revision}.${step.kind}.${step.component}`;
          copies.set(id, (copies.get(id) ?? 0) + 1);
        }
        for (const [id, count] of copies)
          expect(count).toBeLessThanOrEqual(1 + (world.unknowns.get(id) ?? 0));
      }),
      RUNS,
    );
  });

  test('SEQUENCE never falls for a component, DTSTAMP rises with every new mail, and a repeat has both unchanged', () => {
    fc.assert(
      fc.property(histories, actions => {
        const world = play(actions);
        world.recover();
        const first = new Map<string, Mail>();
        for (const mail of world.mailbox) {
          const { generation, personal, revision, kind, component } = mail.step;
          const id = `${generation}.${personal}.${revision}.${kind}.${component}`;
          const before = first.get(id);
          if (before !== undefined) {
            expect([mail.sequence, mail.dtstamp]).toEqual([before.sequence, before.dtstamp]);
            continue;
          }
          for (const [, earlier] of first) {
            if (earlier.step.generation !== generation || mail.attempt > 1) continue;
            expect(mail.dtstamp > earlier.dtstamp).toBe(true);
            if (earlier.step.component === component)
              expect(mail.sequence).toBeGreaterThanOrEqual(earlier.sequence);
          }
          first.set(id, mail);
        }
      }),
      RUNS,
    );
  });
});

function expectNewest(world: World, calendar: Map<ComponentKey, Entry>): void {
  const { state, invite } = world;
  for (const [key, component] of Object.entries(state.components)) {
    // A date without a mail of its own stands as the series says.
    const entry = calendar.get(key) ?? (component.kind === 'cancel' ? undefined : calendar.get(SERIES));
    const spared = effectiveAnswer(invite, state, key).answer === 'no';
    if (component.kind === 'cancel' && key !== SERIES) {
      expect(entry === undefined || entry.kind === 'cancel').toBe(true);
      continue;
    }
    expect(entry?.kind).toBe('request');
    if (!spared) expect(entry?.revision).toBe(component.revision);
    else expect(entry?.revision).toBeGreaterThanOrEqual(component.significantRevision);
  }
}

/** The whole way out, with nothing but the mail system left out: an organizer's mails, the plan, the writer, and two guests' calendars. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import { type EventState, type OrganizerMessage, SERIES } from '../../src/calendar/state.ts';
import { writeInvite } from '../../src/calendar/write.ts';
import type { Send } from '../../src/invites/invite.ts';
import { numbersFor } from '../../src/invites/numbers.ts';
import { plan, type Step } from '../../src/invites/plan.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { event, message, tuesday, weekly } from '../support/events.ts';
import { history } from '../support/organizer-history.ts';
import { microsoftReceiver, type Receiver, strictReceiver } from '../support/receiver.ts';
import { inviteWith } from './states.ts';
import '../support/runs.ts';

const NOW = Date.parse('2026-02-02T09:00:00Z');
const RUNS = 300;
const INVITE = inviteWith();

/** One guest: the ledger of what was sent to him, and his mailbox. */
class Guest {
  private sends: readonly Send[] = [];
  readonly mails: string[] = [];

  /** All that the plan wants, each mail accepted. */
  update(state: EventState): void {
    for (let round = 0; round < 50; round += 1) {
      const cancelled = state.components[SERIES]?.kind === 'cancel';
      const event = { status: cancelled ? ('cancelled' as const) : ('live' as const), state };
      const { steps } = plan(event, INVITE, this.sends, NOW, DEFAULT_LIMITS);
      if (steps.length === 0) return;
      for (const step of steps.slice(0, 1)) this.send(state, step);
    }
    throw new Error('the plan never ends');
  }

  private send(state: EventState, step: Step): void {
    const { sequence, dtstamp } = numbersFor(state, this.sends, step);
    const { ics } = writeInvite({
      state,
      component: step.component,
      method: step.kind === 'cancel' ? 'CANCEL' : 'REQUEST',
      uid: 'k3v9token@sis.example.com',
      organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
      attendee: { name: null, email: 'sam@recipient.example', partstat: 'NEEDS-ACTION' },
      sequence,
      dtstamp,
      now: new Date(NOW).toISOString().replace('.000', ''),
      pageUrl: null,
      limits: DEFAULT_LIMITS,
    });
    this.mails.push(ics);
    const { kind, component, revision, personal, generation } = step;
    const sent: Send = {
      ...{ id: `send_${this.mails.length}`, kind, component, revision, personal, generation },
      ...{ state: 'SENT', reason: null, attempt: 1, sequence, dtstamp, partstat: 'NEEDS-ACTION' },
      ...{ composedAt: NOW, until: null, notBefore: null, maybeDuplicate: false },
      ...{ messageId: `<${this.mails.length}@mailer.test>`, sentAt: null, feedback: null },
    };
    this.sends = [...this.sends, sent];
  }
}

/** `told`: after which of his mails the guests are brought up to date; at the end they always are. */
function play(messages: readonly OrganizerMessage[], told: readonly boolean[]): Guest {
  const guest = new Guest();
  let state: EventState | null = null;
  for (const [index, next] of messages.entries()) {
    const at = new Date(NOW + index * 1_000).toISOString();
    const applied = applyMessage(state, { ...next, arrival: `arrival-${index}` }, at);
    if ('state' in applied) state = applied.state;
    if (state !== null && (told[index] === true || index === messages.length - 1)) guest.update(state);
  }
  return guest;
}

function heldBy(receiver: Receiver, mails: readonly string[]): string[] {
  for (const mail of mails) receiver.take(mail);
  return receiver.holds().map(text => text.replace(/^(.{10})T(\d\d):.*? /, '$1 $2h '));
}

const histories = fc.record({
  organizer: history,
  told: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

function printed(name: string, figures: Readonly<Record<string, number>>): void {
  if (process.env.SIS_PRINT === undefined) return;
  for (const [what, value] of Object.entries(figures))
    process.stdout.write(`figure: ${name}, ${what}: ${value}\n`);
}

describe('after any history of the organizer, his event and nothing else stands', () => {
  test.each([
    ['in a strict calendar (RFC 5546 2.1.5)', strictReceiver],
    ['in a calendar like Microsoft’s', microsoftReceiver],
  ])('%s', (name, made) => {
    let mails = 0;
    fc.assert(
      fc.property(histories, ({ organizer, told }) => {
        const guest = play(organizer.messages, told);
        mails += guest.mails.length;
        expect(heldBy(made(), guest.mails)).toEqual(organizer.dates().sort());
      }),
      { numRuns: RUNS },
    );
    printed(name, { histories: RUNS, mails });
  });

  test('in a strict calendar that gets each mail twice, and its older mails again at the end', () => {
    fc.assert(
      fc.property(histories, ({ organizer, told }) => {
        const { mails } = play(organizer.messages, told);
        const again = [...mails.flatMap(mail => [mail, mail]), ...mails.slice(0, -1)];
        expect(heldBy(strictReceiver(), again)).toEqual(organizer.dates().sort());
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

describe('the receivers themselves', () => {
  const mails = (...messages: readonly OrganizerMessage[]) => play(messages, Array(9).fill(true)).mails;
  const series = message('REQUEST', [weekly({ rrule: 'FREQ=WEEKLY;COUNT=2' })]);
  const moved = message('REQUEST', [
    tuesday('2026-03-10', { sequence: 1, dtstamp: '2026-02-01T10:00:01Z', start: '2026-03-10T18:00' }),
  ]);

  test('hold a series with its moved date', () => {
    for (const receiver of [strictReceiver(), microsoftReceiver()]) {
      for (const mail of mails(series, moved)) receiver.take(mail);
      expect(receiver.holds()).toEqual([
        '2026-03-03T16:00:00/2026-03-03T17:00:00 Spring Webinar',
        '2026-03-10T18:00:00/2026-03-10T19:00:00 Spring Webinar',
      ]);
    }
  });

  test('ignore what is older, by SEQUENCE and by DTSTAMP', () => {
    const [first = '', second = ''] = mails(
      message('REQUEST', [event()]),
      message('REQUEST', [event({ summary: 'Renamed', dtstamp: '2026-02-01T10:00:01Z' })]),
    );
    for (const receiver of [strictReceiver(), microsoftReceiver()]) {
      receiver.take(second);
      receiver.take(first);
      receiver.take(second.replace('SEQUENCE:0', 'SEQUENCE:-1').replace('Renamed', 'Older'));
      expect(receiver.holds()).toEqual(['2026-03-03T16:00:00/2026-03-03T17:00:00 Renamed']);
      expect(receiver.ignored()).toBe(2);
    }
  });

  test('lose a date, and the whole, by their CANCEL', () => {
    const gone = message('CANCEL', [
      tuesday('2026-03-10', { sequence: 1, dtstamp: '2026-02-01T10:00:01Z', status: 'CANCELLED' }),
    ]);
    const end = message('CANCEL', [weekly({ sequence: 2, dtstamp: '2026-02-01T10:00:02Z' })]);
    const [whole = '', date = '', all = ''] = mails(series, gone, end);
    for (const receiver of [strictReceiver(), microsoftReceiver()]) {
      receiver.take(whole);
      receiver.take(date);
      expect(receiver.holds()).toEqual(['2026-03-03T16:00:00/2026-03-03T17:00:00 Spring Webinar']);
      receiver.take(all);
      expect(receiver.holds()).toEqual([]);
    }
  });
});

/** create@ may be invited to one date of a series alone. */
import { describe, expect, test } from '@jest/globals';
import { applyMessage } from '../../src/calendar/apply.ts';
import { mainKey } from '../../src/calendar/main-key.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import type { EventState } from '../../src/calendar/state.ts';
import { type EventText, eventText } from '../support/organizer.ts';

const NOW = '2026-03-02T09:00:00Z';
const DATE: EventText = {
  uid: 'series@example.org',
  dtstamp: '20260302T080000Z',
  start: '20260310T180000',
  end: '20260310T190000',
  more: ['RECURRENCE-ID;TZID=Europe/Berlin:20260310T160000'],
};

function stateAfter(...messages: EventText[]): EventState {
  let state: EventState | null = null;
  for (const [index, message] of messages.entries()) {
    const reading = readCalendar(Buffer.from(eventText(message)));
    if (!reading.ok) throw new Error(reading.refusal.sentence);
    const applied = applyMessage(
      state,
      { calendar: reading.calendar, arrival: `arr_${index}`, receivedAt: NOW },
      NOW,
    );
    if (!('state' in applied)) throw new Error(applied.outcome);
    state = applied.state;
  }
  if (state === null) throw new Error('no message');
  return state;
}

describe('which component stands for the event', () => {
  test('[R-46] a date of a series never seen is the event', () => {
    expect(mainKey(stateAfter(DATE))).toBe('2026-03-10T15:00:00Z');
  });

  test('[R-46] the series takes over once it comes', () => {
    const { more: _more, ...series } = DATE;
    expect(
      mainKey(
        stateAfter(DATE, {
          ...series,
          dtstamp: '20260302T083000Z',
          start: '20260310T160000',
          end: '20260310T170000',
          more: ['RRULE:FREQ=WEEKLY;COUNT=3'],
        }),
      ),
    ).toBe('series');
  });

  test('a series called off unseen is the event', () => {
    const { more: _more, ...bare } = DATE;
    expect(
      mainKey(stateAfter(DATE, { ...bare, method: 'CANCEL', sequence: 1, dtstamp: '20260302T083000Z' })),
    ).toBe('series');
  });
});

import { describe, expect, test } from '@jest/globals';
import { applyMessage } from '../../../src/calendar/apply.ts';
import type { CalendarObject } from '../../../src/calendar/event.ts';
import { readCalendar } from '../../../src/calendar/read.ts';
import { type EventState, SERIES } from '../../../src/calendar/state.ts';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits.ts';
import { cancelText, sampleText, updateText } from '../../../src/platform/local/ui/organizer-mail.ts';

const NOW = '2026-03-01T09:00:00Z';
const SENDER = {
  name: 'Ada "A" Example',
  address: 'ada@example.com',
  mailbox: 'create@sis.localhost',
  now: NOW,
  limits: DEFAULT_LIMITS,
};

function read(text: string): CalendarObject {
  const reading = readCalendar(new TextEncoder().encode(text));
  if (!reading.ok) throw new Error(reading.refusal.sentence);
  return reading.calendar;
}

function applied(state: EventState | null, text: string, receivedAt = NOW): EventState {
  const message = { calendar: read(text), arrival: `arr_${receivedAt}`, receivedAt };
  const result = applyMessage(state, message, receivedAt);
  if (result.outcome !== 'applied') throw new Error(result.outcome);
  return result.state;
}

const SAMPLE = sampleText(SENDER, {
  title: 'Running; fast, and \\ slow',
  day: '2026-03-05',
  time: '18:00',
  weekly: true,
  uid: 'sample@organizer.example',
});

describe('the sample event', () => {
  test('is a calendar invitation as a real client writes one', () => {
    const calendar = read(SAMPLE);
    const [event] = calendar.events;
    expect(calendar.method).toBe('REQUEST');
    expect(event?.summary).toBe('Running; fast, and \\ slow');
    expect([event?.start?.zone, event?.start?.utc, event?.end?.utc]).toEqual([
      'Europe/Berlin',
      '2026-03-05T17:00:00Z',
      '2026-03-05T18:30:00Z',
    ]);
    expect([event?.organizer?.email, event?.organizer?.name]).toEqual(['ada@example.com', "Ada 'A' Example"]);
    expect(event?.attendees.map(({ email }) => email)).toEqual(['create@sis.localhost']);
    expect(event?.rrule).toBe('FREQ=WEEKLY;COUNT=10');
  });

  test('folds long titles without breaking characters', () => {
    const title = 'Ein Abend über Bäume 🌳 '.repeat(8).trim();
    const [event] = read(
      sampleText(SENDER, {
        title,
        day: '2026-03-05',
        time: '18:00',
        weekly: false,
        uid: 'x@organizer.example',
      }),
    ).events;
    expect(event?.summary).toBe(title);
    expect(event?.rrule).toBeNull();
  });
});

describe('an organizer’s next mail', () => {
  const state = applied(null, SAMPLE);
  const later = { ...SENDER, now: '2026-03-01T10:00:00Z' };
  const same = { title: 'Running', place: 'Clubhouse', day: '2026-03-05', time: '18:00' };

  test('an update keeps UID, rule and zone, and moves start and end together', () => {
    const text = updateText(state, later, { ...same, day: '2026-03-06', time: '19:15' });
    const after = applied(state, text ?? '', later.now);
    const event = after.components[SERIES]?.event;
    expect(event?.uid).toBe('sample@organizer.example');
    expect([event?.summary, event?.location, event?.sequence]).toEqual(['Running', 'Clubhouse', 1]);
    expect([event?.start?.zone, event?.start?.utc, event?.end?.utc]).toEqual([
      'Europe/Berlin',
      '2026-03-06T18:15:00Z',
      '2026-03-06T19:45:00Z',
    ]);
    expect(event?.rrule).toBe('FREQ=WEEKLY;COUNT=10');
  });

  test('the wall clock stays over a change of the clocks', () => {
    const text = updateText(state, later, { ...same, day: '2026-04-02' });
    expect(read(text ?? '').events[0]?.start?.utc).toBe('2026-04-02T16:00:00Z');
  });

  test('an all-day event moves by days', () => {
    const day = SAMPLE.replace(/DTSTART;TZID=[^\r]*/, 'DTSTART;VALUE=DATE:20260305').replace(
      /DTEND;TZID=[^\r]*/,
      'DTEND;VALUE=DATE:20260307',
    );
    const text = updateText(applied(null, day), later, { ...same, day: '2026-03-10', time: '' });
    const [event] = read(text ?? '').events;
    expect([event?.start?.local, event?.end?.local]).toEqual(['2026-03-10', '2026-03-12']);
  });

  test('an event in UTC moves in UTC', () => {
    const utc = SAMPLE.replace(/DTSTART;TZID=[^\r]*/, 'DTSTART:20260305T170000Z').replace(
      /DTEND;TZID=[^\r]*/,
      'DTEND:20260305T180000Z',
    );
    const text = updateText(applied(null, utc), later, { ...same, time: '20:00' });
    const [event] = read(text ?? '').events;
    expect([event?.start?.utc, event?.end?.utc]).toEqual(['2026-03-05T20:00:00Z', '2026-03-05T21:00:00Z']);
  });

  test('a cancellation of all, or of one date', () => {
    const all = applied(state, cancelText(state, later, SERIES), later.now);
    expect(Object.values(all.components).every(({ kind }) => kind === 'cancel')).toBe(true);
    const one = applied(state, cancelText(state, later, '2026-03-12T17:00:00Z'), later.now);
    expect(one.components['2026-03-12T17:00:00Z']?.kind).toBe('cancel');
    expect(one.components[SERIES]?.kind).toBe('request');
  });
});

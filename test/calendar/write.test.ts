/** What guests' calendars are sent: right by the RFCs, as their programs want it, and nothing of the organizer's file beyond its facts. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { applyMessage } from '../../src/calendar/apply.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { type EventState, type OrganizerMessage, SERIES } from '../../src/calendar/state.ts';
import {
  type InviteInput,
  PROD_ID,
  writeDeclineCounter,
  writeInvite,
  writeOrganizerReply,
  writePublish,
} from '../../src/calendar/write.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { event, message, type Told, tuesday, weekly } from '../support/events.ts';
import { itipProblems } from '../support/itip.ts';

const NOW = '2026-02-02T09:00:00Z';
const MARCH_10 = '2026-03-10T15:00:00Z';

function stateAfter(...messages: readonly OrganizerMessage[]): EventState {
  let state: EventState | null = null;
  for (const next of messages) {
    const applied = applyMessage(state, next, NOW);
    if ('state' in applied) state = applied.state;
  }
  if (state === null) throw new Error('nothing stands');
  return state;
}

function stateOf(...events: readonly CalendarEvent[]): EventState {
  return stateAfter(message('REQUEST', events));
}

function invite(state: EventState, more: Partial<InviteInput> = {}): string {
  return writeInvite(inviteInput(state, more)).ics;
}

function inviteInput(state: EventState, more: Partial<InviteInput> = {}): InviteInput {
  return {
    state,
    component: SERIES,
    method: 'REQUEST',
    uid: 'k3v9token@sis.example.com',
    organizer: { name: 'Jane Roe (Acme Events)', email: 'jane@sis.example.com' },
    attendee: { name: 'Sam Poe', email: 'Sam.Poe@recipient.example', partstat: 'NEEDS-ACTION' },
    sequence: 0,
    dtstamp: '2026-02-02T10:15:00Z',
    now: NOW,
    pageUrl: 'https://sis.example.com/e/spring',
    limits: DEFAULT_LIMITS,
    ...more,
  };
}

function unfolded(ics: string): string[] {
  return ics.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

function single(told: Told = {}): string[] {
  return unfolded(invite(stateOf(event(told))));
}

/** Values of all lines of that name, parameters in front. */
function lines(all: readonly string[], name: string): string[] {
  return all.filter(line => line.startsWith(`${name}:`) || line.startsWith(`${name};`));
}

describe('an invitation', () => {
  test('is this object, line by line', () => {
    const told = { location: 'Room 1, first floor', description: 'Bring a mug; and a friend.\nThanks' };
    expect(single(told)).toEqual([
      'BEGIN:VCALENDAR',
      'PRODID:-//SIS//Simple Invite Service 1.0//EN',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'METHOD:REQUEST',
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:19701025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZNAME:CET',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZNAME:CEST',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:k3v9token@sis.example.com',
      'DTSTAMP:20260202T101500Z',
      'SEQUENCE:0',
      'DTSTART;TZID=Europe/Berlin:20260303T160000',
      'DTEND;TZID=Europe/Berlin:20260303T170000',
      'SUMMARY:Spring Webinar',
      'DESCRIPTION:Bring a mug\\; and a friend.\\nThanks',
      'LOCATION:Room 1\\, first floor',
      'URL:https://sis.example.com/e/spring',
      'ORGANIZER;CN="Jane Roe (Acme Events)":mailto:jane@sis.example.com',
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Sam Poe":mailto:Sam.Poe@recipient.example',
      'CLASS:PUBLIC',
      'STATUS:CONFIRMED',
      'TRANSP:OPAQUE',
      'LAST-MODIFIED:20260202T090000Z',
      'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
      'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY',
      'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
      'X-MICROSOFT-DISALLOW-COUNTER:TRUE',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  test("[R-53] carries the UID it is given, never the organizer's, over all revisions", () => {
    const moved = stateAfter(
      message('REQUEST', [event()]),
      message('REQUEST', [event({ sequence: 1, start: '2026-03-03T18:00' })]),
    );
    for (const ics of [
      invite(stateOf(event())),
      invite(moved, { sequence: 1 }),
      invite(moved, { method: 'CANCEL' }),
    ]) {
      expect(lines(unfolded(ics), 'UID')).toEqual(['UID:k3v9token@sis.example.com']);
      expect(ics).not.toContain('organizer.example.com');
    }
  });

  test('[R-54] SEQUENCE and DTSTAMP are those of the send', () => {
    const all = unfolded(invite(stateOf(event()), { sequence: 7, dtstamp: '2026-02-05T00:00:01Z' }));
    expect([lines(all, 'SEQUENCE'), lines(all, 'DTSTAMP')]).toEqual([
      ['SEQUENCE:7'],
      ['DTSTAMP:20260205T000001Z'],
    ]);
  });

  test('[R-74] an update keeps the answer that is known', () => {
    const attendee = { name: null, email: 'sam@recipient.example', partstat: 'ACCEPTED' as const };
    expect(lines(unfolded(invite(stateOf(event()), { attendee })), 'ATTENDEE')).toEqual([
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN="sam@recipient.example":mailto:sam@recipient.example',
    ]);
  });

  test("[R-55] nothing of the organizer's file but its facts", () => {
    const attendee = {
      email: 'secret.guest@example.org',
      value: 'mailto:secret.guest@example.org',
      name: 'Secret Guest',
      sentBy: 'secretary@example.org',
      mailto: true,
      partstat: 'ACCEPTED',
      role: null,
      cutype: null,
      rsvp: true,
      delegatedTo: [],
      delegatedFrom: [],
      parameters: { 'X-NUM-GUESTS': '2', 'X-RESPONSE-COMMENT': 'secret' },
    };
    const ics = invite(
      stateOf(
        event({
          apptSequence: 9,
          sequence: 1_056_076_717,
          class: 'PRIVATE',
          attendees: [attendee],
          comments: ['secret comment'],
          relatedTo: [{ type: 'PARENT', value: 'secret-uid' }],
          originalStart: '2026-01-01T00:00:00Z',
          replyTime: '2026-01-01T00:00:00Z',
        }),
      ),
    );
    expect(ics).not.toMatch(/secret|APPT-SEQUENCE|RELATED-TO|COMMENT|REPLYTIME|OLK|PRIVATE|1056076717/i);
    expect(itipProblems(ics)).toEqual([]);
  });

  test.each<[string, Told, string, string]>([
    [
      'as the place where there is none',
      { joinUrl: 'https://meet.example.com/a' },
      'LOCATION',
      'LOCATION:https://meet.example.com/a',
    ],
    [
      'in the text',
      { joinUrl: 'https://meet.example.com/a', location: 'Room 1', description: 'Hi' },
      'DESCRIPTION',
      'DESCRIPTION:Hi\\n\\nJoin: https://meet.example.com/a',
    ],
    [
      'not twice',
      { joinUrl: 'https://meet.example.com/a', description: 'Go to https://meet.example.com/a' },
      'DESCRIPTION',
      'DESCRIPTION:Go to https://meet.example.com/a',
    ],
  ])('[R-57] the link to join stands there: %s', (_, told, name, expected) => {
    expect(lines(single(told), name)).toEqual([expected]);
  });

  test('formatted text goes to Outlook in its own property, with the link to join', () => {
    expect(
      lines(single({ html: '<p>Hi, <b>you</b></p>', joinUrl: 'https://meet.example.com/a' }), 'X-ALT-DESC'),
    ).toEqual([
      'X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Hi\\, <b>you</b></p><p><a href="https://meet.example.com/a">https://meet.example.com/a</a></p></body></html>',
    ]);
  });

  test('the text is never empty', () => {
    expect(lines(single(), 'DESCRIPTION')).toEqual(['DESCRIPTION:More: https://sis.example.com/e/spring']);
    const bare = unfolded(invite(stateOf(event()), { pageUrl: null }));
    expect(lines(bare, 'DESCRIPTION')).toEqual(['DESCRIPTION:Spring Webinar']);
  });

  test('a long text is cut and leads to the page', () => {
    const { ics, warnings } = writeInvite(inviteInput(stateOf(event({ description: '🎈'.repeat(9_000) }))));
    const [text = ''] = lines(unfolded(ics), 'DESCRIPTION');
    expect(text.endsWith('…\\n\\nMore: https://sis.example.com/e/spring')).toBe(true);
    expect([...text].length).toBeLessThan(8_100);
    expect(warnings).toEqual(['The description is longer than an invite may be and was shortened.']);
  });

  test("what a guest may do in his calendar follows from the organizer's", () => {
    const free = single({ transp: 'TRANSPARENT', status: 'TENTATIVE', busyStatus: 'oof' });
    expect(free).toEqual(
      expect.arrayContaining([
        'TRANSP:TRANSPARENT',
        'STATUS:TENTATIVE',
        'X-MICROSOFT-CDO-INTENDEDSTATUS:OOF',
      ]),
    );
    expect(single({ busyStatus: 'BUSY\r\nX:1' })).toContain('X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY');
  });

  test('[R-63] no alarm is sent', () => {
    expect(invite(stateOf(event()))).not.toContain('VALARM');
  });
});

describe('times', () => {
  test('[R-60] an all-day event has dates, and no zone', () => {
    const all = single({ start: '2026-03-03' });
    expect(lines(all, 'DTSTART')).toEqual(['DTSTART;VALUE=DATE:20260303']);
    expect(lines(all, 'DTEND')).toEqual(['DTEND;VALUE=DATE:20260304']);
    expect(all).toContain('X-MICROSOFT-CDO-ALLDAYEVENT:TRUE');
    expect(all.join()).not.toMatch(/VTIMEZONE|TZID/);
  });

  test('[R-23] a day without an end is one day', () => {
    expect(lines(single({ start: '2026-02-28', end: null }), 'DTEND')).toEqual(['DTEND;VALUE=DATE:20260301']);
  });

  test('[R-60] UTC is written with Z, and without a zone', () => {
    const all = single({ start: '2026-03-03T15:00Z', end: '2026-03-03T16:00Z' });
    expect(lines(all, 'DTSTART')).toEqual(['DTSTART:20260303T150000Z']);
    expect(all.join()).not.toMatch(/VTIMEZONE|TZID/);
  });

  test('[R-58] the zone stands before the events, once, and only where it is used', () => {
    const all = unfolded(
      invite(
        stateOf(weekly(), tuesday('2026-03-10', { start: '2026-03-10T18:00', end: '2026-03-10T19:00' })),
      ),
    );
    expect(all.indexOf('END:VTIMEZONE')).toBeLessThan(all.indexOf('BEGIN:VEVENT'));
    expect(lines(all, 'TZID')).toEqual(['TZID:Europe/Berlin']);
    const day = unfolded(
      invite(stateOf(tuesday('2026-03-10', { recurrenceId: '2026-03-10', start: '2026-03-10' })), {
        component: '2026-03-10',
      }),
    );
    expect(day.join()).not.toContain('VTIMEZONE');
  });

  test('[R-28] an end in another zone is written in the zone of the start', () => {
    expect(lines(single({ end: '2026-03-03T12:00 America/New_York' }), 'DTEND')).toEqual([
      'DTEND;TZID=Europe/Berlin:20260303T180000',
    ]);
  });

  test('a start without a length has no end', () => {
    expect(lines(single({ end: null }), 'DTEND')).toEqual([]);
  });

  test('a single event in a zone without yearly rules goes out in UTC', () => {
    const told = { start: '2026-12-03T10:00 America/Havana', end: '2026-12-03T11:00 America/Havana' };
    expect(lines(unfolded(invite(stateOf(event(told)), { now: '2026-11-22T00:00:00Z' })), 'DTSTART')).toEqual(
      ['DTSTART:20261203T140000Z'],
    );
  });

  test('[R-61] UNTIL is in UTC for times and a date for days; EXDATE stands one a line in the form of DTSTART', () => {
    const timed = unfolded(
      invite(
        stateOf(
          weekly({ rrule: 'FREQ=WEEKLY;UNTIL=20260331', exdates: ['2026-03-10', '2026-03-17T15:00Z'] }),
        ),
      ),
    );
    expect(lines(timed.slice(timed.indexOf('BEGIN:VEVENT')), 'RRULE')).toEqual([
      'RRULE:FREQ=WEEKLY;UNTIL=20260331T215959Z',
    ]);
    expect(lines(timed, 'EXDATE')).toEqual([
      'EXDATE;TZID=Europe/Berlin:20260310T160000',
      'EXDATE;TZID=Europe/Berlin:20260317T160000',
    ]);
    const days = unfolded(
      invite(
        stateOf(
          weekly({
            start: '2026-03-03',
            rrule: 'FREQ=WEEKLY;UNTIL=20260331T220000Z',
            exdates: ['2026-03-10T00:00'],
          }),
        ),
      ),
    );
    expect(lines(days, 'RRULE')).toEqual(['RRULE:FREQ=WEEKLY;UNTIL=20260331']);
    expect(lines(days, 'EXDATE')).toEqual(['EXDATE;VALUE=DATE:20260310']);
  });

  test('[R-61] RDATE stands one a line in the form of DTSTART; dates that the series has not are left out of EXDATE', () => {
    const all = unfolded(
      invite(
        stateOf(weekly({ rdates: ['2026-03-05T09:00Z', '2026-03-06T11:00'], exdates: ['2026-03-11T16:00'] })),
      ),
    );
    expect(lines(all, 'RDATE')).toEqual([
      'RDATE;TZID=Europe/Berlin:20260305T100000',
      'RDATE;TZID=Europe/Berlin:20260306T110000',
    ]);
    expect(lines(all, 'EXDATE')).toEqual([]);
  });

  test('[R-64] a rule that Outlook does not take is sent as it is, with a warning', () => {
    const { ics, warnings } = writeInvite(
      inviteInput(stateOf(weekly({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' }))),
    );
    expect(ics).toContain('RRULE:FREQ=MONTHLY;BYMONTHDAY=-1');
    expect(warnings).toEqual([
      'Outlook may not show this series to some guests: it repeats on the last day of a month.',
    ]);
  });
});

describe('series', () => {
  const changed = stateAfter(
    message('REQUEST', [weekly()]),
    message('REQUEST', [
      tuesday('2026-03-10', {
        sequence: 1,
        start: '2026-03-12T18:00',
        end: '2026-03-12T19:00',
        summary: 'Guest talk',
      }),
    ]),
    message('CANCEL', [tuesday('2026-03-17', { sequence: 2 })]),
  );

  test('[R-62] a new guest gets the master first, then its changed dates, none of them behind it', () => {
    const all = unfolded(invite(changed, { sequence: 3 }));
    expect(lines(all, 'SEQUENCE')).toEqual(['SEQUENCE:3', 'SEQUENCE:3']);
    expect(lines(all, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=Europe/Berlin:20260310T160000']);
    expect(lines(all.slice(all.indexOf('END:VTIMEZONE')), 'RRULE')).toEqual(['RRULE:FREQ=WEEKLY;COUNT=8']);
    expect(lines(all, 'EXDATE')).toEqual(['EXDATE;TZID=Europe/Berlin:20260317T160000']);
    expect(all.indexOf('RRULE:FREQ=WEEKLY;COUNT=8')).toBeLessThan(
      all.indexOf('RECURRENCE-ID;TZID=Europe/Berlin:20260310T160000'),
    );
    expect(itipProblems(invite(changed))).toEqual([]);
  });

  test('[R-62] a changed date keeps its own number where it is the higher one', () => {
    expect(lines(unfolded(invite(changed, { sequence: 0 })), 'SEQUENCE')).toEqual([
      'SEQUENCE:0',
      'SEQUENCE:1',
    ]);
  });

  test('changed dates that are over are left out', () => {
    const later = unfolded(invite(changed, { now: '2026-03-12T18:00:01Z' }));
    expect(lines(later, 'RECURRENCE-ID')).toEqual([]);
    expect(lines(unfolded(invite(changed, { now: '2026-03-12T17:59:59Z' })), 'RECURRENCE-ID')).toHaveLength(
      1,
    );
  });

  test('one date goes out alone, without a rule', () => {
    const all = unfolded(invite(changed, { component: MARCH_10 }));
    expect(all.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines(all, 'SUMMARY')).toEqual(['SUMMARY:Guest talk']);
    expect(lines(all, 'DTSTART').at(-1)).toBe('DTSTART;TZID=Europe/Berlin:20260312T180000');
    expect(all.slice(all.indexOf('BEGIN:VEVENT')).join()).not.toContain('RRULE');
  });

  test('a date without a change of its own goes out as the series has it', () => {
    const all = unfolded(invite(changed, { component: '2026-03-31T14:00:00Z' }));
    expect(lines(all, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=Europe/Berlin:20260331T160000']);
    expect(lines(all, 'DTSTART').at(-1)).toBe('DTSTART;TZID=Europe/Berlin:20260331T160000');
  });

  test('dates that stand alone go out with their RECURRENCE-ID', () => {
    const alone = stateOf(tuesday('2026-03-10', { summary: 'Guest talk' }));
    expect(lines(unfolded(invite(alone)), 'RECURRENCE-ID')).toEqual([
      'RECURRENCE-ID;TZID=Europe/Berlin:20260310T160000',
    ]);
    expect(itipProblems(invite(alone))).toEqual([]);
  });

  test('two hundred changed dates with long texts still fit a mail', () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      const day = new Date(Date.UTC(2026, 2, 3 + index)).toISOString().slice(0, 10);
      return tuesday(day, {
        summary: `Talk ${index}`,
        description: 'long '.repeat(1_000),
        html: '<p>x</p>'.repeat(500),
      });
    });
    const { ics, warnings } = writeInvite(
      inviteInput(
        stateOf(weekly({ rrule: 'FREQ=DAILY;COUNT=300', description: 'x'.repeat(9_000) }), ...many),
      ),
    );
    expect(Buffer.byteLength(ics)).toBeLessThan(DEFAULT_LIMITS.OUTBOUND_BYTES);
    expect(ics.match(/RECURRENCE-ID/g)).toHaveLength(200);
    expect(warnings).toEqual(['The description is longer than an invite may be and was shortened.']);
  });
});

describe('a cancellation', () => {
  const series = stateAfter(
    message('REQUEST', [weekly({ location: 'Room 1', description: 'Hi' })]),
    message('REQUEST', [
      tuesday('2026-03-10', { sequence: 1, start: '2026-03-12T18:00', end: '2026-03-12T19:00' }),
    ]),
  );

  test('[R-71] of a series is one event without a rule, above the number last sent', () => {
    const cancelled = stateAfter(
      message('REQUEST', [weekly()]),
      message('CANCEL', [weekly({ sequence: 1 })]),
    );
    const sequence = cancelled.components[SERIES]?.outSequence ?? 0;
    const ics = invite(cancelled, { method: 'CANCEL', sequence });
    const all = unfolded(ics);
    expect(all.slice(all.indexOf('BEGIN:VEVENT'))).toEqual([
      'BEGIN:VEVENT',
      'UID:k3v9token@sis.example.com',
      'DTSTAMP:20260202T101500Z',
      'SEQUENCE:1',
      'DTSTART;TZID=Europe/Berlin:20260303T160000',
      'DTEND;TZID=Europe/Berlin:20260303T170000',
      'SUMMARY:Spring Webinar',
      'ORGANIZER;CN="Jane Roe (Acme Events)":mailto:jane@sis.example.com',
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Sam Poe":mailto:Sam.Poe@recipient.example',
      'STATUS:CANCELLED',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    expect(all).toContain('METHOD:CANCEL');
    expect(itipProblems(ics)).toEqual([]);
  });

  test('[R-72] of one date names its first time in the zone of the series, also where it had moved', () => {
    const gone = stateAfter(
      message('REQUEST', [weekly()]),
      message('REQUEST', [
        tuesday('2026-03-10', { sequence: 1, start: '2026-03-12T18:00', end: '2026-03-12T19:00' }),
      ]),
      message('CANCEL', [tuesday('2026-03-10', { sequence: 2 })]),
    );
    const all = unfolded(invite(gone, { component: MARCH_10, method: 'CANCEL', sequence: 2 }));
    expect(lines(all, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=Europe/Berlin:20260310T160000']);
    expect(lines(all, 'DTSTART').at(-1)).toBe('DTSTART;TZID=Europe/Berlin:20260312T180000');
    expect(all.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(all.slice(all.indexOf('BEGIN:VEVENT')).join()).not.toMatch(/RRULE|EXDATE/);
    expect(itipProblems(all.join('\r\n'))).toEqual([]);
  });

  test('[R-38] of a date is the same whether it was excluded or cancelled', () => {
    const byExdate = stateAfter(
      message('REQUEST', [weekly()]),
      message('REQUEST', [weekly({ sequence: 1, exdates: ['2026-03-10T16:00'] })]),
    );
    const byCancel = stateAfter(
      message('REQUEST', [weekly()]),
      message('CANCEL', [tuesday('2026-03-10', { sequence: 1 })]),
    );
    const cancelOf = (state: EventState) =>
      invite(state, { component: MARCH_10, method: 'CANCEL', sequence: 1 });
    expect(cancelOf(byExdate)).toBe(cancelOf(byCancel));
    expect(invite(byExdate)).toBe(invite(byCancel));
  });

  test('to one person alone has the same shape while the event lives on', () => {
    expect(itipProblems(invite(series, { method: 'CANCEL', sequence: 4 }))).toEqual([]);
  });

  test('of an event without content names its UID', () => {
    const applied = applyMessage(
      null,
      message('CANCEL', [event({ start: null, end: null, summary: null })]),
      NOW,
    );
    if (applied.outcome !== 'tombstone') throw new Error(applied.outcome);
    expect(itipProblems(invite(applied.state, { method: 'CANCEL' }))).toEqual([]);
  });
});

describe('the plain file', () => {
  function publish(state: EventState): string {
    return writePublish({
      state,
      uid: 'ev_1@sis.example.com',
      organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
      now: NOW,
      pageUrl: 'https://sis.example.com/e/spring',
    });
  }

  test('holds the whole series with its changed dates, past ones too, and no guest', () => {
    const state = stateOf(
      weekly({ start: '2020-03-03T16:00', end: '2020-03-03T17:00', rrule: 'FREQ=WEEKLY' }),
      event({ recurrenceId: '2020-03-10T16:00', start: '2020-03-10T18:00', end: '2020-03-10T19:00' }),
    );
    const ics = publish(state);
    expect(itipProblems(ics)).toEqual([]);
    expect(ics).toContain('METHOD:PUBLISH');
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(ics).not.toMatch(/ATTENDEE|TENTATIVE|DISALLOW/);
  });

  test('has the numbers of the revision, so that it is the same until something changes', () => {
    const state = stateAfter(
      message('REQUEST', [event()]),
      message('REQUEST', [event({ sequence: 4, start: '2026-03-03T18:00' })]),
    );
    expect(unfolded(publish(state))).toEqual(
      expect.arrayContaining(['SEQUENCE:1', 'DTSTAMP:20260202T090001Z']),
    );
  });

  test('of a cancelled event says so', () => {
    const state = stateAfter(message('REQUEST', [weekly()]), message('CANCEL', [weekly({ sequence: 1 })]));
    expect(unfolded(publish(state))).toContain('STATUS:CANCELLED');
  });
});

describe('[R-95] the answer to the organizer', () => {
  function reply(told: CalendarEvent, comment: string | null = null): string {
    return writeOrganizerReply({
      event: told,
      attendee: 'Create+spring@sis.example.com',
      partstat: comment === null ? 'ACCEPTED' : 'DECLINED',
      comment,
      dtstamp: '2026-02-02T10:15:00Z',
    });
  }

  test('carries UID, SEQUENCE and ORGANIZER of the invitation and the one spelling it was sent to', () => {
    const ics = reply(event({ sequence: 3 }));
    expect(unfolded(ics)).toEqual([
      'BEGIN:VCALENDAR',
      `PRODID:${PROD_ID}`,
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      'UID:abc@organizer.example.com',
      'DTSTAMP:20260202T101500Z',
      'SEQUENCE:3',
      'DTSTART:20260303T150000Z',
      'DTEND:20260303T160000Z',
      'SUMMARY:Spring Webinar',
      'ORGANIZER;CN="Jane Roe":mailto:jane@organizer.example.com',
      'ATTENDEE;PARTSTAT=ACCEPTED;CN="Create+spring@sis.example.com":mailto:Create+spring@sis.example.com',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    expect(itipProblems(ics)).toEqual([]);
  });

  test('keeps the token of iCloud and the person beside it', () => {
    const organizer = {
      email: 'jane@icloud.example',
      value: 'mailto:2_GE3DKNRT@imip.me.com',
      name: null,
      sentBy: null,
      mailto: true,
    };
    expect(lines(unfolded(reply(event({ organizer }))), 'ORGANIZER')).toEqual([
      'ORGANIZER;EMAIL=jane@icloud.example:mailto:2_GE3DKNRT@imip.me.com',
    ]);
  });

  test('writes mailto where a bare address stood', () => {
    const organizer = {
      email: 'jane@example.org',
      value: 'jane@example.org',
      name: null,
      sentBy: 'office@example.org',
      mailto: false,
    };
    expect(lines(unfolded(reply(event({ organizer }))), 'ORGANIZER')).toEqual([
      'ORGANIZER;SENT-BY="mailto:office@example.org":mailto:jane@example.org',
    ]);
  });

  test('names the one date that the invitation was about', () => {
    expect(lines(unfolded(reply(tuesday('2026-03-10'))), 'RECURRENCE-ID')).toEqual([
      'RECURRENCE-ID:20260310T150000Z',
    ]);
    expect(
      lines(unfolded(reply(event({ recurrenceId: '2026-03-10', start: '2026-03-10' }))), 'RECURRENCE-ID'),
    ).toEqual(['RECURRENCE-ID;VALUE=DATE:20260310']);
  });

  test('says why it declines', () => {
    expect(lines(unfolded(reply(event(), 'No zone; choose one.')), 'COMMENT')).toEqual([
      'COMMENT:No zone\\; choose one.',
    ]);
  });
});

describe('[R-86] the answer to a proposed time', () => {
  test('declines it and leaves the event as it is', () => {
    const ics = writeDeclineCounter({
      state: stateOf(weekly()),
      component: MARCH_10,
      uid: 'k3v9token@sis.example.com',
      organizer: { name: 'Jane Roe', email: 'jane@sis.example.com' },
      attendee: { name: null, email: 'sam@recipient.example' },
      sequence: 2,
      dtstamp: '2026-02-02T10:15:00Z',
      comment: 'Times are fixed.',
    });
    expect(unfolded(ics)).toEqual(
      expect.arrayContaining([
        'METHOD:DECLINECOUNTER',
        'RECURRENCE-ID:20260310T150000Z',
        'DTSTART:20260310T150000Z',
        'SEQUENCE:2',
        'ATTENDEE;CN="sam@recipient.example":mailto:sam@recipient.example',
        'COMMENT:Times are fixed.',
      ]),
    );
    expect(itipProblems(ics)).toEqual([]);
  });
});

const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', 'import icalendar']).status === 0;

(hasPython ? describe : describe.skip)('[R-66] read by python-icalendar', () => {
  test('times, rule and people are the same', () => {
    const state = stateOf(weekly({ exdates: ['2026-03-17T16:00'], summary: 'Grüße, 世界; "ok"' }));
    const script = [
      'import icalendar, json, sys',
      'cal = icalendar.Calendar.from_ical(sys.stdin.buffer.read())',
      'event = cal.walk("VEVENT")[0]',
      'print(json.dumps([event["SUMMARY"], event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(), event["RRULE"].to_ical().decode(), event["EXDATE"].dts[0].dt.isoformat(), event["ORGANIZER"].params["CN"], str(event["ATTENDEE"])]))',
    ].join('\n');
    const run = spawnSync(PYTHON, ['-c', script], { input: invite(state), encoding: 'utf8' });
    expect(JSON.parse(run.stdout)).toEqual([
      'Grüße, 世界; "ok"',
      '2026-03-03T16:00:00+01:00',
      '2026-03-03T17:00:00+01:00',
      'FREQ=WEEKLY;COUNT=8',
      '2026-03-17T16:00:00+01:00',
      'Jane Roe (Acme Events)',
      'mailto:Sam.Poe@recipient.example',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CalendarEvent, CalendarObject } from '../../src/calendar/event.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { bytes, calendarOf, eventOf, readObject, readOne, refusalCode, text } from './calendar-text.ts';

function fixture(name: string): CalendarObject {
  const reading = readCalendar(readFileSync(new URL(`../fixtures/ics/${name}.ics`, import.meta.url)));
  if (!reading.ok) throw new Error(reading.refusal.code);
  return reading.calendar;
}

function only({ events }: CalendarObject): CalendarEvent {
  const [event, ...more] = events;
  if (event === undefined || more.length > 0) throw new Error('not one event');
  return event;
}

describe('what real clients send', () => {
  test('Google: a series with its zone, one excluded date and the link to join', () => {
    const calendar = fixture('google-request');
    expect(calendar).toMatchObject({
      method: 'REQUEST',
      prodId: '-//Google Inc//Google Calendar 70.9054//EN',
      others: {},
    });
    expect(only(calendar)).toMatchObject({
      uid: '4k2v0springwebinar7q1c3@google.com',
      sequence: 0,
      dtstamp: '2026-02-01T10:15:00Z',
      created: '2026-02-01T10:00:00Z',
      lastModified: '2026-02-01T10:15:00Z',
      start: {
        kind: 'zoned',
        value: '20260303T160000',
        local: '2026-03-03T16:00:00',
        tzid: 'Europe/Berlin',
        zone: 'Europe/Berlin',
        utc: '2026-03-03T15:00:00Z',
        from: 'vtimezone',
      },
      end: { source: 'DTEND', utc: '2026-03-03T16:00:00Z' },
      rrule: 'FREQ=WEEKLY;UNTIL=20260331T140000Z;BYDAY=TU',
      exdates: [{ utc: '2026-03-17T15:00:00Z' }],
      summary: 'Spring webinar',
      location: '',
      joinUrl: 'https://meet.google.com/abc-defg-hij',
      organizer: { email: 'jane@example.com', name: 'Jane Roe' },
      attendees: [
        { email: 'jane@example.com', partstat: 'ACCEPTED' },
        { email: 'create@sis.example.org', partstat: 'NEEDS-ACTION', rsvp: true },
      ],
    });
  });

  test('[R-25] Exchange: a Windows zone, the sequence of Microsoft, the text in HTML alone', () => {
    expect(only(fixture('exchange-teams-request'))).toMatchObject({
      uid: '040000008200E00074C5B7101A82E00800000000B0549C15F06DC101000000000000000010000000BF784046BEC174CA6706A51BE3E8B334',
      sequence: 0,
      apptSequence: 2,
      start: { tzid: 'W. Europe Standard Time', zone: 'Europe/Berlin', utc: '2026-07-02T08:00:00Z' },
      summary: 'Quarterly review',
      busyStatus: 'BUSY',
      responseRequested: true,
      html: '<p>Quarterly <b>review</b></p><p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d">Join the meeting</a></p>',
      joinUrl: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d',
    });
  });

  test('[R-16][R-25] Exchange 2003: display text as zone, \\N in the description, an empty CLASS', () => {
    expect(only(fixture('exchange-2003-update'))).toMatchObject({
      apptSequence: 2,
      start: { zone: 'Europe/Warsaw', utc: '2026-02-12T13:00:00Z' },
      description: 'First line\nSecond line',
      class: null,
    });
  });

  test('[R-25] Outlook for Mac: a list of cities as zone', () => {
    expect(only(fixture('outlook-mac-city-list'))).toMatchObject({
      start: {
        tzid: 'Sarajevo, Skopje, Warsaw, Zagreb',
        zone: 'Europe/Warsaw',
        utc: '2026-05-28T07:00:00Z',
        from: 'vtimezone',
      },
      lastModified: '2026-05-27T17:52:01Z',
    });
  });

  test('[R-27] iCloud: the whole history of a zone to the second, a token as organizer, a stray TZID property', () => {
    expect(only(fixture('icloud-full-history'))).toMatchObject({
      start: {
        tzid: 'US/Pacific',
        zone: 'America/Los_Angeles',
        utc: '2026-03-10T16:00:00Z',
        from: 'vtimezone',
      },
      organizer: { email: 'jane@example.com', value: 'mailto:2_GEZDQOBWHA3TCNJR@imip.me.com' },
      attendees: [{ email: 'jane@example.com', mailto: false }, { email: 'create@sis.example.org' }],
    });
  });

  test('[R-16] Yahoo: VTIMEZONE behind the event, STATUS twice, SEQUENCE outside, REQ_PARTICIPANT', () => {
    const calendar = fixture('yahoo-request');
    expect(calendar.repairs).toEqual(['sequence_outside_event']);
    expect(only(calendar)).toMatchObject({
      sequence: 0,
      status: 'CONFIRMED',
      start: { utc: '2026-03-03T11:00:00Z', from: 'vtimezone' },
      attendees: [{ role: 'REQ-PARTICIPANT' }],
    });
  });

  test('Domino: a series of periods, the hour of the change in the rule', () => {
    expect(only(fixture('domino-series'))).toMatchObject({
      start: { zone: 'America/New_York', utc: '2026-04-07T14:00:00Z', from: 'vtimezone' },
      rdates: [
        { value: '20260407T100000/20260407T110000', utc: '2026-04-07T14:00:00Z' },
        { value: '20260414T100000/20260414T110000', utc: '2026-04-14T14:00:00Z' },
        { value: '20260421T100000/PT1H', utc: '2026-04-21T14:00:00Z' },
      ],
    });
  });
});

const START = ['DTSTART:20260303T150000Z', 'DTEND:20260303T160000Z'];

describe('the object', () => {
  test('[R-06][R-07] METHOD counts in any case, and before the part of the mail', () => {
    const content = (method: readonly string[]) => bytes(text(calendarOf(eventOf(START), method)));
    const methodOf = (method: readonly string[], hint: string | null) => {
      const reading = readCalendar(content(method), { method: hint });
      return reading.ok ? reading.calendar.method : reading.refusal.code;
    };
    expect(methodOf(['METHOD:request'], null)).toBe('REQUEST');
    expect(methodOf(['METHOD:COUNTER'], 'REPLY')).toBe('COUNTER');
    expect(methodOf([], 'cancel')).toBe('CANCEL');
    expect(methodOf(['METHOD:'], 'request')).toBe('REQUEST');
    expect(methodOf([], null)).toBeNull();
  });

  test('every VCALENDAR of a file is there, the first by itself too', () => {
    const other = calendarOf(eventOf(START), ['METHOD:CANCEL']);
    const reading = readCalendar(bytes(text([...calendarOf(eventOf(START)), ...other])));
    expect(reading.ok && reading.calendars.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL']);
    expect(reading.ok && reading.calendar.method).toBe('REQUEST');
  });

  test('other components are counted, alarms do not leak into the event', () => {
    const calendar = readObject(
      calendarOf([
        'BEGIN:VTODO',
        'UID:1',
        'END:VTODO',
        ...eventOf([
          ...START,
          'BEGIN:VALARM',
          'ACTION:EMAIL',
          'SUMMARY:Alarm',
          'ATTENDEE:mailto:create@sis.example.org',
          'DESCRIPTION:Alarm text',
          'END:VALARM',
        ]),
      ]),
    );
    expect(calendar.others).toEqual({ VTODO: 1 });
    expect(calendar.events[0]).toMatchObject({ summary: 'Spring webinar', description: null, attendees: [] });
  });

  test('lines that are none are left out and noted', () => {
    const calendar = readObject(
      calendarOf(eventOf([...START, 'DESCRIPTION:', 'Dear team,', '', 'Join at 3 pm', 'LOCATION:Here'])),
    );
    expect(calendar.repairs).toEqual(['unreadable_line']);
    expect(calendar.events[0]?.location).toBe('Here');
  });

  test('what is missing in the event is null, never guessed', () => {
    const calendar = readObject([
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART:20260303T150000Z',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    expect(calendar).toMatchObject({
      method: null,
      prodId: null,
      repairs: ['missing_uid', 'missing_dtstamp'],
    });
    expect(calendar.events[0]).toMatchObject({
      uid: '',
      sequence: null,
      dtstamp: null,
      summary: null,
      organizer: null,
      status: null,
      responseRequested: true,
      line: 2,
    });
  });

  test('names count in any case', () => {
    const lower = text(calendarOf(eventOf(START))).replace(/^[A-Z-]+/gm, name => name.toLowerCase());
    const reading = readCalendar(bytes(lower));
    expect(reading.ok && reading.calendar.events[0]).toMatchObject({
      uid: 'spring-webinar@example.com',
      start: { utc: '2026-03-03T15:00:00Z' },
      organizer: { email: 'jane@example.com' },
    });
  });

  test('an answer, a cancellation and a REFRESH do without a start', () => {
    for (const method of ['REPLY', 'CANCEL', 'REFRESH', 'DECLINECOUNTER']) {
      expect(refusalCode(text(calendarOf(eventOf([]), [`METHOD:${method}`])))).toBe('read');
    }
    expect(refusalCode(text(calendarOf(eventOf([]), ['METHOD:REQUEST'])))).toBe('no_start');
  });

  test('the fields of an answer are read', () => {
    const event = readOne([
      ...START,
      'X-MICROSOFT-CDO-REPLYTIME:20260204T101500Z',
      'X-MS-OLK-ORIGINALSTART;TZID="Romance Standard Time":20260303T160000',
      'COMMENT;LANGUAGE=en:See you\\n',
      'X-CALENDARSERVER-PRIVATE-COMMENT:By train',
      'RELATED-TO;RELTYPE=X-CALENDARSERVER-RECURRENCE-SET:abc',
      'RELATED-TO:def',
      'CATEGORIES:Work,Board\\, annual',
      'GEO:48.85;2.35',
      'PRIORITY:5',
      'URL:https://example.com/spring',
    ]);
    expect(event).toMatchObject({
      replyTime: '2026-02-04T10:15:00Z',
      originalStart: '2026-03-03T15:00:00Z',
      comments: ['See you', 'By train'],
      relatedTo: [
        { type: 'X-CALENDARSERVER-RECURRENCE-SET', value: 'abc' },
        { type: 'PARENT', value: 'def' },
      ],
      categories: ['Work', 'Board, annual'],
      geo: '48.85;2.35',
      priority: 5,
      url: 'https://example.com/spring',
    });
  });
});

describe('times', () => {
  test('[R-23] a date without an end lasts that day, DTEND stays exclusive', () => {
    expect(readOne(['DTSTART;VALUE=DATE:20260303'])).toMatchObject({
      start: { kind: 'date', local: '2026-03-03', zone: null, utc: null },
      end: { kind: 'date', local: '2026-03-04', source: 'implied' },
    });
    expect(readOne(['DTSTART;VALUE=DATE:20260331', 'DTEND;VALUE=DATE:20260402']).end).toMatchObject({
      local: '2026-04-02',
      source: 'DTEND',
    });
    expect(readOne(['DTSTART:20260303']).start?.kind).toBe('date');
  });

  test('a time without an end has no length', () => {
    expect(readOne(['DTSTART:20260303T150000Z']).end).toMatchObject({
      source: 'implied',
      utc: '2026-03-03T15:00:00Z',
    });
  });

  test.each([
    ['PT1H30M', '2026-03-28T11:30:00', '2026-03-28T10:30:00Z'],
    ['P1D', '2026-03-29T10:00:00', '2026-03-29T08:00:00Z'],
    ['PT24H', '2026-03-29T11:00:00', '2026-03-29T09:00:00Z'],
    ['P1DT2H', '2026-03-29T12:00:00', '2026-03-29T10:00:00Z'],
    ['P1W', '2026-04-04T10:00:00', '2026-04-04T08:00:00Z'],
  ])('DURATION:%s over the change to summer time ends at %s', (duration, local, utc) => {
    expect(readOne(['DTSTART;TZID=Europe/Berlin:20260328T100000', `DURATION:${duration}`]).end).toMatchObject(
      {
        source: 'DURATION',
        local,
        utc,
      },
    );
  });

  test('[R-28] start and end in two zones give the true length', () => {
    const event = readOne([
      'DTSTART;TZID=Europe/Berlin:20260303T160000',
      'DTEND;TZID=America/New_York:20260303T120000',
    ]);
    expect([event.start?.utc, event.end?.utc]).toEqual(['2026-03-03T15:00:00Z', '2026-03-03T17:00:00Z']);
  });

  test('a TZID beside a time in UTC changes nothing', () => {
    expect(readOne(['DTSTART;TZID=Europe/London:20260703T150000Z']).start).toMatchObject({
      kind: 'utc',
      tzid: 'Europe/London',
      utc: '2026-07-03T15:00:00Z',
    });
  });

  test('a time without zone floats', () => {
    expect(readOne(['DTSTART:20260303T150000']).start).toMatchObject({
      kind: 'floating',
      local: '2026-03-03T15:00:00',
      utc: null,
      zone: null,
    });
  });

  test('an unquoted colon in the TZID does not tear the time', () => {
    expect(
      readOne(['DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20260303T160000'])
        .start,
    ).toMatchObject({ zone: 'Europe/Berlin', utc: '2026-03-03T15:00:00Z' });
  });

  test.each(['20260230T100000', '20261301', '20260303T250000', '2026-03', 'tomorrow', ''])(
    'DTSTART:%s is refused with its line',
    value => {
      const reading = readCalendar(bytes(text(calendarOf(eventOf([`DTSTART:${value}`])))));
      expect(reading).toMatchObject({ ok: false, refusal: { code: 'bad_start', line: 10 } });
    },
  );
});

describe('refusals', () => {
  const todo = ['BEGIN:VTODO', 'UID:1', 'END:VTODO'];
  test.each([
    ['nothing', '', 'not_icalendar'],
    ['some text', 'Hello\r\nWorld\r\n', 'not_icalendar'],
    ['a web page', '<!DOCTYPE html><html><body>BEGIN:VCALENDAR</body></html>', 'not_icalendar'],
    ['an event without a calendar', text(eventOf(START)), 'not_icalendar'],
    ['a calendar without an event', text(calendarOf([])), 'no_event'],
    ['[R-09] a task', text(calendarOf(todo)), 'task_only'],
    ['[R-09] a note', text(calendarOf(['BEGIN:VJOURNAL', 'END:VJOURNAL'])), 'task_only'],
    ['[R-09] free and busy times', text(calendarOf(['BEGIN:VFREEBUSY', 'END:VFREEBUSY'])), 'no_event'],
    ['vCalendar 1.0', text(calendarOf(eventOf(START))).replace('VERSION:2.0', 'VERSION:1.0'), 'vcalendar_1'],
    [
      'a file cut behind an event',
      text(calendarOf(eventOf(START))).replace('END:VCALENDAR', ''),
      'truncated',
    ],
    ['a file cut in an event', text(calendarOf(eventOf(START))).split('END:VEVENT')[0] ?? '', 'truncated'],
  ])('%s', (_, content, code) => {
    expect(refusalCode(content)).toBe(code);
  });

  test('every refusal says what to do, in one sentence or two', () => {
    const reading = readCalendar(bytes(text(calendarOf(todo))));
    expect(reading).toEqual({
      ok: false,
      refusal: {
        code: 'task_only',
        line: 5,
        sentence:
          'The calendar file holds a task or a note, and no event. Make it an event and invite us again.',
      },
    });
  });
});

describe('the hash of an event', () => {
  const base = [...START, 'LOCATION:Here', 'SEQUENCE:1'];
  const hash = (lines: readonly string[]) => readOne(lines).hash;

  test('is the same however and whenever the same was sent', () => {
    expect(hash([...base].reverse())).toBe(hash(base));
    expect(hash([...START, 'LOCATION:Here', 'SEQUENCE:7', 'LAST-MODIFIED:20260301T000000Z'])).toBe(
      hash(base),
    );
    expect(hash(['DTSTART:20260303T150000Z', 'DURATION:PT1H', 'LOCATION:Here'])).toBe(hash(base));
  });

  test('differs with every fact that people see', () => {
    const others = [
      ['DTSTART:20260303T150000Z', 'DTEND:20260303T163000Z', 'LOCATION:Here'],
      [...START, 'LOCATION:There'],
      [...base, 'DESCRIPTION:More'],
      [...base, 'STATUS:TENTATIVE'],
      [...base, 'RRULE:FREQ=DAILY;COUNT=2'],
      [...base, 'RECURRENCE-ID:20260303T150000Z'],
      [...base, 'ATTENDEE:mailto:sam@example.com'],
    ];
    expect(new Set([base, ...others].map(hash)).size).toBe(others.length + 1);
  });
});

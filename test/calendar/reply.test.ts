/** What guests' calendars answer, in the shapes of real programs (own wording, after imip 7.1). */
import { describe, expect, test } from '@jest/globals';
import { originOf } from '../../src/calendar/origin.ts';
import { readCalendar } from '../../src/calendar/read.ts';
import { type CalendarReply, readReplies } from '../../src/calendar/reply.ts';

const UID = 'k3v9token@sis.example.com';

function replies(...lines: readonly string[]): CalendarReply[] {
  const reading = readCalendar(Buffer.from(`${lines.join('\r\n')}\r\n`));
  if (!reading.ok) throw new Error(reading.refusal.code);
  return readReplies(reading.calendar);
}

function object(prodId: string | null, method: string, events: readonly (readonly string[])[]): string[] {
  return [
    'BEGIN:VCALENDAR',
    ...(prodId === null ? [] : [`PRODID:${prodId}`]),
    'VERSION:2.0',
    `METHOD:${method}`,
    ...events.flatMap(lines => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ];
}

function one(...lines: readonly string[]): CalendarReply {
  const [reply] = replies(...object('-//Example//EN', 'REPLY', [lines]));
  if (reply === undefined) throw new Error('no reply');
  return reply;
}

const SHAPES: Readonly<
  Record<
    string,
    { readonly lines: readonly string[]; readonly origin: string; readonly said: Partial<CalendarReply> }
  >
> = {
  Google: {
    lines: object('-//Google Inc//Google Calendar 70.9054//EN', 'REPLY', [
      [
        'DTSTART:20260303T150000Z',
        'DTEND:20260303T160000Z',
        'DTSTAMP:20260210T081500Z',
        'ORGANIZER;CN=Jane Roe:mailto:jane@sis.example.com',
        `UID:${UID}`,
        'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Sam',
        '  Poe;X-NUM-GUESTS=2;X-RESPONSE-COMMENT="See you, all":mailto:sam@recipient.example',
        'X-MICROSOFT-DISALLOW-COUNTER:TRUE',
        'CREATED:20260202T101500Z',
        'DESCRIPTION:',
        'LAST-MODIFIED:20260210T081500Z',
        'SEQUENCE:1',
        'STATUS:CONFIRMED',
        'SUMMARY:Spring Webinar',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER:-P0DT0H10M0S',
        'END:VALARM',
      ],
    ]),
    origin: 'Google',
    said: {
      partstat: 'ACCEPTED',
      answer: 'yes',
      attendee: { email: 'sam@recipient.example', sentBy: null },
      sequence: 1,
      dtstamp: '2026-02-10T08:15:00Z',
      note: 'See you, all',
      guests: 2,
      startUtc: '2026-03-03T15:00:00Z',
    },
  },
  Exchange: {
    lines: object('Microsoft Exchange Server 2010', 'REPLY', [
      [
        'ATTENDEE;PARTSTAT=DECLINED;CN=Sam Poe:mailto:sam@recipient.example',
        'COMMENT;LANGUAGE=en-US:I am away.\\n',
        `UID:${UID}`,
        'SUMMARY;LANGUAGE=en-US:Declined: Spring Webinar',
        'DTSTART;TZID=Pacific Standard Time:20260303T070000',
        'DTEND;TZID=Pacific Standard Time:20260303T080000',
        'CLASS:PUBLIC',
        'PRIORITY:5',
        'DTSTAMP:20260210T081500Z',
        'TRANSP:OPAQUE',
        'STATUS:CONFIRMED',
        'SEQUENCE:0',
        'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
        'X-MICROSOFT-CDO-REPLYTIME:20260210T081455Z',
      ],
    ]),
    origin: 'Microsoft 365',
    said: {
      answer: 'no',
      organizerEmail: null,
      organizerValue: null,
      note: 'I am away.',
      replyTime: '2026-02-10T08:14:55Z',
      summary: 'Declined: Spring Webinar',
      startUtc: '2026-03-03T15:00:00Z',
    },
  },
  'Outlook for Mac': {
    lines: object('-//Microsoft Corporation//Outlook for Mac MIMEDIR//EN', 'REPLY', [
      [
        `UID:${UID}`,
        'X-MICROSOFT-CDO-REPLYTIME:20260212T100000Z',
        'ORGANIZER;CN="Jane Roe":mailto:jane@sis.example.com',
        'ATTENDEE;CN="Sam Poe";RSVP=FALSE;PARTSTAT=TENTATIVE:mailto:sam@recipient.example',
        'DTSTAMP:20260202T101500Z',
        'DTSTART;TZID="Sarajevo, Skopje, Warsaw, Zagreb":20260303T160000',
        'SEQUENCE:0',
        'SUMMARY:Spring Webinar',
      ],
    ]),
    origin: 'Microsoft Outlook for Mac',
    said: { answer: 'maybe', replyTime: '2026-02-12T10:00:00Z', dtstamp: '2026-02-02T10:15:00Z' },
  },
  iOS: {
    lines: object('-//Apple Inc.//iPhone OS 17.5//EN', 'REPLY', [
      [
        `UID:${UID}`,
        'DTSTAMP:20260210T081500Z',
        'DTSTART;TZID=Europe/Berlin:20260303T160000',
        'DTEND;TZID=Europe/Berlin:20260303T170000',
        'SEQUENCE:0',
        'ORGANIZER;CN="Jane Roe":mailto:jane@sis.example.com',
        'ATTENDEE;CN=sam;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:sam@recipient.example',
        'X-CALENDARSERVER-PRIVATE-COMMENT:📅 With pleasure\u200b',
        'SUMMARY:Spring Webinar',
      ],
    ]),
    origin: 'Apple iOS',
    said: { answer: 'yes', note: 'With pleasure' },
  },
  'Mail.app': {
    lines: object('-//Apple Inc.//macOS 15.5//EN', 'REPLY', [
      [
        'CREATED:20260210T081400Z',
        `UID:${UID}`,
        'DTEND;TZID=Europe/Berlin:20260303T170000',
        'ATTENDEE;CN="Sam Poe";CUTYPE=INDIVIDUAL;PARTSTAT=declined:mailto:sam@recipient.example',
        'SUMMARY:Spring Webinar',
        'DTSTART;TZID=Europe/Berlin:20260303T160000',
        'DTSTAMP:20260210T081500Z',
        'ORGANIZER;CN="Jane Roe":mailto:jane@sis.example.com',
        'SEQUENCE:0',
      ],
    ]),
    origin: 'Apple macOS',
    said: { answer: 'no', partstat: 'DECLINED' },
  },
  Thunderbird: {
    lines: object('-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN', 'REPLY', [
      [
        'CREATED:20260202T101500Z',
        'LAST-MODIFIED:20260210T081500Z',
        'DTSTAMP:20260210T081500Z',
        `UID:${UID}`,
        'SUMMARY:Spring Webinar',
        'ORGANIZER;CN="Jane Roe":mailto:jane@sis.example.com',
        'ATTENDEE;RSVP=TRUE;CN=Sam Poe;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;EMAIL=sam@recipient.example:mailto:sam@recipient.example',
        'DTSTART;TZID=Europe/Berlin:20260303T160000',
        'SEQUENCE:0',
      ],
    ]),
    origin: 'Thunderbird',
    said: { answer: 'yes', attendees: ['sam@recipient.example'] },
  },
  Android: {
    lines: object('AndroidEmail', 'REPLY', [
      [
        'UID:00000000000000000000000000000000000000000000000A1B2C3D4E5F60718',
        'DTSTAMP:20260210T081500Z',
        'DTSTART:20260303T150000Z',
        'ATTENDEE;PARTSTAT=TENTATIVE:mailto:sam@recipient.example',
        'ORGANIZER:mailto:jane@sis.example.com',
        'SUMMARY:Spring Webinar',
      ],
    ]),
    origin: 'Android',
    said: {
      answer: 'maybe',
      uid: '00000000000000000000000000000000000000000000000A1B2C3D4E5F60718',
      sequence: null,
    },
  },
  Yahoo: {
    lines: object('//Yahoo//Calendar//EN', 'REPLY', [
      [
        'DTSTAMP:20260210T081500Z',
        'STATUS:CONFIRMED',
        'STATUS:CONFIRMED',
        `UID:${UID}`,
        'DTSTART;TZID=America/Los_Angeles:20260303T070000',
        'ORGANIZER;CN=Jane Roe;SENT-BY="mailto:jane@sis.example.com":mailto:jane@sis.example.com',
        'ATTENDEE;PARTSTAT=ACCEPTED;CN=Sam Poe;ROLE=REQ_PARTICIPANT;RSVP=TRUE:mailto:sam@recipient.example',
        'SEQUENCE:0',
      ],
    ]),
    origin: 'Yahoo',
    said: { answer: 'yes', startUtc: '2026-03-03T15:00:00Z' },
  },
};

describe('[R-77] replies of real programs', () => {
  test.each(Object.entries(SHAPES))('%s', (_, { lines, origin, said }) => {
    const found = replies(...lines);
    expect(found).toHaveLength(1);
    const [reply] = found;
    expect(reply).toMatchObject({ method: 'REPLY', ...said });
    expect(reply?.attendee?.email).toBe('sam@recipient.example');
    expect(originOf(reply?.prodId ?? null)).toBe(origin);
  });
});

describe('[R-78] what may lack', () => {
  test('ORGANIZER, SEQUENCE, DTSTAMP, DTSTART', () => {
    expect(one(`UID:${UID}`, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example')).toMatchObject({
      uid: UID,
      answer: 'yes',
      sequence: null,
      dtstamp: null,
      startUtc: null,
      organizerEmail: null,
    });
  });

  test('PRODID', () => {
    const [reply] = replies(
      ...object(null, 'REPLY', [[`UID:${UID}`, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example']]),
    );
    expect([reply?.prodId, originOf(reply?.prodId ?? null)]).toEqual([null, 'Other']);
  });

  test('ATTENDEE', () => {
    expect(one(`UID:${UID}`, 'DTSTAMP:20260210T081500Z')).toMatchObject({
      attendee: null,
      attendees: [],
      partstat: null,
      answer: null,
    });
  });

  test('PARTSTAT', () => {
    expect(one(`UID:${UID}`, 'ATTENDEE:mailto:sam@recipient.example')).toMatchObject({
      partstat: null,
      answer: null,
    });
  });
});

describe('answers', () => {
  test.each([
    ['ACCEPTED', 'yes'],
    ['Declined', 'no'],
    ['TENTATIVE', 'maybe'],
    ['NEEDS-ACTION', 'none'],
    ['COMPLETED', null],
    ['X-LATER', null],
    ['CONSTRUCTOR', null],
  ])('PARTSTAT=%s says %s', (partstat, answer) => {
    expect(one(`UID:${UID}`, `ATTENDEE;PARTSTAT=${partstat}:mailto:sam@recipient.example`).answer).toBe(
      answer,
    );
  });

  test('an assistant answers for his principal', () => {
    const line =
      'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:assistant@recipient.example":mailto:sam@recipient.example';
    expect(one(`UID:${UID}`, line).attendee).toEqual({
      email: 'sam@recipient.example',
      sentBy: 'assistant@recipient.example',
    });
  });

  test('of several guests the one who says something speaks, and all are named', () => {
    expect(
      one(
        `UID:${UID}`,
        'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:one@example.org',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:two@example.org',
      ),
    ).toMatchObject({
      answer: 'no',
      attendee: { email: 'two@example.org' },
      attendees: ['one@example.org', 'two@example.org'],
    });
  });

  test('[R-87] DELEGATED names to whom, and is no answer', () => {
    const reply = one(
      `UID:${UID}`,
      'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:ann@example.org","mailto:bob@example.org":mailto:sam@recipient.example',
    );
    expect([reply.answer, reply.partstat, reply.delegatedTo]).toEqual([
      null,
      'DELEGATED',
      ['ann@example.org', 'bob@example.org'],
    ]);
  });

  test('[R-87] a delegate names who delegated', () => {
    const reply = one(
      `UID:${UID}`,
      'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:sam@recipient.example":mailto:ann@example.org',
    );
    expect([reply.answer, reply.delegatedFrom]).toEqual(['yes', ['sam@recipient.example']]);
  });

  test.each([
    ['COMMENT', 'COMMENT:Running late\\, sorry', 'Running late, sorry'],
    ['X-CALENDARSERVER-PRIVATE-COMMENT', 'X-CALENDARSERVER-PRIVATE-COMMENT:Hi', 'Hi'],
    [
      'X-CALENDARSERVER-ATTENDEE-COMMENT',
      'X-CALENDARSERVER-ATTENDEE-COMMENT;X-CALENDARSERVER-ATTENDEE-REF="mailto:sam@recipient.example":Hello',
      'Hello',
    ],
    ['nothing but blanks', 'COMMENT: \\n\u200b ', null],
    ['a calendar before it', 'COMMENT:🗓️ 📅 Fine', 'Fine'],
  ])('[R-88] a note from %s', (_, line, note) => {
    expect(one(`UID:${UID}`, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example', line).note).toBe(
      note,
    );
  });

  test('[R-88] a note of ten thousand characters is cut to a thousand', () => {
    const note = one(
      `UID:${UID}`,
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example',
      `COMMENT:${'é'.repeat(10_000)}`,
    ).note;
    expect([...(note ?? '')]).toHaveLength(1_000);
  });

  test.each([
    ['3', 3],
    ['-1', 0],
    ['many', 0],
    ['999999', 1_000],
  ])('[R-88] X-NUM-GUESTS=%s counts %s', (told, guests) => {
    expect(
      one(`UID:${UID}`, `ATTENDEE;PARTSTAT=ACCEPTED;X-NUM-GUESTS=${told}:mailto:sam@recipient.example`)
        .guests,
    ).toBe(guests);
  });

  test('[R-83] the reply time of Outlook stands beside DTSTAMP', () => {
    const reply = one(
      `UID:${UID}`,
      'DTSTAMP:20260202T101500Z',
      'X-MICROSOFT-CDO-REPLYTIME:20260212T100000Z',
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example',
    );
    expect([reply.replyTime, reply.dtstamp]).toEqual(['2026-02-12T10:00:00Z', '2026-02-02T10:15:00Z']);
  });

  test('[R-84] the SEQUENCE says which revision is answered', () => {
    expect(
      one(`UID:${UID}`, 'SEQUENCE:2', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example').sequence,
    ).toBe(2);
  });
});

describe('[R-85] replies to single dates', () => {
  test('several events in one reply are several answers', () => {
    const attendee = (partstat: string) => `ATTENDEE;PARTSTAT=${partstat}:mailto:sam@recipient.example`;
    const found = replies(
      ...object('-//Example//EN', 'REPLY', [
        [`UID:${UID}`, attendee('ACCEPTED')],
        [`UID:${UID}`, 'RECURRENCE-ID:20260310T150000Z', attendee('DECLINED')],
        [`UID:${UID}`, 'RECURRENCE-ID;TZID=America/New_York:20260317T110000', attendee('TENTATIVE')],
        [`UID:${UID}`, 'RECURRENCE-ID;VALUE=DATE:20260324', attendee('DECLINED')],
      ]),
    );
    expect(found.map(reply => [reply.recurrenceKey, reply.answer])).toEqual([
      [null, 'yes'],
      ['2026-03-10T15:00:00Z', 'no'],
      ['2026-03-17T15:00:00Z', 'maybe'],
      ['2026-03-24', 'no'],
    ]);
    expect(found[2]?.recurrence?.tzid).toBe('America/New_York');
  });
});

describe('[R-86] proposed times', () => {
  const start = ['DTSTART:20260303T180000Z', 'DTEND:20260303T190000Z'];
  const proposal = { start: '2026-03-03T18:00:00Z', end: '2026-03-03T19:00:00Z' };

  test('Google counters in a part that calls itself a REPLY', () => {
    const lines = object('-//Google Inc//Google Calendar 70.9054//EN', 'COUNTER', [
      [`UID:${UID}`, ...start, 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:sam@recipient.example', 'COMMENT:Later?'],
    ]);
    const reading = readCalendar(Buffer.from(`${lines.join('\r\n')}\r\n`), { method: 'REPLY' });
    if (!reading.ok) throw new Error(reading.refusal.code);
    expect(readReplies(reading.calendar)[0]).toMatchObject({
      method: 'COUNTER',
      answer: 'maybe',
      proposal,
      note: 'Later?',
      startUtc: null,
    });
  });

  test('Exchange tells the original start beside it', () => {
    const [reply] = replies(
      ...object('Microsoft Exchange Server 2010', 'COUNTER', [
        [
          `UID:${UID}`,
          ...start,
          'X-MS-OLK-ORIGINALSTART:20260303T150000Z',
          'ATTENDEE;PARTSTAT=TENTATIVE:mailto:sam@recipient.example',
        ],
      ]),
    );
    expect(reply).toMatchObject({ proposal, startUtc: '2026-03-03T15:00:00Z' });
  });

  test('iOS hides it in a parameter of a plain REPLY', () => {
    const [reply] = replies(
      ...object('-//Apple Inc.//iPhone OS 17.5//EN', 'REPLY', [
        [
          `UID:${UID}`,
          'DTSTART:20260303T150000Z',
          'DTEND:20260303T160000Z',
          'ATTENDEE;PARTSTAT=TENTATIVE;TO-ALL-PROPOSED-NEW-TIME="DTSTART:20260303T180000Z;STATUS:;":mailto:sam@recipient.example',
        ],
      ]),
    );
    expect(reply).toMatchObject({
      method: 'REPLY',
      answer: 'maybe',
      proposal,
      startUtc: '2026-03-03T15:00:00Z',
    });
  });

  test('who proposes without a word on this time has not said yes', () => {
    const [reply] = replies(
      ...object(null, 'COUNTER', [[`UID:${UID}`, ...start, 'ATTENDEE:mailto:sam@recipient.example']]),
    );
    expect(reply?.answer).toBe('maybe');
  });

  test('an all-day proposal is a date', () => {
    const [reply] = replies(
      ...object(null, 'COUNTER', [
        [
          `UID:${UID}`,
          'DTSTART;VALUE=DATE:20260305',
          'DTEND;VALUE=DATE:20260306',
          'ATTENDEE;PARTSTAT=TENTATIVE:mailto:sam@recipient.example',
        ],
      ]),
    );
    expect(reply?.proposal).toEqual({ start: '2026-03-05', end: '2026-03-06' });
  });

  test('a parameter that is no time proposes nothing', () => {
    const reply = one(
      `UID:${UID}`,
      'ATTENDEE;PARTSTAT=ACCEPTED;TO-ALL-PROPOSED-NEW-TIME="DTSTART:20261399T990000Z":mailto:sam@recipient.example',
    );
    expect([reply.proposal, reply.answer]).toEqual([null, 'yes']);
  });
});

describe('other methods', () => {
  test('REFRESH asks and answers nothing', () => {
    const [reply] = replies(
      ...object(null, 'REFRESH', [[`UID:${UID}`, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@recipient.example']]),
    );
    expect(reply).toMatchObject({ method: 'REFRESH', answer: null, proposal: null });
  });

  test.each(['REQUEST', 'CANCEL', 'PUBLISH', 'ADD', 'DECLINECOUNTER'])('%s is no reply', method => {
    expect(replies(...object(null, method, [[`UID:${UID}`, 'DTSTART:20260303T150000Z']]))).toEqual([]);
  });
});

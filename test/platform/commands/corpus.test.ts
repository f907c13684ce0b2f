import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../../src/platform/commands/corpus.ts';
import { judge } from '../../../src/platform/commands/corpus-compare.ts';
import { factsOf } from '../../../src/platform/commands/corpus-facts.ts';
import type { FileRecord } from '../../../src/platform/commands/corpus-manifest.ts';

const ICS = [
  'BEGIN:VCALENDAR',
  'PRODID:-//Example//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@example.com',
  'DTSTAMP:20260201T101500Z',
  'DTSTART;TZID=W. Europe Standard Time:20260303T160000',
  'DURATION:PT1H',
  'SUMMARY:Spring webinar',
  'ORGANIZER:MAILTO:Jane@example.com',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@example.com',
  'EXDATE;TZID=Europe/Berlin:20260304T160000',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

const MAIL = [
  'From: Jane Roe <jane@example.com>',
  'To: create@sis.example.org',
  'Subject: Invitation',
  'Message-ID: <1@example.com>',
  'MIME-Version: 1.0',
  'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
  '',
  ICS,
].join('\r\n');

const EVENT = {
  uid: '1@example.com',
  sequence: null,
  dtstamp: '2026-02-01T10:15:00Z',
  recurrence_id: null,
  dtstart: {
    value: '20260303T160000',
    type: 'date-time',
    form: 'zoned',
    local: '2026-03-03T16:00:00',
    tzid: 'W. Europe Standard Time',
    utc: '2026-03-03T15:00:00Z',
    utc_from: 'iana',
    iana: 'Europe/Berlin',
  },
  end: { source: 'DURATION', value: 'PT1H', utc: '2026-03-03T16:00:00Z' },
  summary: 'Spring webinar ',
  location: null,
  organizer: 'jane@example.com',
  attendees: [{ email: 'sam@example.com', partstat: 'ACCEPTED' }],
  rrule: null,
  exdates: 1,
  rdates: 0,
  exdate: [{ value: '20260304T160000', tzid: 'Europe/Berlin' }],
  status: null,
} as const;

const RECORD: FileRecord = {
  file: 'ics/one.ics',
  kind: 'ics',
  expect: 'ok',
  reason: null,
  prodid: '-//Example//EN',
  method: 'REQUEST',
  calendars: 1,
  event_count: 1,
  other_components: {},
  events: [EVENT],
};

async function differences(record: FileRecord, content = ICS): Promise<readonly string[]> {
  return judge(record, await factsOf(record.file, record.kind, Buffer.from(content))).differences;
}

describe('the judgement', () => {
  test('a file that gives every fact passes', async () => {
    expect(await differences(RECORD)).toEqual([]);
  });

  test.each<[string, FileRecord, string]>([
    [
      'a summary',
      { ...RECORD, events: [{ ...EVENT, summary: 'Autumn' }] },
      'event 0 summary: expected "Autumn", read "Spring webinar"',
    ],
    [
      'an instant',
      { ...RECORD, events: [{ ...EVENT, dtstart: { ...EVENT.dtstart, utc: '2026-03-03T16:00:00Z' } }] },
      'event 0 dtstart.utc: expected "2026-03-03T16:00:00Z", read "2026-03-03T15:00:00Z"',
    ],
    [
      'a guest',
      { ...RECORD, events: [{ ...EVENT, attendees: [] }] },
      'event 0 attendees: expected [], read ["sam@example.com ACCEPTED"]',
    ],
    [
      'a missing event',
      { ...RECORD, event_count: 2, events: [EVENT, EVENT] },
      'event_count: expected 2, read 1',
    ],
    ['a method', { ...RECORD, method: 'CANCEL' }, 'method: expected "CANCEL", read "REQUEST"'],
  ])('another fact is told: %s', async (_, record, line) => {
    expect((await differences(record))[0]).toBe(line);
  });

  test('what is undecided, or has several answers, is not held against the reader', async () => {
    const other = { ...EVENT, organizer: 'else@example.com' };
    expect(await differences({ ...RECORD, events: [other], undecided: ['organizer'] })).toEqual([]);
    const dtstart = { ...EVENT.dtstart, utc: '2026-03-03T14:00:00Z', utc_accept: ['2026-03-03T15:00:00Z'] };
    expect(await differences({ ...RECORD, events: [{ ...EVENT, dtstart }] })).toEqual([]);
  });

  test('a refusal must be for the reason that is given', async () => {
    const task = 'BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n';
    const record: FileRecord = { file: 'a', kind: 'ics', expect: 'reject', reason: 'no VEVENT (only VTODO)' };
    expect(await differences(record, task)).toEqual([]);
    expect(await differences({ ...record, reason: 'no usable DTSTART' }, task)).toEqual([
      'refused for task_only, not for: no usable DTSTART',
    ]);
    expect(await differences(record)).toEqual(['read, though: no VEVENT (only VTODO)']);
    expect(await differences(RECORD, task)).toEqual(['refused: task_only']);
    expect(await differences({ ...RECORD, expect: 'either' }, task)).toEqual([]);
  });
});

describe('npm run corpus', () => {
  let folder = '';
  let printed = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sis-corpus-'));
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
      printed += String(chunk);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  async function corpus(files: readonly FileRecord[]): Promise<void> {
    await writeFile(join(folder, 'one.ics'), ICS);
    await writeFile(join(folder, 'one.eml'), MAIL);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ files }));
  }

  const ics = { ...RECORD, file: 'one.ics' };
  const mail: FileRecord = {
    ...RECORD,
    file: 'one.eml',
    kind: 'mail',
    envelope: {
      from: ['jane@example.com'],
      to: ['create@sis.example.org'],
      cc: [],
      subject: 'Invitation',
      message_id: '<1@example.com>',
      in_reply_to: null,
      top_type: 'text/calendar',
    },
  };

  test('prints the score and writes the facts', async () => {
    await corpus([ics, mail]);
    const facts = join(folder, 'facts.json');
    expect(await main([folder, '--facts', facts])).toBe(0);
    expect(printed).toBe(
      [
        '        ok         tolerate   either     reject',
        'ics     1/1        0/0        0/0        0/0',
        'mail    1/1        0/0        0/0        0/0',
        'must be read: 2 of 2 (100.0 %); crashed or too slow: 0',
        '',
      ].join('\n'),
    );
    const written = JSON.parse(await readFile(facts, 'utf8')) as { files: unknown[] };
    expect(written.files).toMatchObject([
      {
        file: 'one.ics',
        outcome: 'read',
        reason: null,
        method: 'REQUEST',
        events: [{ uid: '1@example.com' }],
      },
      { file: 'one.eml', outcome: 'read', calendar_part: { path: '1', method: 'REQUEST' } },
    ]);
  });

  test('fails below 95 %, and on a file that is not there', async () => {
    await corpus([ics, { ...ics, method: 'CANCEL' }]);
    expect(await main([folder])).toBe(1);
    expect(printed).toContain('one.ics: method: expected "CANCEL", read "REQUEST"\n');
    await corpus([ics, { ...ics, expect: 'either', file: 'gone.ics' }]);
    expect(await main([folder])).toBe(1);
    expect(printed).toContain('crashed or too slow: 1');
  });

  test('says how it is called', async () => {
    expect(await main([])).toBe(64);
    expect(await main(['--what'])).toBe(64);
    expect(await main([join(folder, 'nowhere')])).toBe(66);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { CalendarObject } from '../../../src/calendar/event.ts';
import { readCalendar } from '../../../src/calendar/read.ts';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits.ts';
import { type InboundMail, readMail } from '../../../src/mail/inbound.ts';
import {
  MAIL_CLIENTS,
  type MailClient,
  PROPOSING_CLIENTS,
  type ReplyOptions,
  replyMail,
  sendReply,
} from '../../../src/platform/local/mailboxes.ts';
import { startSmtp } from '../../../src/platform/local/smtp.ts';
import { ATTENDEE, ORGANIZER, type SampleInvite, sampleInvite, UID } from '../../support/sample-invite.ts';

const NOW = '2026-02-02T08:30:00Z';
const SERIES = [
  'DTSTART;TZID=Europe/Berlin:20260303T160000',
  'DTEND;TZID=Europe/Berlin:20260303T173000',
  'RRULE:FREQ=WEEKLY;COUNT=10',
  'EXDATE;TZID=Europe/Berlin:20260310T160000',
];

interface Read {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly mail: InboundMail;
  readonly calendar: CalendarObject;
  /** The calendar part's text, unfolded. */
  readonly ics: string;
}

async function reply(
  client: MailClient,
  options: Partial<ReplyOptions> = {},
  invite: SampleInvite = {},
): Promise<Read> {
  const { from, to, raw } = await replyMail(client, await sampleInvite(invite), {
    answer: 'yes',
    now: NOW,
    ...options,
  });
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const [part] = mail.calendars;
  if (part === undefined) throw new Error('the reply has no calendar part');
  const reading = readCalendar(part.bytes, { charset: part.charset, method: part.method });
  if (!reading.ok) throw new Error(`the reply cannot be read: ${reading.refusal.code}`);
  const ics = Buffer.from(part.bytes)
    .toString()
    .replace(/\r\n[ \t]/g, '');
  return { from, to, text: Buffer.from(raw).toString(), mail, calendar: reading.calendar, ics };
}

const PRODIDS = {
  google: '-//Google Inc//Google Calendar 70.9054//EN',
  outlook: 'Microsoft Exchange Server 2010',
  'outlook.com': 'Microsoft Exchange Server 2010',
  apple: '-//Apple Inc.//macOS 15.5//EN',
  ios: '-//Apple Inc.//iPhone OS 15.6.1//EN',
  thunderbird: '-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN',
} as const;

const PARTSTATS = [
  ['yes', 'ACCEPTED'],
  ['maybe', 'TENTATIVE'],
  ['no', 'DECLINED'],
] as const;

describe.each(MAIL_CLIENTS)('a reply from %s', client => {
  test.each(PARTSTATS)(
    'that says %s is a REPLY of the one attendee to the organizer',
    async (answer, partstat) => {
      const { from, to, mail, calendar, ics } = await reply(client, { answer });
      expect([from, to]).toEqual([ATTENDEE, ORGANIZER]);
      expect(mail.problem).toBeNull();
      expect(mail.fromAddress).toBe('sam.poe@example.org');
      expect(mail.to.map(({ address }) => address)).toEqual([ORGANIZER]);
      expect(calendar.method).toBe('REPLY');
      expect(calendar.prodId).toBe(PRODIDS[client]);
      expect(calendar.events).toHaveLength(1);
      const [event] = calendar.events;
      expect(event).toMatchObject({ uid: UID, sequence: 4, dtstamp: NOW, recurrenceId: null });
      expect(event?.start?.utc).toBe('2026-03-03T15:00:00Z');
      expect(event?.end?.utc).toBe('2026-03-03T16:30:00Z');
      expect(event?.attendees).toEqual([
        expect.objectContaining({ email: ATTENDEE, partstat, name: 'Sam Poe' }),
      ]);
      expect(ics).not.toContain('RSVP');
    },
  );

  test('carries a note, beyond ASCII, in the property that the program uses', async () => {
    const note = 'I bring cake; für alle 🎂, see you';
    const { calendar, ics } = await reply(client, { note });
    const [event] = calendar.events;
    expect(event?.comments.map(text => text.replace(/[\u200b\u{1f5d3}]/gu, '').trim())).toEqual([note]);
    expect(ics.includes('X-CALENDARSERVER-PRIVATE-COMMENT')).toBe(client === 'ios');
    expect(ics.includes('X-RESPONSE-COMMENT')).toBe(client === 'google');
  });

  test('answers one occurrence of a series, with its own times', async () => {
    const { calendar } = await reply(client, { occurrence: '2026-04-07T14:00:00Z' }, { times: SERIES });
    const [event] = calendar.events;
    expect(event?.recurrenceId?.utc).toBe('2026-04-07T14:00:00Z');
    expect(event?.start?.utc).toBe('2026-04-07T14:00:00Z');
    expect(event?.end?.utc).toBe('2026-04-07T15:30:00Z');
    expect(event?.rrule).toBeNull();
  });

  test('answers an occurrence that was moved, where it now is', async () => {
    const more = [
      'BEGIN:VEVENT',
      `UID:${UID}`,
      'DTSTAMP:20260201T101500Z',
      'SEQUENCE:4',
      'RECURRENCE-ID;TZID=Europe/Berlin:20260317T160000',
      'DTSTART;TZID=Europe/Berlin:20260318T100000',
      'DTEND;TZID=Europe/Berlin:20260318T110000',
      'SUMMARY:Reading\\, outdoors',
      `ORGANIZER;CN="Book Club":mailto:${ORGANIZER}`,
      `ATTENDEE;CN="Sam Poe":mailto:${ATTENDEE}`,
      'END:VEVENT',
    ];
    const { calendar } = await reply(client, { occurrence: '2026-03-17T15:00:00Z' }, { times: SERIES, more });
    const [event] = calendar.events;
    expect(event?.recurrenceId?.utc).toBe('2026-03-17T15:00:00Z');
    expect(event?.start?.utc).toBe('2026-03-18T09:00:00Z');
    expect(event?.summary).toContain('Reading, outdoors');
  });

  test('answers a whole series without a RECURRENCE-ID', async () => {
    const { calendar } = await reply(client, {}, { times: SERIES });
    expect(calendar.events).toHaveLength(1);
    expect(calendar.events[0]).toMatchObject({ recurrenceId: null, start: { utc: '2026-03-03T15:00:00Z' } });
  });

  test('answers an all-day event with dates', async () => {
    const times = ['DTSTART;VALUE=DATE:20260303', 'DTEND;VALUE=DATE:20260305'];
    const { calendar } = await reply(client, {}, { times });
    expect(calendar.events[0]?.start).toMatchObject({ kind: 'date', local: '2026-03-03' });
    expect(calendar.events[0]?.end).toMatchObject({ kind: 'date', local: '2026-03-05' });
  });

  test('is the same bytes twice, and other bytes for another answer', async () => {
    const first = await reply(client);
    expect((await reply(client)).text).toBe(first.text);
    expect((await reply(client, { answer: 'no' })).mail.messageId).not.toBe(first.mail.messageId);
    expect((await reply(client, { messageIdSeed: 'other' })).mail.messageId).not.toBe(first.mail.messageId);
  });

  test('has no line that mail cannot carry', async () => {
    const { text } = await reply(client, { note: 'ä'.repeat(900) }, { summary: 'Über '.repeat(40) });
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
  });

  test('does without a name', async () => {
    const { calendar } = await reply(client, {}, { attendeeName: null });
    expect(calendar.events[0]?.attendees[0]?.email).toBe(ATTENDEE);
  });
});

describe('the shape of a reply', () => {
  test('from Google: the service in Sender, automatic, UTC, three parts and a copy', async () => {
    const { text, mail, ics } = await reply('google');
    expect(text).toMatch(/^Sender: Google Calendar <calendar-notification@google\.com>\r$/m);
    expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mail.automatic).not.toBeNull();
    expect(types(text)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
    expect(mail.calendars[0]).toMatchObject({ method: 'REPLY', encoding: 'quoted-printable' });
    expect(ics).toContain('\r\nDTSTART:20260303T150000Z\r\n');
    expect(ics).toContain('\r\nX-MICROSOFT-DISALLOW-COUNTER:TRUE\r\n');
    expect(ics).toContain('\r\nDESCRIPTION:Bring a book.\\nAnd a friend.\r\n');
    expect(ics).toContain('BEGIN:VALARM');
  });

  test('from Microsoft 365: a Windows zone, the answer before the title, base64', async () => {
    const { text, mail, ics, calendar } = await reply('outlook', { note: 'gladly' });
    expect(types(text)).toEqual(['multipart/alternative', 'text/plain', 'text/html', 'text/calendar']);
    expect(mail.calendars[0]).toMatchObject({ method: 'REPLY', encoding: 'base64' });
    expect(ics).toContain('\r\nTZID:W. Europe Standard Time\r\n');
    expect(ics).toContain('\r\nDTSTART;TZID=W. Europe Standard Time:20260303T160000\r\n');
    expect(ics).toContain('\r\nSUMMARY;LANGUAGE=en-US:Accepted: Reading\\, aloud\r\n');
    expect(ics).toContain('\r\nCOMMENT;LANGUAGE=en-US:gladly\\n\r\n');
    expect(calendar.events[0]?.organizer?.email).toBe(ORGANIZER);
    expect(mail.references).toEqual(['<invite.1@sis.localhost>']);
  });

  test('from Outlook.com: no ORGANIZER', async () => {
    const { ics, calendar } = await reply('outlook.com', { answer: 'maybe' });
    expect(ics).not.toContain('ORGANIZER');
    expect(calendar.events[0]?.organizer).toBeNull();
    expect(ics).toContain('SUMMARY;LANGUAGE=en-US:Tentative: Reading');
  });

  test('from macOS: an attachment between two HTML parts, no method in the header', async () => {
    const { text, mail } = await reply('apple');
    expect(types(text)).toEqual([
      'multipart/alternative',
      'text/plain',
      'multipart/mixed',
      'text/html',
      'text/calendar',
      'text/html',
    ]);
    expect(mail.calendars).toHaveLength(1);
    expect(mail.calendars[0]).toMatchObject({
      method: null,
      charset: null,
      filename: 'iCal-20260202-083000.ics',
    });
  });

  test('from iOS: meeting.ics in quoted-printable, the note beside the plain text', async () => {
    const { text, mail } = await reply('ios', { note: 'gladly' });
    expect(types(text)).toEqual(['multipart/alternative', 'text/plain', 'text/calendar']);
    expect(mail.calendars[0]).toMatchObject({
      method: 'REPLY',
      filename: 'meeting.ics',
      encoding: 'quoted-printable',
    });
    expect((await mail.text())?.trim()).toBe('gladly');
  });

  test('from Thunderbird: 8-bit, boundaries that never change, EMAIL beside the ATTENDEE', async () => {
    const { text, mail, ics } = await reply('thunderbird');
    expect(types(text)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/calendar',
      'application/ics',
    ]);
    expect(text).toContain('boundary="Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)"');
    expect(mail.calendars[0]).toMatchObject({ method: 'REPLY', encoding: '8bit' });
    expect(text).toContain('Café am Markt');
    expect(ics).toContain(`;EMAIL=${ATTENDEE};`);
  });
});

describe('a proposal of another time', () => {
  const proposal = { start: '2026-03-04T09:00:00Z', end: '2026-03-04T10:30:00Z' };

  test('from Google says REPLY outside and COUNTER inside', async () => {
    const { mail, calendar } = await reply('google', { proposal });
    expect(mail.calendars[0]?.method).toBe('REPLY');
    expect(calendar.method).toBe('COUNTER');
    expect(calendar.events[0]).toMatchObject({ start: { utc: proposal.start }, end: { utc: proposal.end } });
    expect(calendar.events[0]?.attendees[0]?.partstat).toBe('TENTATIVE');
  });

  test.each(['outlook', 'outlook.com'] as const)(
    'from %s is a COUNTER with the first times beside it',
    async client => {
      const { mail, calendar } = await reply(client, { proposal, note: 'earlier?' });
      expect(mail.calendars[0]?.method).toBe('COUNTER');
      expect(mail.subject).toBe('New Time Proposed: Reading, aloud');
      expect(calendar.method).toBe('COUNTER');
      expect(calendar.events[0]).toMatchObject({
        start: { utc: proposal.start },
        end: { utc: proposal.end },
        originalStart: '2026-03-03T15:00:00Z',
      });
    },
  );

  test('from iOS is a REPLY whose ATTENDEE says it', async () => {
    const { calendar } = await reply('ios', { proposal });
    expect(calendar.method).toBe('REPLY');
    expect(calendar.events[0]?.start?.utc).toBe('2026-03-03T15:00:00Z');
    expect(calendar.events[0]?.attendees[0]).toMatchObject({
      partstat: 'TENTATIVE',
      parameters: { 'TO-ALL-PROPOSED-NEW-TIME': 'DTSTART:20260304T090000Z;STATUS:;' },
    });
  });

  test('is refused where the program knows none', async () => {
    const others = MAIL_CLIENTS.filter(client => !PROPOSING_CLIENTS.includes(client));
    expect(others).toEqual(['apple', 'thunderbird']);
    for (const client of others) {
      await expect(reply(client, { proposal })).rejects.toMatchObject({ code: 'no_proposals' });
    }
  });
});

describe('a simulated mailbox', () => {
  test('refuses what is no invite', async () => {
    const plain = Buffer.from('From: <a@example.org>\r\nSubject: hello\r\n\r\nhello\r\n');
    await expect(replyMail('google', plain, { answer: 'yes', now: NOW })).rejects.toMatchObject({
      code: 'no_invite',
    });
  });

  test('sends its reply by SMTP to the organizer’s address, and hears when it is refused', async () => {
    const taken: { mailFrom: string; recipients: readonly string[] }[] = [];
    const { port, close } = await startSmtp({
      port: 0,
      limits: DEFAULT_LIMITS,
      accepts: address => address === ORGANIZER && taken.length === 0,
      accept: async ({ mailFrom, recipients }) => void taken.push({ mailFrom, recipients }),
    });
    const mail = await replyMail('thunderbird', await sampleInvite(), { answer: 'yes', now: NOW });
    await sendReply(port, mail);
    expect(taken).toEqual([{ mailFrom: ATTENDEE, recipients: [ORGANIZER] }]);
    await expect(sendReply(port, mail)).rejects.toMatchObject({ responseCode: 550 });
    await close(1_000);
  });
});

/** The tree's content types in the order of the text. */
function types(text: string): string[] {
  return [...text.matchAll(/^Content-Type: ([a-z]+\/[a-z-]+)/gim)].map(([, type = '']) => type);
}

import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { readMail } from '../../src/mail/inbound.ts';
import { mailFixture, readFixture, readText } from './fixture.ts';

/** name, path, method parameter, charset, encoding, file name, copies of the calendar. */
const CLIENTS = [
  ['google-request', '1.3', 'REQUEST', 'UTF-8', 'quoted-printable', null, 2],
  ['google-reply', '1.3', 'REPLY', 'UTF-8', 'quoted-printable', null, 2],
  ['google-counter', '1.3', 'REPLY', 'UTF-8', 'quoted-printable', null, 2],
  ['exchange-request', '3', 'REQUEST', 'utf-8', 'base64', null, 1],
  ['exchange-reply', '3', 'REPLY', 'utf-8', 'base64', null, 1],
  ['exchange-cdo-update', '3', 'REQUEST', null, '8bit', 'meeting.ics', 1],
  ['outlook-desktop-request', '1', 'REQUEST', 'UTF-8', '8bit', null, 1],
  ['outlook-mac-request', '2', 'REQUEST', 'UTF-8', 'quoted-printable', 'meeting.ics', 1],
  ['outlook-mac-reply', '2', 'REPLY', 'US-ASCII', 'quoted-printable', 'meeting.ics', 1],
  ['icloud-request', '1.3', 'REQUEST', 'utf-8', 'base64', null, 1],
  ['apple-mail-request', '2.2', null, null, 'quoted-printable', 'iCal-20260301-100000.ics', 1],
  ['apple-mail-reply', '2.2', null, null, 'quoted-printable', 'iCal-20260302-101500.ics', 1],
  ['ios-request', '2', 'REQUEST', 'utf-8', 'quoted-printable', 'meeting.ics', 1],
  ['ios-reply', '2', 'REPLY', 'utf-8', 'quoted-printable', 'meeting.ics', 1],
  ['thunderbird-request', '1.2', 'REQUEST', 'UTF-8', '8bit', null, 2],
  ['thunderbird-reply', '1.2', 'REPLY', 'UTF-8', '8bit', null, 2],
  ['cyrus-request', '1.3', 'REQUEST', 'utf-8', 'quoted-printable', null, 2],
  ['yahoo-request', '1.3', 'REQUEST', 'UTF-8', 'base64', null, 2],
  ['domino-request', '1.1.3', 'REQUEST', 'UTF-8', null, null, 2],
  ['android-request', '2', 'REQUEST', null, 'base64', 'invite.ics', 1],
  ['android-reply', '2', 'REPLY', null, 'base64', 'invite.ics', 1],
  ['nextcloud-request', '2', 'REQUEST', null, 'base64', 'event.ics', 1],
  ['zimbra-request', '3', 'REQUEST', 'utf-8', '8bit', 'meeting.ics', 1],
  ['bluemind-reply', '2', 'REPLY', 'UTF-8', 'base64', 'reply.ics', 1],
  ['thunderbird-attached-file', '2', null, 'UTF-8', '7bit', 'event.ics', 1],
] as const;

describe('the calendar part of each client', () => {
  test.each(CLIENTS)('%s', async (name, path, method, charset, encoding, filename, copies) => {
    const mail = await readFixture(name);
    expect(mail.problem).toBeNull();
    expect(mail.calendars).toHaveLength(copies);
    const best = mail.calendars[0];
    expect(best).toMatchObject({ path, method, charset, encoding, filename, type: 'text/calendar' });
    const text = Buffer.from(best?.bytes ?? []).toString('utf8');
    expect(text.startsWith('BEGIN:VCALENDAR')).toBe(true);
    expect(text.trimEnd().endsWith('END:VCALENDAR')).toBe(true);
  });

  test('both copies of a calendar are the same bytes once their line ends are', async () => {
    for (const name of [
      'google-request',
      'thunderbird-request',
      'yahoo-request',
      'domino-request',
      'cyrus-request',
    ]) {
      const [one, other] = (await readFixture(name)).calendars;
      const lines = (bytes: Uint8Array | undefined) =>
        Buffer.from(bytes ?? [])
          .toString('utf8')
          .split(/\r?\n/)
          .join('\n')
          .trim();
      expect([name, lines(one?.bytes)]).toEqual([name, lines(other?.bytes)]);
    }
  });

  test('bytes stay as they were sent: a charset that lies is not acted on', async () => {
    const bytes = Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:Fr\u00fch\r\nEND:VCALENDAR\r\n', 'utf8');
    const mail = await readMail(
      Buffer.concat([
        Buffer.from(
          'From: a@example.org\r\nContent-Type: text/calendar; charset=US-ASCII\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
        ),
        bytes,
      ]),
      DEFAULT_LIMITS,
    );
    expect(Buffer.from(mail.calendars[0]?.bytes ?? [])).toEqual(bytes);
    expect(mail.calendars[0]?.charset).toBe('US-ASCII');
  });
});

const CAL = (uid: string) => `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nEND:VEVENT\r\nEND:VCALENDAR`;
const mixed = (...parts: string[]) =>
  `From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n${parts.map(part => `--m\r\n${part}\r\n`).join('')}--m--\r\n`;

describe('which part is the calendar', () => {
  const uids = async (text: string) =>
    (await readText(text)).calendars.map(({ bytes }) => /UID:(\w+)/.exec(Buffer.from(bytes).toString())?.[1]);

  test('the alternative stands before an attachment, whatever their order in the file', async () => {
    const file = `Content-Type: text/calendar; name=a.ics\r\n\r\n${CAL('attached')}`;
    const alternative = `Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${CAL('chosen')}\r\n--a--`;
    expect(await uids(mixed(file, alternative))).toEqual(['chosen', 'attached']);
  });

  test('text/calendar stands before application/ics, and that before a file by its name', async () => {
    expect(
      await uids(
        mixed(
          `Content-Type: application/octet-stream; name="x.ICS"\r\n\r\n${CAL('file')}`,
          `Content-Type: application/ics\r\n\r\n${CAL('ics')}`,
          `Content-Type: text/calendar\r\n\r\n${CAL('text')}`,
        ),
      ),
    ).toEqual(['text', 'file', 'ics']);
  });

  test('[R-05] a file named .ics counts only if it begins as a calendar, behind a byte-order mark too', async () => {
    expect(
      await uids(
        mixed(
          'Content-Type: application/octet-stream; name="a.ics"\r\n\r\nPK not a calendar',
          `Content-Type: text/plain; name="b.ics"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\ufeff\r\n${CAL('marked')}`,
        ),
      ),
    ).toEqual(['marked']);
  });

  test('an empty text/calendar part does not hide the attachment', async () => {
    expect(
      await uids(
        mixed(
          'Content-Type: text/calendar; method=REQUEST\r\n\r\n  \r\n',
          `Content-Type: application/ics\r\n\r\n${CAL('full')}`,
        ),
      ),
    ).toEqual(['full', undefined]);
  });

  test('file names come decoded from RFC 2231 pieces and from encoded words', async () => {
    const mail = await readText(
      mixed(
        `Content-Type: text/calendar; name*0*=UTF-8''Fr%C3%BC; name*1="hling.ics"\r\n\r\n${CAL('a')}`,
        `Content-Type: text/calendar; name="=?UTF-8?Q?Fr=C3=BChling.ics?="\r\n\r\n${CAL('b')}`,
      ),
    );
    expect(mail.calendars.map(({ filename }) => filename)).toEqual(['Frühling.ics', 'Frühling.ics']);
  });
});

describe('calendar text that is not this mail’s', () => {
  test('an invitation inside an attached message is seen, and no candidate', async () => {
    const mail = await readFixture('forwarded-as-attachment');
    expect(mail.calendars).toEqual([]);
    expect(mail.nestedCalendar).toBe(true);
    expect(mail.nestedCalendars[0]?.path).toBe('2.1.1.3');
  });

  test.each([
    [
      'a preamble',
      mixed('Content-Type: text/plain\r\n\r\nhello').replace('\r\n\r\n--m', `\r\n\r\n${CAL('x')}\r\n--m`),
    ],
    ['an epilogue', `${mixed('Content-Type: text/plain\r\n\r\nhello')}${CAL('x')}\r\n`],
  ])('calendar text in %s is seen, and no candidate', async (_where, text) => {
    const mail = await readText(text);
    expect(mail.calendars).toEqual([]);
    expect(mail.nestedCalendar).toBe(true);
  });

  test('a calendar pasted into the text is text', async () => {
    const mail = await readText(`From: a@example.org\r\nContent-Type: text/plain\r\n\r\n${CAL('x')}\r\n`);
    expect(mail.calendars).toEqual([]);
    expect(mail.nestedCalendar).toBe(false);
  });
});

describe('the envelope', () => {
  test('names, addresses and ids come out decoded', async () => {
    const mail = await readText(
      [
        'From: =?UTF-8?Q?J=C3=A4ne?= Roe <Jane@Example.COM>',
        'To: "Roe, Sam" <sam@example.org>, team: one@example.org, two@example.org;',
        'Cc: cc@example.org',
        'Sender: Assistant <assistant@example.com>',
        'Reply-To: reply@example.com',
        'Delivered-To: create+x@sis.example.com',
        'X-Original-To: create@sis.example.com',
        'Subject: =?UTF-8?B?RnLDvGhs?= =?UTF-8?B?aW5n?=',
        'Date: Sun, 1 Mar 2026 10:00:00 +0100',
        'Message-ID: <one@example.com>',
        'In-Reply-To: <zero@example.com>',
        'References: <a@example.com>\r\n <b@example.com>',
        'Return-Path: <bounce@example.com>',
        'User-Agent: Agent/1',
        'X-Mailer: Mailer/2',
        '',
        'Hi',
      ].join('\r\n'),
    );
    expect(mail).toMatchObject({
      from: [{ name: 'Jäne Roe', address: 'Jane@Example.COM' }],
      fromAddress: 'jane@example.com',
      fromProblem: 'none',
      to: [
        { name: 'Roe, Sam', address: 'sam@example.org' },
        { name: null, address: 'one@example.org' },
        { name: null, address: 'two@example.org' },
      ],
      cc: [{ name: null, address: 'cc@example.org' }],
      sender: { name: 'Assistant', address: 'assistant@example.com' },
      replyTo: [{ name: null, address: 'reply@example.com' }],
      deliveredTo: ['create+x@sis.example.com', 'create@sis.example.com'],
      subject: 'Frühling',
      date: '2026-03-01T09:00:00Z',
      messageId: '<one@example.com>',
      inReplyTo: '<zero@example.com>',
      references: ['<a@example.com>', '<b@example.com>'],
      returnPath: 'bounce@example.com',
      userAgent: 'Agent/1',
      mailer: 'Mailer/2',
      automatic: null,
      list: false,
      text: 'Hi',
      type: 'text/plain',
    });
  });

  test('a mail with nothing in it is read as nothing', async () => {
    expect(await readText('')).toMatchObject({
      from: [],
      fromProblem: 'no_from',
      subject: null,
      messageId: null,
      date: null,
      calendars: [],
      text: null,
      problem: null,
    });
  });

  test('[R-19] Outlook’s rich text is recognised, and its plain text kept', async () => {
    expect(await readFixture('outlook-tnef')).toMatchObject({
      tnef: true,
      calendars: [],
      text: 'When: Wednesday',
      attachments: ['winmail.dat'],
    });
  });

  test('a mail whose only body is HTML still has its words', async () => {
    expect((await readFixture('outlook-mac-request')).text).toBe('See you soon\n\nJane');
  });

  test('a mail that ends its lines with CR alone is read as if it had ended them well', async () => {
    const text = Buffer.from(mailFixture('exchange-request')).toString('latin1').replaceAll('\r\n', '\r');
    const mail = await readMail(Buffer.from(text, 'latin1'), DEFAULT_LIMITS);
    expect(mail.fromAddress).toBe('jane@example.com');
    expect(mail.calendars[0]?.path).toBe('3');
  });

  test('LF alone ends lines as well as CRLF', async () => {
    const text = Buffer.from(mailFixture('google-request')).toString('latin1').replaceAll('\r\n', '\n');
    const mail = await readMail(Buffer.from(text, 'latin1'), DEFAULT_LIMITS);
    expect(mail.calendars.map(({ path }) => path)).toEqual(['1.3', '2']);
  });
});

describe('automatic mail (RFC 3834)', () => {
  test.each([
    ['vacation-rfc3834', 'auto-replied', false],
    ['vacation-exchange', 'suppressed-response', false],
    ['vacation-subject-only', 'subject', false],
    ['list-post', 'precedence', true],
    ['google-request', 'auto-generated', false],
    ['person-text', null, false],
    ['exchange-request', null, false],
    ['bounce-returned-invite', 'report', false],
  ])('%s counts as %s', async (name, reason, list) => {
    const mail = await readFixture(name);
    expect([mail.automatic, mail.list]).toEqual([reason, list]);
  });

  test.each([
    ['Auto-Submitted: no', null],
    ['Auto-Submitted: auto-notified; owner-email="a@example.org"', 'auto-notified'],
    ['Auto-Submitted: something-new', 'auto-submitted'],
    ['Return-Path: <>', 'null-return-path'],
    ['Return-Path: <a@example.org>', null],
    ['X-Autoreply: yes', 'vacation'],
    ['X-Autoreply: no', null],
    ['Precedence: bulk', 'precedence'],
    ['Precedence: first-class', null],
    ['X-Auto-Response-Suppress: None', null],
    ['Subject: Out of Office: back on Monday', 'subject'],
    ['Subject: What to do when out of office', null],
  ])('%s', async (line, reason) => {
    expect((await readText(`From: a@example.org\r\n${line}\r\n\r\nHi`)).automatic).toBe(reason);
  });

  test('a List-Unsubscribe alone makes no list', async () => {
    const mail = await readText('From: a@example.org\r\nList-Unsubscribe: <https://example.org/u>\r\n\r\nHi');
    expect(mail.list).toBe(false);
  });
});

describe('reports about our own mail', () => {
  test('a bounce says whose mail came back, and the returned invitation stays unread', async () => {
    const mail = await readFixture('bounce-returned-invite');
    expect(mail.calendars).toEqual([]);
    expect(mail.dsn).toEqual({
      kind: 'delivery',
      recipients: [{ address: 'sam@example.org', action: 'failed', status: '5.1.1' }],
      action: 'failed',
      status: '5.1.1',
      hard: true,
      originalMessageId: '<01020195aaaa-0000@eu-west-1.amazonses.com>',
      send: 'snd_0123456789abcdef',
      uids: ['k7q2abcdefghijklmnopqrstuv@sis.example.com'],
    });
  });

  test('a bounce with headers only still names the send', async () => {
    expect((await readFixture('bounce-headers-only')).dsn).toMatchObject({
      status: '5.2.2',
      hard: true,
      originalMessageId: '<01020195bbbb-0000@eu-west-1.amazonses.com>',
      send: 'snd_fedcba9876543210',
      uids: [],
    });
  });

  test('a delay is no failure', async () => {
    expect((await readFixture('bounce-delayed')).dsn).toMatchObject({
      action: 'delayed',
      status: '4.4.1',
      hard: false,
    });
  });

  test('a complaint and a read receipt are told from a bounce', async () => {
    expect((await readFixture('complaint-report')).dsn).toMatchObject({
      kind: 'complaint',
      send: 'snd_0123456789abcdef',
      hard: false,
    });
    expect((await readFixture('read-receipt')).dsn).toMatchObject({
      kind: 'receipt',
      originalMessageId: '<01020195aaaa-0000@eu-west-1.amazonses.com>',
      hard: false,
    });
  });

  test('a report that is none has no reading', async () => {
    expect((await readFixture('person-text')).dsn).toBeNull();
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { composeMail, headerText, type MailToCompose } from '../../src/mail/compose.ts';
import { readMail } from '../../src/mail/inbound.ts';
import '../support/runs.ts';

const ICS =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:abc@sis.example.com\r\nSUMMARY:Frühlings-Webinar 🎉\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

const INVITE: MailToCompose = {
  from: { name: 'Jane Roe (Acme Events)', address: 'jane-roe@sis.example.com' },
  to: { name: 'Sam Poe', address: 'sam@example.org' },
  subject: 'Invitation: Frühlings-Webinar',
  text: 'Hello Sam,\nsee you.\n',
  html: '<!DOCTYPE html><html><body><p>Hello Säm</p></body></html>',
  calendar: { ics: ICS, method: 'REQUEST', filename: 'invite.ics' },
  messageId: 'send-1@sis.example.com',
  date: '2026-03-01T09:00:00Z',
  listId: { name: 'Acme Events', id: 'acme.sis.example.com' },
  unsubscribe: {
    url: 'https://sis.example.com/u/token',
    mailto: 'jane-roe+stop@sis.example.com?subject=stop',
  },
  autoSubmitted: 'auto-generated',
  headers: [['X-SIS-Event', 'evt_1']],
};

const compose = async (changes: Partial<MailToCompose> = {}) =>
  Buffer.from(await composeMail({ ...INVITE, ...changes })).toString('latin1');
const headOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'));
const fieldsOf = (raw: string) =>
  headOf(raw)
    .split(/\r\n(?![ \t])/)
    .map(line => [
      line.slice(0, line.indexOf(':')),
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r\n/g, '')
        .trim(),
    ]);

/** Types by level, as the raw message nests them. */
function treeOf(raw: string): readonly string[] {
  return [...raw.matchAll(/^Content-Type: ([^;\r\n]+)/gim)].map(match => match[1] ?? '');
}

describe('the tree of an invitation', () => {
  test('[R-49] mixed of an alternative (plain, html, calendar) and the application/ics copy', async () => {
    expect(treeOf(await compose())).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
  });

  test('[R-50] the calendar part names charset and method, and neither a name nor a disposition', async () => {
    const raw = await compose();
    const part = /Content-Type: text\/calendar[\s\S]*?\r\n\r\n/.exec(raw)?.[0];
    expect(part).toBe(
      'Content-Type: text/calendar; charset=UTF-8; method=REQUEST\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    );
  });

  test('the copy is an attachment named invite.ics', async () => {
    expect(/Content-Type: application\/ics[\s\S]*?\r\n\r\n/.exec(await compose())?.[0]).toBe(
      'Content-Type: application/ics; name=invite.ics\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=invite.ics\r\n\r\n',
    );
  });

  test('[R-49] both copies are the calendar’s bytes, and our own reader takes the alternative', async () => {
    const mail = await readMail(Buffer.from(await compose(), 'latin1'), DEFAULT_LIMITS);
    expect(mail.calendars.map(({ path, method }) => [path, method])).toEqual([
      ['1.3', 'REQUEST'],
      ['2', null],
    ]);
    for (const { bytes } of mail.calendars) expect(Buffer.from(bytes).toString('utf8')).toBe(ICS);
  });

  test('the preamble and epilogue are empty', async () => {
    const raw = await compose();
    const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
    expect(raw.slice(raw.indexOf('\r\n\r\n') + 4).startsWith(`--${boundary}\r\n`)).toBe(true);
    expect(raw.endsWith(`--${boundary}--\r\n`)).toBe(true);
  });

  test('a mail without a calendar is an alternative of plain and html', async () => {
    const raw = await compose({ calendar: undefined as never });
    expect(treeOf(raw)).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
  });

  test('another program reads the same mail', async () => {
    const parsed = await simpleParser(Buffer.from(await compose(), 'latin1'));
    expect(parsed.subject).toBe('Invitation: Frühlings-Webinar');
    expect(parsed.from?.value).toEqual([
      { name: 'Jane Roe (Acme Events)', address: 'jane-roe@sis.example.com' },
    ]);
    expect(parsed.text).toBe('Hello Sam,\nsee you.\n');
    expect(parsed.attachments.at(-1)?.content.toString('utf8')).toBe(ICS);
  });
});

describe('the header', () => {
  test('[R-48][R-65] each field once, in a fixed order, without Sender, Reply-To, Cc or Bcc', async () => {
    const raw = await compose({ inReplyTo: '<first@sis.example.com>' });
    expect(fieldsOf(raw).map(([name]) => name?.toLowerCase())).toEqual([
      'from',
      'to',
      'subject',
      'message-id',
      'date',
      'in-reply-to',
      'references',
      'auto-submitted',
      'list-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'x-sis-event',
      'mime-version',
      'content-type',
    ]);
  });

  test('[R-65] the fields say what was asked for', async () => {
    const fields = new Map(
      fieldsOf(
        await compose({ inReplyTo: 'first@sis.example.com', references: ['<zero@sis.example.com>'] }),
      ) as [string, string][],
    );
    expect(fields.get('From')).toBe('"Jane Roe (Acme Events)" <jane-roe@sis.example.com>');
    expect(fields.get('To')).toBe('Sam Poe <sam@example.org>');
    expect(fields.get('Message-ID')).toBe('<send-1@sis.example.com>');
    expect(fields.get('Date')).toBe('Sun, 01 Mar 2026 09:00:00 +0000');
    expect(fields.get('In-Reply-To')).toBe('<first@sis.example.com>');
    expect(fields.get('References')).toBe('<zero@sis.example.com> <first@sis.example.com>');
    expect(fields.get('Auto-Submitted')).toBe('auto-generated');
    expect(fields.get('List-ID')).toBe('"Acme Events" <acme.sis.example.com>');
    expect(fields.get('List-Unsubscribe')).toBe(
      '<https://sis.example.com/u/token>, <mailto:jane-roe+stop@sis.example.com?subject=stop>',
    );
    expect(fields.get('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(fields.get('X-SIS-Event')).toBe('evt_1');
  });

  test('a list’s name may have any letters', async () => {
    const mail = await simpleParser(
      Buffer.from(
        await compose({ listId: { name: 'Bücher & Bühne, "Köln" 日本語のイベント', id: 'a.example.com' } }),
        'latin1',
      ),
    );
    expect(String(mail.headers.get('list') && JSON.stringify(mail.headers.get('list')))).toContain(
      'a.example.com',
    );
  });

  test('a person without a name gets the bare address', async () => {
    expect(headOf(await compose({ to: { name: null, address: 'sam@example.org' } }))).toContain(
      '\r\nTo: sam@example.org\r\n',
    );
  });

  test('a long link stays whole on its line', async () => {
    const url = `https://sis.example.com/u/${'t'.repeat(700)}`;
    expect(await compose({ unsubscribe: { url } })).toContain(`\r\nList-Unsubscribe: <${url}>\r\n`);
  });

  test.each([
    ['a line break in the subject', { subject: 'Hi\r\nBcc: victim@example.org' }],
    [
      'a line break in the sender’s name',
      { from: { name: 'Jane\r\nBcc: victim@example.org', address: 'jane-roe@sis.example.com' } },
    ],
    [
      'a line break in the person’s name',
      { to: { name: 'Sam\nBcc: victim@example.org', address: 'sam@example.org' } },
    ],
    ['a line separator in the subject', { subject: 'Hi\u2028Bcc: victim@example.org' }],
    [
      'a line break in the list’s name',
      { listId: { name: 'Acme\r\nBcc: victim@example.org', id: 'a.example.com' } },
    ],
  ])('[R-52] %s becomes a blank', async (_name, changes) => {
    const raw = await compose(changes as Partial<MailToCompose>);
    expect(fieldsOf(raw).map(([name]) => name?.toLowerCase())).not.toContain('bcc');
    expect(fieldsOf(raw)).toHaveLength(12);
  });

  test.each([
    [
      'an address with a second one behind it',
      { to: { name: null, address: 'sam@example.org, victim@example.org' } },
    ],
    [
      'an address with a line break',
      { to: { name: null, address: 'sam@example.org\r\nBcc: victim@example.org' } },
    ],
    ['a message id with a line break', { messageId: 'a@b\r\nBcc: victim@example.org' }],
    ['a reference with a blank', { references: ['<a b>'] }],
    ['a link that closes its bracket', { unsubscribe: { url: 'https://example.org/>,<mailto:x' } }],
    ['a link of another scheme', { unsubscribe: { url: 'javascript:alert(1)' } }],
    [
      'a method with a parameter behind it',
      { calendar: { ics: ICS, method: 'REQUEST; name=x', filename: 'invite.ics' } },
    ],
    ['a file name with a path', { calendar: { ics: ICS, method: 'REQUEST', filename: '../invite.ics' } }],
    ['a header of another name', { headers: [['Bcc', 'victim@example.org']] as [string, string][] }],
    ['a header value with a line break', { headers: [['X-SIS-Event', 'a\r\nBcc: b']] as [string, string][] }],
    [
      'one header twice',
      {
        headers: [
          ['X-SIS-Event', 'a'],
          ['X-SIS-Event', 'b'],
        ] as [string, string][],
      },
    ],
  ])('[R-52] %s is refused', async (_name, changes) => {
    await expect(compose(changes as Partial<MailToCompose>)).rejects.toThrow(/mail/);
  });
});

describe('on the wire', () => {
  test('[R-52] whatever the words are: 7-bit, short lines, no header but ours', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 120 });
    const long = fc.string({ unit: 'grapheme', maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(words, words, words, long, long, async (name, person, subject, text, html) => {
        const raw = await compose({
          from: { name, address: 'jane-roe@sis.example.com' },
          to: { name: person, address: 'sam@example.org' },
          subject,
          text,
          html,
          calendar: {
            ics: ICS.replace('Webinar', text.replace(/[\r\n]/g, '')),
            method: 'REQUEST',
            filename: 'invite.ics',
          },
        });
        expect(/[^\r\n\x20-\x7e\t]/.test(raw)).toBe(false);
        expect(Math.max(...raw.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(998);
        expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(
          fieldsOf(raw)
            .map(([field]) => field?.toLowerCase())
            .sort(),
        ).toEqual(
          [
            'auto-submitted',
            'content-type',
            'date',
            'from',
            'list-id',
            'list-unsubscribe',
            'list-unsubscribe-post',
            'message-id',
            'mime-version',
            ...(headerText(subject, 250) === '' ? [] : ['subject']),
            'to',
            'x-sis-event',
          ].sort(),
        );
      }),
      { numRuns: 150, seed: 20260301 },
    );
  });

  test('the same mail has the same bytes twice', async () => {
    expect(await compose()).toBe(await compose());
    expect(await compose({ messageId: 'send-2@sis.example.com' })).not.toBe(await compose());
  });

  test('the boundaries do not depend on anything but the message id', async () => {
    const boundary = (raw: string) => /boundary="([^"]+)"/.exec(raw)?.[1];
    expect(boundary(await compose({ subject: 'Other', text: 'Other' }))).toBe(boundary(await compose()));
  });
});

describe('words in a header', () => {
  test.each([
    ['  two   blanks ', 'two blanks'],
    ['a\tb\r\nc', 'a b c'],
    ['right\u202eleft', 'right left'],
    ['x'.repeat(300), 'x'.repeat(250)],
    ['🎉'.repeat(300), '🎉'.repeat(250)],
    ['lone \ud83c', 'lone \ufffd'],
  ])('%j becomes %j', (text, expected) => {
    expect(headerText(text, 250)).toBe(expected);
  });
});

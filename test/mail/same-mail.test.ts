/** However a mail is written down, it means the same: transfer encodings, line ends, folds, order and case of headers change nothing. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/calendar/apply.ts';
import { readInvitation } from '../../src/intake/invitation.ts';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { readMail } from '../../src/mail/inbound.ts';
import '../support/runs.ts';

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//Calendar 1.0//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:one@example.com',
  'SEQUENCE:2',
  'DTSTAMP:20260301T080000Z',
  'DTSTART;TZID=Europe/Berlin:20260310T160000',
  'DTEND;TZID=Europe/Berlin:20260310T170000',
  'RRULE:FREQ=WEEKLY;COUNT=5',
  'SUMMARY:Grüße\\, 日本語 and a title that is longer than any line of a calendar should ever be',
  'DESCRIPTION:=3D is no escape here\\nsecond line 🎉',
  'ORGANIZER;CN="Roe, Jane":mailto:jane@example.com',
  'ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:create@sis.localhost',
  'END:VEVENT',
  'END:VCALENDAR',
];
const HEADERS = [
  ['From', '=?utf-8?Q?Jane_R=C3=B6e?= <jane@example.com>'],
  ['To', 'create@sis.localhost'],
  ['Subject', 'Invitation: Spring picnic on the long meadow behind the old mill, weekly from March on'],
  ['Message-ID', '<one@example.com>'],
  ['Date', 'Sun, 01 Mar 2026 08:00:00 +0000'],
  ['MIME-Version', '1.0'],
  ['Content-Type', 'multipart/alternative; boundary="limit"'],
] as const;
const WORDS = 'You are invited: Grüße aus Köln.\r\nA second line.';

interface Form {
  readonly order: readonly number[];
  readonly flips: readonly boolean[];
  readonly encodings: readonly ('base64' | 'quoted-printable' | '8bit')[];
  readonly folds: readonly number[];
  readonly foldsHeaders: boolean;
  readonly end: '\r\n' | '\n';
}

const forms: fc.Arbitrary<Form> = fc.record({
  order: fc.shuffledSubarray([...HEADERS.keys()], { minLength: HEADERS.length, maxLength: HEADERS.length }),
  flips: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  encodings: fc.array(fc.constantFrom('base64', 'quoted-printable', '8bit'), { minLength: 2, maxLength: 2 }),
  folds: fc.array(fc.nat({ max: 900 }), { maxLength: 12 }),
  foldsHeaders: fc.boolean(),
  end: fc.constantFrom('\r\n', '\n'),
});

const PLAIN: Form = {
  order: [...HEADERS.keys()],
  flips: [],
  encodings: ['8bit', '8bit'],
  folds: [],
  foldsHeaders: false,
  end: '\r\n',
};

function written({ order, flips, encodings, folds, foldsHeaders, end }: Form): Uint8Array {
  let turn = 0;
  const cased = (name: string) =>
    [...name]
      .map(char => {
        const flip = flips.length > 0 && flips[turn++ % flips.length];
        return flip ? swapped(char) : char;
      })
      .join('');
  const header = (name: string, value: string) =>
    `${cased(name)}: ${foldsHeaders ? value.replaceAll(/ (?=[a-z])/g, '\r\n ') : value}`;
  const part = (type: string, content: Buffer, encoding = '8bit') =>
    Buffer.concat([
      Buffer.from(
        `--limit\r\n${cased('Content-Type')}: ${type}\r\n${cased('Content-Transfer-Encoding')}: ${encoding}\r\n\r\n`,
      ),
      encoded(content, encoding),
      Buffer.from('\r\n'),
    ]);
  const head = order
    .map(index => HEADERS[index])
    .flatMap(field => (field ? [header(field[0], field[1])] : []));
  const mail = Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
    part('text/plain; charset=utf-8', Buffer.from(WORDS), encodings[0]),
    part('text/calendar; charset=utf-8; method=REQUEST', folded(folds), encodings[1]),
    Buffer.from('--limit--\r\n'),
  ]);
  return end === '\r\n' ? mail : Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

function swapped(char: string): string {
  return char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
}

/** Folds at any octet but the first of a line. */
function folded(places: readonly number[]): Buffer {
  const plain = Buffer.from(`${CALENDAR.join('\r\n')}\r\n`);
  const at = new Set(places.map(place => place % plain.length));
  const out: Buffer[] = [];
  for (const [index, octet] of plain.entries()) {
    const inside = index > 0 && plain[index - 1] !== 0x0a && octet !== 0x0a && octet !== 0x0d;
    if (inside && at.has(index)) out.push(Buffer.from('\r\n '));
    out.push(Buffer.from([octet]));
  }
  return Buffer.concat(out);
}

function encoded(content: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') {
    return Buffer.from(content.toString('base64').replaceAll(/(.{76})/g, '$1\r\n'));
  }
  if (encoding === '8bit') return content;
  const lines = content.toString('latin1').split('\r\n');
  const quoted = lines.map(line =>
    line
      .replaceAll(
        /[^ !-<>-~]|=|[ \t]$/g,
        char => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      )
      .replaceAll(/((?:[^=]|=..){60,70})(?=.)/g, '$1=\r\n'),
  );
  return Buffer.from(quoted.join('\r\n'), 'latin1');
}

/** What the mail says, and what becomes of its event. */
async function meaning(raw: Uint8Array): Promise<unknown> {
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const invitation = readInvitation(mail);
  if (!invitation.ok) return invitation.code;
  const applied = applyMessage(
    null,
    { calendar: invitation.calendar, arrival: 'one', receivedAt: '2026-03-01T09:00:00Z' },
    '2026-03-01T09:00:00Z',
  );
  if (applied.outcome !== 'applied') return applied.outcome;
  const { from, subject, messageId, fromAddress } = mail;
  const text = await mail.text();
  const state = JSON.stringify(applied.state).replaceAll(/"line":\d+/g, '"line":0');
  return { from, subject, messageId, fromAddress, text: text?.trim(), changes: applied.changes, state };
}

describe('however a mail is written down, it means the same', () => {
  test('in any order and case of headers, any encoding, any line end, folded anywhere', async () => {
    const expected = await meaning(written(PLAIN));
    expect(expected).toMatchObject({
      from: [{ name: 'Jane Röe', address: 'jane@example.com' }],
      subject: 'Invitation: Spring picnic on the long meadow behind the old mill, weekly from March on',
      text: 'You are invited: Grüße aus Köln.\nA second line.',
      changes: [{ kind: 'created' }],
    });
    await fc.assert(
      fc.asyncProperty(forms, async form => {
        expect(await meaning(written(form))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

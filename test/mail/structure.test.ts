import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/kernel/limits.ts';
import { type InboundMail, readMail } from '../../src/mail/inbound.ts';

/** Time of the processor, since other tests may run beside; what these inputs do to a careless parser takes minutes or the heap. */
const QUICK_MS = 2_000;

async function timed(raw: Buffer): Promise<{ mail: InboundMail; ms: number }> {
  const start = process.cpuUsage();
  const mail = await readMail(raw, DEFAULT_LIMITS);
  const { user, system } = process.cpuUsage(start);
  return { mail, ms: (user + system) / 1_000 };
}

const HEAD = 'From: a@example.org\r\nSubject: bomb\r\n';

function nested(depth: number): string {
  let text = '';
  for (let level = 0; level < depth; level++) {
    text += `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`;
  }
  return `${HEAD}${text}Content-Type: text/plain\r\n\r\nhello\r\n`;
}

const BOMBS: readonly (readonly [string, () => string])[] = [
  ['10,000 nested parts', () => nested(10_000)],
  ['21 nested parts', () => nested(21)],
  [
    '1,000,000 parts',
    () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(1_000_000)}--b--\r\n`,
  ],
  [
    '1,000,000 parts of the boundary -',
    () => `${HEAD}Content-Type: multipart/mixed; boundary=-\r\n\r\n${'---\r\n\r\n'.repeat(900_000)}`,
  ],
  ['100,000 header fields', () => `${HEAD}${'X: y\r\n'.repeat(100_000)}\r\nhello`],
  ['a header of 5 MB', () => `${HEAD}X: ${'y'.repeat(5_000_000)}\r\n\r\nhello`],
  ['a header folded 100,000 times', () => `${HEAD}X: y\r\n${' y\r\n'.repeat(100_000)}\r\nhello`],
  ['headers that never end', () => `${HEAD}${'X-Y: z\r\n'.repeat(300_000)}`],
  [
    '600 header lines in a part',
    () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${'X: y\r\n'.repeat(600)}\r\nhi\r\n--b--`,
  ],
  ['messages within messages', () => `${HEAD}${'Content-Type: message/rfc822\r\n\r\n'.repeat(5_000)}`],
];

describe('structure limits (T10)', () => {
  test.each(BOMBS)(
    '[R-20] %s end in a named problem, quickly, with the sender still told',
    async (_name, make) => {
      const { mail, ms } = await timed(Buffer.from(make(), 'latin1'));
      expect(mail.problem?.code).toBe('structure');
      expect(mail.calendars).toEqual([]);
      expect(ms).toBeLessThan(QUICK_MS);
    },
  );

  test('twenty nested parts are read', async () => {
    const { mail } = await timed(Buffer.from(nested(19), 'latin1'));
    expect(mail.problem).toBeNull();
  });

  test('[R-20] a mail over the size limit is named so, with its sender and subject', async () => {
    const raw = Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.alloc(DEFAULT_LIMITS.INBOUND_BYTES, 0x78)]);
    const { mail, ms } = await timed(raw);
    expect(mail).toMatchObject({
      problem: { code: 'too_large' },
      fromAddress: 'a@example.org',
      subject: 'bomb',
    });
    expect(mail.problem?.sentence).toContain('larger than we can take');
    expect(ms).toBeLessThan(QUICK_MS);
  });

  test.each([
    ['10 MB of dashes', () => '-'.repeat(9_000_000)],
    ['3 million lines that look like a delimiter', () => '--\r\n'.repeat(2_200_000)],
    ['near-delimiters', () => '--boundaryX\r\n'.repeat(700_000)],
    ['10 MB without a line end', () => 'x'.repeat(9_000_000)],
  ])('a body of %s is read within the time', async (_name, make) => {
    const raw = Buffer.from(
      `${HEAD}Content-Type: multipart/mixed; boundary=boundary\r\n\r\n--boundary\r\nContent-Type: text/calendar\r\n\r\n${make()}\r\n--boundary--\r\n`,
      'latin1',
    );
    const { mail, ms } = await timed(raw);
    expect(mail.problem).toBeNull();
    expect(ms).toBeLessThan(QUICK_MS);
  });
});

describe('addresses (T11)', () => {
  test.each([
    ['1 MB in To', () => `To: ${'a@example.org, '.repeat(15_000)}`],
    ['nested groups', () => `To: ${'g: '.repeat(50_000)}`],
    ['nested comments', () => `To: ${'('.repeat(100_000)} a@example.org`],
    ['quotes that never end', () => `To: ${'"'.repeat(100_001)}`],
    ['a From of 200 KB', () => `From: ${'<'.repeat(200_000)}`],
    ['encoded words', () => `Subject: ${'=?UTF-8?Q?a?= '.repeat(15_000)}`],
    ['many references', () => `References: ${'<a@b> '.repeat(40_000)}`],
  ])('%s are read within the time', async (_name, line) => {
    const { ms } = await timed(Buffer.from(`From: a@example.org\r\n${line()}\r\n\r\nhello`, 'latin1'));
    expect(ms).toBeLessThan(QUICK_MS);
  });

  test('no more addresses are kept than anybody needs', async () => {
    const { mail } = await timed(
      Buffer.from(`From: a@example.org\r\nTo: ${'a@b.example, '.repeat(15_000)}\r\n\r\nhi`),
    );
    expect(mail.to.length).toBeGreaterThan(1_000);
    expect(mail.to.length).toBeLessThan(2_000);
  });
});

describe('the tree', () => {
  const read = (text: string) =>
    readMail(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'), DEFAULT_LIMITS);

  test('a delimiter with blanks behind it is one, a longer word is not', async () => {
    const mail = await read(
      'From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b \t\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--bb\n--b--\n',
    );
    expect(Buffer.from(mail.calendars[0]?.bytes ?? []).toString()).toBe('BEGIN:VCALENDAR\r\n--bb');
  });

  test('an inner part that is never closed ends at the outer delimiter', async () => {
    const mail = await read(
      'From: a@example.org\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/calendar\n\none\n--o\nContent-Type: application/ics\n\ntwo\n--o--\n',
    );
    expect(mail.calendars.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['1.1', 'one'],
      ['2', 'two'],
    ]);
  });

  test('the first of two boundary parameters counts', async () => {
    const mail = await read(
      'From: a@example.org\nContent-Type: multipart/mixed; boundary=b; boundary=c\n\n--b\nContent-Type: text/calendar\n\none\n--b--\n',
    );
    expect(mail.calendars).toHaveLength(1);
  });

  test('a message cut in the middle gives what is there', async () => {
    const mail = await read(
      'From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar\n\nBEGIN',
    );
    expect(mail.problem).toBeNull();
    expect(Buffer.from(mail.calendars[0]?.bytes ?? []).toString()).toBe('BEGIN');
  });
});

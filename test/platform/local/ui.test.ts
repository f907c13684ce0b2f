/** The local rooms on the real outbox, with mails as they were really composed, and a listener that takes what they send. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits.ts';
import type { MailKind } from '../../../src/kernel/ports.ts';
import { type Outbox, openOutbox } from '../../../src/platform/local/outbox.ts';
import { startSmtp } from '../../../src/platform/local/smtp.ts';
import { routes } from '../../../src/platform/local/ui/routes.ts';
import { mailEvent, submit } from '../../support/pages.ts';
import { localWorld, type TestWorld } from '../../support/world.ts';

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

let world: TestWorld;
let outbox: Outbox;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let app: express.Express;
let taken: Taken[];
let accepts: boolean;

beforeEach(async () => {
  world = await localWorld();
  outbox = openOutbox({ folder: world.folder, clock: world.clock, random: world.random });
  taken = [];
  accepts = true;
  smtp = await startSmtp({
    port: 0,
    name: 'sis.localhost',
    limits: DEFAULT_LIMITS,
    log: world.log,
    accepts: () => accepts,
    accept: async ({ raw, mailFrom, recipients }) => {
      taken.push({ from: mailFrom, to: recipients, text: new TextDecoder().decode(raw) });
    },
  });
  app = express().use(routes(world, { outbox, smtpPort: smtp.port }));
});

afterEach(async () => {
  await smtp.close(100);
  await outbox.close();
  await world.close();
});

function get(path: string) {
  return request(app).get(path).set('Host', '127.0.0.1:3000');
}

function post(path: string, fields: { readonly [name: string]: string }) {
  return request(app).post(path).set('Host', '127.0.0.1:3000').type('form').send(fields);
}

/** Copies what the world's mailer was handed into the outbox on disk. */
async function keepMails(): Promise<ReadonlyMap<MailKind, string>> {
  const ids = new Map<MailKind, string>();
  for (const mail of world.outbox()) ids.set(mail.about.kind, await outbox.add(mail, 'accepted'));
  return ids;
}

async function invite(
  lines?: readonly string[],
): Promise<{ readonly event: string; readonly slug: string; readonly mail: string }> {
  const { id, slug } = await mailEvent(world, lines === undefined ? {} : { lines });
  await submit(world, `/e/${slug}`, { email: 'bob@example.org' });
  await world.runJobs();
  return { event: id, slug, mail: (await keepMails()).get('request') ?? '' };
}

/** The calendar part of a mail that was taken, decoded. */
function calendarOf(mail: Taken | undefined): string {
  const text = mail?.text ?? '';
  const part = /Content-Type: text\/calendar[\s\S]*?\r\n\r\n([\s\S]*?)(?:\r\n--|$)/i.exec(text)?.[1] ?? '';
  const decoded = part.includes('BEGIN:') ? quotedText(part) : Buffer.from(part, 'base64').toString();
  return decoded.replace(/\r\n[ \t]/g, '');
}

/** Quoted-printable where it is, as it stands where it is not: ASCII in either case. */
function quotedText(part: string): string {
  if (!part.includes('=3D')) return part;
  return part
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

describe('the outbox', () => {
  test('before the first mail says exactly how to begin', async () => {
    const page = await get('/local/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('No mail yet. Begin here');
    expect(page.text).toContain('create@sis.localhost');
    expect(page.text).toContain(`127.0.0.1:${smtp.port}`);
    expect(page.text).toContain('action="/local/organizer/sample"');
    expect(page.text).toContain('name="day" type="date" required value="2026-03-05"');
  });

  test('lists every mail, newest first, with the title of its event', async () => {
    const { slug } = await invite();
    const page = await get('/local/');
    const kinds = [...page.text.matchAll(/<span class="kind kind-([a-z]+)">/g)].map(([, kind]) => kind);
    expect(kinds[0]).toBe('request');
    expect([...kinds].sort()).toEqual(['organizer', 'reply', 'request']);
    expect(page.text).toContain(`<a href="/e/${slug}">Spring picnic</a>`);
  });

  test('tells the list’s script what is newest, in plain text', async () => {
    expect((await get('/local/newest')).text).toBe('');
    const { mail } = await invite();
    const page = await get('/local/newest');
    expect([page.type, page.text]).toEqual(['text/plain', mail]);
  });

  test('leads to older mails page by page', async () => {
    const about = { send: 'x', kind: 'request', attempt: 1 } as const;
    for (let count = 0; count < 60; count += 1) {
      const raw = new TextEncoder().encode(`Subject: number ${count}.\r\n\r\nx`);
      await outbox.add({ raw, from: 'a@example.com', to: 'b@example.org', about }, 'accepted');
    }
    const first = await get('/local/');
    const older = /href="(\/local\/\?cursor=[^"]*)"/.exec(first.text)?.[1] ?? '';
    expect([first.text.includes('number 59.'), first.text.includes('number 9.')]).toEqual([true, false]);
    expect((await get(older)).text).toContain('number 9.');
  });
});

describe('one mail', () => {
  test('is shown in a frame without scripts, as text, as bytes and explained', async () => {
    const { mail, slug } = await invite();
    const page = await get(`/local/mails/${mail}`);
    expect(page.text).toContain(`<iframe class="letter" src="/local/mails/${mail}/html"`);
    expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page.text).toContain(`href="/e/${slug}"`);
    expect(page.text).toMatch(/href="\/d\/[A-Za-z0-9._-]+"/);
    expect(page.text).toMatch(/<dt>METHOD<\/dt>\s*<dd class="value">REQUEST<\/dd>/);
    expect(page.text).toContain('Who is invited: one person a mail');
    const frame = await get(`/local/mails/${mail}/html`);
    expect(frame.headers['content-security-policy']).toContain("default-src 'none'");
    expect(frame.headers['content-security-policy']).toContain('sandbox allow-popups');
    expect(frame.headers['content-security-policy']).toContain("frame-ancestors 'self'");
    expect(frame.text).toContain('<base target="_blank">');
    const raw = await get(`/local/mails/${mail}/raw`);
    expect([raw.type, raw.headers['x-content-type-options']]).toEqual(['text/plain', 'nosniff']);
    expect(raw.text).toContain('MIME-Version: 1.0');
  });

  test('offers answers on invites alone', async () => {
    const { mail } = await invite();
    const ids = await keepMails();
    expect((await get(`/local/mails/${mail}`)).text).toContain('Answer as bob@example.org');
    expect((await get(`/local/mails/${ids.get('organizer')}`)).text).not.toContain('Answer as');
  });

  test('what stands in it becomes no markup here', async () => {
    const raw = new TextEncoder().encode(
      'Subject: <script>alert(1)</script>\r\nContent-Type: text/plain\r\n\r\n</pre><script>alert(1)</script>',
    );
    const about = { send: 'x', kind: 'organizer', attempt: 1 } as const;
    const to = '"><script>alert(1)</script>@example.org';
    const id = await outbox.add({ raw, from: 'a@example.com', to, about }, 'accepted');
    for (const path of ['/local/', `/local/mails/${id}`]) {
      const { text } = await get(path);
      expect(text.replace(/<script>setInterval[\s\S]*?<\/script>/, '')).not.toContain('<script');
    }
  });

  test.each(['', '/html', '/raw'])('an unknown one is a friendly 404%s', async more => {
    const page = await get(`/local/mails/out_00000000000000000000000000${more}`);
    expect([page.status, page.text.includes('There is no such mail')]).toEqual([404, true]);
  });
});

describe('an answer', () => {
  test.each([
    ['google', 'yes', 'ACCEPTED'],
    ['outlook', 'maybe', 'TENTATIVE'],
    ['outlook.com', 'no', 'DECLINED'],
    ['apple', 'yes', 'ACCEPTED'],
    ['ios', 'maybe', 'TENTATIVE'],
    ['thunderbird', 'no', 'DECLINED'],
  ])('as %s, %s, goes by SMTP to the organizer’s address', async (client, answer, partstat) => {
    const { mail } = await invite();
    const page = await post(`/local/mails/${mail}/answer`, { client, answer, note: '' });
    expect([page.status, page.text.includes('Answer sent')]).toEqual([200, true]);
    expect(taken.map(({ from, to }) => [from, to])).toEqual([['bob@example.org', ['ada@sis.localhost']]]);
    const calendar = calendarOf(taken[0]);
    expect(calendar).toContain('METHOD:REPLY');
    expect(calendar).toContain(`PARTSTAT=${partstat}`);
    expect(calendar.includes('ORGANIZER')).toBe(client !== 'outlook.com');
  });

  test('can be for one date of a series, with a note', async () => {
    const { mail } = await invite(['SUMMARY:Running', 'RRULE:FREQ=WEEKLY;COUNT=8']);
    const page = await get(`/local/mails/${mail}`);
    expect(page.text).toContain('<option value="2026-03-12T17:00:00Z">');
    await post(`/local/mails/${mail}/answer`, {
      client: 'google',
      answer: 'no',
      note: 'On holiday',
      occurrence: '2026-03-12T17:00:00Z',
    });
    expect(calendarOf(taken[0])).toMatch(/RECURRENCE-ID[^\r]*20260312T1[78]0000/);
    expect(calendarOf(taken[0])).toContain('On holiday');
  });

  test('says what the service said where it did not take it', async () => {
    const { mail } = await invite();
    accepts = false;
    const page = await post(`/local/mails/${mail}/answer`, { client: 'google', answer: 'yes' });
    expect([page.status, page.text.includes('The service did not take the answer')]).toEqual([502, true]);
  });
});

describe('the organizer’s mailbox', () => {
  test('sends a sample event', async () => {
    const sent = await post('/local/organizer/sample', {
      title: 'Lecture, part <1>',
      organizer: 'grace.example@example.org',
      day: '2026-03-10',
      time: '18:30',
      weekly: '1',
    });
    expect([sent.status, sent.headers.location]).toEqual([303, '/local/']);
    expect(taken.map(({ from, to }) => [from, to])).toEqual([
      ['grace.example@example.org', ['create@sis.localhost']],
    ]);
    const calendar = calendarOf(taken[0]);
    expect(calendar).toContain('SUMMARY:Lecture\\, part <1>');
    expect(calendar).toContain('DTSTART;TZID=Europe/Berlin:20260310T183000');
    expect(calendar).toContain('ORGANIZER;CN="Grace Example":mailto:grace.example@example.org');
  });

  test.each([
    [{ title: '' }, 'Please give a title.'],
    [{ day: 'tomorrow' }, 'Please give a day, such as 2026-03-05.'],
    [{ day: '2026-13-40' }, 'Please give a day, such as 2026-03-05.'],
    [{ time: '25:99' }, 'Please give a time, such as 18:30.'],
    [{ organizer: 'ada' }, 'Please give an email address, such as ada@example.com.'],
    [
      { organizer: 'a@example.com\r\nBcc: b@example.com' },
      'Please give an email address, such as ada@example.com.',
    ],
  ])('a sample with %j is refused in words', async (wrong, sentence) => {
    const fields = {
      title: 'Lecture',
      organizer: 'ada@example.com',
      day: '2026-03-10',
      time: '18:30',
      ...wrong,
    };
    const page = await post('/local/organizer/sample', fields);
    expect([page.status, page.text.includes(sentence)]).toEqual([400, true]);
    expect(taken).toEqual([]);
  });

  test('lists events, and sends an update or a cancellation under the organizer’s own UID', async () => {
    const { event } = await invite();
    expect((await get('/local/organizer')).text).toContain(`href="/local/organizer/${event}"`);
    const form = await get(`/local/organizer/${event}`);
    expect(form.text).toContain('name="title" type="text" required maxlength="255" value="Spring picnic"');
    const sent = await post(`/local/organizer/${event}/update`, {
      title: 'Summer picnic',
      place: 'Lake',
      day: '2026-03-06',
      time: '19:00',
    });
    expect([sent.status, sent.headers.location]).toEqual([303, `/local/organizer/${event}?sent=1`]);
    expect((await get(`/local/organizer/${event}?sent=1`)).text).toContain('The service has taken the mail.');
    await post(`/local/organizer/${event}/cancel`, { component: 'series' });
    const [update, cancel] = taken.map(calendarOf);
    for (const line of [
      'METHOD:REQUEST',
      'UID:picnic@example.com',
      'SEQUENCE:1',
      'DTSTART:20260306T190000Z',
      'SUMMARY:Summer picnic',
    ]) {
      expect(update).toContain(line);
    }
    for (const line of ['METHOD:CANCEL', 'UID:picnic@example.com', 'SEQUENCE:1'])
      expect(cancel).toContain(line);
    expect(taken.every(({ from }) => from === 'ada@example.com')).toBe(true);
  });

  test('an update that does not fit keeps the page and says why', async () => {
    const { event } = await invite();
    const page = await post(`/local/organizer/${event}/update`, {
      title: ' ',
      place: '',
      day: '2026-03-06',
      time: '19:00',
    });
    expect([page.status, page.text.includes('Please give a title.')]).toEqual([400, true]);
    expect(taken).toEqual([]);
  });
});

describe('strangers', () => {
  test('a page that was led here by another name sees nothing (DNS rebinding)', async () => {
    const { mail } = await invite();
    for (const path of ['/local/', '/local/newest', `/local/mails/${mail}/raw`, '/local/organizer']) {
      const page = await request(app).get(path).set('Host', 'evil.example');
      expect([path, page.status, page.text.includes('bob@')]).toEqual([path, 403, false]);
    }
  });

  test('another site’s form sends nothing', async () => {
    const { mail, event } = await invite();
    const forms: [string, { [name: string]: string }][] = [
      [`/local/mails/${mail}/answer`, { client: 'google', answer: 'no' }],
      [`/local/organizer/${event}/cancel`, { component: 'series' }],
      [
        '/local/organizer/sample',
        { title: 'x', organizer: 'a@example.com', day: '2026-03-10', time: '18:00' },
      ],
    ];
    for (const [path, fields] of forms) {
      const page = await post(path, fields)
        .set('Origin', 'https://evil.example')
        .set('Sec-Fetch-Site', 'cross-site');
      expect([path, page.status]).toEqual([path, 403]);
    }
    expect(taken).toEqual([]);
  });

  test('GET of what acts is not there', async () => {
    const { mail, event } = await invite();
    for (const path of [
      `/local/mails/${mail}/answer`,
      `/local/organizer/${event}/cancel`,
      '/local/organizer/sample',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    expect(taken).toEqual([]);
  });

  test('beyond one machine there are no local rooms', async () => {
    const cloud = { ...world, settings: { ...world.settings, local: false } };
    const elsewhere = express().use(routes(cloud, { outbox, smtpPort: smtp.port }));
    expect((await request(elsewhere).get('/local/').set('Host', '127.0.0.1')).status).toBe(404);
  });
});

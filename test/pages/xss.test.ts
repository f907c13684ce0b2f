/** Names and texts that want to be markup, in every field a stranger fills, on every page that shows it (T18 to T21). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { EventRecord } from '../../src/events/event.ts';
import { dashboardLink } from '../../src/events/links.ts';
import { organizerById } from '../../src/organizers/store.ts';
import { mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const CORPUS = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '" style="position:fixed;inset:0" x="',
  '</textarea></style></script><iframe src=//evil.example>',
  '<a href="javascript:alert(1)">click</a>',
  '<form action=//evil.example><input name=email>',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<base href=//evil.example>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u202Etxt.exe\u202C',
  '{{constructor.constructor("alert(1)")()}}',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
] as const;

/** An element or attribute that none of our pages has. */
const INTRUDER =
  /<(?:script(?! type="application\/ld\+json">\{|>\(\(\)=>\{for\(const row of )|img|iframe|object|embed|base|meta http-equiv|textarea|marquee|link(?! rel="(?:icon|canonical)"))|<[a-z]+[^<>"]*(?:"[^"]*"[^<>"]*)*[\s/](?:on[a-z]+|style)\s*=|(?:href|src|action)="(?:\/\/|javascript:|data:text)/i;

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld({ limits: { SIGNUPS_PER_NETWORK_MINUTE: 1000, SIGNUPS_PER_NETWORK_DAY: 1000 } });
});

afterEach(() => world.close());

function icsText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&');
}

async function pagesOf(event: EventRecord): Promise<readonly string[]> {
  const dashboard = dashboardLink(world, event).slice(world.settings.baseUrl.length);
  const asked = await submit(world, `/e/${event.slug}`, { email: 'bob@example.org' });
  const wrong = await submit(world, `/e/${event.slug}`, { email: 'bob' });
  const bodies = [asked.body, wrong.body];
  for (const path of [`/e/${event.slug}`, `/w/e/${event.slug}`, dashboard]) bodies.push(await seenAt(path));
  return bodies;
}

/** Without what our frame's head holds: where its links open, and its script. */
async function seenAt(path: string): Promise<string> {
  const { body } = await visit(world, path);
  return path.startsWith('/w/')
    ? body.replace('<base target="_blank">', '').replace('<script src="/w/frame.js" async></script>', '')
    : body;
}

async function listsOf(organizer: string): Promise<readonly string[]> {
  return Promise.all([`/o/${organizer}`, `/w/o/${organizer}`].map(seenAt));
}

/** Nothing else of an event is said in a mail. */
const IN_MAILS = new Set(['SUMMARY', 'LOCATION', 'DESCRIPTION']);

/** The mails of an event to somebody who asked: what a mail program would show of them. */
async function mailsOf(event: EventRecord, email: string): Promise<readonly string[]> {
  await submit(world, `/e/${event.slug}`, { email });
  await world.runJobs();
  const mails = world.outbox().filter(({ to }) => to === email);
  expect(mails.length).toBeGreaterThan(0);
  return Promise.all(mails.map(async ({ raw }) => String((await simpleParser(Buffer.from(raw))).html)));
}

/** An element or attribute that none of our mails has; style attributes they have, as mail programs need them. */
const MAIL_INTRUDER =
  /<(?:script|img|iframe|object|embed|base|form|input|svg|textarea|marquee|meta http-equiv)|<[a-z]+[^<>"]*(?:"[^"]*"[^<>"]*)*[\s/]on[a-z]+\s*=|(?:href|src|action)="(?:\/\/|javascript:|data:)/i;

describe.each([
  'SUMMARY',
  'LOCATION',
  'DESCRIPTION',
  'X-ALT-DESC;FMTTYPE=text/html',
  'URL',
  'COMMENT',
  'CATEGORIES',
])('in %s', property => {
  test('nothing becomes markup', async () => {
    for (const [index, text] of CORPUS.entries()) {
      const event = await mailEvent(world, {
        uid: `${index}@example.com`,
        lines: [...(property === 'SUMMARY' ? [] : ['SUMMARY:Picnic']), `${property}:${icsText(text)}`],
      });
      for (const body of await pagesOf(event)) {
        expect([text, INTRUDER.exec(body)?.[0]]).toEqual([text, undefined]);
        expect(body).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      }
      if (!IN_MAILS.has(property)) continue;
      for (const mail of await mailsOf(event, `guest${index}@example.org`)) {
        expect([text, MAIL_INTRUDER.exec(mail)?.[0]]).toEqual([text, undefined]);
      }
    }
    for (const body of await listsOf('ada')) expect(INTRUDER.exec(body)?.[0]).toBeUndefined();
  });
});

test('an organizer’s name becomes no markup', async () => {
  for (const [index, text] of CORPUS.entries()) {
    const event = await mailEvent(world, {
      uid: `${index}@example.com`,
      from: `ada${index}@example.com`,
      name: text.replaceAll('"', "'"),
    });
    const lists = await listsOf((await organizerById(world, event.organizer))?.slug ?? '');
    for (const body of [...(await pagesOf(event)), ...lists])
      expect([text, INTRUDER.exec(body)?.[0]]).toEqual([text, undefined]);
    for (const mail of await mailsOf(event, `guest${index}@example.org`))
      expect([text, MAIL_INTRUDER.exec(mail)?.[0]]).toEqual([text, undefined]);
  }
});

test('what a visitor types, in any field or in the address of a page, becomes no markup', async () => {
  const event = await mailEvent(world);
  for (const text of CORPUS) {
    const answers = [
      await submit(world, `/e/${event.slug}`, { email: text }),
      await submit(world, `/e/${event.slug}`, { email: `${text}@example.org`, again: text }),
      await visit(world, `/e/${event.slug}?email=${encodeURIComponent(text)}`),
      await visit(world, `/e/${encodeURIComponent(text)}`),
      await visit(world, `/u/${encodeURIComponent(text)}?not-me=${encodeURIComponent(text)}`),
      await visit(world, `/c/${encodeURIComponent(text)}`),
    ];
    for (const { body } of answers) expect([text, INTRUDER.exec(body)?.[0]]).toEqual([text, undefined]);
  }
});

test('what a form carries through the second look becomes no markup', async () => {
  await world.close();
  world = await localWorld({ limits: { CHALLENGE_PERCENT: 0 } });
  const { slug } = await mailEvent(world);
  for (const text of CORPUS) {
    const fields = { email: 'bob@example.org', event: text, again: text, follow: text };
    const { body } = await submit(world, `/e/${slug}`, fields);
    expect(body).toContain('One moment, please');
    const own = body.replace(/<script>\(\(\)=>\{\nconst form=/, '');
    expect([text, INTRUDER.exec(own)?.[0]]).toEqual([text, undefined]);
  }
});

test('no header takes its value from a request (T24)', async () => {
  const event = await mailEvent(world);
  for (const path of [
    `/e/${event.slug}?next=https://evil.example`,
    '/?u=https://evil.example',
    '//evil.example',
    '/e//evil.example',
  ]) {
    const { headers } = await visit(world, path);
    expect(headers.location).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain('evil.example');
  }
});

test('the corpus would be caught if it came through', () => {
  const raw = CORPUS.filter(text => text.includes('<') && !text.includes('<form'));
  expect(raw.filter(text => !INTRUDER.test(text))).toEqual([]);
  // A style attribute is what mails are made of: what was written into one still has to be inside quotes.
  const styled = '" style="position:fixed;inset:0" x="';
  expect(raw.filter(text => text !== styled && !MAIL_INTRUDER.test(text))).toEqual([]);
});

/** Each page in each language: nothing of the English catalogue is left on it, its own links keep what was chosen, Arabic runs right to left. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { dashboardLink } from '../../src/events/links.ts';
import { confirmLink, unsubscribeLink } from '../../src/invites/links.ts';
import { inviteOf } from '../../src/invites/store.ts';
import { setBrand } from '../../src/organizers/brand.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/texts/languages.ts';
import { leftovers, readOf } from '../support/leftovers.ts';
import { FORM, mailCalendar, mailEvent, submit, type Told, visit } from '../support/pages.ts';
import { buttonLink, CHROME, connectAccount, knowContact, openAndPress } from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let button: string;
/** Where each page is read, and what it answers. */
let places: readonly (readonly [name: string, path: string, status?: number])[];

const OTHERS = LANGUAGES.filter(language => language !== 'en');

beforeAll(async () => {
  world = await localWorld();
  event = await mailEvent(world, {
    start: ';TZID=Europe/Berlin:20260305T180000',
    end: ';TZID=Europe/Berlin:20260305T193000',
    lines: [
      'SUMMARY:Kermis',
      'LOCATION:Stadspark',
      'DESCRIPTION:Zie ons\\, kom',
      'RRULE:FREQ=WEEKLY;COUNT=8',
    ],
  });
  await mailCalendar(world, {
    uid: 'two@example.com',
    lines: ['SUMMARY:Zomerfeest'],
    start: ':20260705T170000Z',
    end: ':20260705T183000Z',
  });
  const account = await connectAccount(world, event.workspace);
  await knowContact(world, account, { reference: 'a1b2c3', address: 'jo@gmail.com' });
  const link = (more = {}) => buttonLink(world, event, account, more);
  button = `${await link()}?c=a1b2c3`;
  await submit(world, `/e/${event.slug}`, { email: 'bob@example.org' });
  await world.runJobs();
  const bob = await inviteOf(world, event.id, 'bob@example.org');
  if (bob === undefined) throw new Error('Bob is not invited');
  const path = (url: string) => new URL(url).pathname;
  const now = world.clock.now();
  const stop = path(unsubscribeLink(world, bob, now));
  places = [
    ['event', `/e/${event.slug}`],
    ['frame', `/w/e/${event.slug}`],
    ['upcoming', '/o/ada'],
    ['upcoming frame', '/w/o/ada'],
    ['upcoming, nothing found', '/o/ada?q=nada'],
    ['button, known', button],
    ['button, maybe', `${await link({ answer: 'maybe' })}?c=a1b2c3`],
    ['button, other address', `${button}&who=other`],
    ['button, decoy', `${button}&more=${'a'.repeat(26)}`],
    ['button, preview', await link()],
    ['button, absent', `${await link()}?c=%21%21`],
    ['button, expired', `${await link({ expiresAt: Math.floor(now / 1000) - 5 })}?c=a1b2c3`, 410],
    ['confirm an invite', path(confirmLink(world, bob, now))],
    ['unsubscribe', stop],
    ['not me', `${stop}?not-me=1`],
    ['organizer', path(dashboardLink(world, event))],
    ['sign in', '/signin'],
    ['sign in, code', '/signin/code'],
    ['missing event', '/e/nothing-abcdefghij', 404],
    ['missing link', '/u/nothing', 404],
    ['missing page', '/nowhere', 404],
    ['wrong method', `/e/${event.slug}.ics`, 405],
  ];
});
afterAll(() => world.close());

function inLanguage(path: string, language: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}

function rootOf({ body }: Told): string {
  return /<html [^>]*>/.exec(body)?.[0] ?? '';
}

describe.each(OTHERS)('in %s', language => {
  test('no page has an English word left', async () => {
    for (const [name, path, status = 200] of places) {
      const page =
        name === 'wrong method'
          ? await submit(world, path, {}, { headers: { 'accept-language': language } })
          : await visit(world, path, { headers: { ...CHROME, 'accept-language': language } });
      expect([name, page.status, leftovers(language, readOf(page.body))]).toEqual([name, status, []]);
      expect(rootOf(page)).toContain(language === 'ar' ? 'lang="ar" dir="rtl"' : `lang="${language}"`);
      expect(page.headers.vary).toBe('accept-language');
    }
  });

  test('what a form answers has none either', async () => {
    const ask = (path: string, fields: { readonly [name: string]: string }, more = {}) => {
      const headers = { ...FORM, 'accept-language': language, ...more };
      // Each language has neighbours of its own: what comes from one network is limited.
      return submit(world, path, fields, { headers, network: `10.${LANGUAGES.indexOf(language)}.0.7` });
    };
    const page = `/e/${event.slug}`;
    const long = `${'x'.repeat(300)}@example.org`;
    const answers: readonly (readonly [name: string, status: number, answer: Told])[] = [
      ['asked', 200, await ask(page, { email: `${language}@example.org` })],
      ['bad address', 400, await ask(page, { email: 'bob' })],
      ['too long', 400, await ask(page, { email: long })],
      ['foreign form', 200, await ask(page, { email: 'b@example.org' }, { 'sec-fetch-site': 'cross-site' })],
      ['nothing picked', 400, await ask('/o/ada', { email: 'b@example.org' })],
      ['follows', 200, await ask('/o/ada', { email: `f-${language}@example.org`, follow: '1' })],
      ['sign-in sent', 200, await ask('/signin', { email: `s-${language}@example.org` })],
      ['pressed', 200, await openAndPress(world, inLanguage(button, language))],
    ];
    for (const [name, status, answer] of answers) {
      expect([name, answer.status, leftovers(language, readOf(answer.body))]).toEqual([name, status, []]);
      expect(rootOf(answer)).toContain(`lang="${language}"`);
    }
  });
});

test('English on any of these pages would be found', async () => {
  for (const [name, path] of places) {
    const page = await visit(world, path, { headers: CHROME });
    if (name !== 'wrong method')
      expect([name, leftovers('nl', readOf(page.body)).length]).not.toEqual([name, 0]);
  }
});

describe('the language of a page', () => {
  test('follows the browser, and is the workspace’s where the browser wishes for none of ours', async () => {
    const path = `/e/${event.slug}`;
    const german = await visit(world, path, { headers: { 'accept-language': 'de-CH, en;q=0.5' } });
    expect(german.body).toContain('Donnerstag, 5. März 2026');
    expect(rootOf(await visit(world, path, { headers: { 'accept-language': 'sv' } }))).toBe(
      '<html lang="en">',
    );
    await setBrand(world, event.workspace, { name: null, color: '#0b6353', language: 'fr' });
    expect(rootOf(await visit(world, path, { headers: { 'accept-language': 'sv' } }))).toBe(
      '<html lang="fr">',
    );
    expect(rootOf(await visit(world, path))).toBe('<html lang="fr">');
    expect(rootOf(await visit(world, path, { headers: { 'accept-language': 'en' } }))).toBe(
      '<html lang="en">',
    );
    await setBrand(world, event.workspace, { name: null, color: '#0b6353', language: 'en' });
  });

  test('each language has its own entity tag, and a browser that holds one gets 304 for that one alone', async () => {
    const path = `/e/${event.slug}`;
    const of = (language: string) => ({ 'accept-language': language });
    const tags = [];
    for (const language of LANGUAGES)
      tags.push((await visit(world, path, { headers: of(language) })).headers.etag);
    expect(new Set(tags).size).toBe(9);
    const [english = '', german = ''] = tags;
    expect((await visit(world, path, { headers: { ...of('de'), 'if-none-match': german } })).status).toBe(
      304,
    );
    expect((await visit(world, path, { headers: { ...of('de'), 'if-none-match': english } })).status).toBe(
      200,
    );
  });

  test('what the link asks for stays in the page’s own links and forms; without it they stay bare', async () => {
    const chosen = await visit(world, `/e/${event.slug}?lang=ja`);
    expect(chosen.body).toContain(`<form method="post" action="/e/${event.slug}?lang=ja"`);
    const again = await submit(world, `/e/${event.slug}?lang=ja`, { email: 'bob' });
    expect(rootOf(again)).toBe('<html lang="ja">');
    const asked = await submit(
      world,
      `/e/${event.slug}?lang=ja`,
      { email: 'ann@example.org' },
      { network: '192.0.2.9' },
    );
    expect(asked.body).toContain(`href="/e/${event.slug}?lang=ja"`);
    expect((await visit(world, '/o/ada?lang=ar')).body).toContain(`/e/${event.slug}?lang=ar`);
    const plain = await visit(world, `/e/${event.slug}`, { headers: { 'accept-language': 'ja' } });
    expect(plain.body).toContain(`<form method="post" action="/e/${event.slug}"`);
    const press = await visit(world, inLanguage(button, 'it'), { headers: CHROME });
    expect(press.body).toContain('?c=a1b2c3&amp;lang=it"');
  });

  test('the foot of a page leads to each other language, by its own name', async () => {
    const { body } = await visit(world, `${button}&utm_source=mail`, { headers: CHROME });
    const foot = body.slice(body.indexOf('<footer>'));
    for (const language of OTHERS) {
      expect(foot).toContain(
        `&amp;lang=${language}" hreflang="${language}" lang="${language}" rel="nofollow">${LANGUAGE_NAMES[language]}</a>`,
      );
    }
    expect(foot).toContain('<li lang="en" aria-current="true">English</li>');
    expect(foot).not.toContain('utm_source');
  });

  test('a calendar file and a feed say in it what is ours', async () => {
    for (const path of [`/e/${event.slug}.ics`, '/o/ada.ics']) {
      const file = await visit(world, path, { headers: { 'accept-language': 'de' } });
      expect(file.headers.vary).toBe('accept-language');
      expect([path, leftovers('de', file.body.replace(/\r\n[ \t]/g, ''))]).toEqual([path, []]);
    }
    const feed = await visit(world, '/o/ada.ics?lang=fr');
    expect(feed.body).toContain('NAME:Événements à venir');
  });

  test('an event’s own words run as they are written', async () => {
    const { body } = await visit(world, `/e/${event.slug}?lang=ar`);
    expect(body).toContain('<h1 dir="auto" class="">Kermis</h1>');
    expect(body).toContain('<dd dir="auto">Stadspark</dd>');
  });
});

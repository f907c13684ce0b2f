import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { visitCounts } from '../../src/connections/press/visit.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { effectiveAnswer, inviteOf } from '../../src/invites/store.ts';
import { mailCalendar, mailEvent, submit, visit } from '../support/pages.ts';
import {
  type Account,
  BY_HAND,
  buttonLink,
  CHROME,
  connectAccount,
  headingOf,
  knowContact,
  NO_SCRIPT,
  nonceIn,
  noticeOf,
  openAndPress,
  pressOn,
} from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let account: Account;
let link: string;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
  account = await connectAccount(world, event.workspace);
  await knowContact(world, account, { reference: 'a1b2c3', address: 'jo@gmail.com' });
  link = `${await buttonLink(world, event, account)}?c=a1b2c3`;
});
afterEach(() => world.close());

async function mailsTo(address: string): Promise<number> {
  await world.runJobs();
  return world.outbox().filter(mail => mail.to === address).length;
}

async function answerOf(address: string): Promise<string> {
  const invite = await inviteOf(world, event.id, address);
  return invite === undefined ? 'no invite' : effectiveAnswer(invite, event.state).answer;
}

async function counts() {
  await new Promise(resolve => setImmediate(resolve));
  const counted = await visitCounts(world, event.id);
  return Object.fromEntries(Object.entries(counted).filter(([, count]) => count > 0));
}

describe('the page behind a button', () => {
  test('shows the event, both times and whom it is for, and changes nothing', async () => {
    const page = await visit(world, link, { headers: CHROME });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Spring picnic');
    expect(page.body).toContain('Thursday 5 March 2026, 17:00 to 18:30 (UTC)');
    expect(page.body).toContain('data-start="2026-03-05T17:00:00Z" data-end="2026-03-05T18:30:00Z"');
    expect(page.body).toContain('You answer for j•••@gmail.com.');
    expect(page.body).not.toContain('jo@gmail.com');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(await mailsTo('jo@gmail.com')).toBe(0);
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
    expect(await counts()).toEqual({ open: 1 });
  });

  test('HEAD, a prefetch and a scanner that says so change nothing and are counted as what they are', async () => {
    await visit(world, link, { method: 'HEAD', headers: CHROME });
    await visit(world, link, { headers: { ...CHROME, 'sec-purpose': 'prefetch;prerender' } });
    await visit(world, link, { headers: { 'user-agent': 'python-requests/2.32' } });
    expect((await visit(world, link, { method: 'OPTIONS' })).status).toBe(405);
    expect(await counts()).toEqual({ head: 1, prefetch: 1, scanner: 1 });
    expect(await mailsTo('jo@gmail.com')).toBe(0);
  });

  test('takes whatever mail tools hang on a link, as often and as oddly as they like', async () => {
    const more = [
      '&utm_source=news&utm_source=again&mc_cid=1&mc_eid=2&_kx=abc%3D%3D.Xy&klaviyo_id=7',
      '&%E0%A4%A=1&x[]=1&x[]=2&=&&&c=other',
      '.',
      '%3E',
    ];
    for (const tail of more) {
      const page = await visit(world, link + tail, { headers: CHROME });
      expect([tail, page.body.includes('j•••@gmail.com')]).toEqual([tail, true]);
    }
    const ampersand = link.replace('?c=', '?utm_source=x&amp;c=');
    expect((await visit(world, ampersand, { headers: CHROME })).body).toContain('j•••@gmail.com');
  });
});

describe('one press', () => {
  test('sends the invite and records the answer, and says what Gmail will show', async () => {
    const done = await openAndPress(world, link);
    expect([done.status, headingOf(done)]).toEqual([200, 'Thank you. Your answer: Yes']);
    expect(done.body).toContain('The invite is on its way to j•••@gmail.com.');
    expect(done.body).toContain('In Gmail the mail shows the event');
    expect(done.body).toContain('https://calendar.google.com/calendar/render?action=TEMPLATE');
    expect(await mailsTo('jo@gmail.com')).toBe(1);
    expect(await answerOf('jo@gmail.com')).toBe('yes');
    expect(await counts()).toEqual({ open: 1, committed: 1 });
    const invite = await inviteOf(world, event.id, 'jo@gmail.com');
    expect(invite).toMatchObject({ doors: ['button'], standing: 'open' });
  });

  test('maybe sends too; no is recorded, sends nothing, and offers the invite', async () => {
    const maybe = await openAndPress(world, link, { answer: 'maybe' });
    expect(headingOf(maybe)).toBe('Thank you. Your answer: Maybe');
    await knowContact(world, account, { reference: 'd4', address: 'kim@outlook.com' });
    const other = link.replace('a1b2c3', 'd4');
    const no = await openAndPress(world, other, { answer: 'no' });
    expect(headingOf(no)).toBe('Thank you. Your answer: No');
    expect(no.body).toContain('Would you like it in your calendar all the same?');
    expect(await mailsTo('kim@outlook.com')).toBe(0);
    expect(await answerOf('kim@outlook.com')).toBe('no');
    world.clock.advance(61_000);
    const yes = await pressOn(world, other, no, { answer: 'yes' });
    expect(headingOf(yes)).toBe('Thank you. Your answer: Yes');
    expect(yes.body).toContain('In Outlook the mail comes as a meeting request');
    expect(await mailsTo('kim@outlook.com')).toBe(1);
    expect(await answerOf('kim@outlook.com')).toBe('yes');
  });

  test('a second press of the same page is the same press', async () => {
    const page = await visit(world, link, { headers: CHROME });
    const first = await pressOn(world, link, page);
    const second = await pressOn(world, link, page);
    expect([headingOf(first), headingOf(second)]).toEqual(Array(2).fill('Thank you. Your answer: Yes'));
    expect(await counts()).toEqual({ open: 1, committed: 1 });
    const otherwise = await pressOn(world, link, page, { answer: 'no' });
    expect([otherwise.status, await answerOf('jo@gmail.com')]).toEqual([400, 'yes']);
  });

  test('of a page that was open for too long, or that is of another reader, asks once more', async () => {
    const late = await openAndPress(world, link, { looksMs: 1_801_000 });
    expect([late.status, noticeOf(late)]).toEqual([200, 'This page was open for a long time']);
    await knowContact(world, account, { reference: 'd4', address: 'kim@outlook.com' });
    const page = await visit(world, link, { headers: CHROME });
    const foreign = await pressOn(world, link.replace('a1b2c3', 'd4'), page);
    expect([foreign.status, await mailsTo('kim@outlook.com')]).toEqual([400, 0]);
    expect(await counts()).toEqual({ open: 2, refused: 2 });
  });

  test('from another website is shown the page, not taken', async () => {
    const headers = { ...CHROME, 'sec-fetch-site': 'cross-site' };
    const page = await openAndPress(world, link, { headers });
    expect([page.status, noticeOf(page), await mailsTo('jo@gmail.com')]).toEqual([200, 'One more press', 0]);
  });

  test('without a script is asked for twice, plainly', async () => {
    const once = await openAndPress(world, link, { fields: NO_SCRIPT });
    expect([noticeOf(once), await mailsTo('jo@gmail.com')]).toEqual(['Please press once more', 0]);
    const twice = await pressOn(world, link, once, { fields: NO_SCRIPT });
    expect([headingOf(twice), await mailsTo('jo@gmail.com')]).toEqual(['Thank you. Your answer: Yes', 1]);
    expect(await counts()).toEqual({ open: 1, asked_again: 1, committed: 1 });
  });

  test('of an old content is not taken for the new one', async () => {
    const page = await visit(world, link, { headers: CHROME });
    world.clock.advance(60_000);
    await mailCalendar(world, { sequence: 1, start: ':20260306T170000Z', end: ':20260306T183000Z' });
    const pressed = await pressOn(world, link, page);
    expect(pressed.body).toContain('The event changed while you were looking');
    expect(pressed.body).toContain('Friday 6 March 2026');
    expect(await mailsTo('jo@gmail.com')).toBe(0);
    expect(headingOf(await pressOn(world, link, pressed))).toBe('Thank you. Your answer: Yes');
  });
});

describe('what looks like a machine', () => {
  const machines = {
    'presses faster than a page can be read': { looksMs: 600 },
    'fills the field that nobody sees': { fields: { ...BY_HAND, remarks: 'hello' } },
    'runs the script but made no gesture': { fields: { ...BY_HAND, gesture: '' } },
    'is driven by a program': { fields: { ...BY_HAND, driven: '1' } },
    'names itself a scanner': { headers: { ...CHROME, 'user-agent': 'Mozilla/5.0 HeadlessChrome/131.0' } },
    'submits without a user’s press': { headers: { ...CHROME, 'sec-fetch-user': undefined } },
  };
  test.each(Object.entries(machines))(
    'when it %s: provisional, nothing sent; a normal press commits',
    async (_, pressing) => {
      const held = await openAndPress(world, link, pressing);
      expect([held.status, noticeOf(held)]).toEqual([200, 'Please press once more']);
      expect([await mailsTo('jo@gmail.com'), await answerOf('jo@gmail.com')]).toEqual([0, 'no invite']);
      expect(await counts()).toMatchObject({ provisional: 1 });
      const normal = await openAndPress(world, link);
      expect([headingOf(normal), await mailsTo('jo@gmail.com')]).toEqual(['Thank you. Your answer: Yes', 1]);
    },
  );

  test('follows the link that nobody sees: provisional', async () => {
    const page = await visit(world, link, { headers: CHROME });
    const decoy = /href="([^"]*more=[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const seen = await visit(world, decoy, { headers: CHROME });
    expect(seen.body).toContain('There is nothing more here');
    expect(noticeOf(await pressOn(world, link, page))).toBe('Please press once more');
    expect(await mailsTo('jo@gmail.com')).toBe(0);
    expect(await counts()).toEqual({ open: 1, decoy: 1, provisional: 1 });
  });

  test('opens all choices of a mail within seconds: provisional', async () => {
    for (const answer of ['no', 'maybe'] as const) {
      await visit(world, `${await buttonLink(world, event, account, { answer })}?c=a1b2c3`, {
        headers: CHROME,
      });
      world.clock.advance(2_000);
    }
    expect(noticeOf(await openAndPress(world, link))).toBe('Please press once more');
    world.clock.advance(3_600_000);
    expect(headingOf(await openAndPress(world, link))).toBe('Thank you. Your answer: Yes');
  });

  test('is slow with its second press: still provisional; the mail opened anew commits', async () => {
    for (const answer of ['no', 'maybe'] as const) {
      await visit(world, `${await buttonLink(world, event, account, { answer })}?c=a1b2c3`, {
        headers: CHROME,
      });
    }
    const doubted = await openAndPress(world, link);
    expect(noticeOf(doubted)).toBe('Please press once more');
    world.clock.advance(40_000);
    expect(noticeOf(await pressOn(world, link, doubted))).toBe('Please press once more');
    expect([await mailsTo('jo@gmail.com'), await answerOf('jo@gmail.com')]).toEqual([0, 'no invite']);
    world.clock.advance(20_000);
    expect(headingOf(await openAndPress(world, link))).toBe('Thank you. Your answer: Yes');
  });
});

describe('answers that contradict each other', () => {
  test('within a minute keep none, and the next press counts', async () => {
    const no = `${await buttonLink(world, event, account, { answer: 'no' })}?c=a1b2c3`;
    await openAndPress(world, link);
    world.clock.advance(20_000);
    const conflict = await openAndPress(world, no, { answer: 'no' });
    expect(noticeOf(conflict)).toBe('Two different answers came within a minute');
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('none');
    const meant = await pressOn(world, no, conflict, { answer: 'no' });
    expect([headingOf(meant), await answerOf('jo@gmail.com')]).toEqual(['Thank you. Your answer: No', 'no']);
    expect(await counts()).toMatchObject({ committed: 2, conflict: 1 });
  });

  test('end alike in whatever order the jobs run', async () => {
    const no = `${await buttonLink(world, event, account, { answer: 'no' })}?c=a1b2c3`;
    const pages = [
      await visit(world, link, { headers: CHROME }),
      await visit(world, no, { headers: CHROME, network: '198.51.100.9' }),
    ];
    world.clock.advance(20_000);
    for (const [index, path] of [link, no].entries()) {
      const answer = index === 0 ? 'yes' : 'no';
      const form = { nonce: nonceIn(pages[index] ?? { body: '' }), answer, ...BY_HAND };
      await submit(world, path, form, {
        headers: { ...CHROME, 'content-type': 'application/x-www-form-urlencoded' },
      });
    }
    await world.runJobs();
    expect([await answerOf('jo@gmail.com'), await mailsTo('jo@gmail.com')]).toEqual(['no invite', 0]);
  });

  test('a change of mind on the page of thanks counts at once', async () => {
    const done = await openAndPress(world, link);
    const changed = await pressOn(world, link, done, { answer: 'maybe' });
    expect(headingOf(changed)).toBe('Thank you. Your answer: Maybe');
    expect(await answerOf('jo@gmail.com')).toBe('maybe');
    expect(await mailsTo('jo@gmail.com')).toBe(1);
  });
});

describe('a reader whom nobody knows yet', () => {
  test('is asked for; the page says so in general, and the press waits for the platform’s word', async () => {
    const stranger = link.replace('a1b2c3', 'zz99');
    const page = await visit(world, stranger, { headers: CHROME });
    expect(page.body).toContain('You answer for the address this e-mail was sent to.');
    world.clock.advance(4_000);
    const form = { nonce: nonceIn(page), answer: 'yes', ...BY_HAND };
    const headers = { ...CHROME, 'content-type': 'application/x-www-form-urlencoded' };
    const waiting = await submit(world, stranger, form, { headers });
    expect(headingOf(waiting)).toBe('Your answer is kept: Yes');
    const [, seconds, again = ''] = /^(\d+); url=(.*)$/.exec(waiting.headers.refresh ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    await knowContact(world, account, { reference: 'zz99', address: 'zoe@example.org' });
    world.clock.advance(70_000);
    await world.runJobs();
    const later = await visit(world, again, { headers: CHROME });
    expect(headingOf(later)).toBe('Thank you. Your answer: Yes');
    expect([await mailsTo('zoe@example.org'), await answerOf('zoe@example.org')]).toEqual([1, 'yes']);
  });

  test('is shown masked on the first visit when the word comes soon', async () => {
    const stranger = link.replace('a1b2c3', 'zz99');
    const page = await visit(world, stranger, {
      headers: CHROME,
      pause: () => knowContact(world, account, { reference: 'zz99', address: 'zoe@example.org' }),
    });
    expect(page.body).toContain('You answer for z•••@example.org.');
  });
});

describe('“not you?”', () => {
  test('asks for an address and checks it by mail; the first reader is not touched', async () => {
    const page = await visit(world, `${link}&who=other`, { headers: CHROME });
    expect(page.body).toContain('Which address should get the invite?');
    const sent = await pressOn(world, link, page, {
      answer: '',
      fields: { ...BY_HAND, email: 'friend@example.org' },
    });
    expect(headingOf(sent)).toBe('Check your inbox');
    await world.runJobs();
    const [mail] = world.outbox().filter(({ to }) => to === 'friend@example.org');
    expect(mail?.about.kind).toBe('confirm');
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
    expect(await answerOf('friend@example.org')).toBe('none');
    const confirm = /\/i\/[\w.-]+/.exec(decoded(mail?.raw))?.[0] ?? '';
    const confirmed = await submit(world, confirm, {});
    expect(headingOf(confirmed)).toBe('Thank you');
    await world.runJobs();
    expect(await answerOf('friend@example.org')).toBe('yes');
    expect(world.outbox().filter(({ to }) => to === 'friend@example.org')).toHaveLength(2);
    expect(await counts()).toEqual({ open: 1, other_address: 1 });
  });

  test('names what is wrong with an address, and keeps what was typed', async () => {
    const page = await visit(world, `${link}&who=other`, { headers: CHROME });
    const told = await pressOn(world, link, page, { answer: '', fields: { ...BY_HAND, email: 'friend' } });
    expect([told.status, told.body.includes('value="friend"')]).toEqual([400, true]);
    expect(told.body).toContain('An email address has an @ in it');
  });

  test('a button for any mail tool asks for the address from the start', async () => {
    const plain = await buttonLink(world, event, null, { answer: 'ask' });
    const page = await visit(world, plain, { headers: CHROME });
    expect(page.body).toContain('<input id="email" name="email"');
    const sent = await pressOn(world, plain, page, {
      answer: '',
      fields: { ...BY_HAND, email: 'pat@example.org' },
    });
    expect([headingOf(sent), await mailsTo('pat@example.org')]).toEqual(['Check your inbox', 1]);
  });
});

describe('bad input', () => {
  test('a damaged, cut or foreign link is a 404 without detail', async () => {
    const other = await localWorld();
    try {
      const paths = [
        '/r/x',
        '/r/a.b.c?c=a1b2c3',
        link.replace('?c=', 'A?c='),
        `${link.split('?')[0]?.slice(0, -9)}?c=a1b2c3`,
      ];
      for (const path of paths) {
        const page = await visit(world, path, { headers: CHROME });
        expect([page.status, headingOf(page)]).toEqual([404, 'There is nothing here']);
        expect(page.body).not.toContain('picnic');
      }
      expect((await visit(other, link, { headers: CHROME })).status).toBe(404);
    } finally {
      await other.close();
    }
  });

  test('an event of another workspace under an envelope of this one is a 404', async () => {
    const foreign = { id: event.id, workspace: 'ws_00000000000000000000000009' };
    const path = `${await buttonLink(world, foreign, account)}?c=a1b2c3`;
    expect((await visit(world, path, { headers: CHROME })).status).toBe(404);
  });

  test('an expired button says so kindly, and leads to the event', async () => {
    const expiresAt = world.clock.now() / 1000 + 60;
    const path = `${await buttonLink(world, event, account, { expiresAt })}?c=a1b2c3`;
    world.clock.advance(61_000);
    const page = await visit(world, path, { headers: CHROME });
    expect([page.status, headingOf(page)]).toEqual([410, 'This button has expired']);
    expect(page.body).toContain(`/e/${event.slug}`);
  });

  test('a cancelled and a past event say what that means (410), also to a press', async () => {
    const page = await visit(world, link, { headers: CHROME });
    await mailCalendar(world, { method: 'CANCEL', sequence: 1 });
    const cancelled = await visit(world, link, { headers: CHROME });
    expect([cancelled.status, headingOf(cancelled)]).toEqual([410, 'This event is cancelled']);
    expect((await pressOn(world, link, page)).status).toBe(410);
    const past = await mailEvent(world, {
      uid: 'past@example.com',
      start: ':20260301T100000Z',
      end: ':20260301T110000Z',
    });
    const pastLink = `${await buttonLink(world, past, account)}?c=a1b2c3`;
    world.clock.advance(86_400_000);
    const over = await visit(world, pastLink, { headers: CHROME });
    expect([over.status, headingOf(over)]).toEqual([410, 'This event is over']);
    expect(await mailsTo('jo@gmail.com')).toBe(0);
  });

  test('a tag that was never filled in, a preview, a test send: a page that says so', async () => {
    const base = link.split('?')[0] ?? '';
    const tails = [
      '?c=*|UNIQID|*',
      '?c=%2A%7CUNIQID%7C%2A',
      '?c={{ person.KlaviyoID }}',
      '?c=%7B%7B%20person.KlaviyoID%20%7D%7D',
      '?c=__test_email__',
      '?c=',
      '',
    ];
    for (const tail of tails) {
      const page = await visit(world, base + tail, { headers: CHROME });
      expect([tail, page.status, headingOf(page)]).toEqual([tail, 200, 'This is a preview']);
    }
  });

  test('a contact that is gone, or a reference that none can be: a page with the address field', async () => {
    for (const reference of ['%3Cscript%3E', 'x'.repeat(200), 'a b']) {
      const page = await visit(world, link.replace('a1b2c3', reference), { headers: CHROME });
      expect(page.status).toBe(200);
      expect(page.body).toContain('This address is no longer on the list');
      expect(page.body).toContain('<input id="email" name="email"');
      expect(page.body).not.toContain('<script>alert');
    }
  });

  test('too many presses from one network wait, and are told how long', async () => {
    let last = 200;
    for (let count = 0; count < 62 && last !== 429; count += 1) {
      last = (await submit(world, link, { answer: 'yes' }, { network: '192.0.2.1' })).status;
    }
    expect(last).toBe(429);
  });
});

function decoded(raw: Uint8Array | undefined): string {
  return Buffer.from(raw ?? [])
    .toString('latin1')
    .replace(/=\r\n/g, '')
    .replace(/=3D/gi, '=');
}

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCalendar } from '../../src/calendar/read.ts';
import { listInvites } from '../../src/invites/store.ts';
import { mailCalendar, mailEvent, submit, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld();
});

afterEach(() => world.close());

async function invited(event: string): Promise<readonly string[]> {
  const page = await listInvites(world, event, { limit: 1000 });
  return page.items.map(({ invite }) => invite.email).sort();
}

function mailsTo(address: string): number {
  return world.outbox().filter(mail => mail.to === address).length;
}

describe('the event page', () => {
  test('shows what, when, where and by whom, and one form with an email field', async () => {
    const { slug } = await mailEvent(world, {
      start: ';TZID=Europe/Berlin:20260305T180000',
      end: ';TZID=Europe/Berlin:20260305T193000',
    });
    const page = await visit(world, `/e/${slug}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Spring picnic</title>');
    expect(page.body).toContain('Hosted by Ada Example');
    expect(page.body).toContain('Thursday 5 March 2026');
    expect(page.body).toContain('18:00');
    expect(page.body).toContain('Europe/Berlin');
    expect(page.body).toContain('Town park');
    expect(page.body.match(/<form method="post"/g)).toHaveLength(1);
    expect(page.body).toMatch(/<label for="email">Email address<\/label>/);
    expect(page.body).toMatch(/<input id="email" name="email" type="email" autocomplete="email"/);
  });

  test('shows how a series repeats and its next five dates', async () => {
    const { slug } = await mailEvent(world, { lines: ['SUMMARY:Running', 'RRULE:FREQ=WEEKLY;COUNT=8'] });
    const page = await visit(world, `/e/${slug}`);
    expect(page.body).toContain('<h2 id="dates">Next dates</h2>');
    expect(page.body.match(/<li>[A-Z][a-z]+day \d+ [A-Z]/g)).toHaveLength(5);
    expect(page.body).toContain('26 March 2026');
  });

  test('tells of an online meeting, never its link', async () => {
    const join = 'https://meet.google.com/abc-defg-hij';
    const { slug } = await mailEvent(world, {
      lines: [
        'SUMMARY:Call',
        `LOCATION:${join}`,
        `X-GOOGLE-CONFERENCE:${join}`,
        `DESCRIPTION:Join at ${join} please`,
      ],
    });
    const page = await visit(world, `/e/${slug}`);
    expect(page.body).toContain('The link to join comes with the invite.');
    expect(page.body).not.toContain('abc-defg-hij');
  });

  test('says that an event has moved once its time is another', async () => {
    const { slug } = await mailEvent(world);
    expect((await visit(world, `/e/${slug}`)).body).not.toContain('This event has changed');
    world.clock.advance(60_000);
    await mailCalendar(world, { sequence: 1, start: ':20260305T190000Z', end: ':20260305T200000Z' });
    const page = await visit(world, `/e/${slug}`);
    expect(page.body).toContain('This event has changed');
    expect(page.body).toContain('19:00');
  });

  test('finds the event in links that a mail program has dressed up', async () => {
    const { slug } = await mailEvent(world);
    for (const path of [
      `/e/${slug.toUpperCase()}`,
      `/e/${slug}.`,
      `/e/${slug}>`,
      `/e/${slug}%3E`,
      `/e/${slug}/`,
      `/e/${slug}?utm=1`,
    ]) {
      expect([path, (await visit(world, path)).status]).toEqual([path, 200]);
    }
  });

  test.each(['/e/no-such-event-abcdefghij', '/e/', '/e/a%2Fb', '/e/__proto__', '/nothing', '/e/x/y'])(
    'is a friendly 404 for %s',
    async path => {
      const page = await visit(world, path);
      expect(page.status).toBe(404);
      expect(page.body).toContain('There is nothing here');
      expect(page.body).toContain('href="/"');
    },
  );

  test('a draft looks as if it did not exist', async () => {
    const { slug, status } = await mailEvent(world, { start: ':20260305T170000', end: ':20260305T180000' });
    expect(status).toBe('draft');
    const strange = await visit(world, '/e/no-such-event-abcdefghij');
    expect(await visit(world, `/e/${slug}`)).toEqual(strange);
    expect(await visit(world, `/e/${slug}.ics`)).toEqual(strange);
    expect((await submit(world, `/e/${slug}`, { email: 'bob@example.org' })).status).toBe(404);
  });
});

describe('asking for the invite', () => {
  test('sends it, and says what happens next', async () => {
    const { id, slug } = await mailEvent(world);
    const page = await submit(world, `/e/${slug}`, { email: 'Bob@Example.org' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Check your inbox</h1>');
    expect(page.body).toContain(
      'We have written to Bob@example.org, if that address can receive mail from us.',
    );
    expect(page.body).toContain('ada@sis.localhost');
    await world.runJobs();
    expect(await invited(id)).toEqual(['Bob@example.org']);
    const [mail] = world.outbox().filter(({ about }) => about.kind === 'request');
    expect([mail?.to.toLowerCase(), mail?.from]).toEqual(['bob@example.org', 'ada@sis.localhost']);
  });

  test('GET and HEAD, a hundred times, change nothing', async () => {
    const { id, slug } = await mailEvent(world);
    const before = world.outbox().length;
    for (let round = 0; round < 50; round += 1) {
      await visit(world, `/e/${slug}?email=bob@example.org&again=1`);
      const head = await visit(world, `/e/${slug}?email=bob@example.org`, { method: 'HEAD' });
      expect([head.status, head.body]).toEqual([200, '']);
    }
    expect(await world.runJobs()).toBe(0);
    expect(await invited(id)).toEqual([]);
    expect(world.outbox()).toHaveLength(before);
  });

  test('says the same whatever is known of the address (T26)', async () => {
    const { slug } = await mailEvent(world, {
      lines: ['SUMMARY:Spring picnic', 'ATTENDEE:mailto:guest@example.org'],
    });
    const ask = async (email: string) => {
      const page = await submit(world, `/e/${slug}`, { email }, { network: email });
      return [page.status, page.headers, page.body.replaceAll(email, 'ADDRESS')];
    };
    const unknown = await ask('first@example.org');
    await world.runJobs();
    expect(await ask('first@example.org')).toEqual(unknown);
    expect(await ask('guest@example.org')).toEqual(unknown);
    await submit(world, await unsubscribePath('first@example.org'), {});
    expect(await ask('first@example.org')).toEqual(unknown);
    for (let time = 0; time < 5; time += 1) expect(await ask('often@example.org')).toEqual(unknown);
  });

  async function unsubscribePath(address: string): Promise<string> {
    const mail = world.outbox().find(({ to }) => to === address);
    const path = /\/u\/[A-Za-z0-9._-]+/.exec(new TextDecoder().decode(mail?.raw).replace(/\r\n[ \t]/g, ''));
    if (path === null) throw new Error('the mail has no unsubscribe link');
    return path[0];
  }

  test('"send it again" does so', async () => {
    const { slug } = await mailEvent(world);
    await submit(world, `/e/${slug}`, { email: 'bob@example.org' });
    await world.runJobs();
    await submit(world, `/e/${slug}`, { email: 'bob@example.org' });
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toBe(1);
    const page = await submit(world, `/e/${slug}`, { email: 'bob@example.org', again: '1' });
    await world.runJobs();
    expect(page.body).toContain('Check your inbox');
    expect(mailsTo('bob@example.org')).toBe(2);
  });

  test.each([
    ['', 'Please type your email address.'],
    ['   ', 'Please type your email address.'],
    ['bob', 'An email address has an @ in it, such as ada@example.com.'],
    ['bob builder@example.org', 'The part before the @ has a character'],
    ['"bob"@example.org', 'The part before the @ has a character'],
    ['bob@example', 'The part behind the @ is not a full domain'],
    ['bob@example.org.', 'The part behind the @ is not a full domain'],
    [`${'b'.repeat(250)}@example.org`, 'longer than an email address can be'],
    ['bob@sis.localhost', 'can’t receive an invite'],
    ['bob@example.org\r\nBcc: all@example.org', 'The part before the @ has a character'],
    ['"><script>alert(1)</script>@example.org', 'The part before the @ has a character'],
  ])('a bad address is refused in words, and what was typed is kept: %j', async (email, sentence) => {
    const { id, slug } = await mailEvent(world);
    const page = await submit(world, `/e/${slug}`, { email });
    expect(page.status).toBe(400);
    expect(page.body).toContain('<title>Error: Spring picnic</title>');
    expect(page.body).toContain('aria-invalid="true" aria-describedby="email-problem email-hint"');
    expect(/<p class="problem" id="email-problem">([^<]*)<\/p>/.exec(page.body)?.[1]).toContain(sentence);
    const kept = /name="email"[^>]* value="([^"]*)"/.exec(page.body)?.[1] ?? '';
    expect(kept).toBe(email.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    expect(page.body).not.toContain('<script>alert');
    await world.runJobs();
    expect(await invited(id)).toEqual([]);
  });

  test('what is kept of a very long text has an end', async () => {
    const { slug } = await mailEvent(world);
    const page = await submit(world, `/e/${slug}`, { email: 'x'.repeat(10_000) });
    expect(page.status).toBe(400);
    expect(page.body.length).toBeLessThan(30_000);
  });

  test('an address with a domain of other letters is written as mail needs it', async () => {
    const { id, slug } = await mailEvent(world);
    expect((await submit(world, `/e/${slug}`, { email: 'bob@münchen.example' })).status).toBe(200);
    expect(await invited(id)).toEqual(['bob@xn--mnchen-3ya.example']);
  });

  test('a network that asks too often is told when to come back; others are not held up', async () => {
    const { slug } = await mailEvent(world);
    const ask = (count: number, network: string) =>
      submit(world, `/e/${slug}`, { email: `person${count}@example.org` }, { network });
    for (let count = 0; count < 10; count += 1) expect((await ask(count, '203.0.113.7')).status).toBe(200);
    const page = await ask(10, '203.0.113.7');
    expect(page.status).toBe(429);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(page.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(page.body).toContain('Please wait a moment');
    expect(page.body).toContain('value="person10@example.org"');
    expect((await ask(11, '198.51.100.4')).status).toBe(200);
    world.clock.advance(60_000);
    expect((await ask(12, '203.0.113.7')).status).toBe(200);
  });

  test('nothing in the request but the platform says which network it is (T37)', async () => {
    const { slug } = await mailEvent(world);
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': `192.0.2.${count}`,
        forwarded: `for=192.0.2.${count}`,
      };
      statuses.push(
        (await submit(world, `/e/${slug}`, { email: `p${count}@example.org` }, { headers })).status,
      );
    }
    expect(statuses.filter(status => status === 429)).toHaveLength(1);
  });

  test('a form on another website only brings the address here: the press is our page’s (T32)', async () => {
    const { id, slug } = await mailEvent(world);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
    const page = await submit(world, `/e/${slug}`, { email: 'bob@example.org' }, { headers });
    expect(page.status).toBe(200);
    expect(page.body).toContain('One more press');
    expect(page.body).toContain('value="bob@example.org"');
    expect(await invited(id)).toEqual([]);
  });

  test('a cancelled event says so, and takes nobody', async () => {
    const { id, slug } = await mailEvent(world);
    world.clock.advance(1000);
    await mailCalendar(world, { method: 'CANCEL', sequence: 1 });
    const page = await visit(world, `/e/${slug}`);
    expect([page.status, page.body.includes('This event is cancelled'), page.body.includes('<form')]).toEqual(
      [200, true, false],
    );
    const asked = await submit(world, `/e/${slug}`, { email: 'bob@example.org' });
    expect(asked.status).toBe(410);
    expect(asked.body).toContain('This event was cancelled, so no invite was sent.');
    expect(await invited(id)).toEqual([]);
  });

  test('an event that is over says so, and takes nobody', async () => {
    const { id, slug } = await mailEvent(world);
    world.clock.set('2026-03-06T00:00:00Z');
    const page = await visit(world, `/e/${slug}`);
    expect([page.status, page.body.includes('This event is over'), page.body.includes('<form')]).toEqual([
      200,
      true,
      false,
    ]);
    const asked = await submit(world, `/e/${slug}`, { email: 'bob@example.org' });
    expect(asked.status).toBe(410);
    expect(await invited(id)).toEqual([]);
  });

  test.each([
    ['PUT', {}, '', 405],
    ['DELETE', {}, '', 405],
    ['POST', { 'content-type': 'application/json' }, '{"email":"bob@example.org"}', 415],
    ['POST', {}, 'email=bob@example.org', 415],
    ['POST', { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' }, 'x', 415],
    ['POST', { 'content-type': 'application/x-www-form-urlencoded' }, `email=${'x'.repeat(20_000)}`, 413],
  ])('%s with %j answers in words', async (method, headers, body, status) => {
    const { id, slug } = await mailEvent(world);
    const page = await visit(world, `/e/${slug}`, { method, headers, body });
    expect(page.status).toBe(status);
    expect(page.body).toContain('<h1>');
    if (status === 405) expect(page.headers.allow).toBe('GET, HEAD, POST');
    expect(await invited(id)).toEqual([]);
  });
});

describe('the calendar file', () => {
  test('holds the whole series with its overrides', async () => {
    const { slug } = await mailEvent(world, {
      lines: ['SUMMARY:Running', 'RRULE:FREQ=WEEKLY;COUNT=8', 'LOCATION:Town park'],
    });
    const file = await visit(world, `/e/${slug}.ics`);
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${slug}.ics"`);
    const reading = readCalendar(new TextEncoder().encode(file.body));
    if (!reading.ok) throw new Error(reading.refusal.sentence);
    const [event] = reading.calendar.events;
    expect([reading.calendar.method, event?.summary, event?.start?.utc]).toEqual([
      'PUBLISH',
      'Running',
      '2026-03-05T17:00:00Z',
    ]);
    expect(event?.rrule).toContain('FREQ=WEEKLY');
    expect(event?.attendees).toEqual([]);
  });

  test('is only read', async () => {
    const { slug } = await mailEvent(world);
    expect((await submit(world, `/e/${slug}.ics`, {})).status).toBe(405);
    expect((await visit(world, '/e/no-such-event-abcdefghij.ics')).status).toBe(404);
  });
});

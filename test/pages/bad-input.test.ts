/** What goes wrong at a public form, at every door: answered in words on the spot, with what was typed kept, and nobody is invited by it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { listInvites } from '../../src/invites/store.ts';
import { mailCalendar, mailEvent, submit, type Told } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;

const DOORS = [
  ['the event page', () => `/e/${event.slug}`],
  ['the frame', () => `/w/e/${event.slug}`],
  ['the upcoming page', () => '/o/ada'],
  ['the upcoming page’s frame', () => '/w/o/ada'],
] as const;

const ADDRESSES = [
  ['', 'Please type your email address.'],
  ['bob', 'An email address has an @ in it'],
  ['bob builder@example.org', 'The part before the @ has a character'],
  ['"bob"@example.org', 'The part before the @ has a character'],
  [`${'b'.repeat(244)}@example.org`, 'longer than an email address can be'],
  ['bob@example', 'The part behind the @ is not a full domain'],
  ['bob@sis.localhost', 'can’t receive an invite'],
] as const;

async function opened(limits: Parameters<typeof localWorld>[0] = {}): Promise<void> {
  await world?.close();
  world = await localWorld(limits);
  event = await mailEvent(world);
}

beforeEach(() => opened());

afterEach(() => world.close());

function ask(path: string, email: string, more: Record<string, string> = {}): Promise<Told> {
  return submit(world, path, { email, event: event.slug, ...more });
}

async function invited(): Promise<readonly string[]> {
  await world.runJobs();
  const page = await listInvites(world, event.id, { limit: 100 });
  return page.items.map(({ invite }) => `${invite.email} ${invite.standing}`);
}

function typedIn({ body }: Told): string | undefined {
  return /name="email"[^>]* value="([^"]*)"/.exec(body)?.[1]?.replaceAll('&quot;', '"');
}

describe.each(DOORS)('%s', (_name, path) => {
  test('refuses what is no address in words, and keeps it', async () => {
    for (const [address, words] of ADDRESSES) {
      const page = await ask(path(), address);
      expect([address, page.status, typedIn(page)]).toEqual([address, 400, address]);
      expect(/id="email-problem"[^>]*>([^<]*)</.exec(page.body)?.[1]).toContain(words);
    }
    expect(await invited()).toEqual([]);
  });

  test('takes a domain of other letters, as mail needs it', async () => {
    expect((await ask(path(), 'bob@münchen.example')).body).toContain('Check your inbox');
    expect(await invited()).toEqual(['bob@xn--mnchen-3ya.example open']);
  });

  test('a form that is sent twice says the same, and invites once', async () => {
    const both = await Promise.all([ask(path(), 'bob@example.org'), ask(path(), 'bob@example.org')]);
    expect(both.map(({ body }) => body.includes('Check your inbox'))).toEqual([true, true]);
    expect(await invited()).toEqual(['bob@example.org open']);
    expect(world.outbox().filter(({ to }) => to === 'bob@example.org')).toHaveLength(1);
  });

  test('a cancelled event takes nobody, and says why', async () => {
    world.clock.advance(1000);
    await mailCalendar(world, { method: 'CANCEL', sequence: 1 });
    const page = await ask(path(), 'bob@example.org');
    const upcoming = path().includes('/o/');
    expect(page.status).toBe(upcoming ? 400 : 410);
    expect(page.body).toContain(upcoming ? 'no longer among those that come' : 'cancelled');
    if (upcoming) expect(typedIn(page)).toBe('bob@example.org');
    expect(await invited()).toEqual([]);
  });

  test('an event that is over takes nobody, and says why', async () => {
    world.clock.set('2026-03-06T00:00:00Z');
    const page = await ask(path(), 'bob@example.org');
    const upcoming = path().includes('/o/');
    expect(page.status).toBe(upcoming ? 400 : 410);
    expect(page.body).toContain(upcoming ? 'no longer among those that come' : 'over');
    expect(await invited()).toEqual([]);
  });

  test('a network that asked too often is told to wait, and what it typed stays', async () => {
    await opened({ limits: { SIGNUPS_PER_NETWORK_MINUTE: 1 } });
    await ask(path(), 'ann@example.org');
    const page = await ask(path(), 'bob@example.org');
    expect([page.status, typedIn(page)]).toEqual([429, 'bob@example.org']);
    expect(page.body).toContain('Please wait a moment');
    expect(await invited()).toEqual(['ann@example.org open']);
  });
});

test.each([DOORS[0], DOORS[1]])(
  '%s: an event with all the guests it can take says so',
  async (_name, path) => {
    await opened({ limits: { PEOPLE_PER_EVENT: 1 } });
    await ask(path(), 'ann@example.org');
    const page = await ask(path(), 'bob@example.org');
    expect([page.status, typedIn(page)]).toEqual([409, 'bob@example.org']);
    expect(page.body).toContain('This event has as many guests as it can take.');
    expect(await invited()).toEqual(['ann@example.org open']);
  },
);

test.each([DOORS[2], DOORS[3]])(
  '%s: what is none of its events is no pick, and the rest stays as it was',
  async (_name, path) => {
    const other = await mailEvent(world, { uid: 'other@example.com', from: 'cleo@example.com' });
    const page = await submit(world, path(), { email: 'bob@example.org', event: other.slug, follow: '1' });
    expect([page.status, typedIn(page)]).toEqual([400, 'bob@example.org']);
    expect(page.body).toContain('no longer among those that come');
    expect(page.body).toMatch(/name="follow" value="1"[^>]* checked/);
  },
);

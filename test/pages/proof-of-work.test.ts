/** A network that asks for very much: its browsers do a sum first, a program that does none gets words and no mail. The same at every door. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { mailEvent, submit, type Told, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;

beforeEach(async () => {
  // Half of four: the third of a network has to work.
  world = await localWorld({
    limits: { SIGNUPS_PER_NETWORK_DAY: 4, CHALLENGE_MOST: 300, CHECK_MAILS_PER_NETWORK_HOUR: 2 },
  });
  event = await mailEvent(world);
});

afterEach(() => world.close());

const DOORS = [
  ['the event page', () => `/e/${event.slug}`],
  ['the frame', () => `/w/e/${event.slug}`],
  ['the upcoming page', () => '/o/ada'],
] as const;

function ask(path: string, email: string, more: Record<string, string> = {}): Promise<Told> {
  return submit(world, path, { email, event: event.slug, ...more });
}

async function makeSuspicious(network?: string): Promise<void> {
  for (const name of ['one', 'two']) {
    const page = await submit(
      world,
      `/e/${event.slug}`,
      { email: `${name}@example.org` },
      network === undefined ? {} : { network },
    );
    expect(page.body).toContain('Check your inbox');
  }
}

function isChallenge({ status, body }: Told): boolean {
  return status === 200 && body.includes('One moment, please') && !body.includes('Check your inbox');
}

function fieldsIn({ body }: Told): Record<string, string> {
  const fields = [...body.matchAll(/<input type="hidden" name="([a-z]+)" value="([^"]*)">/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}

function solve({ body }: Told): string {
  const [, salt = '', hash = '', most = ''] =
    /data-salt="([^"]*)" data-hash="([^"]*)" data-most="(\d+)"/.exec(body) ?? [];
  for (let number = 0; number <= Number(most); number += 1) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === hash) return String(number);
  }
  throw new Error('no number solves it');
}

async function mailsTo(address: string): Promise<readonly string[]> {
  await world.runJobs();
  return world
    .outbox()
    .filter(({ to }) => to === address)
    .map(({ about }) => about.kind);
}

describe.each(DOORS)('%s', (_name, path) => {
  test('asks for a sum from half of a network’s day on; a program without it gets words and no mail', async () => {
    await makeSuspicious();
    for (let time = 0; time < 5; time += 1) {
      const page = await ask(path(), 'bob@example.org');
      expect(isChallenge(page)).toBe(true);
    }
    expect(await mailsTo('bob@example.org')).toEqual([]);
  });

  test('the sum done, the same form goes through, once', async () => {
    await makeSuspicious();
    const page = await ask(path(), 'bob@example.org');
    const fields = { ...fieldsIn(page), solution: solve(page) };
    expect(fields).toMatchObject({ email: 'bob@example.org', event: event.slug });
    expect((await submit(world, path(), fields)).body).toContain('Check your inbox');
    expect(await mailsTo('bob@example.org')).toEqual(['request']);
    expect(isChallenge(await submit(world, path(), { ...fields, email: 'eve@example.org' }))).toBe(true);
    expect(await mailsTo('eve@example.org')).toEqual([]);
  });

  test('without a script one press asks for a mail first, and only the address itself gets further', async () => {
    await makeSuspicious();
    const page = await ask(path(), 'bob@example.org');
    const asked = await submit(world, path(), { ...fieldsIn(page), check: '1' });
    expect(asked.body).toContain('Check your inbox');
    expect(await mailsTo('bob@example.org')).toEqual(['confirm']);
    // Not with the same page again, and not without one.
    expect(
      isChallenge(await submit(world, path(), { ...fieldsIn(page), check: '1', email: 'eve@example.org' })),
    ).toBe(true);
    expect(isChallenge(await ask(path(), 'eve@example.org', { check: '1' }))).toBe(true);
    expect(await mailsTo('eve@example.org')).toEqual([]);
  });

  test('a network that asks for mail after mail so is told to wait', async () => {
    await makeSuspicious();
    const statuses: number[] = [];
    for (const name of ['bob', 'cleo', 'dan']) {
      const page = await ask(path(), `${name}@example.org`);
      statuses.push((await submit(world, path(), { ...fieldsIn(page), check: '1' })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(await mailsTo('dan@example.org')).toEqual([]);
  });
});

describe('a solution', () => {
  const path = () => `/e/${event.slug}`;

  test.each([
    ['is a number that is none', (fields: Record<string, string>) => ({ ...fields, solution: '-1' })],
    ['is nothing', (fields: Record<string, string>) => ({ ...fields, solution: '' })],
    ['is a very long text', (fields: Record<string, string>) => ({ ...fields, solution: '1'.repeat(5000) })],
    [
      'is another number',
      (fields: Record<string, string>) => ({ ...fields, solution: String(Number(fields.solution) + 1) }),
    ],
    [
      'is of another salt',
      (fields: Record<string, string>) => ({ ...fields, challenge: `a${fields.challenge?.slice(1)}` }),
    ],
    ['is of a challenge that nobody signed', () => forged()],
  ])('that %s opens nothing', async (_what, change) => {
    await makeSuspicious();
    const page = await ask(path(), 'bob@example.org');
    const fields = change({ ...fieldsIn(page), solution: solve(page) });
    expect(isChallenge(await submit(world, path(), { email: 'bob@example.org', ...fields }))).toBe(true);
    expect(await mailsTo('bob@example.org')).toEqual([]);
  });

  function forged(): Record<string, string> {
    const salt = 'a'.repeat(26);
    const hash = createHash('sha256').update(`${salt}7`).digest('hex');
    return { challenge: `${salt}.${hash}.zzzzzz.300.${'A'.repeat(43)}`, solution: '7' };
  }

  test('is good for ten minutes, and for the page it was asked on', async () => {
    const other = await mailEvent(world, { uid: 'other@example.com', from: 'cleo@example.com' });
    await makeSuspicious();
    const page = await ask(path(), 'bob@example.org');
    const fields: Record<string, string> = { ...fieldsIn(page), solution: solve(page) };
    expect(isChallenge(await submit(world, `/e/${other.slug}`, fields))).toBe(false);
    const { nonce: _nonce, ...rest } = fields;
    expect(isChallenge(await submit(world, `/e/${other.slug}`, rest))).toBe(true);
    world.clock.advance(601_000);
    expect(isChallenge(await submit(world, path(), fields))).toBe(true);
    expect(await mailsTo('bob@example.org')).toEqual([]);
  });

  test('costs nothing to refuse: no row is kept of it', async () => {
    await makeSuspicious();
    const page = await ask(path(), 'bob@example.org');
    const salt = /data-salt="([^"]*)"/.exec(page.body)?.[1] ?? '';
    await submit(world, path(), { ...fieldsIn(page), solution: '301' });
    expect(await world.table.get({ pk: `PW#${salt}`, sk: 'PW' })).toBeUndefined();
    await submit(world, path(), { ...fieldsIn(page), solution: solve(page) });
    expect(await world.table.get({ pk: `PW#${salt}`, sk: 'PW' })).toBeDefined();
  });
});

test('the second look says the same whatever is known of an address (T26)', async () => {
  await submit(world, `/e/${event.slug}`, { email: 'known@example.org' }, { network: '198.51.100.9' });
  await world.runJobs();
  await makeSuspicious();
  const told = async (email: string) => {
    const { status, headers, body } = await ask(`/e/${event.slug}`, email);
    const plain = body.replaceAll(email, 'X').replace(/[a-z2-7]{26}|[0-9a-f]{64}|[A-Za-z0-9_-]{43}/g, '');
    return [status, headers, plain];
  };
  expect(await told('known@example.org')).toEqual(await told('never@example.org'));
});

test('other networks go on as before, and so does this one tomorrow', async () => {
  await makeSuspicious();
  const page = await submit(
    world,
    `/e/${event.slug}`,
    { email: 'bob@example.org' },
    { network: '198.51.100.4' },
  );
  expect(page.body).toContain('Check your inbox');
  world.clock.advance(86_400_000);
  expect((await ask(`/e/${event.slug}`, 'cleo@example.org')).body).toContain('Check your inbox');
});

test.each([
  ['IPv4', (count: number) => `203.0.113.${count}`],
  ['IPv6', (count: number) => `2001:db8:7:${count.toString(16)}::/64`],
])('neighbours who ask for very much together are looked at together: %s', async (_kind, network) => {
  for (let count = 1; count <= 40; count += 1) {
    const page = await submit(
      world,
      `/e/${event.slug}`,
      { email: `p${count}@example.org` },
      { network: network(count) },
    );
    expect([count, page.body.includes('Check your inbox')]).toEqual([count, true]);
  }
  const page = await submit(
    world,
    `/e/${event.slug}`,
    { email: 'bob@example.org' },
    { network: network(41) },
  );
  expect(isChallenge(page)).toBe(true);
});

test('without suspicion nothing of it is seen', async () => {
  const page = await visit(world, `/e/${event.slug}`);
  expect(page.body).not.toContain('data-salt');
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cookieFor, cookieIn } from '../../src/organizers/cookie.ts';
import { endSession, endSessions, listSessions, sessionOf } from '../../src/organizers/session.ts';
import { signedIn } from '../support/sign-in.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const DAY = 86_400_000;

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

describe('a session', () => {
  test('ends after a week without a visit, and lives on with one', async () => {
    const idle = await signedIn(world, 'ada@example.com');
    const used = await signedIn(world, 'ada@example.com');
    world.clock.advance(6 * DAY);
    expect((await sessionOf(world, used.header))?.id).toBe(used.session.id);
    world.clock.advance(2 * DAY);
    expect(await sessionOf(world, idle.header)).toBeNull();
    expect((await sessionOf(world, used.header))?.id).toBe(used.session.id);
  });

  test('ends after thirty days, however busy', async () => {
    const { header } = await signedIn(world, 'ada@example.com');
    for (let day = 1; day < 30; day += 1) {
      world.clock.advance(DAY);
      expect(await sessionOf(world, header)).not.toBeNull();
    }
    world.clock.advance(DAY);
    expect(await sessionOf(world, header)).toBeNull();
  });

  test('that ended opens nothing, although the cookie is still there', async () => {
    const one = await signedIn(world, 'ada@example.com');
    const other = await signedIn(world, 'ada@example.com');
    await endSession(world, one.session);
    expect(await sessionOf(world, one.header)).toBeNull();
    expect(await sessionOf(world, other.header)).not.toBeNull();
  });

  test('sign-out everywhere ends all of this person, and nobody else’s', async () => {
    const mine = [];
    for (let browser = 0; browser < 3; browser += 1) mine.push(await signedIn(world, 'ada@example.com'));
    const bob = await signedIn(world, 'bob@example.com');
    const operator = await signedIn(world, null);
    expect(await listSessions(world, 'ada@example.com')).toHaveLength(3);
    expect(await endSessions(world, 'ada@example.com')).toBe(3);
    for (const { header } of mine) expect(await sessionOf(world, header)).toBeNull();
    expect(await listSessions(world, 'ada@example.com')).toEqual([]);
    expect(await sessionOf(world, bob.header)).not.toBeNull();
    expect(await sessionOf(world, operator.header)).not.toBeNull();
  });

  test('is known by its whole cookie alone', async () => {
    const { cookie, session } = await signedIn(world, 'ada@example.com');
    const other = await signedIn(world, 'bob@example.com');
    const swapped = `${session.id}.${other.cookie.split('.')[1]}`;
    const wrong = [
      '',
      'x',
      session.id,
      `${session.id}.`,
      swapped,
      cookie.toUpperCase(),
      `${cookie}a`,
      cookie.slice(0, -1),
    ];
    for (const value of wrong) expect(await sessionOf(world, `sis_session=${value}`)).toBeNull();
    expect(await sessionOf(world, `other=1; sis_session=${cookie}; more=2`)).not.toBeNull();
    expect(await sessionOf(world, undefined)).toBeNull();
  });

  test('stands for its browser by a word that is neither its id nor its secret', async () => {
    const one = await signedIn(world, 'ada@example.com');
    const other = await signedIn(world, 'ada@example.com');
    expect(one.session.browser).toMatch(/^[0-9a-f]{32}$/);
    expect(one.session.browser).not.toBe(other.session.browser);
    expect(one.cookie).not.toContain(one.session.browser);
  });
});

describe('a cookie', () => {
  test('is for the server alone, and Secure where the site is', () => {
    const cookie = { name: 'sis_session', value: 'v', seconds: 60 };
    expect(cookieFor({ baseUrl: 'https://invites.example.com' }, cookie)).toBe(
      'sis_session=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    );
    expect(cookieFor({ baseUrl: 'http://127.0.0.1:3000' }, cookie)).toBe(
      'sis_session=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    );
  });

  test('is read by its whole name', () => {
    expect(cookieIn('xsis_session=no; sis_session=yes; sis_session=later', 'sis_session')).toBe('yes');
    expect(cookieIn('sis_sessions=no', 'sis_session')).toBeUndefined();
  });
});

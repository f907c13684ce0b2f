import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listEvents } from '../../src/events/store.ts';
import { addMember, placesOf, removeMember } from '../../src/organizers/members.ts';
import { listSessions, sessionOf } from '../../src/organizers/session.ts';
import {
  agentWords,
  askSignIn,
  lookAtSignIn,
  makeOperatorLink,
  safeNext,
  signIn,
  signInByCode,
} from '../../src/organizers/sign-in.ts';
import { openOrganizer, organizerByAddress, workspaceById } from '../../src/organizers/store.ts';
import { mailEvent } from '../support/pages.ts';
import { signedIn } from '../support/sign-in.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const MINUTE = 60_000;

async function ask(email: string, browser: string | null = null, network: string | null = null) {
  const asked = await askSignIn(world, { email, next: null, language: 'en', browser, network });
  await world.runJobs();
  return asked;
}

/** Asks, and answers the browser's cookie and the token in the newest mail. */
async function askedBy(email: string): Promise<{ browser: string; token: string }> {
  const asked = await ask(email);
  if (asked.kind !== 'asked') throw new Error(asked.kind);
  return { browser: asked.browser, token: newestToken() };
}

function newestToken(): string {
  const mail = Buffer.from(world.outbox().at(-1)?.raw ?? []).toString('utf8');
  const token = /\/signin\/([a-z2-7]{52})/.exec(mail.replaceAll('=\r\n', ''))?.[1];
  if (token === undefined) throw new Error('no link in the newest mail');
  return token;
}

function header(cookie: string): string {
  return `sis_session=${cookie}`;
}

describe('a sign-in link', () => {
  test('signs in the browser that asked, and opens a workspace for an address that has none', async () => {
    const { browser, token } = await askedBy('Ada@Example.com');
    expect(await lookAtSignIn(world, { token, browser })).toEqual({
      kind: 'here',
      masked: 'a•••@example.com',
    });
    expect(await organizerByAddress(world, 'ada@example.com')).toBeUndefined();
    const outcome = await signIn(world, { token, browser, agent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0' });
    if (outcome.kind !== 'signed_in') throw new Error(outcome.kind);
    const session = await sessionOf(world, header(outcome.cookie));
    const organizer = await organizerByAddress(world, 'ada@example.com');
    expect(session).toMatchObject({
      address: 'ada@example.com',
      role: 'owner',
      agent: 'Firefox, Linux',
      workspace: organizer?.workspace,
    });
    expect(session?.id).toMatch(/^ses_/);
  });

  test('is mailed once, as kind signin, to the address as it was typed', async () => {
    await ask('Ada@Example.com');
    expect(world.outbox().map(({ to, about }) => [to, about.kind])).toEqual([['Ada@example.com', 'signin']]);
  });

  test('works once: a second press, from any browser, gets nothing', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    expect((await signIn(world, { token, browser, agent: undefined })).kind).toBe('signed_in');
    expect(await signIn(world, { token, browser, agent: undefined })).toEqual({ kind: 'over' });
    expect(await lookAtSignIn(world, { token, browser: null })).toEqual({ kind: 'over' });
  });

  test('pressed twice at the same moment it opens one session', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => signIn(world, { token, browser, agent: undefined })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['over', 'over', 'over', 'over', 'signed_in']);
    expect(await listSessions(world, 'ada@example.com')).toHaveLength(1);
  });

  test('ends after 15 minutes', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    world.clock.advance(15 * MINUTE - 1000);
    expect((await lookAtSignIn(world, { token, browser })).kind).toBe('here');
    world.clock.advance(1000);
    expect(await lookAtSignIn(world, { token, browser })).toEqual({ kind: 'over' });
    expect(await signIn(world, { token, browser, agent: undefined })).toEqual({ kind: 'over' });
  });

  test('is not spent by a scanner that opens and presses it first: the person still gets in', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    for (let visit = 0; visit < 3; visit += 1) {
      expect((await lookAtSignIn(world, { token, browser: null })).kind).toBe('elsewhere');
      expect((await signIn(world, { token, browser: null, agent: 'scanner' })).kind).toBe('elsewhere');
    }
    expect((await signIn(world, { token, browser, agent: undefined })).kind).toBe('signed_in');
  });

  test('that is guessed, cut or changed is none of ours', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    const flipped = (token.startsWith('a') ? 'b' : 'a') + token.slice(1);
    for (const wrong of [flipped, token.slice(1), token.toUpperCase(), `${token}a`, '', 'x'.repeat(5000)]) {
      expect(await lookAtSignIn(world, { token: wrong, browser })).toEqual({ kind: 'unknown' });
    }
  });

  test('leaves no token, code or cookie in the store or the log', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    const looked = await lookAtSignIn(world, { token, browser: null });
    const outcome = await signIn(world, { token, browser, agent: undefined });
    if (looked.kind !== 'elsewhere' || outcome.kind !== 'signed_in') throw new Error('not signed in');
    const { readFileSync, readdirSync } = await import('node:fs');
    const files = readdirSync(world.folder, { recursive: true, withFileTypes: true }).filter(entry =>
      entry.isFile(),
    );
    const all = files.map(entry => readFileSync(`${entry.parentPath}/${entry.name}`, 'latin1')).join('\n');
    expect(files.length).toBeGreaterThan(0);
    expect(all).toContain('ada@example.com');
    const secret = outcome.cookie.split('.')[1] ?? 'none';
    for (const planted of [token, browser, secret]) expect(all.includes(planted)).toBe(false);
    expect(JSON.stringify(world.lines)).not.toMatch(/ada@|signin\//);
  });
});

describe('opened in another browser, the link', () => {
  test('shows a code that signs in the browser that asked', async () => {
    const { browser, token } = await askedBy('ada@example.com');
    const looked = await lookAtSignIn(world, { token, browser: 'b'.repeat(52) });
    if (looked.kind !== 'elsewhere') throw new Error(looked.kind);
    expect(looked.code).toMatch(/^\d{6}$/);
    const spaced = `${looked.code.slice(0, 3)} ${looked.code.slice(3)}`;
    const outcome = await signInByCode(world, { code: spaced, browser, agent: undefined });
    expect(outcome.kind).toBe('signed_in');
    expect(await lookAtSignIn(world, { token, browser })).toEqual({ kind: 'over' });
    expect((await signInByCode(world, { code: looked.code, browser, agent: undefined })).kind).toBe('wrong');
  });

  test('its code is worth nothing in any other browser', async () => {
    const { token } = await askedBy('ada@example.com');
    const looked = await lookAtSignIn(world, { token, browser: null });
    if (looked.kind !== 'elsewhere') throw new Error(looked.kind);
    for (const browser of [null, 'b'.repeat(52), '']) {
      const tried = await signInByCode(world, { code: looked.code, browser, agent: undefined });
      expect(tried.kind).toBe('wrong');
    }
  });

  test('each mail has its own code, and both work in the browser that asked twice', async () => {
    const first = await askedBy('ada@example.com');
    await ask('ada@example.com', first.browser);
    const second = newestToken();
    expect(second).not.toBe(first.token);
    const codes = await Promise.all(
      [first.token, second].map(token => lookAtSignIn(world, { token, browser: null })),
    );
    const [one, two] = codes.map(looked => (looked.kind === 'elsewhere' ? looked.code : ''));
    expect(one).not.toBe(two);
    const { browser } = first;
    expect((await signInByCode(world, { code: one ?? '', browser, agent: undefined })).kind).toBe(
      'signed_in',
    );
    expect((await signInByCode(world, { code: two ?? '', browser, agent: undefined })).kind).toBe(
      'signed_in',
    );
  });

  test('codes cannot be tried out: five a browser, twenty a day for an address whatever the browser', async () => {
    const tries: string[] = [];
    for (let browserNumber = 0; browserNumber < 5; browserNumber += 1) {
      const { browser, token } = await askedBy('ada@example.com');
      const looked = await lookAtSignIn(world, { token, browser: null });
      const right = looked.kind === 'elsewhere' ? looked.code : '';
      for (let code = 0; code < 7; code += 1) {
        const wrong = String((Number(right) + code + 1) % 1_000_000).padStart(6, '0');
        tries.push((await signInByCode(world, { code: wrong, browser, agent: undefined })).kind);
      }
      expect((await signInByCode(world, { code: right, browser, agent: undefined })).kind).toBe('limited');
      if (browserNumber === 4) {
        // The link itself still works: nobody can lock an address out.
        expect((await signIn(world, { token, browser, agent: undefined })).kind).toBe('signed_in');
      }
      world.clock.advance(16 * MINUTE);
    }
    expect(tries).toHaveLength(35);
    expect(tries.filter(kind => kind === 'wrong')).toHaveLength(20);
  });
});

describe('asking for a link', () => {
  test('tells nothing of an address: known, unknown and too often asked get the same answer', async () => {
    await openOrganizer(world, { address: 'ada@example.com', name: 'Ada', tier: 1 });
    const answers = [];
    for (const email of ['ada@example.com', 'nobody@example.org', ...Array(5).fill('ada@example.com')]) {
      const { browser, ...told } = { browser: '', ...(await ask(email)) };
      answers.push({ ...told, browser: browser.length });
    }
    expect(answers).toEqual(Array(7).fill({ kind: 'asked', browser: 52 }));
    expect(world.outbox().map(({ to }) => to)).toEqual([
      'ada@example.com',
      'nobody@example.org',
      'ada@example.com',
      'ada@example.com',
    ]);
  });

  test('mails an address three times in 15 minutes, whoever asks', async () => {
    for (let network = 0; network < 8; network += 1) {
      await ask('ada@example.com', null, `203.0.113.${network}`);
    }
    expect(world.outbox()).toHaveLength(3);
    world.clock.advance(15 * MINUTE);
    await ask('ada@example.com');
    expect(world.outbox()).toHaveLength(4);
  });

  test('a network that asks too often waits, and is told how long', async () => {
    const outcomes = [];
    for (let person = 0; person < 11; person += 1) {
      outcomes.push(await ask(`person-${person}@example.com`, null, '203.0.113.9'));
    }
    expect(outcomes.filter(({ kind }) => kind === 'asked')).toHaveLength(10);
    expect(outcomes.at(-1)).toEqual({ kind: 'limited', retryAfterSeconds: 60 });
    expect(world.outbox()).toHaveLength(10);
  });

  test('writes to no mailbox of its own', async () => {
    expect((await ask('create@sis.localhost')).kind).toBe('asked');
    expect(world.outbox()).toHaveLength(0);
  });

  test.each(['', 'ada', 'ada@', '@example.com', 'a b@example.com', `${'x'.repeat(300)}@example.com`])(
    'refuses what is no address: %j',
    async email => {
      expect((await ask(email)).kind).toBe('invalid');
      expect(world.outbox()).toHaveLength(0);
    },
  );

  test.each([
    ['/events/evt_1', '/events/evt_1'],
    ['/connections?problem=denied', '/connections?problem=denied'],
    [null, '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\nb', '/'],
    ['/..//evil.example', '/'],
    [`/${'x'.repeat(600)}`, '/'],
  ])('goes on to a path of this site only: %j', (next, expected) => {
    expect(safeNext(next)).toBe(expected);
  });
});

describe('the console’s link', () => {
  test('opens an operator session, once, within a day', async () => {
    const token = (await makeOperatorLink(world)).split('/').at(-1) ?? '';
    expect(await lookAtSignIn(world, { token, browser: null })).toEqual({ kind: 'here', masked: null });
    const outcome = await signIn(world, { token, browser: null, agent: undefined });
    if (outcome.kind !== 'signed_in') throw new Error(outcome.kind);
    const session = await sessionOf(world, header(outcome.cookie));
    expect(session).toMatchObject({ workspace: null, address: null, role: 'operator' });
    expect(await signIn(world, { token, browser: null, agent: undefined })).toEqual({ kind: 'over' });
    const late = (await makeOperatorLink(world)).split('/').at(-1) ?? '';
    world.clock.advance(24 * 60 * MINUTE);
    expect(await signIn(world, { token: late, browser: null, agent: undefined })).toEqual({ kind: 'over' });
  });
});

describe('a workspace', () => {
  test('that mail opened is the one its organizer signs in to, with his name kept', async () => {
    const event = await mailEvent(world);
    const { session } = await signedIn(world, 'ada@example.com');
    expect(session.workspace).toBe(event.workspace);
    expect((await workspaceById(world, event.workspace))?.name).toBe('Ada Example');
  });

  test('that the sign-in opened gets its name and events from the first proven mail', async () => {
    const { session } = await signedIn(world, 'ada@example.com');
    const workspace = session.workspace ?? '';
    expect((await workspaceById(world, workspace))?.name).toBe('');
    await mailEvent(world);
    expect((await workspaceById(world, workspace))?.name).toBe('Ada Example');
    expect((await organizerByAddress(world, 'ada@example.com'))?.name).toBe('Ada Example');
    const { items } = await listEvents(world, workspace, { limit: 5 });
    expect(items).toHaveLength(1);
  });

  test('takes a member in by his address; he signs in to it and opens none of his own', async () => {
    const { session: owner } = await signedIn(world, 'ada@example.com');
    const workspace = owner.workspace ?? '';
    await addMember(world, { workspace, email: 'Bob@example.com', by: owner.id });
    const { session } = await signedIn(world, 'bob@example.com');
    expect(session).toMatchObject({ workspace, role: 'member', address: 'bob@example.com' });
    expect(await organizerByAddress(world, 'bob@example.com')).toBeUndefined();
    expect(await placesOf(world, 'bob@example.com')).toEqual([{ workspace, role: 'member' }]);
  });

  test('that a member is removed from is closed to him at once, sessions and all', async () => {
    const { session: owner } = await signedIn(world, 'ada@example.com');
    const workspace = owner.workspace ?? '';
    const { id } = await addMember(world, { workspace, email: 'bob@example.com', by: owner.id });
    const bob = await signedIn(world, 'bob@example.com');
    await removeMember(world, { workspace, id, by: owner.id });
    expect(await sessionOf(world, header(bob.cookie))).toBeNull();
    expect((await signedIn(world, 'bob@example.com')).session.workspace).not.toBe(workspace);
  });
});

describe('a browser is named', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
      'Chrome, Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1',
      'Safari, iOS',
    ],
    ['curl/8.0', 'Browser'],
    [undefined, 'Browser'],
  ])('%s', (header, words) => {
    expect(agentWords(header)).toBe(words);
  });
});

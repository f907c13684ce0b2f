import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runInstant, setInstant } from '../../src/connections/press/instant.ts';
import { contactToken, openContactToken } from '../../src/connections/press/instant-token.ts';
import { visitCounts } from '../../src/connections/press/visit.ts';
import type { EventRecord } from '../../src/events/event.ts';
import { effectiveAnswer, inviteOf } from '../../src/invites/store.ts';
import { mailEvent, visit } from '../support/pages.ts';
import {
  type Account,
  buttonLink,
  CHROME,
  connectAccount,
  headingOf,
  knowContact,
  noticeOf,
  pressOn,
} from '../support/press.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const HOLD_MS = 90_000;

let world: TestWorld;
let event: EventRecord;
let account: Account;
let token: string;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
  account = await connectAccount(world, event.workspace);
  await knowContact(world, account, { reference: 'a1b2c3', address: 'jo@gmail.com' });
  await setInstant(world, { workspace: event.workspace, ...account }, true);
  token = contactToken(world, { workspace: event.workspace, ...account }, 'a1b2c3');
});
afterEach(() => world.close());

async function instantLink(answer: 'yes' | 'no' | 'maybe' = 'yes'): Promise<string> {
  return `${await buttonLink(world, event, account, { answer, instant: true })}?t=${token}`;
}

async function answerOf(address: string): Promise<string> {
  const invite = await inviteOf(world, event.id, address);
  return invite === undefined ? 'no invite' : effectiveAnswer(invite, event.state).answer;
}

function settle(): Promise<unknown> {
  return new Promise(resolve => setImmediate(resolve));
}

describe('a contact’s token', () => {
  test('opens for its workspace, connection and audience alone, and for its segments', async () => {
    const place = { workspace: event.workspace, ...account };
    expect(openContactToken(world, place, token)).toBe('a1b2c3');
    expect(openContactToken(world, { ...place, audience: 'abc123:77' }, token)).toBe('a1b2c3');
    const elsewhere = [
      { ...place, workspace: 'ws_other' },
      { ...place, connection: 'con_other' },
      { ...place, audience: 'other' },
    ];
    for (const other of elsewhere) expect(openContactToken(world, other, token)).toBeUndefined();
    for (const bent of [token.replace('a1', 'a2'), token.slice(0, -1), `${token}A`, 'a1b2c3', '']) {
      expect(openContactToken(world, place, bent)).toBeUndefined();
    }
    expect(token.length).toBeLessThan(100);
  });
});

describe('instant mode', () => {
  test('holds the click, then it counts without a press', async () => {
    const page = await visit(world, await instantLink(), { headers: CHROME });
    expect(page.body).toContain('In about 90 seconds your answer counts');
    world.clock.advance(HOLD_MS - 1);
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
    world.clock.advance(1);
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('yes');
    expect(world.outbox().filter(({ to }) => to === 'jo@gmail.com')).toHaveLength(1);
    expect(headingOf(await visit(world, await instantLink(), { headers: CHROME }))).toBe(
      'Thank you. Your answer: Yes',
    );
  });

  test('is taken back on the page', async () => {
    const link = await instantLink();
    const page = await visit(world, link, { headers: CHROME });
    const undone = await pressOn(world, link, page, { answer: '', fields: { undo: '1' } });
    expect([undone.status, headingOf(undone)]).toEqual([200, 'Taken back']);
    world.clock.advance(HOLD_MS);
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
    expect((await visit(world, link, { headers: CHROME })).body).toContain('Will you be there?');
  });

  test('drops what a scanner’s signs came with: another answer, the hidden link, a HEAD', async () => {
    const signs = [
      async () => visit(world, await instantLink('no'), { headers: CHROME }),
      async () => visit(world, `${await instantLink()}&more=${'a'.repeat(26)}`, { headers: CHROME }),
      async () => visit(world, await instantLink(), { method: 'HEAD', headers: CHROME }),
    ];
    for (const [index, sign] of signs.entries()) {
      const reference = `person${index}`;
      await knowContact(world, account, { reference, address: `${reference}@example.com` });
      token = contactToken(world, { workspace: event.workspace, ...account }, reference);
      await visit(world, await instantLink(), { headers: CHROME });
      world.clock.advance(20_000);
      await sign();
      await settle();
      world.clock.advance(HOLD_MS);
      await world.runJobs();
      expect([reference, await answerOf(`${reference}@example.com`)]).toEqual([reference, 'no invite']);
      const again = await visit(world, await instantLink(), { headers: CHROME });
      expect(noticeOf(again)).toBe('Please press once more');
      expect(headingOf(await pressOn(world, await instantLink(), again))).toBe('Thank you. Your answer: Yes');
    }
  });

  test('holds nothing for a HEAD, a prefetch or a scanner that says so', async () => {
    const link = await instantLink();
    await visit(world, link, { method: 'HEAD', headers: CHROME });
    await visit(world, link, { headers: { ...CHROME, 'sec-purpose': 'prefetch' } });
    await visit(world, link, { headers: { 'user-agent': 'curl/8.5' } });
    world.clock.advance(HOLD_MS);
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
    expect(await visitCounts(world, event.id)).toMatchObject({
      instant: 0,
      head: 1,
      prefetch: 1,
      scanner: 1,
    });
  });

  test('asks for a press where it is off, where the button is no instant one, and where the token is none', async () => {
    const plain = `${await buttonLink(world, event, account)}?t=${token}`;
    expect((await visit(world, plain, { headers: CHROME })).body).toContain('Will you be there?');
    const bent = await visit(world, `${await instantLink()}x`, { headers: CHROME });
    expect(bent.body).toContain('This address is no longer on the list');
    const base = (await instantLink()).split('?')[0];
    const empty = await visit(world, `${base}?t=`, { headers: CHROME });
    expect(empty.body).toContain('<input id="email" name="email"');
    expect(headingOf(await visit(world, `${base}?t=*|RSVPTOK|*`, { headers: CHROME }))).toBe(
      'This is a preview',
    );
    await setInstant(world, { workspace: event.workspace, ...account }, false);
    expect((await visit(world, await instantLink(), { headers: CHROME })).body).toContain(
      'Will you be there?',
    );
    world.clock.advance(HOLD_MS);
    await world.runJobs();
    expect(await answerOf('jo@gmail.com')).toBe('no invite');
  });

  test('counts once, however often its job runs', async () => {
    await visit(world, await instantLink(), { headers: CHROME });
    world.clock.advance(HOLD_MS);
    const { items } = await world.table.query({ pk: 'none' });
    expect(items).toEqual([]);
    await world.runJobs();
    const [mail] = world.outbox().filter(({ to }) => to === 'jo@gmail.com');
    expect(mail?.about.kind).toBe('request');
    const { placeHash } = await import('../../src/connections/press/visit.ts');
    const hold = placeHash({
      workspace: event.workspace,
      event: event.id,
      connection: account.connection,
      reference: 'a1b2c3',
    });
    await runInstant(world, { hold });
    await world.runJobs();
    expect(world.outbox().filter(({ to }) => to === 'jo@gmail.com')).toHaveLength(1);
    expect(await visitCounts(world, event.id)).toMatchObject({ instant: 1 });
  });
});

/** The upcoming page: what it lists, many invites by one press, one digest for the address, following, the feed. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import { inviteOf } from '../../src/invites/store.ts';
import { FORM, mailCalendar, mailEvent, submit, type Told, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let walk: EventRecord;
let talk: EventRecord;
let other: EventRecord;

beforeEach(async () => {
  world = await localWorld();
  walk = await mailEvent(world, { uid: 'walk', lines: ['SUMMARY:Spring walk', 'LOCATION:Town park'] });
  world.clock.advance(1000);
  talk = await mailEvent(world, {
    uid: 'talk',
    start: ':20260402T170000Z',
    end: ':20260402T180000Z',
    lines: ['SUMMARY:A talk', 'LOCATION:Library'],
  });
  world.clock.advance(1000);
  other = await mailEvent(world, {
    uid: 'x',
    from: 'eve@example.com',
    name: 'Eve',
    lines: ['SUMMARY:Foreign'],
  });
});

afterEach(() => world.close());

function pick(fields: readonly (readonly [string, string])[], path = '/o/ada'): Promise<Told> {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  return visit(world, path, { method: 'POST', headers: FORM, body });
}

async function setTier(tier: number): Promise<void> {
  await world.table.update({ pk: `W#${walk.workspace}`, sk: 'W' }, { set: { tier } });
}

function mailsTo(address: string): readonly string[] {
  return world
    .outbox()
    .filter(({ to }) => to === address)
    .map(({ about }) => about.kind);
}

async function textOf(address: string, kind: string): Promise<string> {
  const mail = world.outbox().findLast(({ to, about }) => to === address && about.kind === kind);
  const raw = new TextDecoder().decode(mail?.raw);
  return raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
}

async function digestLink(address: string): Promise<string> {
  const link = /\/o\/confirm\/[A-Za-z0-9._~-]+/.exec(await textOf(address, 'confirm'))?.[0];
  if (link === undefined) throw new Error('no link in the digest');
  return link;
}

describe('the upcoming page', () => {
  test('lists what comes of its organizer by month, and nobody else’s', async () => {
    const page = await visit(world, '/o/ada');
    expect(page.status).toBe(200);
    const order = ['Mar 2026', 'Spring walk', 'Apr 2026', 'A talk'].map(text => page.body.lastIndexOf(text));
    expect(order).toEqual([...order].sort((one, two) => one - two));
    expect(page.body).not.toContain('Foreign');
    expect((await visit(world, `/o/${walk.workspace}`)).body).toContain('Spring walk');
    expect((await visit(world, '/o/nobody')).status).toBe(404);
  });

  test('finds by title and place, and by month', async () => {
    const found = await visit(world, '/o/ada?q=library');
    expect(found.body).toContain('A talk');
    expect(found.body).not.toContain('Spring walk');
    const march = await visit(world, '/o/ada?month=2026-03');
    expect(march.body).toContain(`value="${walk.slug}`);
    expect(march.body).not.toContain(`value="${talk.slug}`);
    expect((await visit(world, '/o/ada?q=%3Cscript%3E')).body).toContain('No coming event fits.');
  });

  test('one press asks for all that was picked, by the door `upcoming`', async () => {
    const page = await pick([
      ['event', walk.slug],
      ['event', talk.slug],
      ['email', 'bob@example.org'],
    ]);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Check your inbox');
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual(['request', 'request']);
    expect((await inviteOf(world, talk.id, 'bob@example.org'))?.doors).toEqual(['upcoming']);
  });

  test('what is wrong is said on the spot, with what was typed and picked kept', async () => {
    const none = await pick([['email', 'bob@example.org']]);
    expect([none.status, none.body.includes('Please pick at least one event.')]).toEqual([400, true]);
    const typo = await pick([
      ['event', walk.slug],
      ['follow', '1'],
      ['email', 'bob at example'],
    ]);
    expect(typo.status).toBe(400);
    expect(typo.body).toContain('An email address has an @ in it');
    expect(typo.body).toContain('value="bob at example"');
    expect(typo.body).toMatch(new RegExp(`value="${walk.slug}" checked`));
    expect(typo.body).toMatch(/name="follow" value="1" [^>]*checked/);
    const foreign = await pick([
      ['event', other.slug],
      ['email', 'bob@example.org'],
    ]);
    expect(foreign.body).toContain('no longer among those that come');
    const many = Array.from({ length: 11 }, (_, at) => ['event', `e${at}`] as const);
    expect((await pick([...many, ['email', 'bob@example.org']])).body).toContain('at most 10 events at once');
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual([]);
  });

  test('a new workspace asks the address once for all of them: one digest, one press, every invite', async () => {
    await setTier(0);
    await pick([
      ['event', walk.slug],
      ['event', talk.slug],
      ['email', 'bob@example.org'],
    ]);
    await pick([
      ['event', talk.slug],
      ['email', 'bob@example.org'],
    ]);
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual(['confirm']);
    const text = await textOf('bob@example.org', 'confirm');
    expect([text.includes('Spring walk'), text.includes('A talk')]).toEqual([true, true]);
    const link = await digestLink('bob@example.org');
    expect((await visit(world, link)).body).toContain('Yes, send me the invites');
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual(['confirm']);
    await submit(world, link, {});
    await submit(world, link, {});
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual(['confirm', 'request', 'request']);
  });

  test('who follows, and has said so in his own mailbox, gets each new event as an invite, until he stops', async () => {
    await pick([
      ['follow', '1'],
      ['email', 'bob@example.org'],
    ]);
    await world.runJobs();
    expect(mailsTo('bob@example.org')).toEqual(['confirm']);
    await mailCalendar(world, { uid: 'early', lines: ['SUMMARY:Too early'] });
    expect(mailsTo('bob@example.org')).toEqual(['confirm']);
    const done = await submit(world, await digestLink('bob@example.org'), {});
    expect(done.body).toContain('You follow Ada Example.');
    const next = { uid: 'next', lines: ['SUMMARY:Next one'] };
    await mailCalendar(world, next);
    await mailCalendar(world, next);
    await mailCalendar(world, { uid: 'foreign', from: 'eve@example.com', lines: ['SUMMARY:Not followed'] });
    expect(mailsTo('bob@example.org')).toEqual(['confirm', 'request']);
    const unsubscribe = /\/u\/[A-Za-z0-9._~-]+/.exec(await textOf('bob@example.org', 'request'))?.[0] ?? '';
    await submit(world, unsubscribe, {});
    await world.runJobs();
    await mailCalendar(world, { uid: 'later', lines: ['SUMMARY:Later'] });
    expect(mailsTo('bob@example.org')).toEqual(['confirm', 'request']);
  });

  test('“this was not me” ends it: nothing follows, and no more mail comes', async () => {
    await pick([
      ['follow', '1'],
      ['email', 'bob@example.org'],
    ]);
    await world.runJobs();
    await submit(world, await digestLink('bob@example.org'), { 'not-me': '1' });
    await pick([
      ['event', walk.slug],
      ['follow', '1'],
      ['email', 'bob@example.org'],
    ]);
    await mailCalendar(world, { uid: 'next', lines: ['SUMMARY:Next one'] });
    expect(mailsTo('bob@example.org')).toEqual(['confirm']);
  });

  test('a link that was changed is a 404, an old one says so', async () => {
    expect((await visit(world, '/o/confirm/abc.def.ghi')).status).toBe(404);
    await pick([
      ['follow', '1'],
      ['email', 'bob@example.org'],
    ]);
    await world.runJobs();
    const link = await digestLink('bob@example.org');
    world.clock.advance(8 * 86_400_000);
    expect((await visit(world, link)).status).toBe(410);
  });

  test('the feed is one calendar with each event and each zone once', async () => {
    await mailCalendar(world, {
      uid: 'berlin',
      start: ';TZID=Europe/Berlin:20260310T180000',
      end: ';TZID=Europe/Berlin:20260310T190000',
      lines: ['SUMMARY:In Berlin', 'RRULE:FREQ=WEEKLY;COUNT=4'],
    });
    await mailCalendar(world, {
      uid: 'berlin2',
      start: ';TZID=Europe/Berlin:20260311T180000',
      end: ';TZID=Europe/Berlin:20260311T190000',
      lines: ['SUMMARY:Again in Berlin'],
    });
    const { headers, body } = await visit(world, '/o/ada.ics');
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(body.match(/^METHOD:PUBLISH\r$/gm)).toHaveLength(1);
    expect(body.match(/^BEGIN:VCALENDAR\r$/gm)).toHaveLength(1);
    expect(body.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(4);
    expect(body.match(/^BEGIN:VTIMEZONE\r$/gm)).toHaveLength(1);
    expect(body).toContain('X-WR-CALNAME:Upcoming events of Ada Example');
    expect(body.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
    expect(body).not.toContain('ada@example.com');
  });

  test('in a frame its door is `widget`, and its links stay inside', async () => {
    const page = await visit(world, '/w/o/ada?theme=dark');
    expect(page.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(page.body).toContain('action="/w/o/ada?theme=dark"');
    const asked = await pick(
      [
        ['event', walk.slug],
        ['email', 'cy@example.org'],
      ],
      '/w/o/ada',
    );
    expect(asked.body).toContain('<body data-said="asked" data-events="1">');
    expect((await inviteOf(world, walk.id, 'cy@example.org'))?.doors).toEqual(['widget']);
  });
});

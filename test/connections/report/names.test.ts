import { describe, expect, test } from '@jest/globals';
import { nameOf, setTagTemplate, tagsFor, tagTemplate } from '../../../src/connections/report/names.ts';
import { localWorld } from '../../support/world.ts';

const ACCOUNT = { id: 'con_one', workspace: 'ws_one' };
const OTHER = { id: 'con_two', workspace: 'ws_one' };

function event(id: string, title: string, date: string | null = '2026-04-07') {
  return { id, title, date };
}

describe('what an event is called at a platform', () => {
  test('the second of one title gets its date, the third a number; each keeps what it got', async () => {
    const world = await localWorld();
    const names: string[] = [];
    for (const id of ['evt_1', 'evt_2', 'evt_3', 'evt_1', 'evt_2']) {
      names.push((await nameOf(world, ACCOUNT, event(id, 'Webinar'))).name);
    }
    names.push((await nameOf(world, ACCOUNT, event('evt_1', 'A new title'))).name);
    names.push((await nameOf(world, ACCOUNT, event('evt_4', '  WEBINAR ', '2026-05-01'))).name);
    names.push((await nameOf(world, ACCOUNT, event('evt_5', 'webinar', null))).name);
    names.push((await nameOf(world, OTHER, event('evt_2', 'Webinar'))).name);
    expect(names).toEqual([
      'Webinar',
      'Webinar (2026-04-07)',
      'Webinar (2026-04-07, 2)',
      'Webinar',
      'Webinar (2026-04-07)',
      'Webinar',
      'WEBINAR (2026-05-01)',
      'webinar (2)',
      'Webinar',
    ]);
    await world.close();
  });

  test('two that ask at once never share a name', async () => {
    const world = await localWorld();
    const ids = Array.from({ length: 20 }, (_, n) => `evt_${n}`);
    const names = await Promise.all([...ids, ...ids].map(id => nameOf(world, ACCOUNT, event(id, 'Webinar'))));
    expect(new Set(names.map(({ name }) => name)).size).toBe(20);
    for (const [index, id] of ids.entries()) {
      expect([id, names[index]?.name]).toEqual([id, names[index + 20]?.name]);
    }
    await world.close();
  });

  test.each([
    ['a title of 250 letters', 'x'.repeat(250)],
    ['emoji that are two characters each', '\u{1F389}'.repeat(120)],
    ['control and bidi characters', 'Web\u0000inar\u202E\r\n\tfor all'],
    ['what looks like the template', '{state} {event} $& $1'],
    ['nothing', ''],
  ])('%s: the tag has at most 100 characters and stays one line', async (_what, title) => {
    const world = await localWorld();
    for (const id of ['evt_1', 'evt_2']) {
      const frozen = await nameOf(world, ACCOUNT, event(id, title));
      for (const tag of [...tagsFor(frozen, 'unsubscribed').on, ...tagsFor(frozen, 'unsubscribed').off]) {
        expect([...tag].length).toBeLessThanOrEqual(100);
        expect(tag).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
        expect(tag).toMatch(/^RSVP /);
      }
    }
    await world.close();
  });

  test('of each state exactly one tag is on, and all others are off', async () => {
    const frozen = { name: 'Webinar', tag: 'RSVP {event}: {state}' };
    expect(tagsFor(frozen, 'maybe')).toEqual({
      on: ['RSVP Webinar: Maybe'],
      off: [
        'RSVP Webinar: Invited',
        'RSVP Webinar: Yes',
        'RSVP Webinar: No',
        'RSVP Webinar: Cancelled',
        'RSVP Webinar: Unsubscribed',
      ],
    });
    expect(tagsFor(frozen, 'changed').on).toEqual(['RSVP Webinar: Invited']);
  });
});

describe('the template', () => {
  test('is kept for the workspace that set it', async () => {
    const world = await localWorld();
    expect(await tagTemplate(world, 'ws_one')).toBe('RSVP {event}: {state}');
    await setTagTemplate(world, { workspace: 'ws_one', tag: '  {state} -  {event} ' });
    expect(await tagTemplate(world, 'ws_one')).toBe('{state} - {event}');
    expect(await tagTemplate(world, 'ws_two')).toBe('RSVP {event}: {state}');
    await world.close();
  });

  test.each([['RSVP {event}'], ['RSVP'], ['{event}{event}{state}'], ['{state} {event} {state}']])(
    'without both words once is refused: %s',
    async tag => {
      const world = await localWorld();
      await expect(setTagTemplate(world, { workspace: 'ws_one', tag })).rejects.toMatchObject({
        code: 'bad_template',
        field: 'tag',
      });
      await world.close();
    },
  );

  test('that leaves no room for a title is refused', async () => {
    const world = await localWorld();
    const tag = `${'x'.repeat(80)} {event} {state}`;
    await expect(setTagTemplate(world, { workspace: 'ws_one', tag })).rejects.toMatchObject({
      code: 'long_template',
    });
    await world.close();
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../../src/events/event.ts';
import type { Ports } from '../../src/kernel/ports.ts';
import { mailCalendar, mailEvent, visit } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let event: EventRecord;
let path: string;

beforeEach(async () => {
  world = await localWorld();
  event = await mailEvent(world);
  path = `/e/${event.slug}`;
});
afterEach(() => world.close());

describe('an event page that is asked for again', () => {
  test('is fresh at once after an update, a new zone and a cancellation', async () => {
    expect((await visit(world, path)).body).toContain('Thursday 5 March 2026, 17:00 to 18:30');
    await mailCalendar(world, { sequence: 1, start: ':20260306T170000Z', end: ':20260306T183000Z' });
    expect((await visit(world, path)).body).toContain('Friday 6 March 2026, 17:00 to 18:30');
    await world.table.update({ pk: `ORG#${event.organizer}`, sk: 'ORG' }, { set: { zone: 'Asia/Tokyo' } });
    expect((await visit(world, path)).body).toContain('Saturday 7 March 2026, 02:00 to 03:30');
    await mailCalendar(world, { method: 'CANCEL', sequence: 2 });
    expect((await visit(world, path)).body).toContain('This event is cancelled');
  });

  test('ends in the second in which the event does, within one minute too', async () => {
    world.clock.set('2026-03-05T18:29:59Z');
    expect((await visit(world, path)).body).not.toContain('This event is over');
    world.clock.set('2026-03-05T18:30:00Z');
    expect((await visit(world, path)).body).toContain('This event is over');
  });

  test('is 304 without a body where the browser holds the same page, and 200 once it changed', async () => {
    const first = await visit(world, path);
    const etag = first.headers.etag ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await visit(world, path, { headers: { 'if-none-match': known } });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
      expect(again.headers['content-security-policy']).toContain("default-src 'none'");
    }
    await mailCalendar(world, { sequence: 1, lines: ['SUMMARY:Winter picnic'] });
    const changed = await visit(world, path, { headers: { 'if-none-match': etag } });
    expect([changed.status, changed.body.includes('Winter picnic')]).toEqual([200, true]);
  });

  test('is described once for a version and a minute, and unpacked no more often', async () => {
    let unpacked = 0;
    const parse = JSON.parse;
    JSON.parse = (text: string, ...more: []) => {
      if (text.startsWith('{"state"')) unpacked += 1;
      return parse(text, ...more);
    };
    try {
      for (let count = 0; count < 5; count += 1) await visit(world, path);
      world.clock.advance(60_000);
      for (let count = 0; count < 5; count += 1) await visit(world, path);
    } finally {
      JSON.parse = parse;
    }
    expect(unpacked).toBe(2);
  });

  test('of two installations in one process is never the other’s', async () => {
    const other = await localWorld();
    try {
      await mailEvent(other, { lines: ['SUMMARY:Another event'] });
      await visit(world, path);
      const ports: Ports = other;
      expect((await visit(ports, path)).body).not.toContain('Spring picnic');
    } finally {
      await other.close();
    }
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  noteZone,
  openOrganizer,
  organizerByAddress,
  organizerById,
  organizerBySlug,
  workspaceById,
} from '../../src/organizers/store.ts';
import { crashAt, writesOf } from '../support/crash.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.close());

const JANE = { address: 'jane@example.com', name: 'Jane Roe', tier: 1 } as const;

describe('an organizer', () => {
  test('is opened with a workspace of his own, once', async () => {
    const first = await openOrganizer(world, JANE);
    const again = await openOrganizer(world, { ...JANE, name: 'Somebody Else', tier: 0 });
    expect(again).toEqual(first);
    expect(first).toMatchObject({ address: 'jane@example.com', name: 'Jane Roe', slug: 'jane', zone: null });
    expect(await workspaceById(world, first.workspace)).toEqual({
      id: first.workspace,
      name: 'Jane Roe',
      tier: 1,
      createdAt: '2026-03-01T09:00:00.000Z',
    });
  });

  test('is found by id, address and slug', async () => {
    const jane = await openOrganizer(world, JANE);
    expect(await organizerById(world, jane.id)).toEqual(jane);
    expect(await organizerByAddress(world, 'jane@example.com')).toEqual(jane);
    expect(await organizerBySlug(world, 'Jane')).toEqual(jane);
    expect(await organizerByAddress(world, 'jane@example.org')).toBeUndefined();
    expect(await organizerBySlug(world, 'janet')).toBeUndefined();
  });

  test('a namesake gets the next slug', async () => {
    await openOrganizer(world, JANE);
    expect((await openOrganizer(world, { ...JANE, address: 'jane@example.org' })).slug).toBe('jane-2');
    expect((await openOrganizer(world, { ...JANE, address: 'jane@example.net' })).slug).toBe('jane-3');
  });

  test('two that are opened at the same moment are one', async () => {
    const both = await Promise.all([openOrganizer(world, JANE), openOrganizer(world, JANE)]);
    expect(both[0]).toEqual(both[1]);
  });

  test('opening that breaks off at any write is finished by the next try', async () => {
    const writes = await writesOf(world, ports =>
      openOrganizer(ports, { ...JANE, address: 'count@example.com' }),
    );
    expect(writes).toBeGreaterThan(2);
    for (let n = 1; n <= writes; n += 1) {
      const address = `died-${n}@example.com`;
      await expect(openOrganizer(crashAt(world, n), { ...JANE, address })).rejects.toThrow('crash');
      const opened = await openOrganizer(world, { ...JANE, address });
      expect(opened.slug).toBe(`died-${n}`);
      expect(await organizerBySlug(world, opened.slug)).toEqual(opened);
      expect(await workspaceById(world, opened.workspace)).toMatchObject({ tier: 1 });
    }
  });

  test('the first proven mail sets the name and tier that weak mail could only claim', async () => {
    const weak = await openOrganizer(world, { ...JANE, name: 'Not Jane', tier: 0, proven: false });
    expect(weak.name).toBe('Not Jane');
    const proven = await openOrganizer(world, JANE);
    expect(proven).toEqual({ ...weak, name: 'Jane Roe' });
    expect(await workspaceById(world, proven.workspace)).toMatchObject({ name: 'Jane Roe', tier: 1 });
    await openOrganizer(world, { ...JANE, name: 'Not Jane', tier: 0, proven: false });
    expect(await organizerById(world, proven.id)).toEqual(proven);
  });

  test('keeps the zone that was noted last', async () => {
    const jane = await openOrganizer(world, JANE);
    await noteZone(world, jane, 'Europe/Berlin');
    expect((await organizerById(world, jane.id))?.zone).toBe('Europe/Berlin');
  });
});

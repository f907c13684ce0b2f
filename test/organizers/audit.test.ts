import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { audit, listAudit } from '../../src/organizers/audit.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await localWorld({ limits: { PAGE_SIZE: 2 } });
});
afterEach(() => world.close());

const ENTRY = {
  workspace: 'ws_1',
  what: 'event_created',
  who: 'org_1',
  evidence: 'loopback',
  about: { event: 'evt_1' },
};

describe('the audit', () => {
  test('holds one row of a step that ran twice', async () => {
    await audit(world, { ...ENTRY, at: '2026-03-01T08:00:00.000Z' });
    await audit(world, { ...ENTRY, at: '2026-03-01T08:00:00.000Z' });
    expect((await listAudit(world, null)).items).toEqual([
      { ...ENTRY, id: expect.stringMatching(/^[0-9a-f]{26}$/), at: '2026-03-01T08:00:00.000Z' },
    ]);
  });

  test('is read newest first, over months, by its workspace or by the operator', async () => {
    for (let n = 0; n < 5; n += 1) {
      await audit(world, { ...ENTRY, workspace: n % 2 === 0 ? 'ws_1' : 'ws_2', about: { n } });
      world.clock.advance(40 * 86_400_000);
    }
    const numbers = async (workspace: string | null) => {
      const seen: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = await listAudit(world, workspace, cursor);
        seen.push(...page.items.map(({ about }) => about.n));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return seen;
    };
    expect(await numbers(null)).toEqual([4, 3, 2, 1, 0]);
    expect(await numbers('ws_1')).toEqual([4, 2, 0]);
    expect(await numbers('ws_3')).toEqual([]);
  });

  test('refuses a cursor that it did not give out', async () => {
    await expect(listAudit(world, null, 'nonsense')).rejects.toMatchObject({ code: 'bad_cursor' });
  });
});

/** What every Table adapter must do. Each adapter's own test file calls this with a way to make one. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Condition, Jobs, Json, Query, Row, Table } from '../../src/kernel/ports.ts';

export interface TableSubject {
  readonly table: Table;
  /** The jobs of this table's writes come out here. */
  readonly jobs: Jobs;
  /** The adapter's clock; starts at any whole second. */
  readonly clock: { now(): number; advance(ms: number): void };
  /** Lets whatever carries jobs from the table to the queue run (nothing to do where one commit holds both). */
  carryJobs(): Promise<void>;
  close(): Promise<void>;
}

export function tableBattery(name: string, make: () => Promise<TableSubject>): void {
  describe(`table: ${name}`, () => {
    let subject: TableSubject;
    let table: Table;
    beforeEach(async () => {
      subject = await make();
      table = subject.table;
    });
    afterEach(async () => subject.close());

    const seconds = () => Math.floor(subject.clock.now() / 1000);

    describe('a hint', () => {
      const key = { pk: 'P', sk: 'S' };

      test('makes a row, sets and adds, and is seen by whoever reads the row', async () => {
        await table.hint(key, { set: { seen: 1, kind: 'open' }, add: { count: 1 } });
        expect(await table.get(key)).toEqual({ ...key, seen: 1, kind: 'open', count: 1 });
        await table.hint(key, { set: { seen: 2 }, add: { count: 2 } });
        await table.hint(key, { set: { seen: 3 }, add: { count: 4 } });
        expect((await table.query({ pk: 'P' })).items).toEqual([{ ...key, seen: 3, kind: 'open', count: 7 }]);
      });

      test('comes before a change that was asked for after it', async () => {
        await table.put({ ...key, count: 1 });
        await table.hint(key, { add: { count: 1 } });
        expect(await table.update(key, { add: { count: 1 } }, { if: { attribute: 'count', is: 2 } })).toEqual(
          {
            ...key,
            count: 3,
          },
        );
        await table.hint(key, { add: { count: 1 } });
        expect(await table.remove(key, { if: { attribute: 'count', is: 4 } })).toBe(true);
        await table.hint(key, { set: { late: true } });
        expect(await table.put({ ...key, whole: true })).toBe(true);
        expect(await table.get(key)).toEqual({ ...key, whole: true });
      });

      test('is forgotten with its row', async () => {
        await table.hint(key, { set: { expires: seconds() + 10 } });
        subject.clock.advance(11_000);
        expect(await table.get(key)).toBeUndefined();
        await table.hint(key, { add: { count: 1 } });
        expect(await table.get(key)).toEqual({ ...key, count: 1 });
      });
    });

    describe('a row', () => {
      test('comes back with every kind of value', async () => {
        const row: Row = {
          pk: 'P',
          sk: 'S',
          text: 'Grüße, 東京 🎉',
          empty: '',
          number: -1.5,
          big: 1772442000000,
          yes: true,
          nothing: null,
          list: [1, 'two', [3, { four: 4 }], {}],
          map: { a: { b: ['c'] }, empty: {} },
        };
        expect(await table.put(row)).toBe(true);
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual(row);
      });

      test('that was never written is undefined', async () => {
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeUndefined();
      });

      test('leaves out attributes that are undefined', async () => {
        await table.put({ pk: 'P', sk: 'S', a: undefined, b: 1 });
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', b: 1 });
      });

      test('is replaced as a whole by a second put', async () => {
        await table.put({ pk: 'P', sk: 'S', a: 1, b: 2 });
        await table.put({ pk: 'P', sk: 'S', b: 3 });
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', b: 3 });
      });

      test('is gone after remove, and removing it again is no error', async () => {
        await table.put({ pk: 'P', sk: 'S' });
        expect(await table.remove({ pk: 'P', sk: 'S' })).toBe(true);
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeUndefined();
        expect(await table.remove({ pk: 'P', sk: 'S' })).toBe(true);
      });

      test('with an empty key is refused', async () => {
        await expect(table.put({ pk: '', sk: 'S' })).rejects.toThrow();
        await expect(table.put({ pk: 'P', sk: '' })).rejects.toThrow();
      });

      test('keeps keys apart that differ in case, in accents or by an end space', async () => {
        for (const sk of ['a', 'A', 'á', 'a ']) await table.put({ pk: 'P', sk, was: sk });
        expect(await table.get({ pk: 'P', sk: 'a ' })).toEqual({ pk: 'P', sk: 'a ', was: 'a ' });
        expect((await table.query({ pk: 'P' })).items.map(row => row.sk)).toEqual(['A', 'a', 'a ', 'á']);
      });
    });

    describe('a condition', () => {
      const present = { text: 'b', number: 5, flag: false, nothing: null, list: ['x', { y: 1 }] };
      const cases: [Condition, onPresent: boolean, onAbsent: boolean][] = [
        [{ row: 'absent' }, false, true],
        [{ row: 'present' }, true, false],
        [{ attribute: 'text', is: 'b' }, true, false],
        [{ attribute: 'text', is: 'B' }, false, false],
        [{ attribute: 'number', is: '5' }, false, false],
        [{ attribute: 'flag', is: false }, true, false],
        [{ attribute: 'nothing', is: null }, true, false],
        [{ attribute: 'none', is: null }, false, false],
        [{ attribute: 'list', is: ['x', { y: 1 }] }, true, false],
        [{ attribute: 'text', isNot: 'b' }, false, true],
        [{ attribute: 'text', isNot: 'c' }, true, true],
        [{ attribute: 'none', isNot: 'b' }, true, true],
        [{ attribute: 'number', below: 6 }, true, false],
        [{ attribute: 'number', below: 5 }, false, false],
        [{ attribute: 'number', atMost: 5 }, true, false],
        [{ attribute: 'number', atMost: 4 }, false, false],
        [{ attribute: 'number', below: '9' }, false, false],
        [{ attribute: 'text', below: 'c' }, true, false],
        [{ attribute: 'text', below: 'b' }, false, false],
        [{ attribute: 'text', atMost: 'b' }, true, false],
        [{ attribute: 'none', below: 1 }, false, false],
        [{ attribute: 'none', atMost: 'z' }, false, false],
        [{ attribute: 'none', missing: true }, true, true],
        [{ attribute: 'none', missing: false }, false, false],
        [{ attribute: 'text', missing: true }, false, true],
        [{ attribute: 'text', missing: false }, true, false],
        [{ attribute: 'nothing', missing: false }, true, false],
        [{ all: [{ row: 'present' }, { attribute: 'number', below: 6 }] }, true, false],
        [{ all: [{ row: 'present' }, { attribute: 'number', below: 5 }] }, false, false],
        [{ any: [{ row: 'absent' }, { attribute: 'number', is: 5 }] }, true, true],
        [{ any: [{ row: 'absent' }, { attribute: 'number', is: 6 }] }, false, true],
        [
          {
            any: [
              { attribute: 'none', missing: false },
              {
                all: [
                  { attribute: 'text', is: 'b' },
                  { attribute: 'flag', isNot: true },
                ],
              },
            ],
          },
          true,
          false,
        ],
      ];

      test.each(cases)(
        '%j judges a present, an absent and an expired row',
        async (condition, onPresent, onAbsent) => {
          await table.put({ pk: 'P', sk: 'present', ...present });
          await table.put({ pk: 'P', sk: 'expired', ...present, expires: seconds() });
          const put = (sk: string) => table.put({ pk: 'P', sk, written: true }, { if: condition });
          expect([await put('present'), await put('absent'), await put('expired')]).toEqual([
            onPresent,
            onAbsent,
            onAbsent,
          ]);
          expect((await table.get({ pk: 'P', sk: 'present' }))?.written).toBe(onPresent ? true : undefined);
          expect((await table.get({ pk: 'P', sk: 'absent' }))?.written).toBe(onAbsent ? true : undefined);
          expect((await table.get({ pk: 'P', sk: 'expired' }))?.written).toBe(onAbsent ? true : undefined);
        },
      );

      test('judges remove as well', async () => {
        await table.put({ pk: 'P', sk: 'S', state: 'open' });
        expect(await table.remove({ pk: 'P', sk: 'S' }, { if: { attribute: 'state', is: 'shut' } })).toBe(
          false,
        );
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeDefined();
        expect(await table.remove({ pk: 'P', sk: 'S' }, { if: { attribute: 'state', is: 'open' } })).toBe(
          true,
        );
        expect(await table.remove({ pk: 'P', sk: 'S' }, { if: { row: 'present' } })).toBe(false);
      });

      test('compares text by the bytes of its UTF-8', async () => {
        await table.put({ pk: 'P', sk: 'S', text: '\uff5e' });
        const below = { attribute: 'text', below: '\u{1f389}' } as const;
        expect(await table.put({ pk: 'P', sk: 'S', text: 'won' }, { if: below })).toBe(true);
      });
    });

    describe('update', () => {
      test('sets, removes, adds and appends, and answers the row as it is now', async () => {
        await table.put({ pk: 'P', sk: 'S', kept: 1, gone: 2, count: 3, list: ['a'], i1pk: 'I', i1sk: 'J' });
        const now = await table.update(
          { pk: 'P', sk: 'S' },
          {
            set: { map: { x: 1 }, i1sk: 'K' },
            remove: ['gone', 'never'],
            add: { count: -1, fresh: 4 },
            append: { list: ['b', 'c'], begun: [1] },
          },
        );
        const expected = {
          pk: 'P',
          sk: 'S',
          kept: 1,
          count: 2,
          fresh: 4,
          list: ['a', 'b', 'c'],
          begun: [1],
          map: { x: 1 },
          i1pk: 'I',
          i1sk: 'K',
        };
        expect(now).toEqual(expected);
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual(expected);
        expect((await table.query({ index: 1, pk: 'I' })).items).toEqual([expected]);
      });

      test('never makes a row by itself', async () => {
        expect(await table.update({ pk: 'P', sk: 'S' }, { set: { a: 1 } })).toBeUndefined();
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeUndefined();
      });

      test('makes one where it may', async () => {
        const made = await table.update({ pk: 'P', sk: 'S' }, { add: { count: 1 } }, { orCreate: true });
        expect(made).toEqual({ pk: 'P', sk: 'S', count: 1 });
        const again = await table.update({ pk: 'P', sk: 'S' }, { add: { count: 1 } }, { orCreate: true });
        expect(again).toEqual({ pk: 'P', sk: 'S', count: 2 });
      });

      test('does not make one when the condition forbids it', async () => {
        const options = { orCreate: true, if: { attribute: 'count', below: 3 } } as const;
        expect(await table.update({ pk: 'P', sk: 'S' }, { add: { count: 1 } }, options)).toBeUndefined();
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeUndefined();
      });

      test('changes nothing when its condition does not hold', async () => {
        await table.put({ pk: 'P', sk: 'S', version: 2 });
        const stale = { if: { attribute: 'version', is: 1 } } as const;
        expect(await table.update({ pk: 'P', sk: 'S' }, { set: { version: 9 } }, stale)).toBeUndefined();
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', version: 2 });
      });

      test('starts anew over an expired row, with none of its attributes', async () => {
        await table.put({ pk: 'P', sk: 'S', count: 7, old: true, expires: seconds() - 1 });
        expect(await table.update({ pk: 'P', sk: 'S' }, { add: { count: 1 } })).toBeUndefined();
        const change = { add: { count: 1 }, set: { expires: seconds() + 60 } };
        const made = await table.update({ pk: 'P', sk: 'S' }, change, { orCreate: true });
        expect(made).toEqual({ pk: 'P', sk: 'S', count: 1, expires: seconds() + 60 });
      });

      test('refuses to add to a text, and the row stays', async () => {
        await table.put({ pk: 'P', sk: 'S', count: 'three' });
        await expect(table.update({ pk: 'P', sk: 'S' }, { add: { count: 1 } })).rejects.toThrow();
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', count: 'three' });
      });
    });

    describe('putAll', () => {
      test('answers each write in its place', async () => {
        await table.put({ pk: 'P', sk: '1', old: true });
        const answers = await table.putAll([
          { row: { pk: 'P', sk: '1' }, if: { row: 'absent' } },
          { row: { pk: 'P', sk: '2' }, if: { row: 'absent' } },
          { row: { pk: 'P', sk: '3' } },
          { row: { pk: 'P', sk: '4' }, if: { row: 'present' } },
        ]);
        expect(answers).toEqual([false, true, true, false]);
        expect((await table.query({ pk: 'P' })).items).toEqual([
          { pk: 'P', sk: '1', old: true },
          { pk: 'P', sk: '2' },
          { pk: 'P', sk: '3' },
        ]);
      });

      test('takes sixty writes, and none', async () => {
        const writes = Array.from({ length: 60 }, (_, n) => ({
          row: { pk: 'P', sk: String(n).padStart(3, '0') },
        }));
        expect(await table.putAll(writes)).toEqual(Array(60).fill(true));
        expect((await all(table, { pk: 'P' })).length).toBe(60);
        expect(await table.putAll([])).toEqual([]);
      });
    });

    describe('writers that race', () => {
      test('lose none of 10 times 200 conditional increments', async () => {
        await table.put({ pk: 'P', sk: 'S', count: 0 });
        const increment = async (): Promise<void> => {
          for (;;) {
            const count = Number((await table.get({ pk: 'P', sk: 'S' }))?.count);
            const won = await table.update(
              { pk: 'P', sk: 'S' },
              { set: { count: count + 1 } },
              { if: { attribute: 'count', is: count } },
            );
            if (won !== undefined) return;
          }
        };
        const writer = async (): Promise<void> => {
          for (let n = 0; n < 20; n += 1) await increment();
        };
        const adder = async (): Promise<void> => {
          for (let n = 0; n < 180; n += 1) await table.update({ pk: 'P', sk: 'S' }, { add: { added: 1 } });
        };
        await Promise.all(Array.from({ length: 10 }, () => Promise.all([writer(), adder()])));
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', count: 200, added: 1800 });
      }, 120_000);

      test('for one absent row have one winner', async () => {
        const tries = Array.from({ length: 20 }, (_, by) =>
          table.put({ pk: 'P', sk: 'S', by }, { if: { row: 'absent' } }),
        );
        const won = await Promise.all(tries);
        expect(won.filter(Boolean).length).toBe(1);
        expect((await table.get({ pk: 'P', sk: 'S' }))?.by).toBe(won.indexOf(true));
      });

      test('for one expired row have one winner', async () => {
        await table.put({ pk: 'P', sk: 'S', expires: seconds() - 5 });
        const tries = Array.from({ length: 10 }, (_, by) =>
          table.put({ pk: 'P', sk: 'S', by }, { if: { row: 'absent' } }),
        );
        expect((await Promise.all(tries)).filter(Boolean).length).toBe(1);
      });
    });

    describe('query', () => {
      const letters = ['a', 'b', 'ba', 'bb', 'c', 'd'];
      const ways: [string, 1 | 2 | undefined][] = [
        ['the table', undefined],
        ['index 1', 1],
        ['index 2', 2],
      ];

      describe.each(ways)('over %s', (_, index) => {
        const rowOf = (letter: string, n: number): Row => {
          if (index === undefined) return { pk: 'P', sk: letter, letter };
          return { pk: `own${n}`, sk: `own${n}`, letter, [`i${index}pk`]: 'P', [`i${index}sk`]: letter };
        };
        const ask = (query: Partial<Query>): Query => ({ pk: 'P', ...(index ? { index } : {}), ...query });
        const lettersOf = async (query: Partial<Query>) =>
          (await all(table, ask(query))).map(row => row.letter as Json);

        beforeEach(async () => {
          for (const [n, letter] of [...letters].reverse().entries()) await table.put(rowOf(letter, n));
          await table.put({ pk: 'Q', sk: 'a', letter: 'other', i1pk: 'Q', i1sk: 'a', i2pk: 'Q', i2sk: 'a' });
        });

        test('comes in the order of the sort key, and backwards', async () => {
          expect(await lettersOf({})).toEqual(letters);
          expect(await lettersOf({ newestFirst: true })).toEqual([...letters].reverse());
        });

        test('finds what begins so', async () => {
          expect(await lettersOf({ begins: 'b' })).toEqual(['b', 'ba', 'bb']);
          expect(await lettersOf({ begins: 'b', newestFirst: true })).toEqual(['bb', 'ba', 'b']);
          expect(await lettersOf({ begins: 'x' })).toEqual([]);
        });

        test('counts from inclusive and before exclusive', async () => {
          expect(await lettersOf({ from: 'ba', before: 'd' })).toEqual(['ba', 'bb', 'c']);
          expect(await lettersOf({ from: 'bb' })).toEqual(['bb', 'c', 'd']);
          expect(await lettersOf({ before: 'b' })).toEqual(['a']);
          expect(await lettersOf({ from: 'ba', before: 'd', newestFirst: true })).toEqual(['c', 'bb', 'ba']);
          expect(await lettersOf({ from: 'c', before: 'c' })).toEqual([]);
        });

        test('pages by cursor without loss or repetition, in both directions', async () => {
          for (const newestFirst of [false, true]) {
            const expected = newestFirst ? [...letters].reverse() : letters;
            expect(await lettersOf({ limit: 1, newestFirst })).toEqual(expected);
            expect(await lettersOf({ limit: 4, newestFirst })).toEqual(expected);
          }
          const first = await table.query(ask({ limit: 2 }));
          expect(first.items.map(row => row.letter)).toEqual(['a', 'b']);
          expect(first.cursor).toEqual(expect.any(String));
          expect(await lettersOf({ limit: 2, begins: 'b' })).toEqual(['b', 'ba', 'bb']);
        });

        test('goes on behind its cursor when rows come and go between the pages', async () => {
          const first = await table.query(ask({ limit: 3 }));
          await table.put(rowOf('aa', 90));
          await table.put(rowOf('cc', 91));
          if (index === undefined) await table.remove({ pk: 'P', sk: 'ba' });
          const rest = await table.query(ask({ limit: 50, cursor: first.cursor ?? '' }));
          expect(rest.items.map(row => row.letter)).toEqual(['bb', 'c', 'cc', 'd']);
        });

        test('does not show expired rows, and pages past them', async () => {
          for (let n = 10; n < 20; n += 1) {
            await table.put({ ...rowOf(`bb${n}`, n), expires: seconds() });
          }
          expect(await lettersOf({ limit: 2 })).toEqual(letters);
        });
      });

      test('orders sort keys by the bytes of their UTF-8', async () => {
        const keys = ['!', 'Z', 'a', 'z', '~', 'é', '\ud7ff', '\ue000', '\uff5e', '\u{1f389}'];
        for (const sk of [...keys].reverse()) await table.put({ pk: 'P', sk });
        expect((await table.query({ pk: 'P' })).items.map(row => row.sk)).toEqual(keys);
      });

      test('finds what begins with a character beyond ASCII', async () => {
        for (const sk of ['é', 'éa', 'ê', '\u{1f389}1', '\ud7ff1', '\ue0001'])
          await table.put({ pk: 'P', sk });
        const begins = async (text: string) =>
          (await table.query({ pk: 'P', begins: text })).items.map(row => row.sk);
        expect(await begins('é')).toEqual(['é', 'éa']);
        expect(await begins('\u{1f389}')).toEqual(['\u{1f389}1']);
        expect(await begins('\ud7ff')).toEqual(['\ud7ff1']);
      });

      test('keeps rows of an index apart that share a sort key', async () => {
        for (let n = 0; n < 5; n += 1) {
          await table.put({ pk: `P${n}`, sk: 'S', n, i1pk: 'I', i1sk: 'same' });
        }
        const found = await all(table, { index: 1, pk: 'I', limit: 2 });
        expect(found.map(row => row.n).sort()).toEqual([0, 1, 2, 3, 4]);
      });

      test('drops a row from an index that it has left', async () => {
        await table.put({ pk: 'P', sk: 'S', i2pk: 'due', i2sk: '1' });
        await table.update({ pk: 'P', sk: 'S' }, { remove: ['i2pk', 'i2sk'] });
        expect((await table.query({ index: 2, pk: 'due' })).items).toEqual([]);
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S' });
      });
    });

    describe('a row that expires', () => {
      test('is there until the second before, and absent everywhere from then on', async () => {
        const row = { pk: 'P', sk: 'S', expires: seconds() + 10, i1pk: 'I', i1sk: 'J' };
        await table.put(row);
        subject.clock.advance(9_999);
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual(row);
        subject.clock.advance(1);
        expect(await table.get({ pk: 'P', sk: 'S' })).toBeUndefined();
        expect((await table.query({ pk: 'P' })).items).toEqual([]);
        expect((await table.query({ index: 1, pk: 'I' })).items).toEqual([]);
        expect(await table.remove({ pk: 'P', sk: 'S' }, { if: { row: 'present' } })).toBe(false);
        expect(await table.put({ pk: 'P', sk: 'S', next: 1 }, { if: { row: 'absent' } })).toBe(true);
        expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', next: 1 });
      });
    });

    describe('the jobs of a write', () => {
      const job = (n: number) => ({ lane: 'fast', kind: 'test', body: { n } }) as const;
      const taken = async () => {
        await subject.carryJobs();
        const jobs = await takeAll(subject.jobs);
        return jobs.sort();
      };

      test('run when put, putAll or update holds', async () => {
        await table.put({ pk: 'P', sk: '1' }, { jobs: [job(1), job(2)] });
        await table.putAll([
          { row: { pk: 'P', sk: '2' }, jobs: [job(3)] },
          { row: { pk: 'P', sk: '3' }, jobs: [job(4)] },
        ]);
        await table.update({ pk: 'P', sk: '1' }, { set: { a: 1 } }, { jobs: [job(5)] });
        await table.update({ pk: 'P', sk: '4' }, { set: { a: 1 } }, { jobs: [job(6)], orCreate: true });
        expect([...new Set(await taken())]).toEqual([1, 2, 3, 4, 5, 6]);
      });

      test('never run when it does not hold', async () => {
        await table.put({ pk: 'P', sk: '1' });
        await table.put({ pk: 'P', sk: '1' }, { if: { row: 'absent' }, jobs: [job(1)] });
        await table.putAll([{ row: { pk: 'P', sk: '1' }, if: { row: 'absent' }, jobs: [job(2)] }]);
        await table.update({ pk: 'P', sk: '2' }, { set: { a: 1 } }, { jobs: [job(3)] });
        await table.update(
          { pk: 'P', sk: '1' },
          { set: { a: 1 } },
          { if: { row: 'absent' }, jobs: [job(4)] },
        );
        expect(await taken()).toEqual([]);
      });

      test('leave no trace on the row', async () => {
        await table.put({ pk: 'P', sk: '1', a: 1 }, { jobs: [job(1)] });
        const updated = await table.update({ pk: 'P', sk: '1' }, { set: { a: 2 } }, { jobs: [job(2)] });
        expect(updated).toEqual({ pk: 'P', sk: '1', a: 2 });
        expect(await table.get({ pk: 'P', sk: '1' })).toEqual({ pk: 'P', sk: '1', a: 2 });
        expect((await table.query({ pk: 'P' })).items).toEqual([{ pk: 'P', sk: '1', a: 2 }]);
      });
    });
  });
}

async function all(table: Table, query: Query): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}

async function takeAll(jobs: Jobs): Promise<Json[]> {
  const numbers: Json[] = [];
  for (;;) {
    const taken = await jobs.take('fast', 10, 60_000);
    if (taken.length === 0) return numbers;
    for (const job of taken) {
      numbers.push(job.body.n ?? null);
      await jobs.done(job);
    }
  }
}

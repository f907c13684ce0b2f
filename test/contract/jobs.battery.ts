/** What every Jobs adapter must do. `pass` lets time go by: a settable clock where the adapter has one, else waiting. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Jobs, NewJob, TakenJob } from '../../src/kernel/ports.ts';

export interface JobsSubject {
  readonly jobs: Jobs;
  readonly clock: { now(): number };
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export function jobsBattery(name: string, make: () => Promise<JobsSubject>): void {
  describe(`jobs: ${name}`, () => {
    let subject: JobsSubject;
    let jobs: Jobs;
    beforeEach(async () => {
      subject = await make();
      jobs = subject.jobs;
    });
    afterEach(async () => subject.close());

    const job = (n: number, more: Partial<NewJob> = {}): NewJob => ({
      lane: 'fast',
      kind: 'test',
      body: { n },
      ...more,
    });
    const one = async (leaseMs = 60_000): Promise<TakenJob> => {
      const [taken] = await jobs.take('fast', 1, leaseMs);
      if (taken === undefined) throw new Error('no job was due');
      return taken;
    };

    test('come out as they went in, on their first attempt', async () => {
      await jobs.add([
        job(1, { kind: 'deliver', body: { event: 'evt_1', people: ['a', 'b'], deep: { n: null } } }),
      ]);
      const taken = await one();
      expect(taken).toMatchObject({
        lane: 'fast',
        kind: 'deliver',
        body: { event: 'evt_1', people: ['a', 'b'], deep: { n: null } },
        attempt: 1,
      });
      expect(taken.id).not.toBe('');
      expect(taken.receipt).not.toBe('');
    });

    test('are empty at first, and adding none is no error', async () => {
      await jobs.add([]);
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
      expect(await jobs.take('bulk', 10, 60_000)).toEqual([]);
    });

    test('of one lane are not taken from the other', async () => {
      await jobs.add([job(1), job(2, { lane: 'bulk' })]);
      expect((await jobs.take('bulk', 10, 60_000)).map(taken => taken.body)).toEqual([{ n: 2 }]);
      expect((await jobs.take('fast', 10, 60_000)).map(taken => taken.body)).toEqual([{ n: 1 }]);
    });

    test('many are all taken once, however small the handfuls', async () => {
      await jobs.add(Array.from({ length: 25 }, (_, n) => job(n)));
      const seen: number[] = [];
      for (;;) {
        const taken = await jobs.take('fast', 3, 60_000);
        if (taken.length === 0) break;
        expect(taken.length).toBeLessThanOrEqual(3);
        for (const found of taken) {
          seen.push(Number(found.body.n));
          await jobs.done(found);
        }
      }
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    test('that are leased are not taken by another', async () => {
      await jobs.add([job(1)]);
      await one();
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
    });

    test('taken by many at once go to one of them', async () => {
      await jobs.add([job(1), job(2), job(3)]);
      const taken = await Promise.all(Array.from({ length: 6 }, () => jobs.take('fast', 1, 60_000)));
      expect(
        taken
          .flat()
          .map(found => found.body.n)
          .sort(),
      ).toEqual([1, 2, 3]);
    });

    test('that are done never come again', async () => {
      await jobs.add([job(1)]);
      const taken = await one(1_000);
      await jobs.done(taken);
      await subject.pass(2_100);
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
    });

    test('come again when their lease ends, as the next attempt', async () => {
      await jobs.add([job(1)]);
      await one(1_000);
      await subject.pass(2_100);
      expect(await one()).toMatchObject({ body: { n: 1 }, attempt: 2 });
    });

    test('given back come again after the delay and not before', async () => {
      await jobs.add([job(1)]);
      await jobs.retry(await one(), 2_000);
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
      await subject.pass(3_100);
      expect(await one()).toMatchObject({ body: { n: 1 }, attempt: 2 });
    });

    test('given back without a delay come at once', async () => {
      await jobs.add([job(1)]);
      await jobs.retry(await one(), 0);
      expect(await one()).toMatchObject({ attempt: 2 });
    });

    test('of an expired and retaken lease are not finished by the old receipt', async () => {
      await jobs.add([job(1)]);
      const late = await one(1_000);
      await subject.pass(2_100);
      const current = await one(2_000);
      await jobs.done(late);
      await subject.pass(3_100);
      expect(await one()).toMatchObject({ attempt: current.attempt + 1 });
    });

    test('of an expired and retaken lease are not given back by the old receipt', async () => {
      await jobs.add([job(1)]);
      const late = await one(1_000);
      await subject.pass(2_100);
      await one();
      await jobs.retry(late, 0);
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
    });

    test('can be done twice without an error', async () => {
      await jobs.add([job(1)]);
      const taken = await one();
      await jobs.done(taken);
      await jobs.done(taken);
      await jobs.retry(taken, 0);
      expect(await jobs.take('fast', 10, 60_000)).toEqual([]);
    });

    test('wait for their moment', async () => {
      await jobs.add([job(1, { after: subject.clock.now() + 3_000 }), job(2)]);
      expect((await jobs.take('fast', 10, 60_000)).map(taken => taken.body.n)).toEqual([2]);
      await subject.pass(4_100);
      expect((await jobs.take('fast', 10, 60_000)).map(taken => taken.body.n)).toEqual([1]);
    });

    test('whose moment has passed are due at once', async () => {
      await jobs.add([job(1, { after: subject.clock.now() - 60_000 })]);
      expect(await one()).toMatchObject({ body: { n: 1 } });
    });
  });
}

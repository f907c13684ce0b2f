import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JobResult, NewJob, TakenJob } from '../../../src/kernel/ports.ts';
import { openStore, type Store } from '../../../src/platform/local/store.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../../src/platform/local/worker.ts';
import { eventually, inTemporaryFolder, pause } from '../../support/temporary.ts';

const DONE: JobResult = { done: true };
const OPTIONS: WorkerOptions = { atOnce: { fast: 2, bulk: 2 }, leaseMs: 60_000, retryMs: 20 };

describe('the worker', () => {
  let store: Store;
  let worker: Worker | undefined;
  let end: () => void;
  let gone: Promise<void>;
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string) => void errors.push(message),
  };
  const clock = { now: () => Date.now() };

  beforeEach(async () => {
    errors.length = 0;
    worker = undefined;
    await new Promise<void>(started => {
      gone = inTemporaryFolder(async folder => {
        store = openStore({ folder, clock });
        started();
        await new Promise<void>(resolve => {
          end = resolve;
        });
        await store.close();
      });
    });
  });
  afterEach(async () => {
    await worker?.stop(1_000);
    end();
    await gone;
  });

  const start = (run: (job: TakenJob) => Promise<JobResult>, options: Partial<WorkerOptions> = {}) => {
    worker = startWorker({ jobs: store.jobs, clock, log }, run, { ...OPTIONS, ...options });
    return worker;
  };
  const job = (n: number, more: Partial<NewJob> = {}): NewJob => ({
    lane: 'fast',
    kind: 'test',
    body: { n },
    ...more,
  });
  const left = () => store.jobs.backlog('fast') + store.jobs.backlog('bulk');
  const allDone = () => eventually(() => (left() === 0 ? true : undefined));

  test('runs what waits at its start, and finishes it', async () => {
    await store.jobs.add([job(1), job(2), job(3), job(4, { lane: 'bulk' })]);
    const ran: unknown[] = [];
    start(async taken => {
      ran.push(taken.body.n);
      return DONE;
    });
    await allDone();
    expect(ran.sort()).toEqual([1, 2, 3, 4]);
  });

  test('is woken by a commit: a job starts within milliseconds of it', async () => {
    const started: number[] = [];
    start(async () => {
      started.push(performance.now());
      return DONE;
    });
    const waits: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      // Long enough for the worker to have fallen asleep.
      await pause(30);
      await store.table.put({ pk: 'P', sk: String(n) }, { jobs: [job(n)] });
      const committed = performance.now();
      await eventually(() => (started.length === n + 1 ? true : undefined));
      waits.push((started[n] ?? 0) - committed);
    }
    waits.sort((a, b) => a - b);
    expect(waits[5]).toBeLessThan(20);
  });

  test('starts a job when its moment comes', async () => {
    const started: number[] = [];
    const due = Date.now() + 150;
    start(async () => {
      started.push(Date.now());
      return DONE;
    });
    await store.jobs.add([job(1, { after: due })]);
    await allDone();
    expect(started).toHaveLength(1);
    expect(started[0]).toBeGreaterThanOrEqual(due);
    expect(started[0]).toBeLessThan(due + 500);
  });

  test('runs no more at once in a lane than it may, and fast jobs beside a busy bulk lane', async () => {
    let bulk = 0;
    let most = 0;
    const fast: unknown[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    start(async taken => {
      if (taken.lane === 'fast') {
        fast.push(taken.body.n);
        return DONE;
      }
      bulk += 1;
      most = Math.max(most, bulk);
      await gate;
      bulk -= 1;
      return DONE;
    });
    await store.jobs.add(Array.from({ length: 10 }, (_, n) => job(n, { lane: 'bulk' })));
    await eventually(() => (bulk === 2 ? true : undefined));
    await store.jobs.add([job(100)]);
    await eventually(() => (fast.length === 1 ? true : undefined));
    expect(bulk).toBe(2);
    open();
    await allDone();
    expect(most).toBe(2);
  });

  test('gives a job back for as long as the job says', async () => {
    const attempts: number[] = [];
    const moments: number[] = [];
    start(async taken => {
      attempts.push(taken.attempt);
      moments.push(performance.now());
      return taken.attempt < 3 ? { retryAfterMs: 60, reason: 'not yet' } : DONE;
    });
    await store.jobs.add([job(1)]);
    await allDone();
    expect(attempts).toEqual([1, 2, 3]);
    expect((moments[1] ?? 0) - (moments[0] ?? 0)).toBeGreaterThanOrEqual(58);
  });

  test('tries a job that throws again, later each time, and runs its neighbours', async () => {
    const moments: number[] = [];
    const others: unknown[] = [];
    start(async taken => {
      if (taken.body.n !== 1) {
        others.push(taken.body.n);
        return DONE;
      }
      moments.push(performance.now());
      if (taken.attempt < 4) throw new Error('broken');
      return DONE;
    });
    await store.jobs.add([job(1), job(2), job(3)]);
    await allDone();
    expect(others.sort()).toEqual([2, 3]);
    const waits = moments.slice(1).map((moment, n) => moment - (moments[n] ?? 0));
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBeGreaterThanOrEqual(18);
    expect(waits[1]).toBeGreaterThanOrEqual(38);
    expect(waits[2]).toBeGreaterThanOrEqual(78);
    expect(errors).toEqual(['a job failed', 'a job failed', 'a job failed']);
  });

  test('lets jobs at work finish when it stops, and takes no more', async () => {
    let finished = 0;
    const running = start(async () => {
      await pause(60);
      finished += 1;
      return DONE;
    });
    await store.jobs.add([job(1), job(2), job(3), job(4)]);
    await pause(20);
    expect(await running.stop(2_000)).toEqual({ finished: 2, givenBack: 0 });
    expect(finished).toBe(2);
    expect(left()).toBe(2);
  });

  test('that is stopped while it takes jobs starts none of them', async () => {
    let ran = 0;
    const running = start(async () => {
      ran += 1;
      return DONE;
    });
    await store.jobs.add([job(1), job(2)]);
    await running.stop(1_000);
    expect(ran).toBe(0);
    expect((await store.jobs.take('fast', 5, 1_000)).map(({ body }) => body.n)).toEqual([1, 2]);
  });

  test('gives back what does not finish in time, for the next start at once', async () => {
    const running = start(() => new Promise<JobResult>(() => undefined));
    await store.jobs.add([job(1)]);
    await pause(20);
    const from = performance.now();
    expect(await running.stop(50)).toEqual({ finished: 0, givenBack: 1 });
    expect(performance.now() - from).toBeLessThan(1_000);
    worker = undefined;
    const [again] = await store.jobs.take('fast', 1, 1_000);
    expect(again).toMatchObject({ body: { n: 1 }, attempt: 2 });
  });

  test('works through a thousand jobs that add jobs', async () => {
    let ran = 0;
    start(
      async taken => {
        ran += 1;
        const n = Number(taken.body.n);
        if (n < 500)
          await store.table.put({ pk: 'P', sk: String(n) }, { jobs: [job(n + 500, { lane: 'bulk' })] });
        return DONE;
      },
      { atOnce: { fast: 8, bulk: 8 } },
    );
    await store.jobs.add(Array.from({ length: 500 }, (_, n) => job(n)));
    await eventually(() => (ran === 1_000 && left() === 0 ? true : undefined), 20_000);
    expect(ran).toBe(1_000);
  });
});

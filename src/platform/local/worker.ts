/**
 * Runs jobs as they come due. Each lane has room of its own, so a fast job never waits behind a fan-out; a commit that adds jobs
 * wakes it at once. What a stop leaves unfinished is given back for the next start.
 */
import type { Clock, JobResult, Lane, Log, TakenJob } from '../../kernel/ports.ts';
import type { LocalJobs } from './jobs.ts';

export interface WorkerPorts {
  readonly jobs: LocalJobs;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WorkerOptions {
  readonly atOnce: Readonly<Record<Lane, number>>;
  readonly leaseMs: number;
  /** The first delay after a throw; it doubles with each attempt. */
  readonly retryMs: number;
}

export interface Worker {
  /** Takes nothing new, waits up to `limitMs` for jobs at work and gives the others back. */
  stop(limitMs: number): Promise<{ readonly finished: number; readonly givenBack: number }>;
}

export type RunJob = (job: TakenJob) => Promise<JobResult>;

/** The clock may jump ahead of our timers: look at least so often. */
const LOOK_MS = 1_000;
const LONGEST_RETRY_MS = 900_000;

export function startWorker(ports: WorkerPorts, run: RunJob, options: WorkerOptions): Worker {
  const lanes = (['fast', 'bulk'] as const).map(lane => startLane(ports, run, lane, options));
  ports.jobs.onAdded(added => {
    for (const { lane, wake } of lanes) if (lane === added) wake();
  });
  return {
    stop: async limitMs => {
      const ends = await Promise.all(lanes.map(lane => lane.stop(limitMs)));
      return {
        finished: ends.reduce((sum, end) => sum + end.finished, 0),
        givenBack: ends.reduce((sum, end) => sum + end.givenBack, 0),
      };
    },
  };
}

function startLane(ports: WorkerPorts, run: RunJob, lane: Lane, options: WorkerOptions) {
  const atWork = new Map<TakenJob, Promise<void>>();
  let stopping = false;
  let taking: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const start = (job: TakenJob): void => {
    const end = () => {
      atWork.delete(job);
      wake();
    };
    atWork.set(job, runOne(ports, run, job, options).then(end, end));
  };

  const takeWhatIsDue = async (): Promise<void> => {
    do {
      again = false;
      const room = options.atOnce[lane] - atWork.size;
      if (stopping || room <= 0) return;
      const taken = await ports.jobs.take(lane, room, options.leaseMs);
      for (const job of taken) {
        if (stopping) await ports.jobs.retry(job, 0);
        else start(job);
      }
      if (taken.length === room) again = true;
    } while (again);
    sleepUntilDue();
  };

  const sleepUntilDue = (): void => {
    if (stopping) return;
    const due = ports.jobs.nextDue(lane);
    const wait = due === undefined ? LOOK_MS : Math.min(Math.max(due - ports.clock.now(), 1), LOOK_MS);
    timer = setTimeout(wake, wait);
  };

  const wake = (): void => {
    again = true;
    if (stopping || taking !== undefined) return;
    clearTimeout(timer);
    taking = takeWhatIsDue()
      .catch(error => {
        ports.log.error('jobs could not be taken', { lane }, error);
        timer = setTimeout(wake, LOOK_MS);
      })
      .finally(() => {
        taking = undefined;
        if (again && !stopping && atWork.size < options.atOnce[lane]) wake();
      });
  };

  const stop = async (limitMs: number) => {
    stopping = true;
    clearTimeout(timer);
    await taking;
    const begun = atWork.size;
    await Promise.race([Promise.all(atWork.values()), pause(limitMs)]);
    const left = [...atWork.keys()];
    await Promise.all(left.map(job => ports.jobs.retry(job, 0)));
    return { finished: begun - left.length, givenBack: left.length };
  };

  wake();
  return { lane, wake, stop };
}

async function runOne(
  ports: WorkerPorts,
  run: RunJob,
  job: TakenJob,
  { retryMs }: WorkerOptions,
): Promise<void> {
  const about = { job: job.id, kind: job.kind, lane: job.lane, attempt: job.attempt };
  try {
    const result = await run(job);
    if ('done' in result) return await ports.jobs.done(job);
    ports.log.info('a job comes again', { ...about, reason: result.reason, afterMs: result.retryAfterMs });
    await ports.jobs.retry(job, result.retryAfterMs);
  } catch (error) {
    ports.log.error('a job failed', about, error);
    const delay = Math.min(retryMs * 2 ** (job.attempt - 1), LONGEST_RETRY_MS);
    // If even this cannot be written, the lease runs out and the job comes again by itself.
    await ports.jobs
      .retry(job, delay)
      .catch(cause => ports.log.error('a job was not given back', about, cause));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms).unref();
  });
}

/**
 * The Jobs port as SQLite rows with leases, in the same file as the table, so that a write and its jobs are one commit.
 * Taking a job counts its attempt up; (id, attempt) therefore names one lease and serves as its receipt.
 */
import type { Clock, Jobs, Lane, NewJob, TakenJob } from '../../kernel/ports.ts';
import type { Database } from './database.ts';

export const JOBS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    ready INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, leased INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS jobs_ready ON jobs (lane, ready, id);
`;

const INSERT = 'INSERT INTO jobs (lane, kind, body, ready) VALUES (?, ?, ?, ?)';
const TAKE = `
  UPDATE jobs SET attempt = attempt + 1, leased = 1, ready = ?
  WHERE id IN (SELECT id FROM jobs WHERE lane = ? AND ready <= ? ORDER BY ready, id LIMIT ?)
  RETURNING id, kind, body, attempt`;
const DONE = 'DELETE FROM jobs WHERE id = ? AND attempt = ? AND leased = 1';
const RETRY = 'UPDATE jobs SET leased = 0, ready = ? WHERE id = ? AND attempt = ? AND leased = 1';
const TAKE_BACK = 'UPDATE jobs SET leased = 0, ready = ? WHERE leased = 1 AND ready > ?';
const NEXT = 'SELECT min(ready) AS ready FROM jobs WHERE lane = ?';
const BACKLOG = 'SELECT count(*) AS jobs FROM jobs WHERE lane = ?';

export interface LocalJobs extends Jobs {
  /** Checks now; the answer, called inside a transaction, adds the jobs to it. */
  pack(jobs: readonly NewJob[]): () => void;
  /** At the start of the only process of a folder: what a killed one had in hand is due now, not when its leases run out. */
  takeBack(): Promise<void>;
  /** Called right after a commit that made jobs of the lane due, now or later. */
  onAdded(listener: (lane: Lane) => void): void;
  /** Epoch milliseconds at which the next job (or the end of a lease) is due; undefined when the lane is empty. */
  nextDue(lane: Lane): number | undefined;
  backlog(lane: Lane): number;
}

export function jobsOn(database: Database, clock: Clock): LocalJobs {
  const listeners: ((lane: Lane) => void)[] = [];
  const touched = new Set<Lane>();

  database.onCommit(() => {
    if (touched.size === 0) return;
    const lanes = [...touched];
    touched.clear();
    for (const lane of lanes) for (const listener of listeners) listener(lane);
  });

  const pack = (jobs: readonly NewJob[]) => {
    const packed = jobs.map(job => ({ ...job, text: JSON.stringify(job.body) }));
    return () => {
      for (const { lane, kind, text, after } of packed) {
        database.prepare(INSERT).run(lane, kind, text, Math.ceil(after ?? clock.now()));
        touched.add(lane);
      }
    };
  };

  return {
    pack,
    takeBack: () =>
      database.write(() => {
        const now = Math.ceil(clock.now());
        database.prepare(TAKE_BACK).run(now, now);
      }),
    onAdded: listener => void listeners.push(listener),
    nextDue: lane => {
      const ready = database.prepare(NEXT).get(lane)?.ready;
      return typeof ready === 'number' ? ready : undefined;
    },
    backlog: lane => Number(database.prepare(BACKLOG).get(lane)?.jobs ?? 0),
    add: async jobs => database.write(pack(jobs)),
    take: async (lane, max, leaseMs) =>
      database.write(() => {
        const now = clock.now();
        return database
          .prepare(TAKE)
          .all(Math.ceil(now + leaseMs), lane, now, max)
          .sort((a, b) => Number(a.id) - Number(b.id))
          .map(found => takenJob(lane, found));
      }),
    done: async job => {
      const lease = leaseOf(job);
      if (lease !== undefined) await database.write(() => void database.prepare(DONE).run(...lease));
    },
    retry: async (job, delayMs) => {
      const lease = leaseOf(job);
      if (lease === undefined) return;
      await database.write(() => {
        database.prepare(RETRY).run(Math.ceil(clock.now() + delayMs), ...lease);
        touched.add(job.lane);
      });
    },
  };
}

function takenJob(lane: Lane, found: Record<string, unknown>): TakenJob {
  const id = String(found.id);
  const attempt = Number(found.attempt);
  return {
    lane,
    kind: String(found.kind),
    body: JSON.parse(String(found.body)),
    id,
    attempt,
    receipt: `${id}.${attempt}`,
  };
}

function leaseOf(job: TakenJob): [id: number, attempt: number] | undefined {
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(job.receipt);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/**
 * A world for tests of one room: the real local store and blobs in a folder of their own, a clock that is set by hand,
 * seeded chance, and a mailer that keeps what was handed over and answers as told.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type Limits } from '../../src/kernel/limits.ts';
import type {
  Clock,
  Handover,
  Log,
  LogFields,
  OutgoingMail,
  Ports,
  TakenJob,
} from '../../src/kernel/ports.ts';
import { keysFrom } from '../../src/platform/keys.ts';
import { openBlobs } from '../../src/platform/local/blobs.ts';
import { keyWrapOf } from '../../src/platform/local/key-wrap.ts';
import { openStore } from '../../src/platform/local/store.ts';

export interface SetClock extends Clock {
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
  readonly cause: unknown;
}

/** What the far side does with one mail. */
export type MailerAnswer = Handover | ((mail: OutgoingMail) => Handover | Promise<Handover>);

export interface TestWorld extends Ports {
  readonly clock: SetClock;
  readonly folder: string;
  /** Every mail handed to the mailer, whatever it answered. */
  outbox(): readonly OutgoingMail[];
  /** What the mailer answers next, once each; then it accepts again. */
  answerNext(
    ...handovers: readonly (Handover | ((mail: OutgoingMail) => Handover | Promise<Handover>))[]
  ): void;
  readonly lines: readonly LoggedLine[];
  /** Runs jobs that are due now, and those they add, until none is left; answers how many ran. */
  runJobs(): Promise<number>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** RFC 3339; default 2026-03-01T09:00:00Z. */
  readonly now?: string;
  readonly limits?: Partial<Limits>;
  readonly trustLoopback?: boolean;
  readonly resolver?: Ports['resolver'];
}

const RUNAWAY_JOBS = 20_000;

export async function localWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-world-'));
  const clock = setClock(options.now ?? '2026-03-01T09:00:00Z');
  const store = openStore({ folder, clock });
  const sent: OutgoingMail[] = [];
  const answers: MailerAnswer[] = [];
  const lines: LoggedLine[] = [];
  const keys = keysFrom('a secret of the tests, never used elsewhere');
  const world: TestWorld = {
    table: store.table,
    jobs: store.jobs,
    blobs: openBlobs({ folder: join(folder, 'blobs'), clock }),
    clock,
    random: seededRandom(1),
    keys,
    wrap: keyWrapOf(keys),
    log: recordingLog(lines),
    lines,
    folder,
    settings: {
      baseUrl: 'http://127.0.0.1:3000',
      mailDomain: 'sis.localhost',
      trustLoopback: options.trustLoopback ?? true,
      trustProxy: false,
      local: true,
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      platforms: { mailchimp: null, klaviyo: null },
    },
    resolver: options.resolver ?? {
      resolve: async () => Promise.reject(Object.assign(new Error('no name'), { code: 'ENOTFOUND' })),
    },
    fetch: async () => Promise.reject(new Error('no network in a test of one room')),
    mailer: {
      async send(mail) {
        sent.push(mail);
        const answer = answers.shift();
        if (typeof answer === 'function') return answer(mail);
        return (
          answer ?? { kind: 'accepted', messageId: `<${mail.about.send}.${mail.about.attempt}@mailer.test>` }
        );
      },
    },
    outbox: () => sent,
    answerNext: (...handovers) => void answers.push(...handovers),
    runJobs: () => runDueJobs(world),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

async function runDueJobs(ports: Ports): Promise<number> {
  let ran = 0;
  for (;;) {
    const taken = [
      ...(await ports.jobs.take('fast', 10, 300_000)),
      ...(await ports.jobs.take('bulk', 10, 300_000)),
    ];
    if (taken.length === 0) return ran;
    for (const job of taken) await runOne(ports, job);
    ran += taken.length;
    if (ran > RUNAWAY_JOBS)
      throw new Error(`more than ${RUNAWAY_JOBS} jobs: one of them adds itself again and again`);
  }
}

async function runOne(ports: Ports, job: TakenJob): Promise<void> {
  const { runJob } = await import('../../src/platform/jobs.ts');
  const result = await runJob(ports, job);
  if ('done' in result) await ports.jobs.done(job);
  else await ports.jobs.retry(job, result.retryAfterMs);
}

export function setClock(start: string): SetClock {
  let now = Date.parse(start);
  return {
    now: () => now,
    set: instant => {
      now = Date.parse(instant);
    },
    advance: milliseconds => {
      now += milliseconds;
    },
  };
}

/** The same seed gives the same bytes. */
export function seededRandom(seed: number): Ports['random'] {
  let counter = 0;
  return {
    bytes(count) {
      const parts: Buffer[] = [];
      for (let have = 0; have < count; have += 32) {
        counter += 1;
        parts.push(createHash('sha256').update(`${seed}:${counter}`).digest());
      }
      return new Uint8Array(Buffer.concat(parts).subarray(0, count));
    },
  };
}

function recordingLog(lines: LoggedLine[]): Log {
  const record =
    (level: LoggedLine['level']) =>
    (message: string, fields: LogFields = {}, cause?: unknown): void => {
      lines.push({ level, message, fields, cause });
    };
  return { info: record('info'), warn: record('warn'), error: record('error') };
}

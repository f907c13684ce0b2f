/** A party whose workspace has an account at a platform's stand-in: changes of its people are told there by the real jobs. */
import { z } from 'zod';
import { walkAudience } from '../../../src/connections/audience/audience-invite.ts';
import { backfill } from '../../../src/connections/report/backfill.ts';
import { absentAgain, reportBack, writeBack } from '../../../src/connections/report/report-back.ts';
import type { Answer } from '../../../src/invites/invite.ts';
import type { JobResult, Ports, TakenJob } from '../../../src/kernel/ports.ts';
import { noteConnected } from '../../../src/organizers/connected.ts';
import { runJob } from '../../../src/platform/jobs.ts';
import type { LocalJobs } from '../../../src/platform/local/jobs.ts';
import { answer } from '../../../src/rsvp/answer.ts';
import { type Party, type PartyOptions, party } from '../../invites/party.ts';
import { type StandIn, type StandInOptions, standIn } from '../stand-in.ts';

export interface Reporting extends Party {
  readonly platform: StandIn;
  /** Jobs that failed for good. */
  readonly parked: TakenJob[];
  run(job: TakenJob, ports?: Ports): Promise<JobResult>;
  /** Works on what is due now. */
  work(): Promise<void>;
  /** Works, and lets the clock run to whatever comes next, at most so long. */
  workFor(milliseconds: number): Promise<void>;
  answers(email: string, what: Answer): Promise<void>;
  nextDue(): number | undefined;
}

const eventBody = z.object({ event: z.string(), people: z.array(z.string()), again: z.string().optional() });
const slotBody = z.object({ connection: z.string(), slot: z.number() });
const absentBody = z.object({ connection: z.string(), cursor: z.string().optional() });
const backfillBody = z.object({
  connection: z.string(),
  event: z.string().optional(),
  cursor: z.string().optional(),
});
const pageBody = z.object({ run: z.string(), page: z.number() });
const RUNAWAY_JOBS = 50_000;

export async function reporting(
  options: PartyOptions & Omit<Partial<StandInOptions>, 'clock' | 'workspace'> = {},
): Promise<Reporting> {
  const host = await party(options);
  const { world, organizer } = host;
  const { fate, during, contacts, members, platform: name } = options;
  const platform = standIn({
    workspace: organizer.workspace,
    clock: world.clock,
    ...(fate === undefined ? {} : { fate }),
    ...(during === undefined ? {} : { during }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(members === undefined ? {} : { members }),
    ...(name === undefined ? {} : { platform: name }),
  });
  await noteConnected(world, organizer.workspace, true);
  const parked: TakenJob[] = [];
  const jobs = world.jobs as LocalJobs;

  const run = async (job: TakenJob, ports: Ports = world): Promise<JobResult> => {
    const { accounts } = platform;
    switch (job.kind) {
      case 'report-back':
        return reportBack(ports, accounts, definite(eventBody.parse(job.body)));
      case 'write-back':
        return writeBack(ports, accounts, slotBody.parse(job.body));
      case 'absent-again':
        return absentAgain(ports, accounts, definite(absentBody.parse(job.body)));
      case 'backfill':
        return backfill(ports, accounts, definite(backfillBody.parse(job.body)));
      case 'audience':
        return walkAudience(ports, accounts, pageBody.parse(job.body));
      case 'report-failed':
        parked.push(job);
        return { done: true };
      default:
        return runJob(ports, job);
    }
  };

  const work = async (): Promise<void> => {
    for (let ran = 0; ran < RUNAWAY_JOBS; ) {
      const taken = [...(await jobs.take('fast', 8, 300_000)), ...(await jobs.take('bulk', 8, 300_000))];
      if (taken.length === 0) return;
      await Promise.all(taken.map(job => finish(job)));
      ran += taken.length;
    }
    throw new Error('the jobs come to no end');
  };

  const finish = async (job: TakenJob): Promise<void> => {
    const result = await run(job);
    if ('done' in result) await jobs.done(job);
    else await jobs.retry(job, result.retryAfterMs);
  };

  const nextDue = (): number | undefined => {
    const due = [jobs.nextDue('fast'), jobs.nextDue('bulk')].filter(each => each !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  };

  return {
    ...host,
    platform,
    parked,
    run,
    work,
    nextDue,
    async workFor(milliseconds) {
      const end = world.clock.now() + milliseconds;
      for (;;) {
        await work();
        const due = nextDue();
        if (due === undefined || due > end) break;
        if (due > world.clock.now()) world.clock.advance(due - world.clock.now());
      }
      if (end > world.clock.now()) world.clock.advance(end - world.clock.now());
      platform.catchUp();
    },
    answers: (email, what) => answerAs(host, email, what),
  };
}

/** A proven answer to what the event is now. */
export async function answerAs(host: Party, email: string, what: Answer): Promise<void> {
  const event = await host.event();
  const { invite } = await host.person(email);
  const now = new Date(host.world.clock.now()).toISOString();
  await answer(host.world, {
    event,
    invite,
    component: 'series',
    answer: what,
    at: now,
    receivedAt: now,
    toRevision: event.state.revision,
    evidence: 'verified',
    origin: null,
    prodId: null,
    note: null,
    guests: 0,
  });
}

type Definite<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function definite<T extends object>(body: T): Definite<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Definite<T>;
}

/**
 * A job goes to the function that its kind names. What fails is tried again with growing pauses; what fails too often is parked, where
 * somebody can see and replay it, and never blocks its neighbours (F8).
 */
import { z } from 'zod';
import { park } from '../admin/parked.ts';
import { accountJobs } from '../connections/account/account-jobs.ts';
import { writeContactTokens } from '../connections/contacts/contact-tokens.ts';
import { runInstant } from '../connections/press/instant.ts';
import { runPress } from '../connections/press/press.ts';
import { failedReportBody, reportJobs } from '../connections/report/report-jobs.ts';
import { carryOver } from '../invites/carry-over.ts';
import { deliver } from '../invites/deliver.ts';
import { fanOut } from '../invites/fan-out.ts';
import { inviteFollowers } from '../invites/follow.ts';
import { fillSeats } from '../invites/seats.ts';
import { SisError, UpstreamError } from '../kernel/errors.ts';
import type { JobResult, Ports, TakenJob } from '../kernel/ports.ts';
import { sendNotice } from '../organizers/notices.ts';
import { handleArrival } from './mail.ts';

type Run = (ports: Ports, job: TakenJob) => Promise<JobResult>;

const arrivalBody = z.object({ arrival: z.string() });
const noticeBody = z.object({ key: z.string() });
const deliverBody = z.object({ event: z.string(), people: z.array(z.string()) });
const pressBody = z.object({ press: z.string() });
const instantBody = z.object({ hold: z.string() });
const contactTokensBody = z.object({
  connection: z.string(),
  audience: z.string(),
  cursor: z.string().optional(),
});
const followersBody = z.object({ event: z.string(), owner: z.string(), cursor: z.string().optional() });
const seatBody = z.object({ event: z.string(), person: z.string().optional() });
const fanOutBody = z.object({ event: z.string(), cursor: z.string().optional() });

const carryOverBody = z.object({ from: z.string(), to: z.string(), cursor: z.string().optional() });

const KINDS: Readonly<Record<string, Run>> = {
  ...accountJobs,
  ...reportJobs,
  arrival: (ports, { body }) => handleArrival(ports, arrivalBody.parse(body)),
  notice: (ports, { body }) => sendNotice(ports, noticeBody.parse(body)),
  deliver: (ports, { body }) => deliver(ports, deliverBody.parse(body)),
  press: (ports, { body }) => runPress(ports, pressBody.parse(body)),
  instant: (ports, { body }) => runInstant(ports, instantBody.parse(body)),
  'contact-tokens': (ports, { body }) => writeContactTokens(ports, contactTokensBody.parse(body)),
  followers: (ports, { body }) => {
    const { cursor, ...round } = followersBody.parse(body);
    return inviteFollowers(ports, { ...round, ...(cursor === undefined ? {} : { cursor }) });
  },
  seat: (ports, { body }) => {
    const { event, person } = seatBody.parse(body);
    return fillSeats(ports, { event, ...(person === undefined ? {} : { person }) });
  },
  'fan-out': (ports, { body }) => {
    const { event, cursor } = fanOutBody.parse(body);
    return fanOut(ports, { event, ...(cursor === undefined ? {} : { cursor }) });
  },
  'carry-over': (ports, { body }) => {
    const { from, to, cursor } = carryOverBody.parse(body);
    return carryOver(ports, { from, to, ...(cursor === undefined ? {} : { cursor }) });
  },
  /** What a platform never takes: tried again when a person says so. */
  'report-failed': async (ports, job) => {
    const { event, person, connection, reason, sentence } = failedReportBody.parse(job.body);
    const body = { event, people: [person], again: connection };
    await park(ports, { ...job, kind: 'report-back', body, attempts: job.attempt, reason, sentence });
    return { done: true };
  },
  /** A mail whose outcome stayed unknown: only a person can decide to send it once more. */
  unresolved: async (ports, job) => {
    await park(ports, { ...job, attempts: job.attempt, reason: 'unknown_outcome' });
    return { done: true };
  },
};

const LONGEST_PAUSE_MS = 3_600_000;

export async function runJob(ports: Ports, job: TakenJob): Promise<JobResult> {
  const run = Object.hasOwn(KINDS, job.kind) ? KINDS[job.kind] : undefined;
  if (run === undefined) return giveUp(ports, job, 'unknown_kind');
  try {
    const result = await run(ports, job);
    return 'done' in result ? result : await wait(ports, job, result.retryAfterMs);
  } catch (error) {
    const reason = reasonOf(error);
    const fields = { job: job.id, kind: job.kind, attempt: job.attempt, reason };
    if (error instanceof SisError) ports.log.warn('job failed', fields);
    else ports.log.error('job failed', fields, error);
    const asked = error instanceof UpstreamError ? error.retryAfterMs : undefined;
    return again(ports, job, reason, asked ?? pauseAfter(ports, job.attempt), error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SisError) return error.code;
  return error instanceof z.ZodError ? 'bad_body' : 'failed';
}

/** Waiting is no failure (F4): the work comes again as a fresh job, so that a throttle or an outage parks nothing. */
async function wait(
  ports: Pick<Ports, 'jobs' | 'clock'>,
  job: TakenJob,
  afterMs: number,
): Promise<JobResult> {
  const { lane, kind, body } = job;
  await ports.jobs.add([{ lane, kind, body, after: ports.clock.now() + afterMs }]);
  return { done: true };
}

async function again(
  ports: Ports,
  job: TakenJob,
  reason: string,
  retryAfterMs: number,
  cause?: unknown,
): Promise<JobResult> {
  if (job.attempt < ports.settings.limits.JOB_RECEIVES) return { retryAfterMs, reason };
  return giveUp(ports, job, reason, cause);
}

async function giveUp(ports: Ports, job: TakenJob, reason: string, cause?: unknown): Promise<JobResult> {
  const parked = await park(ports, { ...job, attempts: job.attempt, reason });
  ports.log.error('job parked', { job: job.id, kind: job.kind, attempt: job.attempt, reason, parked }, cause);
  return { done: true };
}

/** Doubles each time, with full jitter, so that what failed together doesn't come back together. */
function pauseAfter(ports: Pick<Ports, 'random' | 'settings'>, attempt: number): number {
  const longest = Math.min(
    LONGEST_PAUSE_MS,
    ports.settings.limits.JOB_RETRY_SECONDS * 1000 * 2 ** (attempt - 1),
  );
  const [byte = 0] = ports.random.bytes(1);
  return Math.ceil((longest * (byte + 1)) / 256);
}

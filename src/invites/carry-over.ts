/**
 * The job `carry-over`: whoever holds a series is invited to the half that continues it, a page of people at a time. Who left, was stopped
 * or never confirmed stays out; who said no hears of it only where the times are others. Run again it finds everybody invited.
 */
import { keepsTimes } from '../calendar/split.ts';
import { SERIES } from '../calendar/state.ts';
import { carryOverJob, type Pair, splitPair } from '../events/splits.ts';
import type { JobResult, Ports } from '../kernel/ports.ts';
import type { Invite } from './invite.ts';
import { requestInvite } from './request.ts';
import { listInvites } from './store.ts';

const PEOPLE_A_PAGE = 100;

export async function carryOver(
  ports: Pick<Ports, 'table' | 'blobs' | 'jobs' | 'clock' | 'keys' | 'settings'>,
  { from, to, cursor }: { readonly from: string; readonly to: string; readonly cursor?: string },
): Promise<JobResult> {
  const pair = await splitPair(ports, { from, to });
  if (pair === undefined) return { done: true };
  const sameTimes = keepsTimes(pair.earlier.state, pair.later.state);
  const page = await listInvites(ports, from, { limit: PEOPLE_A_PAGE, cursor });
  for (const { invite } of page.items) {
    if (goesAlong(invite, sameTimes)) await invited(ports, pair, invite);
  }
  if (page.cursor === undefined) return { done: true };
  const next = carryOverJob(from, to);
  await ports.jobs.add([{ ...next, body: { ...next.body, cursor: page.cursor } }]);
  return { done: true };
}

function goesAlong(invite: Invite, sameTimes: boolean): boolean {
  if (invite.standing !== 'open' || invite.stopped !== null) return false;
  // His last word on the series, although cutting it short took it back.
  const saidNo = invite.answers[SERIES]?.answer === 'no';
  return !(saidNo && sameTimes);
}

async function invited(
  ports: Parameters<typeof requestInvite>[0],
  { later }: Pair,
  { email, name, doors, language = null }: Invite,
): Promise<void> {
  const [door = 'list'] = doors;
  await requestInvite(ports, { event: later, email, name, door, carried: true, language });
}

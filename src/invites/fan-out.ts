/**
 * The job `fan-out`: an event changed, so everybody's invite is looked at again. Pages through the people and adds `deliver` jobs for a
 * few at a time, with its own next page in one go: the cursor moves only behind people whose jobs stand (F28).
 */
import { loadRegistered } from '../events/store.ts';
import type { JobResult, NewJob, Ports } from '../kernel/ports.ts';
import type { InviteWithSends } from './invite.ts';
import { plan } from './plan.ts';
import { eventReportJobs } from './report-job.ts';
import { personOf } from './rows.ts';
import { listInvites } from './store.ts';

export const PEOPLE_A_PAGE = 500;
export const PEOPLE_A_JOB = 25;

export async function fanOut(
  ports: Pick<Ports, 'table' | 'blobs' | 'jobs' | 'clock' | 'settings'>,
  { event: id, cursor }: { readonly event: string; readonly cursor?: string },
): Promise<JobResult> {
  const event = await loadRegistered(ports, id);
  if (event === undefined || event.tombstone || event.status === 'draft') return { done: true };
  const page = await listInvites(ports, id, { limit: PEOPLE_A_PAGE, cursor });
  const now = ports.clock.now();
  const needsWork = ({ invite, sends }: InviteWithSends) => {
    const planned = plan(event, invite, sends, now, ports.settings.limits);
    // A live claim plans again by itself; its job sees to it where the worker died.
    return (
      planned.steps.length + planned.lapsed.length + planned.supersede.length > 0 ||
      planned.waitUntil !== null
    );
  };
  const people = page.items.filter(needsWork).map(({ invite }) => personOf(invite.address));
  const jobs: NewJob[] = [];
  for (let from = 0; from < people.length; from += PEOPLE_A_JOB) {
    jobs.push({
      lane: 'bulk',
      kind: 'deliver',
      body: { event: id, people: people.slice(from, from + PEOPLE_A_JOB) },
    });
  }
  jobs.push(
    ...(await eventReportJobs(
      ports,
      event,
      page.items.map(({ invite }) => invite),
    )),
  );
  if (page.cursor !== undefined) {
    jobs.push({ lane: 'bulk', kind: 'fan-out', body: { event: id, cursor: page.cursor } });
  }
  if (jobs.length > 0) await ports.jobs.add(jobs);
  return { done: true };
}

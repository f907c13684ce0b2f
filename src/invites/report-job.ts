/**
 * What a workspace's platforms want to know of an invite becomes the job `report-back`, in the same write as the change. It only says
 * whom to look at: what is to be reported is worked out when it runs, so many changes cost one report.
 */
import type { EventRecord } from '../events/event.ts';
import type { NewJob, Ports } from '../kernel/ports.ts';
import { isConnected } from '../organizers/connected.ts';
import { countsFrom, effectiveAnswer } from './answers.ts';
import type { Invite } from './invite.ts';
import { personOf } from './rows.ts';

type ReportPorts = Pick<Ports, 'table' | 'clock'>;

export const PEOPLE_A_REPORT = 25;
/** A press makes an invite and answers it: so long the first report waits for the second. */
const FIRST_REPORT_MS = 5_000;

/** Empty where the workspace has no connection. */
export async function reportJobs(
  ports: ReportPorts,
  invite: Pick<Invite, 'event' | 'address' | 'workspace'>,
  after?: number,
): Promise<readonly NewJob[]> {
  if (!(await isConnected(ports, invite.workspace))) return [];
  return [reportJob(invite.event, [personOf(invite.address)], after)];
}

export async function firstReportJobs(ports: ReportPorts, invite: Invite): Promise<readonly NewJob[]> {
  return invite.standing === 'open' ? reportJobs(ports, invite, ports.clock.now() + FIRST_REPORT_MS) : [];
}

export async function changeReportJobs(
  ports: ReportPorts,
  before: Invite,
  after: Invite,
): Promise<readonly NewJob[]> {
  const same =
    before.answers === after.answers &&
    before.stopped === after.stopped &&
    before.standing === after.standing;
  return same ? [] : reportJobs(ports, after);
}

/** After a change of the event: for those whom it cancels, or asks anew. */
export async function eventReportJobs(
  ports: ReportPorts,
  event: EventRecord,
  invites: readonly Invite[],
): Promise<readonly NewJob[]> {
  const people = invites.filter(invite => concerns(event, invite)).map(({ address }) => personOf(address));
  if (people.length === 0 || !(await isConnected(ports, event.workspace))) return [];
  const jobs: NewJob[] = [];
  for (let from = 0; from < people.length; from += PEOPLE_A_REPORT) {
    jobs.push(reportJob(event.id, people.slice(from, from + PEOPLE_A_REPORT)));
  }
  return jobs;
}

function concerns(event: EventRecord, invite: Invite): boolean {
  if (invite.standing === 'skipped' || invite.standing === 'unconfirmed') return false;
  if (event.status === 'cancelled') return true;
  return (
    countsFrom(event.state, 'series') > 1 &&
    event.status === 'live' &&
    effectiveAnswer(invite, event.state).answer === 'none'
  );
}

function reportJob(event: string, people: readonly string[], after?: number): NewJob {
  return {
    lane: 'bulk',
    kind: 'report-back',
    body: { event, people },
    ...(after === undefined ? {} : { after }),
  };
}

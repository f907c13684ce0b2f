/** The jobs of reporting and of audiences: their kinds, and the bodies they take. */
import { z } from 'zod';
import type { JobResult, Ports, TakenJob } from '../../kernel/ports.ts';
import { accountsOf } from '../account/own-accounts.ts';
import { walkAudience } from '../audience/audience-invite.ts';
import { backfill } from './backfill.ts';
import { absentAgain, reportBack, writeBack } from './report-back.ts';

const reportBody = z.object({
  event: z.string(),
  people: z.array(z.string()),
  again: z.string().optional(),
});
const slotBody = z.object({ connection: z.string(), slot: z.int() });
const backfillBody = z.object({
  connection: z.string(),
  event: z.string().optional(),
  cursor: z.string().optional(),
});
const absentBody = z.object({ connection: z.string(), cursor: z.string().optional() });
const pageBody = z.object({ run: z.string(), page: z.int() });

/** What failed for good; `platform/jobs.ts` parks it. */
export const failedReportBody = z.object({
  event: z.string(),
  person: z.string(),
  connection: z.string(),
  reason: z.string(),
  sentence: z.string(),
});

export const reportJobs: Readonly<Record<string, (ports: Ports, job: TakenJob) => Promise<JobResult>>> = {
  'report-back': (ports, { body }) => {
    const { again, ...asked } = reportBody.parse(body);
    return reportBack(ports, accountsOf(ports), { ...asked, ...(again === undefined ? {} : { again }) });
  },
  'write-back': (ports, { body }) => writeBack(ports, accountsOf(ports), slotBody.parse(body)),
  backfill: (ports, { body }) => {
    const { connection, event, cursor } = backfillBody.parse(body);
    const place = { ...(event === undefined ? {} : { event }), ...(cursor === undefined ? {} : { cursor }) };
    return backfill(ports, accountsOf(ports), { connection, ...place });
  },
  'absent-again': (ports, { body }) => {
    const { connection, cursor } = absentBody.parse(body);
    return absentAgain(ports, accountsOf(ports), { connection, ...(cursor === undefined ? {} : { cursor }) });
  },
  audience: (ports, { body }) => walkAudience(ports, accountsOf(ports), pageBody.parse(body)),
};

/** API: invite an audience, see what could not be written, set what tags are called. `routes.ts` lists them. */
import { eventFor } from '../../events/access.ts';
import { inviteNamed } from '../../invites/store.ts';
import { MissingError } from '../../kernel/errors.ts';
import { listed, type Operation, operation, type Principal, workspaceOf } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';
import { chosenWorkspace } from '../../organizers/chosen-workspace.ts';
import { idParams, pageOf } from '../../organizers/schema.ts';
import { texts } from '../../texts/catalogue.ts';
import { connectionFor } from '../account/access.ts';
import { accountsOf } from '../account/own-accounts.ts';
import { inviteAudience } from '../audience/audience-invite.ts';
import { type AudienceRun, audienceRun } from '../audience/audience-run.ts';
import { setTagTemplate, tagsFor, tagTemplate } from './names.ts';
import { listReports, type ReportRow } from './report-row.ts';
import {
  audienceRunSchema,
  inviteAudienceSchema,
  namesAnswerSchema,
  namesQuery,
  namesSchema,
  reportSchema,
  reportsQuery,
} from './report-schema.ts';

export const reportOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/events/:id/audiences',
    summary: 'Invites an audience, list or segment, or counts what that would come to.',
    params: idParams,
    body: inviteAudienceSchema,
    answers: {
      202: {
        description: 'It has begun; `/audience-runs/:id` tells how far it is.',
        schema: audienceRunSchema,
      },
      409: { description: 'The event is closed, or the account has to be connected again.' },
    },
    run: async (ports, { principal, params, body }) => {
      const event = await eventFor(ports, principal, params.id);
      const { connection, audience, dryRun = false } = body;
      const run = await inviteAudience(ports, accountsOf(ports), { event, connection, audience, dryRun });
      return { status: 202, json: shownRun(run) };
    },
  }),
  operation({
    method: 'get',
    path: '/audience-runs/:id',
    summary: 'How far an audience is invited or counted.',
    params: idParams,
    answers: { 200: { description: 'The counts so far.', schema: audienceRunSchema } },
    run: async (ports, { principal, params }) => ({
      status: 200,
      json: shownRun(await runFor(ports, principal, params.id)),
    }),
  }),
  operation({
    method: 'get',
    path: '/connections/:id/reports',
    summary: 'Whom nothing could be written of, oldest first.',
    params: idParams,
    query: reportsQuery,
    answers: { 200: { description: 'A page of them.', schema: pageOf(reportSchema) } },
    run: async (ports, { principal, params, query }) => {
      const connection = await connectionFor(ports, principal, params.id);
      const page = await listReports(ports, {
        connection: connection.id,
        outcome: query.outcome,
        limit: ports.settings.limits.PAGE_SIZE,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      });
      return listed({ ...page, items: await Promise.all(page.items.map(row => shownReport(ports, row))) });
    },
  }),
  operation({
    method: 'get',
    path: '/names',
    summary: 'What tags are called that answers are written back with.',
    query: namesQuery,
    answers: { 200: { description: 'The template.', schema: namesAnswerSchema } },
    run: async (ports, { principal, query }) => ({
      status: 200,
      json: shownNames(await tagTemplate(ports, chosenWorkspace(principal, query.workspace))),
    }),
  }),
  operation({
    method: 'post',
    path: '/names',
    summary: 'Sets it, for events that nothing was written of yet.',
    body: namesSchema,
    answers: { 200: { description: 'The template as it is now.', schema: namesAnswerSchema } },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      return { status: 200, json: shownNames(await setTagTemplate(ports, { workspace, tag: body.tag })) };
    },
  }),
];

async function runFor(ports: Pick<Ports, 'table'>, principal: Principal, id: string): Promise<AudienceRun> {
  const run = await audienceRun(ports, id);
  const workspace = workspaceOf(principal);
  if (run === undefined || (workspace !== null && run.workspace !== workspace)) {
    throw new MissingError('unknown_audience_run', 'There is no such run.');
  }
  return run;
}

function shownRun({ workspace: _w, page: _p, cursor: _c, ...shown }: AudienceRun) {
  return shown;
}

async function shownReport(ports: Pick<Ports, 'table'>, row: ReportRow) {
  const invite = await inviteNamed(ports, { event: row.event, person: row.person });
  return {
    event: row.event,
    invite: invite?.id ?? null,
    outcome: row.outcome,
    written: row.written?.state ?? null,
    problem: row.problem?.sentence ?? null,
    at: row.at,
  };
}

function shownNames(tag: string) {
  const [example = ''] = tagsFor({ name: texts().reporting.exampleTitle, tag }, 'yes').on;
  return { tag, example };
}

/** API: the sites that may show a workspace's widget. */
import { z } from 'zod';
import { DeniedError, InputError } from '../kernel/errors.ts';
import { type Operation, operation, type Principal } from '../kernel/operation.ts';
import { allowSites, sitesOf } from './sites.ts';

const whose = z.string().max(100).optional().describe('With the operator key only: whose.');

const sitesSchema = z
  .object({ sites: z.array(z.string()).describe('Empty: any site.') })
  .meta({ id: 'Sites' });

export const siteOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/sites',
    summary: 'The sites that may show the widget; an empty list means any site.',
    query: z.strictObject({ workspace: whose }),
    answers: { 200: { description: 'The sites.', schema: sitesSchema } },
    run: async (ports, { principal, query }) => {
      return { status: 200, json: { sites: await sitesOf(ports, workspaceFor(principal, query.workspace)) } };
    },
  }),
  operation({
    method: 'post',
    path: '/sites',
    summary: 'Names the sites that may show the widget, in the place of those before.',
    body: z
      .strictObject({
        sites: z
          .array(z.string().max(2000))
          .describe('`https://www.example.com` or `https://*.example.com`; empty: any site.'),
        workspace: whose,
      })
      .meta({ id: 'NewSites' }),
    answers: { 200: { description: 'The sites as they are now.', schema: sitesSchema } },
    run: async (ports, { principal, body }) => {
      const workspace = workspaceFor(principal, body.workspace);
      return { status: 200, json: { sites: await allowSites(ports, workspace, body.sites) } };
    },
  }),
];

function workspaceFor(principal: Principal, named: string | undefined): string {
  if (principal.kind === 'operator') {
    if (named !== undefined) return named;
    throw new InputError('workspace_missing', 'The operator key must name the workspace.', {
      field: 'workspace',
    });
  }
  if (named === undefined || named === principal.workspace) return principal.workspace;
  throw new DeniedError('foreign_workspace', 'This key belongs to another workspace.');
}

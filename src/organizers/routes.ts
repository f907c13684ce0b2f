/** API: keys and the audit. */

import { z } from 'zod';
import { MissingError } from '../kernel/errors.ts';
import { listed, type Operation, operation, workspaceOf } from '../kernel/operation.ts';
import { listKeys, makeKey, removeKey } from './api-keys.ts';
import { listAudit } from './audit.ts';
import { brandOperations } from './brand-operations.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import { memberOperations } from './member-operations.ts';
import {
  auditSchema,
  cursorQuery,
  idParams,
  keySchema,
  madeKeySchema,
  newKeySchema,
  pageOf,
} from './schema.ts';
import { sessionOperations } from './session-operations.ts';
import { siteOperations } from './site-operations.ts';
import { workspaceById } from './store.ts';

const ofWorkspace = cursorQuery.extend({
  workspace: z.string().max(100).optional().describe('With the operator key only: whose.'),
});

export const operations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/keys',
    summary: "A workspace's API keys, without the keys themselves.",
    query: ofWorkspace,
    answers: { 200: { description: 'The keys.', schema: pageOf(keySchema) } },
    run: async (ports, { principal, query }) => {
      return listed(await listKeys(ports, chosenWorkspace(principal, query.workspace), query.cursor));
    },
  }),
  operation({
    method: 'post',
    path: '/keys',
    summary: 'Makes an API key; the answer shows it this once.',
    body: newKeySchema,
    answers: { 201: { description: 'The key.', schema: madeKeySchema } },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      if ((await workspaceById(ports, workspace)) === undefined) {
        throw new MissingError('unknown_workspace', 'There is no such workspace.');
      }
      const { record, key } = await makeKey(ports, {
        workspace,
        name: body.name,
        scopes: body.scopes ?? ['read', 'write'],
      });
      return { status: 201, json: { ...record, key } };
    },
  }),
  operation({
    method: 'delete',
    path: '/keys/:id',
    summary: 'Takes a key out of service at once.',
    params: idParams,
    query: z.strictObject({ workspace: z.string().max(100).optional() }),
    answers: { 204: { description: 'Gone.' } },
    run: async (ports, { principal, params, query }) => {
      await removeKey(ports, chosenWorkspace(principal, query.workspace), params.id);
      return { status: 204 };
    },
  }),
  operation({
    method: 'get',
    path: '/audit',
    summary: 'Who changed what, when, by which evidence; newest first.',
    query: cursorQuery,
    answers: { 200: { description: 'The entries.', schema: pageOf(auditSchema) } },
    run: async (ports, { principal, query }) => {
      return listed(await listAudit(ports, workspaceOf(principal), query.cursor));
    },
  }),
  ...siteOperations,
  ...brandOperations,
  ...sessionOperations,
  ...memberOperations,
];

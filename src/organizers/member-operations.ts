/** API: the people of a workspace. Everybody in it sees them; its owner adds and removes them. */
import { z } from 'zod';
import { DeniedError, MissingError } from '../kernel/errors.ts';
import { listed, type Operation, operation, type Principal } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import { addMember, listMembers, removeMember } from './members.ts';
import { cursorQuery, idParams, pageOf } from './schema.ts';
import { sessionById } from './session.ts';
import { memberSchema, newMemberSchema } from './session-schema.ts';
import { workspaceById } from './store.ts';

const ofWorkspace = z.strictObject({ workspace: z.string().max(100).optional() });

export const memberOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/members',
    summary: 'Who may work in a workspace.',
    query: cursorQuery.extend({ workspace: z.string().max(100).optional() }),
    answers: { 200: { description: 'Its owner and its members.', schema: pageOf(memberSchema) } },
    run: async (ports, { principal, query }) => {
      return listed({ items: await listMembers(ports, chosenWorkspace(principal, query.workspace)) });
    },
  }),
  operation({
    method: 'post',
    path: '/members',
    summary: 'Lets somebody work in the workspace: he signs in with this address.',
    body: newMemberSchema,
    answers: { 201: { description: 'The member.', schema: memberSchema } },
    run: async (ports, { principal, body }) => {
      const workspace = chosenWorkspace(principal, body.workspace);
      const by = await ownerOf(ports, principal);
      if ((await workspaceById(ports, workspace)) === undefined)
        throw new MissingError('unknown_workspace', 'There is no such workspace.');
      return { status: 201, json: await addMember(ports, { workspace, email: body.email, by }) };
    },
  }),
  operation({
    method: 'delete',
    path: '/members/:id',
    summary: 'Takes a member out of the workspace; his sessions there end at once.',
    params: idParams,
    query: ofWorkspace,
    answers: { 204: { description: 'Removed.' } },
    run: async (ports, { principal, params, query }) => {
      const workspace = chosenWorkspace(principal, query.workspace);
      const by = await ownerOf(ports, principal);
      await removeMember(ports, { workspace, id: params.id, by });
      return { status: 204 };
    },
  }),
];

/** An API key that leaks must not be able to let its finder stay: only a person who owns the workspace, or the operator, decides. */
async function ownerOf(ports: Pick<Ports, 'table'>, principal: Principal): Promise<string> {
  if (principal.kind === 'operator') return principal.session ?? 'operator';
  const role = (await sessionById(ports, principal.key))?.role;
  if (role === 'owner' || role === 'operator') return principal.key;
  throw new DeniedError('owner_only', 'Only the owner of the workspace can do this, signed in.');
}

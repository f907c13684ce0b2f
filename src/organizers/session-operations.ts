/** API: who am I, the end of a session, the person's open sessions, and the workspace a session acts in. */
import type { z } from 'zod';
import { DeniedError, MissingError } from '../kernel/errors.ts';
import { listed, type Operation, operation, type Principal } from '../kernel/operation.ts';
import type { Ports, Settings } from '../kernel/ports.ts';
import { audit } from './audit.ts';
import { placesOf, rememberPlace, workspaceName } from './members.ts';
import { cursorQuery, idParams, pageOf } from './schema.ts';
import { endSession, endSessions, listSessions, moveSession, type Session, sessionById } from './session.ts';
import {
  endedSchema,
  endSchema,
  enterSchema,
  openSessionSchema,
  sessionSchema,
  workspaceSchema,
} from './session-schema.ts';
import { listWorkspaces, workspaceById } from './store.ts';

const WORKSPACES = 50;

export const sessionOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/session',
    summary: 'Who asks, in which workspace, and what this installation is.',
    answers: { 200: { description: 'The session.', schema: sessionSchema } },
    run: async (ports, { principal }) => ({ status: 200, json: await sessionView(ports, principal) }),
  }),
  operation({
    method: 'post',
    path: '/session/end',
    summary: 'Signs out: this browser, or everywhere.',
    body: endSchema,
    answers: { 200: { description: 'How many sessions ended.', schema: endedSchema } },
    run: async (ports, { principal, body }) => {
      const session = await ownSession(ports, principal);
      if (body.everywhere === true) {
        return { status: 200, json: { ended: await endSessions(ports, session.address) } };
      }
      await endSession(ports, session);
      return { status: 200, json: { ended: 1 } };
    },
  }),
  operation({
    method: 'post',
    path: '/session/workspace',
    summary: 'Goes to another workspace of this person; the operator enters any.',
    body: enterSchema,
    answers: { 200: { description: 'The session as it is now.', schema: sessionSchema } },
    run: async (ports, { principal, body }) => {
      const session = await ownSession(ports, principal);
      const moved = await enter(ports, session, body.workspace);
      return { status: 200, json: await sessionView(ports, moved) };
    },
  }),
  operation({
    method: 'get',
    path: '/sessions',
    summary: 'The open sessions of the person who asks.',
    answers: { 200: { description: 'The sessions.', schema: pageOf(openSessionSchema) } },
    run: async (ports, { principal }) => {
      const own = await ownSession(ports, principal);
      const sessions = await listSessions(ports, own.address);
      const items = sessions.map(({ id, agent, createdAt, seenAt }) => {
        return { id, agent, createdAt, seenAt, current: id === own.id };
      });
      return listed({ items });
    },
  }),
  operation({
    method: 'delete',
    path: '/sessions/:id',
    summary: 'Ends one session of the person who asks.',
    params: idParams,
    answers: { 204: { description: 'Ended.' } },
    run: async (ports, { principal, params }) => {
      const own = await ownSession(ports, principal);
      const other = await sessionById(ports, params.id);
      if (other === null || other.address !== own.address)
        throw new MissingError('unknown_session', 'There is no such session.');
      await endSession(ports, other);
      return { status: 204 };
    },
  }),
  operation({
    method: 'get',
    path: '/workspaces',
    summary: 'Every workspace, newest first; the operator only.',
    query: cursorQuery,
    answers: { 200: { description: 'The workspaces.', schema: pageOf(workspaceSchema) } },
    run: async (ports, { principal, query }) => {
      if (!(await isOperator(ports, principal)))
        throw new DeniedError('operator_only', 'Only the operator sees every workspace.');
      const page = await listWorkspaces(ports, {
        limit: ports.settings.limits.PAGE_SIZE,
        ...query,
      });
      const items = await Promise.all(page.items.map(({ id }) => named(ports, id, 'operator')));
      return listed({ ...page, items });
    },
  }),
];

/** The session behind the request; a key has none. */
export async function ownSession(ports: Pick<Ports, 'table'>, principal: Principal): Promise<Session> {
  const id = principal.kind === 'workspace' ? principal.key : principal.session;
  const session = id?.startsWith('ses_') ? await sessionById(ports, id) : null;
  if (session === null)
    throw new DeniedError('session_needed', 'This is for a person who signed in, not for an API key.');
  return session;
}

async function isOperator(ports: Pick<Ports, 'table'>, principal: Principal): Promise<boolean> {
  if (principal.kind === 'operator') return true;
  return (await sessionById(ports, principal.key))?.role === 'operator';
}

async function enter(ports: Ports, session: Session, workspace: string | null): Promise<Principal> {
  const { id, address } = session;
  if (address === null) {
    if (workspace !== null && (await workspaceById(ports, workspace)) === undefined)
      throw new MissingError('unknown_workspace', 'There is no such workspace.');
    await moveSession(ports, id, { workspace, role: 'operator' });
    if (workspace === null) return { kind: 'operator', session: id };
    await audit(ports, { workspace, what: 'operator_entered', who: id, evidence: 'session', about: {} });
    return { kind: 'workspace', workspace, key: id };
  }
  const place = (await placesOf(ports, address)).find(place => place.workspace === workspace);
  if (place === undefined) throw new MissingError('unknown_workspace', 'There is no such workspace.');
  await moveSession(ports, id, place);
  await rememberPlace(ports, address, place.workspace);
  return { kind: 'workspace', workspace: place.workspace, key: id };
}

async function sessionView(ports: Ports, principal: Principal): Promise<z.input<typeof sessionSchema>> {
  const id = principal.kind === 'workspace' ? principal.key : (principal.session ?? null);
  const session = id?.startsWith('ses_') ? await sessionById(ports, id) : null;
  const role = session?.role ?? (principal.kind === 'operator' ? 'operator' : 'key');
  const workspace = principal.kind === 'workspace' ? principal.workspace : null;
  return {
    id: session?.id ?? null,
    role,
    email: session?.address ?? null,
    workspace: workspace === null ? null : await named(ports, workspace, role),
    workspaces: await placesToEnter(ports, session, role),
    installation: installation(ports.settings),
  };
}

type Role = z.input<typeof sessionSchema>['role'];

async function placesToEnter(ports: Ports, session: Session | null, role: Role) {
  if (role === 'operator') {
    const { items } = await listWorkspaces(ports, { limit: WORKSPACES });
    return Promise.all(items.map(({ id }) => named(ports, id, 'operator')));
  }
  if (session === null || session.address === null) return [];
  const places = await placesOf(ports, session.address);
  return Promise.all(places.slice(0, WORKSPACES).map(place => named(ports, place.workspace, place.role)));
}

async function named(ports: Pick<Ports, 'table'>, id: string, role: Role) {
  return { id, name: await workspaceName(ports, id), role };
}

function installation({ baseUrl, mailDomain, local }: Settings) {
  return { baseUrl, mailDomain, mailbox: `create@${mailDomain}`, local };
}

/** API: accounts at platforms, their health, their audiences. */
import { z } from 'zod';
import { PLATFORMS } from '../../../connectors/registry.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { listed, type Operation, operation, type Principal, workspaceOf } from '../../kernel/operation.ts';
import type { Ports } from '../../kernel/ports.ts';
import { cursorQuery, idParams, pageOf } from '../../organizers/schema.ts';
import { texts } from '../../texts/catalogue.ts';
import { buttonOperations } from '../button/button-operations.ts';
import { reportOperations } from '../report/report-operations.ts';
import { connectionFor } from './access.ts';
import { withClient } from './client.ts';
import { type Connection, TITLES } from './connection.ts';
import { disconnect } from './disconnect.ts';
import { toldOf } from './hooks.ts';
import { inApiWords } from './in-api-words.ts';
import {
  audienceSchema,
  connectionSchema,
  healthSchema,
  homeAudienceSchema,
  platformSchema,
  problemSchema,
} from './schema.ts';
import { listConnections, setAudience } from './store.ts';
import { countHooks } from './watch.ts';

export const operations: readonly Operation[] = [
  ...reportOperations,
  ...buttonOperations,
  operation({
    method: 'get',
    path: '/connections',
    summary: "A workspace's accounts at platforms.",
    query: cursorQuery,
    answers: { 200: { description: 'The connections.', schema: pageOf(connectionSchema) } },
    run: async (ports, { principal, query }) => {
      const page = await listConnections(ports, workspaceOf(principal), query.cursor);
      return listed({ ...page, items: page.items.map(connection => shown(ports, connection)) });
    },
  }),
  operation({
    method: 'get',
    path: '/connections/:id',
    summary: 'One connection and its health.',
    params: idParams,
    answers: { 200: { description: 'The connection.', schema: healthSchema } },
    run: async (ports, { principal, params }) => {
      const connection = await connectionFor(ports, principal, params.id);
      return { status: 200, json: await health(ports, connection) };
    },
  }),
  operation({
    method: 'post',
    path: '/connections/:id',
    summary: 'Sets the home audience.',
    params: idParams,
    body: homeAudienceSchema,
    answers: {
      200: { description: 'The connection as it is now.', schema: healthSchema },
      409: { description: 'It is disconnected.' },
    },
    run: async (ports, { principal, params, body }) => {
      const connection = await connectionFor(ports, principal, params.id);
      const changed = await setAudience(ports, connection.id, body.audience);
      if (changed === null) throw disconnected(connection);
      return { status: 200, json: await health(ports, changed) };
    },
  }),
  operation({
    method: 'delete',
    path: '/connections/:id',
    summary: 'Disconnects: the platform is told, the tokens are forgotten.',
    params: idParams,
    answers: { 204: { description: 'Disconnected, now or before.' } },
    run: async (ports, { principal, params }) => {
      await disconnect(ports, await connectionFor(ports, principal, params.id), whoIs(principal));
      return { status: 204 };
    },
  }),
  operation({
    method: 'get',
    path: '/connections/:id/audiences',
    summary: 'Audiences, lists and segments of the account, as the platform has them now.',
    params: idParams,
    query: cursorQuery,
    answers: {
      200: { description: 'A page of them.', schema: pageOf(audienceSchema) },
      409: { description: 'The account has to be connected again.' },
      502: { description: 'The platform does not answer right now.' },
    },
    run: async (ports, { principal, params, query }) => {
      const connection = await connectionFor(ports, principal, params.id);
      const page = await inApiWords(() =>
        withClient(ports, connection, client => client.audiences(query.cursor)),
      );
      return { status: 200, json: { items: page.items, next: page.next } };
    },
  }),
  operation({
    method: 'get',
    path: '/platforms',
    summary: 'The platforms an account can be connected at.',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(platformSchema) }) } },
    run: async ports => ({
      status: 200,
      json: { items: PLATFORMS.map(platform => offered(ports, platform)) },
    }),
  }),
  operation({
    method: 'get',
    path: '/platforms/problems',
    summary: 'What the words in `/connections?problem=` mean.',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(problemSchema) }) } },
    run: async () => {
      const items = Object.entries(texts().connections.problems).map(([code, sentence]) => ({
        code,
        sentence,
      }));
      return { status: 200, json: { items } };
    },
  }),
];

function shown(ports: Pick<Ports, 'settings'>, connection: Connection) {
  const { id, workspace, platform, state, lastSyncAt, problem, audience, connectedAt } = connection;
  const account = { id: connection.account.id, name: connection.account.name };
  const reconnect = connectPage(ports, platform);
  return { id, workspace, platform, account, state, lastSyncAt, problem, audience, connectedAt, reconnect };
}

async function health(ports: Ports, connection: Connection) {
  const [told, watched] = await Promise.all([toldOf(ports, connection.id), countHooks(ports, connection.id)]);
  return { ...shown(ports, connection), notices: { watched, ...told } };
}

function offered(ports: Pick<Ports, 'settings'>, platform: Connection['platform']) {
  const app = ports.settings.platforms[platform];
  return {
    platform,
    title: TITLES[platform],
    available: app !== null,
    sandbox: app?.url?.startsWith(`${ports.settings.baseUrl}/local/`) ?? false,
    connect: connectPage(ports, platform),
  };
}

function connectPage(ports: Pick<Ports, 'settings'>, platform: string): string {
  return `${ports.settings.baseUrl}/connect/${platform}`;
}

function disconnected({ platform }: Connection): ConflictError {
  return new ConflictError('disconnected', texts().connections.unusable.disconnected(TITLES[platform]));
}

function whoIs(principal: Principal): string {
  return principal.kind === 'workspace' ? principal.key : 'operator';
}

/**
 * The one Express app: pages, the API, health. Mounts what the rooms declare, answers every error.
 * No product rule lives here.
 */
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
  Router,
} from 'express';
import type { z } from 'zod';
import { operations as parkedOperations } from '../admin/routes.ts';
import { zoneDataVersion } from '../calendar/time.ts';
import { operations as connectionOperations } from '../connections/account/routes.ts';
import { visitOperations } from '../connections/press/visit-operations.ts';
import { operations as arrivalOperations } from '../intake/routes.ts';
import { operations as inviteOperations } from '../invites/routes.ts';
import { InputError, LimitError, UpstreamError } from '../kernel/errors.ts';
import { type Answered, type Operation, workspaceOf } from '../kernel/operation.ts';
import type { Ports } from '../kernel/ports.ts';
import { operations as organizerOperations } from '../organizers/routes.ts';
import { previewOperations } from '../pages/preview-operations.ts';
import { routes as pageRoutes } from '../pages/routes.ts';
import { operations as reportOperations } from '../reports/routes.ts';
import { operations as rsvpOperations } from '../rsvp/routes.ts';
import { principalOf } from './http/auth.ts';
import { openCursor, sealCursor } from './http/cursor.ts';
import { dashboardRoutes } from './http/dashboard.ts';
import { fieldProblem } from './http/field-problem.ts';
import { once } from './http/idempotency.ts';
import { parseJson } from './http/json-body.ts';
import { logoFiles } from './http/logo.ts';
import { networkOf } from './http/network.ts';
import { openApi } from './http/openapi.ts';
import { problem, problemOf, sendProblem } from './http/problem.ts';
import { shareImages } from './http/share-image.ts';
import { widgetFiles } from './http/widget.ts';

export const OPERATIONS: readonly Operation[] = [
  ...reportOperations,
  ...inviteOperations,
  ...rsvpOperations,
  ...arrivalOperations,
  ...connectionOperations,
  ...visitOperations,
  ...parkedOperations,
  ...organizerOperations,
  ...previewOperations,
];

export interface AppOptions {
  readonly operatorKey: string;
  /** Where the built dashboard lies; null where it was not built. */
  readonly dashboard?: string | null;
  /** Routers of one runtime alone, mounted before everything else (`/local`). */
  readonly extra?: readonly Router[];
}

export function createApp(ports: Ports, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true, zoneData: zoneDataVersion() });
  });
  app.use((request, response, next) => {
    response.locals.network = networkOf(request, ports.settings.trustProxy);
    next();
  });
  app.use(widgetFiles());
  app.use(logoFiles(ports));
  app.use(shareImages(ports));
  app.use('/api/v1', api(ports, options.operatorKey));
  for (const router of options.extra ?? []) app.use(router);
  app.use(dashboardRoutes(ports, options.dashboard ?? null));
  app.use(pageRoutes(ports));
  app.use(answerError(ports));
  return app;
}

function api(ports: Ports, operatorKey: string): Router {
  const router = Router({ caseSensitive: true });
  router.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(openApi(OPERATIONS, ports.settings.baseUrl));
  });
  router.use(express.raw({ type: () => true, limit: ports.settings.limits.JSON_BYTES, inflate: false }));
  for (const operation of OPERATIONS) {
    router[operation.method](operation.path, (request, response) =>
      run(ports, operatorKey, operation, request, response),
    );
  }
  router.use((request, response) => {
    const known = OPERATIONS.some(({ path }) =>
      new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(request.path),
    );
    sendProblem(
      response,
      known
        ? problem(405, 'method_not_allowed', `${request.method} is not possible here.`)
        : problem(404, 'unknown_path', 'There is no such call; GET /api/v1/openapi.json lists them.'),
    );
  });
  router.use(answerError(ports));
  return router;
}

async function run(
  ports: Ports,
  operatorKey: string,
  operation: Operation,
  request: Request,
  response: Response,
): Promise<void> {
  const writes = operation.method !== 'get';
  const principal = await principalOf(ports, operatorKey, request.headers, writes);
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  const scope = `${workspaceOf(principal) ?? 'operator'}\n${request.path}`;
  const perform = async (): Promise<Answered> =>
    operation.run(ports, {
      principal,
      params: checked(operation.params, request.params, 'path'),
      query: checked(operation.query, withOpenCursor(ports, scope, request.query), 'query'),
      body:
        operation.body === undefined
          ? undefined
          : checked(operation.body, jsonOf(ports, request, bytes), 'body'),
    });
  if (operation.method !== 'post') return send(response, withSealedNext(ports, scope, await perform()));
  const kept = await once(
    ports,
    {
      principal,
      route: `${operation.method} ${request.path}`,
      key: request.get('idempotency-key'),
      body: bytes,
    },
    async () => {
      const answered = await perform();
      return { status: answered.status, body: 'json' in answered ? JSON.stringify(answered.json) : '' };
    },
  );
  response.status(kept.status);
  if (kept.body === '') response.end();
  else response.type('application/json').send(kept.body);
}

function withOpenCursor(ports: Ports, scope: string, query: Request['query']): Record<string, unknown> {
  const { cursor } = query;
  return typeof cursor === 'string' ? { ...query, cursor: openCursor(ports, scope, cursor) } : { ...query };
}

function withSealedNext(ports: Ports, scope: string, answered: Answered): Answered {
  if (!('json' in answered) || typeof answered.json !== 'object' || answered.json === null) return answered;
  const next = 'next' in answered.json ? answered.json.next : null;
  if (typeof next !== 'string') return answered;
  return { ...answered, json: { ...answered.json, next: sealCursor(ports, scope, next) } };
}

function jsonOf(ports: Ports, request: Request, bytes: Uint8Array): unknown {
  const type = (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new InputError('unsupported_content', 'Send the body as application/json.', {
      field: 'Content-Type',
    });
  }
  return parseJson(bytes, ports.settings.limits);
}

/** Names the first field that doesn't fit. */
function checked(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw fieldProblem(result.error.issues[0], value, place);
}

async function send(response: Response, answered: Answered): Promise<void> {
  response.status(answered.status);
  if ('json' in answered) response.json(answered.json);
  else if ('chunks' in answered) {
    response.set({
      'Content-Type': answered.contentType,
      'Content-Disposition': `attachment; filename="${answered.filename}"`,
    });
    for await (const chunk of answered.chunks) {
      if (!response.write(chunk)) await new Promise(resolve => response.once('drain', resolve));
    }
    response.end();
  } else response.end();
}

function answerError(ports: Ports): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const details = isTooLarge(error)
      ? problem(413, 'too_large', `The body is larger than ${ports.settings.limits.JSON_BYTES} octets.`)
      : isEncoding(error)
        ? problem(415, 'unsupported_content', 'Send the body uncompressed.')
        : problemOf(error);
    if (details.status >= 500)
      ports.log.error('request failed', { method: request.method, route: routeOf(request) }, error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const wait =
      error instanceof LimitError
        ? error.retryAfterSeconds
        : error instanceof UpstreamError && error.retryAfterMs !== undefined
          ? Math.ceil(error.retryAfterMs / 1000)
          : undefined;
    sendProblem(response, details, wait === undefined ? {} : { 'Retry-After': String(wait) });
  };
}

/** The pattern, not the path: a path may hold a token (P15). */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'none';
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
}

function isEncoding(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'type' in error && error.type === 'encoding.unsupported'
  );
}

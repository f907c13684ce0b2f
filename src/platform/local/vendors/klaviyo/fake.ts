/** The Klaviyo fake: calls of `/api` behind a token with the right scopes, within its windows. */
import type { Hooks } from '../delivery.ts';
import { bearerOf, objectIn, type VendorAnswer, type VendorRequest } from '../exchange.ts';
import { grantOf } from '../grants.ts';
import type { PlatformFake, VendorOptions } from '../vendor.ts';
import { klaviyoOauth } from './oauth.ts';
import { operationAt } from './operations.ts';
import { invalid, missingScopes, notAuthenticated, notFound, problem, throttled } from './problem.ts';
import type { KlaviyoState } from './state.ts';
import { openWindows, type Taken, type Windows } from './windows.ts';

const REVISION = /^\d{4}-\d{2}-\d{2}(?:\.\w+)?$/;
const BODY_TYPES = /^application\/(?:vnd\.api\+)?json\b/;

export function klaviyoFake(options: VendorOptions, state: KlaviyoState, hooks: () => Hooks): PlatformFake {
  const windows = openWindows(options.clock);
  return {
    platform: 'klaviyo',
    grants: state.oauth,
    accountOf(token) {
      const grant = token === null ? undefined : state.oauth.access[token]?.grant;
      const account = grant === undefined ? undefined : state.oauth.grants[grant]?.account;
      return grant === undefined || account === undefined ? undefined : { account, grant };
    },
    answer: request =>
      request.path.startsWith('/oauth/')
        ? (klaviyoOauth(options, state, request) ?? notFound('page'))
        : callApi(options, state, windows, hooks(), request),
    enter: () => undefined,
    leave: () => undefined,
    problem: status =>
      problem(status, 'service_unavailable', 'Service unavailable.', 'Please try again later.'),
    rateLimited: throttled,
  };
}

async function callApi(
  options: VendorOptions,
  state: KlaviyoState,
  windows: Windows,
  hooks: Hooks,
  request: VendorRequest,
): Promise<VendorAnswer> {
  const grant = grantOf(state.oauth, options.clock, bearerOf(request));
  const account = grant === undefined ? undefined : state.accounts[grant.account];
  if (grant === undefined || account === undefined) return notAuthenticated();
  const found = operationAt(request.method, request.path);
  if (found === undefined) return notFound('page');
  const { operation, parts } = found;
  if (!REVISION.test(request.headers.revision ?? ''))
    return invalid('The revision header is missing.', '/data');
  if (!operation.scopes.every(scope => grant.scopes.includes(scope))) return missingScopes(operation.scopes);
  const taken: Taken = options.limits
    ? windows.take(`${account.id} ${operation.method} ${operation.path}`, operation.rate)
    : { ok: true, remaining: operation.rate.steady, resetSeconds: 60 };
  if (!taken.ok) return throttled(taken.waitSeconds);
  const body = objectIn(request);
  if (body === undefined) return invalid('The body is no JSON.', '/');
  if (request.body.length > 0 && !BODY_TYPES.test(request.headers['content-type'] ?? ''))
    return problem(
      415,
      'unsupported_media_type',
      'Unsupported media type.',
      'Send application/vnd.api+json.',
    );
  const answer = await operation.handler({
    account,
    request,
    parts,
    body,
    clock: options.clock,
    random: options.random,
    hooks,
    url: options.url,
  });
  const limits = {
    'ratelimit-limit': `${operation.rate.burst}, ${operation.rate.burst};w=1, ${operation.rate.steady};w=60`,
    'ratelimit-remaining': String(taken.remaining),
    'ratelimit-reset': String(taken.resetSeconds),
  };
  return answer.status < 400 ? { ...answer, headers: { ...answer.headers, ...limits } } : answer;
}

/** Klaviyo's errors: JSON:API documents. */
import { json, type VendorAnswer } from '../exchange.ts';

export const MEDIA_TYPE = 'application/vnd.api+json';

export function problem(
  status: number,
  code: string,
  title: string,
  detail: string,
  more: { readonly pointer?: string; readonly parameter?: string; readonly meta?: object } = {},
): VendorAnswer {
  const { pointer, parameter, meta } = more;
  const source = parameter === undefined ? { pointer: pointer ?? '/data' } : { parameter };
  const error = {
    id: '00000000-0000-4000-8000-000000000000',
    status,
    code,
    title,
    detail,
    source,
    links: {},
    meta: meta ?? {},
  };
  return json(status, { errors: [error] }, MEDIA_TYPE);
}

export const notFound = (what: string): VendorAnswer =>
  problem(404, 'not_found', 'Not found.', `A ${what} with that id does not exist.`, {
    pointer: '/data/',
  });

export const invalid = (detail: string, pointer: string): VendorAnswer =>
  problem(400, 'invalid', 'Invalid input.', detail, { pointer });

export const badFilter = (detail: string): VendorAnswer =>
  problem(400, 'invalid', 'Invalid filter.', detail, { parameter: 'filter' });

export const notAuthenticated = (): VendorAnswer =>
  problem(
    401,
    'not_authenticated',
    'Authentication credentials were not provided.',
    'Missing or invalid access token.',
    { pointer: '/data/' },
  );

export const missingScopes = (scopes: readonly string[]): VendorAnswer =>
  problem(
    403,
    'permission_denied',
    'You do not have permission to perform this action.',
    `The access token lacks the scopes ${scopes.join(' ')}.`,
    { pointer: '/data/' },
  );

export function throttled(seconds: number): VendorAnswer {
  const answer = problem(
    429,
    'throttled',
    'Request was throttled.',
    `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    { pointer: '/data/' },
  );
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

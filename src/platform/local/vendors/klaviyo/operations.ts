/** Every call of the Klaviyo fake with the scopes it needs and how often it may be made. A test holds both against the vendor's description. */
import * as events from './events.ts';
import * as groups from './groups.ts';
import * as profiles from './profiles.ts';
import * as templates from './templates.ts';
import type { Handler } from './visit.ts';
import * as webhooks from './webhooks.ts';
import { L, M, type Rate, XL, XS } from './windows.ts';

export interface KlaviyoOperation {
  readonly method: string;
  /** With `{id}` in the place of an id, as the description writes it. */
  readonly path: string;
  readonly scopes: readonly string[];
  readonly rate: Rate;
  readonly handler: Handler;
}

type Line = readonly [method: string, path: string, scopes: string, rate: Rate, handler: Handler];

const LINES: readonly Line[] = [
  ['GET', '/api/accounts', 'accounts:read', XS, profiles.getAccounts],
  ['GET', '/api/profiles', 'profiles:read', L, profiles.listProfiles],
  ['POST', '/api/profiles', 'profiles:write', L, profiles.postProfile],
  ['GET', '/api/profiles/{id}', 'profiles:read', L, profiles.getProfile],
  ['PATCH', '/api/profiles/{id}', 'profiles:write', L, profiles.patchProfile],
  ['POST', '/api/profile-import', 'profiles:write', L, profiles.importProfile],
  ['POST', '/api/profile-merge', 'profiles:write', M, profiles.mergeProfiles],
  ['POST', '/api/profile-bulk-import-jobs', 'lists:write profiles:write', M, profiles.importProfiles],
  ['GET', '/api/profile-bulk-import-jobs/{job_id}', 'lists:read profiles:read', M, profiles.getJob],
  ['GET', '/api/profile-bulk-import-jobs/{id}/import-errors', 'profiles:read', M, profiles.getJobErrors],
  ['POST', '/api/events', 'events:write', XL, events.postEvent],
  ['GET', '/api/events', 'events:read', XL, events.listEvents],
  ['GET', '/api/events/{id}', 'events:read', M, events.getEvent],
  ['GET', '/api/metrics', 'metrics:read', M, events.listMetrics],
  ['GET', '/api/metrics/{id}', 'metrics:read', M, events.getMetric],
  ['GET', '/api/lists', 'lists:read', L, groups.listLists],
  ['POST', '/api/lists', 'lists:write', M, groups.postList],
  ['GET', '/api/lists/{id}', 'lists:read', L, groups.getList],
  ['GET', '/api/lists/{id}/profiles', 'lists:read profiles:read', L, groups.listProfiles],
  ['POST', '/api/lists/{id}/relationships/profiles', 'lists:write profiles:write', M, groups.addToList],
  [
    'DELETE',
    '/api/lists/{id}/relationships/profiles',
    'lists:write profiles:write',
    M,
    groups.removeFromList,
  ],
  ['GET', '/api/segments', 'segments:read', L, groups.listSegments],
  ['GET', '/api/segments/{id}', 'segments:read', L, groups.getSegment],
  ['GET', '/api/segments/{id}/profiles', 'profiles:read segments:read', L, groups.segmentProfiles],
  ['GET', '/api/webhooks', 'webhooks:read', XS, webhooks.listWebhooks],
  ['POST', '/api/webhooks', 'webhooks:write', XS, webhooks.postWebhook],
  ['GET', '/api/webhooks/{id}', 'webhooks:read', XS, webhooks.getWebhook],
  ['DELETE', '/api/webhooks/{id}', 'webhooks:write', XS, webhooks.deleteWebhook],
  ['GET', '/api/webhook-topics', 'webhooks:read', XS, webhooks.listTopics],
  ['GET', '/api/templates', 'templates:read', L, templates.listTemplates],
  ['POST', '/api/templates', 'templates:write', L, templates.postTemplate],
  ['GET', '/api/templates/{id}', 'templates:read', L, templates.getTemplate],
  ['PATCH', '/api/templates/{id}', 'templates:write', L, templates.patchTemplate],
  ['DELETE', '/api/templates/{id}', 'templates:write', L, templates.deleteTemplate],
  ['GET', '/api/template-universal-content', 'templates:read', L, templates.listUniversal],
  ['POST', '/api/template-universal-content', 'templates:write', L, templates.postUniversal],
  ['GET', '/api/template-universal-content/{id}', 'templates:read', L, templates.getUniversal],
  ['PATCH', '/api/template-universal-content/{id}', 'templates:write', L, templates.patchUniversal],
  ['DELETE', '/api/template-universal-content/{id}', 'templates:write', L, templates.deleteUniversal],
];

export const KLAVIYO_OPERATIONS: readonly KlaviyoOperation[] = LINES.map(
  ([method, path, scopes, rate, handler]) => ({ method, path, scopes: scopes.split(' '), rate, handler }),
);

const PATTERNS = KLAVIYO_OPERATIONS.map(operation => ({
  operation,
  // The SDK ends paths without a slash; a slash more is taken too, as the vendor takes it.
  pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`),
}));

export function operationAt(
  method: string,
  path: string,
): { readonly operation: KlaviyoOperation; readonly parts: readonly string[] } | undefined {
  for (const { operation, pattern } of PATTERNS) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match !== null) return { operation, parts: match.slice(1).map(part => decodeURIComponent(part)) };
  }
  return undefined;
}

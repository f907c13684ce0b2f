/** The Mailchimp fake: routes of `/3.0` behind a token, ten calls at a time. */

import type { Hooks } from '../delivery.ts';
import { bearerOf, json, objectIn, type VendorAnswer, type VendorRequest } from '../exchange.ts';
import { grantOf } from '../grants.ts';
import type { PlatformFake, VendorOptions } from '../vendor.ts';
import * as lists from './lists.ts';
import * as members from './members.ts';
import { mailchimpOauth } from './oauth.ts';
import { answered } from './partial.ts';
import { badKey, notFound, problem, tooMany, unreadable } from './problem.ts';
import type { MailchimpState } from './state.ts';
import * as templates from './templates.ts';
import type { Handler } from './visit.ts';

const AT_ONCE = 10;
const L = '/3\\.0/lists/([^/]+)';
const M = `${L}/members/([^/]+)`;

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['GET', /^\/3\.0\/?$/, root],
  ['GET', /^\/3\.0\/ping$/, () => json(200, { health_status: 'Everything’s Chimpy!' })],
  ['GET', /^\/3\.0\/lists$/, lists.listLists],
  ['GET', at(L), lists.getList],
  ['POST', at(L), members.batchMembers],
  ['GET', at(`${L}/members`), members.listMembers],
  ['POST', at(`${L}/members`), members.postMember],
  ['GET', at(M), members.getMember],
  ['PATCH', at(M), members.patchMember],
  ['PUT', at(M), members.putMember],
  ['DELETE', at(M), members.archiveMember],
  ['GET', at(`${M}/tags`), members.listTags],
  ['POST', at(`${M}/tags`), members.postTags],
  ['GET', at(`${M}/events`), members.listEvents],
  ['POST', at(`${M}/events`), members.postEvent],
  ['GET', at(`${L}/tag-search`), members.searchTags],
  ['GET', at(`${L}/merge-fields`), lists.listMergeFields],
  ['POST', at(`${L}/merge-fields`), lists.postMergeField],
  ['DELETE', at(`${L}/merge-fields/([^/]+)`), lists.deleteMergeField],
  ['GET', at(`${L}/segments`), lists.listSegments],
  ['POST', at(`${L}/segments`), lists.postSegment],
  ['GET', at(`${L}/segments/([^/]+)`), lists.getSegment],
  ['GET', at(`${L}/segments/([^/]+)/members`), lists.segmentMembers],
  ['GET', at(`${L}/webhooks`), lists.listHooks],
  ['POST', at(`${L}/webhooks`), lists.postHook],
  ['GET', at(`${L}/webhooks/([^/]+)`), lists.getHook],
  ['DELETE', at(`${L}/webhooks/([^/]+)`), lists.deleteHook],
  ['GET', /^\/3\.0\/templates$/, templates.listTemplates],
  ['POST', /^\/3\.0\/templates$/, templates.postTemplate],
  ['GET', at('/3\\.0/templates/([^/]+)'), templates.getTemplate],
  ['PATCH', at('/3\\.0/templates/([^/]+)'), templates.patchTemplate],
  ['DELETE', at('/3\\.0/templates/([^/]+)'), templates.deleteTemplate],
];

export function mailchimpFake(
  options: VendorOptions,
  state: MailchimpState,
  hooks: () => Hooks,
): PlatformFake {
  const inFlight = new Map<string, number>();
  const accountOf: PlatformFake['accountOf'] = token => {
    const grant = token === null ? undefined : state.oauth.access[token]?.grant;
    const account = grant === undefined ? undefined : state.oauth.grants[grant]?.account;
    return grant === undefined || account === undefined ? undefined : { account, grant };
  };
  const userOf = (request: VendorRequest): string | undefined => accountOf(bearerOf(request))?.account;
  return {
    platform: 'mailchimp',
    grants: state.oauth,
    accountOf,
    answer: request =>
      request.path.startsWith('/oauth2/')
        ? (mailchimpOauth(options, state, request) ?? notFound())
        : callApi(options, state, hooks(), request),
    enter(request) {
      const user = userOf(request);
      if (user === undefined || !options.limits) return undefined;
      const count = inFlight.get(user) ?? 0;
      if (count >= AT_ONCE) return tooMany();
      inFlight.set(user, count + 1);
      return undefined;
    },
    leave(request) {
      const user = userOf(request);
      if (user !== undefined) inFlight.set(user, Math.max(0, (inFlight.get(user) ?? 0) - 1));
    },
    problem: status => problem(status, 'Internal Server Error', 'An unexpected internal error has occurred.'),
    rateLimited: tooMany,
  };
}

function callApi(
  options: VendorOptions,
  state: MailchimpState,
  hooks: Hooks,
  request: VendorRequest,
): VendorAnswer | Promise<VendorAnswer> {
  const grant = grantOf(state.oauth, options.clock, bearerOf(request));
  const account = grant === undefined ? undefined : state.accounts[grant.account];
  if (account === undefined) return badKey();
  for (const [method, path, handler] of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match === null) continue;
    const body = objectIn(request);
    if (body === undefined) return unreadable();
    const parts = match.slice(1).map(part => decodeURIComponent(part));
    return handler({
      account,
      request,
      parts,
      body,
      clock: options.clock,
      random: options.random,
      hooks,
      url: options.url,
    });
  }
  return ROUTES.some(([, path]) => path.test(request.path))
    ? problem(405, 'Method Not Allowed', 'The requested method and resource are not compatible.')
    : notFound();
}

function root({ account, request }: Parameters<Handler>[0]): VendorAnswer {
  return answered(request, {
    account_id: account.id,
    login_id: account.login,
    account_name: account.name,
    email: account.email,
    first_name: '',
    last_name: '',
    username: account.email,
    role: 'owner',
    pricing_plan_type: 'forever_free',
    account_timezone: 'Etc/UTC',
    contact: { company: account.name, addr1: '', city: '', state: '', zip: '', country: '' },
    pro_enabled: false,
    total_subscribers: Object.values(account.lists)
      .flatMap(list => Object.values(list.members))
      .filter(({ status }) => status === 'subscribed').length,
  });
}

function at(path: string): RegExp {
  return new RegExp(`^${path}$`);
}

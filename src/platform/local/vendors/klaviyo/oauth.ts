/** Klaviyo's OAuth: PKCE S256 for everybody, scopes, an hour's access, refresh tokens that rotate. */
import { formOf, json, redirect, type VendorAnswer, type VendorRequest } from '../exchange.ts';
import {
  exchange,
  type GrantRules,
  type Issued,
  type Refused,
  revokeToken,
  rotate,
  sameText,
} from '../grants.ts';
import { backWithError, decideByForm, putQuestion, wrongAsk } from '../oauth-page.ts';
import type { VendorOptions } from '../vendor.ts';
import type { KlaviyoState } from './state.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
export const KLAVIYO_RULES: GrantRules = {
  codeMs: 5 * MINUTE_MS,
  accessMs: 60 * MINUTE_MS,
  idleMs: 90 * DAY_MS,
};
const CHALLENGE = /^[\w-]{43}$/;
const SCOPE =
  /^(?:accounts|campaigns|catalogs|coupons|data-privacy|events|flows|forms|images|lists|metrics|profiles|segments|subscriptions|tags|templates|tracking-settings|webhooks):(?:read|write)$/;

export function klaviyoOauth(
  options: VendorOptions,
  state: KlaviyoState,
  request: VendorRequest,
): VendorAnswer | undefined {
  switch (`${request.method} ${request.path}`) {
    case 'GET /oauth/authorize':
      return authorize(options, state, request);
    case 'POST /oauth/authorize':
      return decideByForm(options, state.oauth, KLAVIYO_RULES, request, firstAccount(state));
    case 'POST /oauth/token':
      return token(options, state, request);
    case 'POST /oauth/revoke':
      return revoke(options, state, request);
    default:
      return undefined;
  }
}

function authorize(options: VendorOptions, state: KlaviyoState, { query }: VendorRequest): VendorAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== options.app.clientId) return wrongAsk('There is no such app.');
  if (!options.redirectUris.includes(redirectUri))
    return wrongAsk('The redirect URI is not on the allow-list of the app.');
  const ask = { redirectUri, state: query.get('state') };
  const back = (error: string, description: string): VendorAnswer =>
    redirect(backWithError(ask, error, description));
  if (query.get('response_type') !== 'code')
    return back('unsupported_response_type', 'The response type must be "code".');
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('code_challenge_method') !== 'S256' || !CHALLENGE.test(challenge))
    return back('invalid_request', 'Code challenge failed: PKCE with S256 is required.');
  const scopes = (query.get('scope') ?? '').split(' ').filter(scope => scope !== '');
  if (scopes.length === 0 || scopes.some(scope => !SCOPE.test(scope)))
    return back('invalid_scope', 'A scope is missing or unknown.');
  return putQuestion(
    options,
    state.oauth,
    KLAVIYO_RULES,
    { ...ask, client: options.app.clientId, scopes, challenge },
    `${new URL(options.url).pathname.replace(/\/$/, '')}/oauth/authorize`,
  );
}

function token(options: VendorOptions, state: KlaviyoState, request: VendorRequest): VendorAnswer {
  if (!isApp(options, request))
    return oauthError(401, 'invalid_client', 'The client credentials are invalid.');
  const form = formOf(request);
  const tools = { ...options, rules: KLAVIYO_RULES };
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return tokens(
        exchange(state.oauth, tools, {
          code: form.get('code') ?? '',
          client: options.app.clientId,
          redirectUri: form.get('redirect_uri') ?? '',
          verifier: form.get('code_verifier'),
        }),
      );
    case 'refresh_token':
      return tokens(rotate(state.oauth, tools, form.get('refresh_token') ?? ''));
    default:
      return oauthError(400, 'unsupported_grant_type', 'Invalid grant type.');
  }
}

function revoke(options: VendorOptions, state: KlaviyoState, request: VendorRequest): VendorAnswer {
  if (!isApp(options, request))
    return oauthError(401, 'invalid_client', 'The client credentials are invalid.');
  revokeToken(state.oauth, formOf(request).get('token') ?? '');
  return json(200, {});
}

function tokens(issued: Issued | Refused): VendorAnswer {
  if (issued === 'invalid_verifier') return oauthError(400, 'invalid_grant', 'Invalid code verifier.');
  if (typeof issued === 'string')
    return oauthError(400, 'invalid_grant', 'The grant was used, has expired, or was revoked.');
  return json(200, {
    access_token: issued.access,
    token_type: 'bearer',
    expires_in: (KLAVIYO_RULES.accessMs ?? 0) / 1000,
    refresh_token: issued.refresh,
    scope: issued.grant.scopes.join(' '),
  });
}

function isApp({ app }: VendorOptions, request: VendorRequest): boolean {
  const given = /^basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return sameText(Buffer.from(given, 'base64').toString('utf8'), `${app.clientId}:${app.clientSecret}`);
}

function oauthError(status: number, error: string, description: string): VendorAnswer {
  return json(status, { error, error_description: description });
}

function firstAccount(state: KlaviyoState): string {
  return Object.keys(state.accounts)[0] ?? '';
}

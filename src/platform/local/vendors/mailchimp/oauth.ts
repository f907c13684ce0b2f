/** Mailchimp's OAuth: no scopes, no PKCE, a token that never expires; and metadata, which answers 200 even where it refuses. */
import { bearerOf, formOf, json, type VendorAnswer, type VendorRequest } from '../exchange.ts';
import { exchange, type GrantRules, grantOf, sameText } from '../grants.ts';
import { decideByForm, putQuestion, wrongAsk } from '../oauth-page.ts';
import type { VendorOptions } from '../vendor.ts';
import type { MailchimpState } from './state.ts';

const MINUTE_MS = 60_000;
export const MAILCHIMP_RULES: GrantRules = {
  codeMs: 10 * MINUTE_MS,
  accessMs: null,
  idleMs: Number.POSITIVE_INFINITY,
};
/** The data centre of every sandbox account. */
export const DATA_CENTRE = 'us1';

export function mailchimpOauth(
  options: VendorOptions,
  state: MailchimpState,
  request: VendorRequest,
): VendorAnswer | undefined {
  switch (`${request.method} ${request.path}`) {
    case 'GET /oauth2/authorize':
      return authorize(options, state, request);
    case 'POST /oauth2/authorize':
      return decideByForm(options, state.oauth, MAILCHIMP_RULES, request, firstAccount(state));
    case 'POST /oauth2/token':
      return token(options, state, request);
    case 'GET /oauth2/metadata':
      return metadata(options, state, request);
    default:
      return undefined;
  }
}

function authorize(options: VendorOptions, state: MailchimpState, { query }: VendorRequest): VendorAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('response_type') !== 'code') return wrongAsk('The response type is not "code".');
  if (query.get('client_id') !== options.app.clientId) return wrongAsk('There is no such app.');
  if (!options.redirectUris.includes(redirectUri))
    return wrongAsk('The redirect URI is not exactly the one that the app has registered.');
  return putQuestion(
    options,
    state.oauth,
    MAILCHIMP_RULES,
    { client: options.app.clientId, redirectUri, state: query.get('state'), scopes: [], challenge: null },
    `${new URL(options.url).pathname.replace(/\/$/, '')}/oauth2/authorize`,
  );
}

function token(options: VendorOptions, state: MailchimpState, request: VendorRequest): VendorAnswer {
  const form = formOf(request);
  const client = form.get('client_id') ?? '';
  const secret = form.get('client_secret') ?? '';
  if (client !== options.app.clientId || !sameText(secret, options.app.clientSecret))
    return json(401, { error: 'invalid_client', error_description: 'The client credentials are invalid.' });
  if (form.get('grant_type') !== 'authorization_code')
    return json(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant type.' });
  const issued = exchange(
    state.oauth,
    { ...options, rules: MAILCHIMP_RULES },
    {
      code: form.get('code') ?? '',
      client,
      redirectUri: form.get('redirect_uri') ?? '',
      verifier: null,
    },
  );
  if (typeof issued === 'string')
    return json(400, {
      error: issued === 'wrong_redirect' ? 'redirect_uri_mismatch' : 'invalid_grant',
      error_description: 'The code was used, has expired, or belongs to another request.',
    });
  return json(200, { access_token: issued.access, expires_in: 0, scope: null });
}

function metadata(options: VendorOptions, state: MailchimpState, request: VendorRequest): VendorAnswer {
  const grant = grantOf(state.oauth, options.clock, bearerOf(request));
  const account = grant === undefined ? undefined : state.accounts[grant.account];
  if (account === undefined)
    return json(200, { error: 'invalid_token', error_description: 'The access token is invalid.' });
  return json(200, {
    dc: DATA_CENTRE,
    role: 'owner',
    accountname: account.name,
    user_id: account.id,
    login: {
      email: account.email,
      avatar: null,
      login_id: account.login,
      login_name: account.email,
      login_email: account.email,
    },
    login_url: options.url,
    api_endpoint: options.url,
  });
}

export function firstAccount(state: MailchimpState): string {
  return Object.keys(state.accounts)[0] ?? '';
}

/** Klaviyo's OAuth: PKCE, access tokens of an hour, refresh tokens that may rotate (klaviyo.md 1.1). */
import type { Account, OAuth, PlatformApp, Tokens } from '../contract.ts';
import { failure, unreadable } from '../failure.ts';
import { type Answer, send } from '../http.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import { OAUTH_ANSWER_BYTES } from '../limits.ts';
import { refusedGrant, tokensOf } from '../tokens.ts';
import { refusedCall } from './refusal.ts';
import { SCOPES } from './scopes.ts';

export const API = 'https://a.klaviyo.com';
/** The one the SDK sends. */
export const REVISION = '2026-07-15';
const AUTHORIZE = 'https://www.klaviyo.com';
const ACCESS_SECONDS = 3_600;

export function klaviyoOAuth(app: PlatformApp, timeoutMs: number): OAuth {
  const ask = (path: string, form: Readonly<Record<string, string>>): Promise<Answer> =>
    send({
      platform: 'klaviyo',
      effect: 'writes',
      method: 'POST',
      url: `${app.url ?? API}${path}`,
      headers: {
        authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
      maxBytes: OAUTH_ANSWER_BYTES,
    });
  return {
    pkce: true,
    scopes: SCOPES,
    authorizeUrl: ({ redirectUri, state, challenge }) => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        scope: SCOPES.join(' '),
        state,
        code_challenge_method: 'S256',
        code_challenge: challenge ?? '',
      });
      return `${app.url ?? AUTHORIZE}/oauth/authorize?${query}`;
    },
    exchange: async ({ code, redirectUri, verifier, now }) => {
      if (verifier === null) {
        throw failure(
          'klaviyo',
          'reconnect',
          'no_verifier',
          'The sign-in at {platform} was cut short. Start again.',
        );
      }
      const answer = await ask('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      });
      return tokensOf('klaviyo', answer, { now, refresh: null, lifeSeconds: ACCESS_SECONDS });
    },
    refresh: async (refreshToken, now) => {
      const answer = await ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: refreshToken });
      return tokensOf('klaviyo', answer, { now, refresh: refreshToken, lifeSeconds: ACCESS_SECONDS });
    },
    account: tokens => accountOf(app, tokens, timeoutMs),
    revoke: async ({ refresh, access }) => {
      const answer = await ask('/oauth/revoke', {
        token: refresh ?? access,
        token_type_hint: refresh === null ? 'access_token' : 'refresh_token',
      });
      if (!answer.ok) throw refusedGrant('klaviyo', answer);
    },
  };
}

/** By fetch, so that connecting an account doesn't load the SDK. */
async function accountOf(app: PlatformApp, tokens: Tokens, timeoutMs: number): Promise<Account> {
  const answer = await send({
    platform: 'klaviyo',
    effect: 'reads',
    method: 'GET',
    url: `${app.url ?? API}/api/accounts`,
    headers: {
      accept: 'application/vnd.api+json',
      authorization: `Bearer ${tokens.access}`,
      revision: REVISION,
    },
    timeoutMs,
    maxBytes: OAUTH_ANSWER_BYTES,
  });
  if (!answer.ok) throw refusedCall(answer.status, answer.json, answer.retryAfterMs);
  const account = fieldsOf(listOf(fieldsOf(answer.json).data)[0]);
  const id = textOf(account.id);
  if (id === null) throw unreadable('klaviyo', 'reads');
  const contact = fieldsOf(fieldsOf(account.attributes).contact_information);
  return { id, name: textOf(contact.organization_name) ?? id, endpoint: null };
}

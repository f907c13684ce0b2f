/** Mailchimp's OAuth: no scopes, no PKCE, tokens that don't expire, no call to revoke them (mailchimp.md 1.1). */
import { type Account, type OAuth, type PlatformApp, PlatformError, type Tokens } from '../contract.ts';
import { failure, unreadable } from '../failure.ts';
import { type Answer, send } from '../http.ts';
import { fieldsOf, textOf } from '../json.ts';
import { OAUTH_ANSWER_BYTES } from '../limits.ts';
import { refusedGrant, tokensOf } from '../tokens.ts';
import { refusedCall } from './refusal.ts';

const LOGIN = 'https://login.mailchimp.com';
const DATA_CENTRE = /^[a-z]{2,3}\d{1,3}$/;
const ENDPOINT = /^https:\/\/[a-z]{2,3}\d{1,3}\.api\.mailchimp\.com$/;

export function mailchimpOAuth(app: PlatformApp, timeoutMs: number): OAuth {
  const host = app.url ?? LOGIN;
  return {
    pkce: false,
    scopes: [],
    authorizeUrl: ({ redirectUri, state }) =>
      `${host}/oauth2/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        state,
      })}`,
    exchange: async ({ code, redirectUri, now }) => {
      const answer = await send({
        platform: 'mailchimp',
        effect: 'writes',
        method: 'POST',
        url: `${host}/oauth2/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: app.clientId,
          client_secret: app.clientSecret,
          redirect_uri: redirectUri,
          code,
        }).toString(),
        timeoutMs,
        maxBytes: OAUTH_ANSWER_BYTES,
      });
      return tokensOf('mailchimp', answer, { now, refresh: null, lifeSeconds: null });
    },
    refresh: async () => {
      throw failure(
        'mailchimp',
        'reconnect',
        'no_refresh',
        '{platform} gives tokens that are never renewed.',
      );
    },
    account: tokens => accountOf(app, host, tokens, timeoutMs),
    revoke: async () => undefined,
  };
}

/** Where the account's API answers. The row may be old or wrong, and the token goes wherever this leads: only the vendor's own hosts. */
export function apiBase(app: PlatformApp, account: Account): string {
  if (app.url !== null) return `${app.url}/3.0`;
  if (account.endpoint === null || !ENDPOINT.test(account.endpoint)) {
    throw new PlatformError(
      'mailchimp',
      'reconnect',
      'no_endpoint',
      'We do not know where this Mailchimp account lives. Connect it again.',
    );
  }
  return `${account.endpoint}/3.0`;
}

async function accountOf(
  app: PlatformApp,
  host: string,
  tokens: Tokens,
  timeoutMs: number,
): Promise<Account> {
  const metadata = await read(`${host}/oauth2/metadata`, `OAuth ${tokens.access}`, timeoutMs);
  const said = fieldsOf(metadata.json);
  // A token it doesn't know is answered by 200 and an `error`.
  if (!metadata.ok || said.error !== undefined) throw refusedGrant('mailchimp', metadata);
  const dataCentre = textOf(said.dc) ?? '';
  if (!DATA_CENTRE.test(dataCentre)) throw unreadable('mailchimp', 'reads');
  const place: Account = {
    id: '',
    name: '',
    endpoint: `https://${dataCentre}.api.mailchimp.com`,
  };
  const root = await read(
    `${apiBase(app, place)}/?fields=account_id,account_name`,
    `Bearer ${tokens.access}`,
    timeoutMs,
  );
  if (!root.ok) throw refusedCall(root);
  const fields = fieldsOf(root.json);
  const id = textOf(fields.account_id);
  if (id === null) throw unreadable('mailchimp', 'reads');
  return { ...place, id, name: textOf(fields.account_name) ?? textOf(said.accountname) ?? id };
}

function read(url: string, authorization: string, timeoutMs: number): Promise<Answer> {
  return send({
    platform: 'mailchimp',
    effect: 'reads',
    method: 'GET',
    url,
    headers: { authorization },
    timeoutMs,
    maxBytes: OAUTH_ANSWER_BYTES,
  });
}

/** Tokens out of the answer of a token endpoint, and what its refusals mean (RFC 6749 5). */
import type { PlatformName, Tokens } from './contract.ts';
import { failure, refused, unreadable } from './failure.ts';
import type { Answer } from './http.ts';
import { fieldsOf, textOf } from './json.ts';
import { TOKEN_CHARS } from './limits.ts';

/** `refresh` is kept where the answer brings no other; `lifeSeconds` is the platform's own where it doesn't say. */
export interface Issue {
  readonly now: number;
  readonly refresh: string | null;
  /** Null: its access tokens don't expire, whatever the answer says. */
  readonly lifeSeconds: number | null;
}

export function tokensOf(platform: PlatformName, answer: Answer, issue: Issue): Tokens {
  const fields = fieldsOf(answer.json);
  if (!answer.ok || fields.error !== undefined) throw refusedGrant(platform, answer);
  const access = tokenOf(fields.access_token);
  if (access === null) throw unreadable(platform, 'writes');
  if (issue.lifeSeconds === null) return { access, refresh: null, expiresAt: null };
  const said = Number(fields.expires_in);
  const life = Number.isFinite(said) && said > 0 ? said : issue.lifeSeconds;
  return {
    access,
    refresh: tokenOf(fields.refresh_token) ?? issue.refresh,
    expiresAt: issue.now + Math.floor(life) * 1_000,
  };
}

/** Words of RFC 6749 4.1.2.1 for a server that is in trouble itself. */
const TROUBLE: ReadonlySet<string | null> = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

/** Only a refusal that the platform itself spoke ends a grant: a page of something before it, or its bad day, must not. */
export function refusedGrant(platform: PlatformName, answer: Answer): Error {
  const { status, retryAfterMs } = answer;
  const error = textOf(fieldsOf(answer.json).error);
  const busy = status === 408 || status === 429 || (status >= 300 && status < 400) || status >= 500;
  if (busy) return refused(platform, { status, spoken: error !== null, retryAfterMs });
  if (TROUBLE.has(error) || (error === null && status >= 402)) {
    return refused(platform, { status: 403, spoken: false, retryAfterMs });
  }
  // The installation's own fault: the account's owner can't mend it, and his grant may be fine.
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return failure(
      platform,
      'final',
      'app_refused',
      '{platform} does not accept the app of this installation. Its operator has to check the client id and secret.',
      { status },
    );
  }
  const code = error !== null && /^[a-z_]{1,40}$/.test(error) ? error : 'refused_grant';
  return failure(
    platform,
    'reconnect',
    code,
    '{platform} did not accept the sign-in. Connect the account again.',
    {
      status,
    },
  );
}

/** What may go into a header: a token with a line break in it would be two headers. */
function tokenOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= TOKEN_CHARS && /^[\x21-\x7e]+$/.test(value)
    ? value
    : null;
}

/**
 * What a failed call means, told the same way for every platform. Nothing of the call or of the library's own error goes into it:
 * both hold the account's token.
 */
import { PlatformError, type PlatformErrorKind, type PlatformName } from './contract.ts';

export const TITLES: Readonly<Record<PlatformName, string>> = { mailchimp: 'Mailchimp', klaviyo: 'Klaviyo' };

/** A read can be repeated at any time; a write that got no answer may have been done. */
export type Effect = 'reads' | 'writes';

export interface Refusal {
  readonly status: number;
  /** Whether the platform itself spoke: an error document, not the empty or HTML answer of something before it. */
  readonly spoken: boolean;
  readonly retryAfterMs: number | null;
}

/** Problems by which no request can have left. */
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|\w+_CERT|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+)$/;
const TIMED_OUT =
  /^(?:TimeoutError|AbortError|CanceledError|ECONNABORTED|ETIMEDOUT|ERR_CANCELED|UND_ERR_\w*TIMEOUT)$/;

export function failure(
  platform: PlatformName,
  kind: PlatformErrorKind,
  code: string,
  sentence: string,
  more: { readonly status?: number; readonly retryAfterMs?: number | null } = {},
): PlatformError {
  return new PlatformError(platform, kind, code, sentence.replaceAll('{platform}', TITLES[platform]), {
    ...(more.status === undefined ? {} : { status: more.status }),
    ...(more.retryAfterMs === undefined || more.retryAfterMs === null
      ? {}
      : { retryAfterMs: more.retryAfterMs }),
  });
}

/** No answer, or not a whole one. */
export function unanswered(platform: PlatformName, effect: Effect, cause: unknown): PlatformError {
  const names = namesOf(cause);
  if (names.some(name => NEVER_LEFT.test(name))) {
    return failure(platform, 'again', 'unreachable', '{platform} could not be reached. We try again.');
  }
  const kind = effect === 'reads' ? 'again' : 'unknown';
  return names.some(name => TIMED_OUT.test(name))
    ? failure(platform, kind, 'timeout', '{platform} took too long to answer. We try again.')
    : failure(platform, kind, 'connection_lost', 'The connection to {platform} broke off. We try again.');
}

/** An answer that isn't what the platform's description promises. */
export function unreadable(platform: PlatformName, effect: Effect): PlatformError {
  const kind = effect === 'reads' ? 'again' : 'unknown';
  return failure(
    platform,
    kind,
    'unreadable_answer',
    '{platform} answered something unexpected. We try again.',
  );
}

export function tooLarge(platform: PlatformName, effect: Effect): PlatformError {
  const kind = effect === 'reads' ? 'final' : 'unknown';
  return failure(platform, kind, 'answer_too_large', '{platform} answered more than we read at once.');
}

export function refused(platform: PlatformName, refusal: Refusal): PlatformError {
  const { status, retryAfterMs } = refusal;
  const [kind, code, sentence] = verdict(refusal);
  return failure(platform, kind, code, sentence, { status, retryAfterMs });
}

function verdict({ status, spoken }: Refusal): readonly [PlatformErrorKind, string, string] {
  if (status === 429) return ['again', 'rate_limited', '{platform} asks us to slow down. We go on shortly.'];
  if (status >= 500) return ['again', 'unavailable', '{platform} has a problem of its own. We try again.'];
  if (status >= 300 && status < 400) {
    return ['again', 'redirected', '{platform} sent us elsewhere, where we do not follow. We try again.'];
  }
  if (status === 403 && !spoken) {
    return ['again', 'blocked', '{platform} turned us away without a reason. We try again.'];
  }
  if (status === 408) return ['again', 'timeout', '{platform} took too long to answer. We try again.'];
  if (status === 401) {
    return ['reconnect', 'unauthorized', '{platform} no longer accepts this connection. Connect it again.'];
  }
  if (status === 403) {
    return ['final', 'forbidden', '{platform} does not allow this for the user who connected the account.'];
  }
  if (status === 404) return ['absent', 'not_found', '{platform} does not know this contact or audience.'];
  if (status === 409) return ['final', 'conflict', '{platform} already has something else in its place.'];
  if (status === 410) return ['final', 'retired', '{platform} no longer offers this call.'];
  return ['final', 'refused', '{platform} refused the request.'];
}

/** Names and codes of an error and of what caused it, never their texts. */
function namesOf(cause: unknown): string[] {
  const names: string[] = [];
  let at: unknown = cause;
  for (let depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth += 1) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    if ('code' in at && typeof at.code === 'string') names.push(at.code);
    if ('errors' in at && Array.isArray(at.errors)) {
      for (const one of at.errors) names.push(...namesOf(one));
    }
    at = 'cause' in at ? at.cause : undefined;
  }
  return names;
}

/** Klaviyo's refusals in our words (klaviyo.md 1.3, 3.3). Of the SDK's error only status, wait and the documents' codes are looked at. */
import { PlatformError } from '../contract.ts';
import { type Effect, failure, refused, tooLarge, unanswered, unreadable } from '../failure.ts';
import { type Fields, fieldsOf, listOf, textOf } from '../json.ts';
import { RETRY_AFTER_MAX_MS } from '../limits.ts';
import { retryAfterMs } from '../retry-after.ts';

export function failureOf(error: unknown, effect: Effect): PlatformError {
  if (error instanceof PlatformError) return error;
  const fields = fieldsOf(error);
  if (fields.isAxiosError !== true && fields.name !== 'CanceledError') return unreadable('klaviyo', effect);
  const response = fieldsOf(fields.response);
  const { status, data, headers } = response;
  if (typeof status === 'number') {
    const wait = retryAfterMs(headerOf(headers, 'retry-after'), headerOf(headers, 'date'));
    return refusedCall(status, data, wait);
  }
  if (/^maxContentLength/.test(String(fields.message))) return tooLarge('klaviyo', effect);
  return unanswered('klaviyo', effect, error);
}

export function refusedCall(status: number, data: unknown, wait: number | null): PlatformError {
  const errors = listOf(fieldsOf(data).errors).map(fieldsOf);
  if (status === 400 && errors.some(isUnknownProfile)) {
    return failure(
      'klaviyo',
      'absent',
      'no_such_profile',
      '{platform} does not know this contact any more.',
      {
        status,
      },
    );
  }
  if (status === 403 && errors.length > 0) {
    return failure(
      'klaviyo',
      'final',
      'forbidden',
      '{platform} does not allow this. Connect the account again to grant it.',
      { status },
    );
  }
  return refused('klaviyo', { status, spoken: errors.length > 0, retryAfterMs: wait });
}

/** Klaviyo tells how many calls are left in the window, and when the next one starts. */
export function pauseOf(headers: unknown): number | null {
  if (headerOf(headers, 'ratelimit-remaining') !== '0') return null;
  const seconds = Number(headerOf(headers, 'ratelimit-reset') ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, RETRY_AFTER_MAX_MS) : null;
}

/** The link that a redirect names; null where there is none. */
export function locationOf(error: unknown): string | null {
  const response = fieldsOf(fieldsOf(error).response);
  const { status } = response;
  return typeof status === 'number' && status >= 300 && status < 400
    ? headerOf(response.headers, 'location')
    : null;
}

function isUnknownProfile(error: Fields): boolean {
  const pointer = textOf(fieldsOf(error.source).pointer) ?? '';
  return /\/profile\/data\/id$/.test(pointer) || error.code === 'profile_not_found';
}

/** Axios gives header names in lower case. */
function headerOf(headers: unknown, name: string): string | null {
  return textOf(fieldsOf(headers)[name]);
}

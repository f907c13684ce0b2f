/** Audience ids: `abc123` is a list, `abc123:77` one of its segments. */
import { failure } from '../failure.ts';

export interface AudienceId {
  readonly list: string;
  readonly segment: string | null;
}

const ID = /^([A-Za-z0-9_-]{1,40})(?::(\d{1,20}))?$/;

/** Throws: no audience of this platform can be called so, and no path may be made of it. */
export function audienceId(audience: string | null): AudienceId {
  const match = ID.exec(audience ?? '');
  if (match?.[1] === undefined) {
    throw failure('mailchimp', 'absent', 'no_such_audience', '{platform} has no such audience.');
  }
  return { list: match[1], segment: match[2] ?? null };
}

/** Mailchimp's problem documents in our words (mailchimp.md 1.3, 3.4). Only its stable titles are read, never its details. */
import type { PlatformError } from '../contract.ts';
import { failure, refused } from '../failure.ts';
import type { Answer } from '../http.ts';
import { fieldsOf, textOf } from '../json.ts';

const TITLES: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  'Member In Compliance State': [
    'compliance_state',
    'This contact unsubscribed or bounced at {platform}, so its data there stays as it is.',
  ],
  'Forgotten Email Not Subscribed': [
    'forgotten',
    'This contact was deleted for good at {platform} and can only come back by signing up there.',
  ],
  'Member Exists': ['member_exists', 'This contact is already in the {platform} audience.'],
  'Invalid Resource': [
    'invalid_resource',
    '{platform} refused the data: the address may look fake to it, or a required field of the audience is missing.',
  ],
  'User Disabled': [
    'user_disabled',
    'The {platform} user who connected this account was disabled. Connect it again as another user.',
  ],
};

export function refusedCall(answer: Answer): PlatformError {
  const { status, retryAfterMs } = answer;
  const title = textOf(fieldsOf(answer.json).title);
  const known = title === null ? undefined : TITLES[title];
  if (known !== undefined && (status === 400 || status === 403)) {
    return failure('mailchimp', 'final', known[0], known[1], { status });
  }
  return refused('mailchimp', { status, spoken: title !== null, retryAfterMs });
}

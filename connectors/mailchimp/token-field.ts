/** The hidden field that carries each contact's token (instant mode), one for an audience (mailchimp.md 2.2). */
import { fieldsOf, listOf, textOf } from '../json.ts';
import { TOKEN_FIELD } from '../merge-tags.ts';
import { audienceId } from './audience.ts';
import type { MailchimpApi } from './sdk.ts';

const MEMBERS_PER_CALL = 500;
const TAG = TOKEN_FIELD.mailchimp;

export interface ContactToken {
  readonly contact: string;
  readonly address: string;
  readonly token: string;
}

/** Answers the contacts whose token was not taken. Never sends a status: it would touch their consent, or make contacts. */
export async function writeTokens(
  api: MailchimpApi,
  audience: string,
  tokens: readonly ContactToken[],
): Promise<readonly string[]> {
  const { list } = audienceId(audience);
  if (tokens.length === 0) return [];
  await ensureField(api, list);
  const failed: string[] = [];
  for (let at = 0; at < tokens.length; at += MEMBERS_PER_CALL) {
    failed.push(...(await writeSome(api, list, tokens.slice(at, at + MEMBERS_PER_CALL))));
  }
  return failed;
}

async function ensureField(api: MailchimpApi, list: string): Promise<void> {
  const fields = fieldsOf(
    await api.lists.getListMergeFields(list, { count: 1_000, fields: ['merge_fields.tag', 'total_items'] }),
  );
  if (listOf(fields.merge_fields).some(field => textOf(fieldsOf(field).tag) === TAG)) return;
  // Not public: it stays off the sign-up form.
  await api.lists.addListMergeField(list, { tag: TAG, name: 'RSVP token', type: 'text', public: false });
}

async function writeSome(
  api: MailchimpApi,
  list: string,
  tokens: readonly ContactToken[],
): Promise<readonly string[]> {
  const answer = fieldsOf(
    await api.lists.batchListMembers(
      list,
      {
        members: tokens.map(({ address, token }) => ({
          email_address: address,
          merge_fields: { [TAG]: token },
        })),
        update_existing: true,
      },
      // A required field of the audience that we know nothing of is not our business.
      { skipMergeValidation: true },
    ),
  );
  const refused = new Set(
    listOf(answer.errors).map(error => textOf(fieldsOf(error).email_address)?.toLowerCase()),
  );
  return tokens.filter(({ address }) => refused.has(address.toLowerCase())).map(({ contact }) => contact);
}

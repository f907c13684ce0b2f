/**
 * A client of the vendor's SDK for one account. Never the one that `import` gives: that is shared by the whole process, and two accounts
 * with an `await` between setting and calling would both call with the second's token. The SDK says what to call, we send it: its own
 * transport follows redirects with the token in the header, reads up to 200 MB and puts the token into its errors.
 */
import type { Effect } from '../failure.ts';
import { unreadable } from '../failure.ts';
import { type Answer, send } from '../http.ts';
import { ANSWER_BYTES } from '../limits.ts';
import { refusedCall } from './refusal.ts';

export interface Options {
  readonly [name: string]: string | number | boolean | readonly string[];
}

/** The dozen calls that this connector makes. Each may throw before it answers. */
export interface MailchimpApi {
  readonly lists: {
    getAllLists(options: Options): Promise<unknown>;
    listSegments(list: string, options: Options): Promise<unknown>;
    getListMembersInfo(list: string, options: Options): Promise<unknown>;
    getSegmentMembersList(list: string, segment: string, options: Options): Promise<unknown>;
    getListMember(list: string, hash: string, options: Options): Promise<unknown>;
    updateListMemberTags(list: string, hash: string, body: object): Promise<unknown>;
    getListMemberEvents(list: string, hash: string, options: Options): Promise<unknown>;
    createListMemberEvent(list: string, hash: string, body: object): Promise<unknown>;
    getListMergeFields(list: string, options: Options): Promise<unknown>;
    addListMergeField(list: string, body: object): Promise<unknown>;
    batchListMembers(list: string, body: object, options: Options): Promise<unknown>;
    getListWebhooks(list: string): Promise<unknown>;
    createListWebhook(list: string, body: object): Promise<unknown>;
    deleteListWebhook(list: string, id: string): Promise<unknown>;
  };
  readonly templates: {
    create(body: object): Promise<unknown>;
    updateTemplate(id: string, body: object): Promise<unknown>;
  };
}

interface ApiClient extends MailchimpApi {
  basePath: string;
  setConfig(config: object): void;
  buildUrl(path: string, parameters: Options): string;
  normalizeParams(parameters: Options): { readonly [name: string]: unknown };
  callApi(...parts: readonly unknown[]): Promise<{ readonly data: unknown }>;
}

/** `base` ends in `/3.0`. */
export async function openSdk(base: string, token: string, timeoutMs: number): Promise<MailchimpApi> {
  const { default: shared } = await import('@mailchimp/mailchimp_marketing');
  const Client = (shared as object).constructor as new () => ApiClient;
  const client = new Client();
  client.basePath = base;
  // Without `server`: it would be put in the place of the first "server" of any address, a contact's too. Without the token: ours sends it.
  client.setConfig({});
  client.callApi = async (path, method, pathParameters, query, _headers, _form, body) => {
    const verb = String(method);
    const effect: Effect = verb === 'GET' ? 'reads' : 'writes';
    const url = new URL(client.buildUrl(String(path), pathParameters as Options));
    for (const [name, value] of Object.entries(client.normalizeParams(query as Options))) {
      url.searchParams.set(name, String(value));
    }
    const answer = await send({
      platform: 'mailchimp',
      effect,
      method: verb,
      url: url.href,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      timeoutMs,
      maxBytes: ANSWER_BYTES,
    });
    return { data: dataOf(answer, effect) };
  };
  return client;
}

function dataOf(answer: Answer, effect: Effect): unknown {
  if (!answer.ok) throw refusedCall(answer);
  if (answer.empty) return null;
  if (answer.json === undefined) throw unreadable('mailchimp', effect);
  return answer.json;
}

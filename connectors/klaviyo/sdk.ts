/**
 * The vendor's SDK for one account: a session that holds one token and refreshes nothing, one attempt a call, and limits of our own on each
 * request. Its process-wide settings and exports are never used. Its own errors and answers hold the token, so they end here.
 */
import {
  EventsApi,
  FilterBuilder,
  ListsApi,
  OAuthBasicSession,
  ProfilesApi,
  RetryWithExponentialBackoff,
  SegmentsApi,
  TemplatesApi,
  WebhooksApi,
} from 'klaviyo-api';
import type { Effect } from '../failure.ts';
import { unreadable } from '../failure.ts';
import { type Fields, fieldsOf } from '../json.ts';
import { ANSWER_BYTES } from '../limits.ts';
import { failureOf, pauseOf } from './refusal.ts';

export interface KlaviyoApi {
  readonly events: EventsApi;
  readonly lists: ListsApi;
  readonly profiles: ProfilesApi;
  readonly segments: SegmentsApi;
  readonly templates: TemplatesApi;
  readonly webhooks: WebhooksApi;
  /** Quotes what it compares with: nothing of a link's can become part of the filter. */
  equals(field: string, value: string): string;
}

interface Settings {
  timeout?: number;
  signal?: unknown;
  maxRedirects?: number;
  maxContentLength?: number;
  maxBodyLength?: number;
  proxy?: unknown;
}

export async function openSdk(base: string, token: string, timeoutMs: number): Promise<KlaviyoApi> {
  const session = new OAuthBasicSession(token, new RetryWithExponentialBackoff({ numRetries: 1 }));
  const authorize = session.applyToRequest.bind(session);
  session.applyToRequest = request => {
    authorize(request);
    // Axios' own defaults: no end, five redirects with the token in the header, answers of any size.
    Object.assign<object, Settings>(request, {
      timeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
      maxRedirects: 0,
      maxContentLength: ANSWER_BYTES,
      maxBodyLength: ANSWER_BYTES,
      proxy: false,
    });
  };
  const at = <T extends { basePath: string }>(api: T): T => {
    api.basePath = base;
    return api;
  };
  return {
    events: at(new EventsApi(session)),
    lists: at(new ListsApi(session)),
    profiles: at(new ProfilesApi(session)),
    segments: at(new SegmentsApi(session)),
    templates: at(new TemplatesApi(session)),
    webhooks: at(new WebhooksApi(session)),
    equals: (field, value) => builder(FilterBuilder).equals(field, value).build(),
  };
}

function builder(Builder: new () => FilterBuilder): FilterBuilder {
  return new Builder();
}

export interface Reply {
  readonly body: Fields;
  /** How long to wait before the next call of this kind, where the platform says. */
  readonly pauseMs: number | null;
}

interface Outcome {
  readonly response: { readonly data: unknown; readonly headers: unknown };
}

export async function called(effect: Effect, call: () => Promise<Outcome>): Promise<Reply> {
  let outcome: Outcome;
  try {
    outcome = await call();
  } catch (error) {
    throw failureOf(error, effect);
  }
  const { data, headers } = outcome.response;
  const nothing = data === '' || data === null || data === undefined;
  if (!nothing && (typeof data !== 'object' || Array.isArray(data))) throw unreadable('klaviyo', effect);
  return { body: fieldsOf(data), pauseMs: pauseOf(headers) };
}

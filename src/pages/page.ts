/**
 * What a page function takes and gives: plain values, so that Express and the Lambda `page` bundle use the same functions.
 * GET and HEAD change nothing; only a POST acts (D9).
 */
import type { Language } from '../texts/languages.ts';
import type { Html } from './html.ts';
import type { Look } from './look.ts';
import type { PageScript } from './page-script.ts';

export interface PageRequest {
  readonly method: string;
  /** With the query behind it, if there is one: `/e/picnic-abc?x=1`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
  /** The body's own octets, where a signature is over them. */
  readonly raw?: Uint8Array;
  /** The visitor's network as the platform tells it; null where nobody can. Never read from a header here (T37). */
  readonly network: string | null;
  /** How to wait, where the platform lets a page wait; without it a page answers with what is known. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Octets where they stood ready; chunks where a file may be large. */
  readonly body: string | Uint8Array | AsyncIterable<string>;
}

/** What language a page speaks (`speech.ts`). */
export interface Speech {
  readonly language: Language;
  /** The visitor's own wish, by link or browser; null: nobody's, so it is the workspace's. */
  readonly wish: Language | null;
  /** By `?lang=`: the page's own links keep it. */
  readonly chosen: boolean;
  /** Where this page is read in another language, without `lang`; empty: nowhere. */
  readonly path: string;
}

/** A page before it has its frame. */
export interface Content {
  readonly speech: Speech;
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  /** Further elements of the page's head. */
  readonly head?: Html;
  /** In its workspace's colours, with its logo. */
  readonly look?: Look;
  /** Without one, the page's policy lets none run. */
  readonly script?: PageScript;
  /** `narrow`: one column for a short message; `wide`: tables. */
  readonly width?: 'narrow' | 'page' | 'wide';
  readonly headers?: { readonly [name: string]: string };
  /** A page behind a token is never kept by a cache (T29). */
  readonly secret?: boolean;
}

export function pathOf(request: Pick<PageRequest, 'path'>): string {
  const end = request.path.indexOf('?');
  return end < 0 ? request.path : request.path.slice(0, end);
}

export function queryOf(request: Pick<PageRequest, 'path'>): URLSearchParams {
  const start = request.path.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.path.slice(start + 1));
}

export function isReading(request: PageRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

/** Null where the body is no URL-encoded form. A charset parameter is allowed. */
export function formOf(request: PageRequest): URLSearchParams | null {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(request.body) : null;
}

/**
 * True where the browser says that another site's page made this request (T32). `no-referrer` makes Origin `null` on our own
 * forms, so Fetch Metadata decides; a client that sends none (a mail provider's one-click POST, a script) is nobody's browser.
 */
export function isFromAnotherSite(request: PageRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

export async function wholeBody(answer: PageAnswer): Promise<string> {
  if (typeof answer.body === 'string') return answer.body;
  if (answer.body instanceof Uint8Array) return Buffer.from(answer.body).toString('utf8');
  let text = '';
  for await (const chunk of answer.body) text += chunk;
  return text;
}

/** Calls `/api/v1` with the session's cookie. Whatever goes wrong becomes a Problem with a sentence that says what to do. */
import { words } from '../words.ts';
import type { PageOf } from './shapes.ts';

export class Problem extends Error {
  readonly status: number;
  /** Stable; of the API, or `offline`. */
  readonly code: string;
  readonly field: string | null;

  constructor(problem: { status: number; code: string; sentence: string; field?: string | null }) {
    super(problem.sentence);
    this.status = problem.status;
    this.code = problem.code;
    this.field = problem.field ?? null;
  }
}

const ROOT = '/api/v1';
const CHOICES = 500;

export function get<T>(
  path: string,
  query: Readonly<Record<string, string | null | undefined>> = {},
): Promise<T> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(given).toString();
  return call<T>('GET', text === '' ? path : `${path}?${text}`);
}

/** Every page of a list that people choose from, up to a number nobody scrolls through. */
export async function getAll<T>(path: string): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: PageOf<T> = await get<PageOf<T>>(path, { cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < CHOICES);
  return items;
}

/** `once`: the same key never does the thing twice, however often it is sent. */
export function post<T>(path: string, body: unknown, once?: string): Promise<T> {
  return call<T>('POST', path, body, once);
}

export function remove(path: string): Promise<void> {
  return call<void>('DELETE', path);
}

export function onceKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
}

async function call<T>(method: string, path: string, body?: unknown, once?: string): Promise<T> {
  const response = await answered(method, path, body, once);
  if (response.status === 401) return toSignIn();
  if (!response.ok) throw await problemIn(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function answered(method: string, path: string, body: unknown, once?: string): Promise<Response> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(once === undefined ? {} : { 'idempotency-key': once }),
  };
  try {
    return await fetch(ROOT + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem({ status: 0, code: 'offline', sentence: words.problem.offline });
  }
}

/** The session is over: back here after the next sign-in. Never resolves, the page is on its way out. */
function toSignIn(): Promise<never> {
  const here = location.pathname + location.search;
  location.assign(here === '/' ? '/signin' : `/signin?next=${encodeURIComponent(here)}`);
  return new Promise(() => undefined);
}

async function problemIn(response: Response): Promise<Problem> {
  const { status } = response;
  const said: unknown = await response.json().catch(() => null);
  const told = (name: string): string | null => {
    const value = typeof said === 'object' && said !== null ? Reflect.get(said, name) : null;
    return typeof value === 'string' ? value : null;
  };
  const sentence =
    status === 404
      ? words.problem.gone
      : status === 429
        ? words.problem.wait
        : status >= 500 && status !== 502
          ? words.problem.unexpected
          : (told('detail') ?? words.problem.unexpected);
  return new Problem({ status, code: told('code') ?? 'unknown', sentence, field: told('field') });
}

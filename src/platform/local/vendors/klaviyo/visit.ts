/** What one authorised call works with, and its answers: one resource, or a page of them. */
import type { Clock, Random } from '../../../../kernel/ports.ts';
import type { Hooks } from '../delivery.ts';
import { type Fields, json, type VendorAnswer, type VendorRequest } from '../exchange.ts';
import { badFilter, MEDIA_TYPE, problem } from './problem.ts';
import type { KlaviyoAccount } from './state.ts';

export interface Visit {
  readonly account: KlaviyoAccount;
  readonly request: VendorRequest;
  readonly parts: readonly string[];
  readonly body: Fields;
  readonly clock: Clock;
  readonly random: Random;
  readonly hooks: Hooks;
  /** The API's root as the outside sees it. */
  readonly url: string;
}

export type Handler = (visit: Visit) => VendorAnswer | Promise<VendorAnswer>;

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes?: Fields;
  readonly relationships?: Fields;
}

export function one(visit: Visit, status: number, resource: Resource): VendorAnswer {
  return json(status, { data: linked(visit, resource) }, MEDIA_TYPE);
}

export function many<T>(
  visit: Visit,
  items: readonly T[],
  sizes: { readonly usual: number; readonly most: number },
  view: (item: T) => Resource,
): VendorAnswer {
  const { query, path } = visit.request;
  const size = Number(query.get('page[size]') ?? sizes.usual);
  if (!Number.isInteger(size) || size < 1 || size > sizes.most)
    return problem(400, 'invalid', 'Invalid input.', `Page size must be between 1 and ${sizes.most}.`, {
      parameter: 'page[size]',
    });
  const start = openCursor(query.get('page[cursor]'));
  if (start === undefined)
    return problem(400, 'invalid', 'Invalid input.', 'Invalid cursor.', { parameter: 'page[cursor]' });
  const page = items.slice(start, start + size);
  const links: Record<string, string> = { self: `${visit.url}${path}` };
  if (start + size < items.length) {
    const next = new URL(`${visit.url}${path}`);
    for (const [name, value] of query) next.searchParams.set(name, value);
    next.searchParams.set('page[cursor]', Buffer.from(`at:${start + size}`).toString('base64url'));
    links.next = next.href;
  }
  return json(200, { data: page.map(item => linked(visit, view(item))), links }, MEDIA_TYPE);
}

/** Fields by name, all of which hold. */
export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const CLAUSE = /^([a-z-]+)\(([\w.$-]+),(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^(),[\]"']+)\)$/;

/** `equals(email,"a@example.com")`, `any(id,["1","2"])`, several of them by comma or within `and()`. */
export function filtersOf(visit: Visit, allowed: readonly string[]): readonly Filter[] | VendorAnswer {
  const text = visit.request.query.get('filter');
  if (text === null || text === '') return [];
  const inner = /^and\((.*)\)$/s.exec(text)?.[1] ?? text;
  const filters: Filter[] = [];
  for (const clause of inner.split(/(?<=\)),/)) {
    const match = CLAUSE.exec(clause.trim());
    if (match === null) return badFilter(`The filter ${clause} can't be read.`);
    const [, operator = '', field = '', value = ''] = match;
    if (!allowed.includes(`${operator} ${field}`))
      return badFilter(`${operator} is not possible with the field ${field}.`);
    filters.push({ field, operator, values: valuesIn(value) });
  }
  return filters;
}

export function isAnswer(value: unknown): value is VendorAnswer {
  return typeof value === 'object' && value !== null && 'status' in value;
}

function valuesIn(text: string): readonly string[] {
  if (text.startsWith('[')) return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map(plain);
  return [text.replace(/^["'](.*)["']$/s, '$1').replaceAll(/\\(.)/g, '$1')];
}

function plain(match: RegExpMatchArray): string {
  return (match[1] ?? match[2] ?? '').replaceAll(/\\(.)/g, '$1');
}

function openCursor(cursor: string | null): number | undefined {
  if (cursor === null || cursor === '') return 0;
  const match = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match === null ? undefined : Number(match[1]);
}

function linked(visit: Visit, resource: Resource): object {
  return { ...resource, links: { self: `${visit.url}/api/${resource.type}s/${resource.id}` } };
}

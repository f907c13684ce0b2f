/**
 * The language of a page: what the visitor asked for by `?lang=`, else the best of ours among those that the browser prefers (RFC 9110
 * 12.5.4), else the workspace's. Pure, and bounded however long the header is.
 */
import { isLanguage, type Language } from '../texts/languages.ts';
import { type PageRequest, queryOf } from './page.ts';

const HEADER_CHARS = 300;
const RANGE = /^([a-z]{1,8}|\*)(?:-[a-z0-9]{1,8})*$/;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** Null: no wish that we can meet. */
export function visitorLanguage(request: Pick<PageRequest, 'path' | 'headers'>): Language | null {
  return chosenLanguage(request) ?? preferredLanguage(request.headers['accept-language']);
}

/** What `?lang=` says; kept in the links and forms of its page. */
export function chosenLanguage(request: Pick<PageRequest, 'path'>): Language | null {
  if (!request.path.includes('lang=')) return null;
  const asked = (queryOf(request).get('lang') ?? '').toLowerCase();
  return isLanguage(asked) ? asked : null;
}

const remembered = new Map<string, Language | null>();
const MOST_REMEMBERED = 200;

/** Browsers send few different headers: each is read once. */
export function preferredLanguage(header: string | undefined): Language | null {
  if (header === undefined || header === '') return null;
  const text = header.slice(0, HEADER_CHARS);
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = bestOf(text);
  remembered.set(text, found);
  return found;
}

interface Range {
  readonly tag: string;
  readonly weight: number;
}

function bestOf(header: string): Language | null {
  const ranges = header
    .toLowerCase()
    .split(',')
    .map(rangeOf)
    .filter(range => range !== null);
  const refused = new Set(ranges.filter(range => range.weight === 0).map(range => range.tag));
  const wished = ranges.filter(range => range.weight > 0).sort((one, other) => other.weight - one.weight);
  for (const { tag } of wished) {
    // Whoever takes anything is served in the workspace's language.
    if (tag === '*') return null;
    if (isLanguage(tag) && !refused.has(tag)) return tag;
  }
  return null;
}

/** By the primary tag: `de-AT` and `pt-PT` are served in what we have of German and Portuguese. */
function rangeOf(part: string): Range | null {
  const [name = '', ...parameters] = part.split(';').map(text => text.trim());
  const [, tag] = RANGE.exec(name) ?? [];
  if (tag === undefined) return null;
  const weight = parameters[0] === undefined ? '1' : WEIGHT.exec(parameters[0])?.[1];
  if (weight === undefined) return null;
  // `de-CH;q=0` refuses one region, not the language.
  return Number(weight) === 0 && name.includes('-') ? null : { tag, weight: Number(weight) };
}

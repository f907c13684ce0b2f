/** The one door to pages: path to page function. Used by the Express router and by the small Lambda functions alike, each with its pages. */
import type { Ports } from '../kernel/ports.ts';
import { brokenPage, missingPage, wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, pathOf } from './page.ts';
import { speechOf } from './speech.ts';

export type Answer = (ports: Ports, request: PageRequest, name: string) => PageAnswer | Promise<PageAnswer>;

export type PageRoute = readonly [pattern: RegExp, answer: Answer];

export const SLUG = '([A-Za-z0-9-]{1,80})';
export const TOKEN = '([A-Za-z0-9._~-]{1,2048})';

/** What mail programs hang on to a link's end; a signature never ends so. */
const WRAPPING = /(?:%3e|[.,;:!?>)\]'"])+$/i;

/** Always a page, whatever was asked and whatever went wrong. */
export async function answerPage(
  ports: Ports,
  request: PageRequest,
  routes: readonly PageRoute[],
): Promise<PageAnswer> {
  const answer = await pageFor(ports, request, routes);
  return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
}

async function pageFor(
  ports: Ports,
  request: PageRequest,
  routes: readonly PageRoute[],
): Promise<PageAnswer> {
  const path = pathOf(request).replace(WRAPPING, '');
  for (const [pattern, answer] of routes) {
    const name = pattern.exec(path);
    if (name === null) continue;
    const refusal = refusalOf(ports, request);
    if (refusal !== undefined) return refusal;
    try {
      return await answer(ports, request, name[1] ?? '');
    } catch (error) {
      // The pattern, not the path: a path may hold a token (P15).
      ports.log.error('page failed', { method: request.method, route: pattern.source }, error);
      return brokenPage(speechOf(request));
    }
  }
  return missingPage(speechOf(request), 'page');
}

function refusalOf(ports: Pick<Ports, 'settings'>, request: PageRequest): PageAnswer | undefined {
  if (isReading(request)) return undefined;
  if (request.method !== 'POST') return wrongPage(speechOf(request), 'method', { allow: 'GET, HEAD, POST' });
  if (request.headers['content-encoding'] !== undefined) return wrongPage(speechOf(request), 'type');
  const tooLarge = Buffer.byteLength(request.body) > ports.settings.limits.FORM_BYTES;
  return tooLarge ? wrongPage(speechOf(request), 'size') : undefined;
}

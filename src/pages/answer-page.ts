/** The one door to all pages: path to page function. Used by the Express router and by the Lambda `page` bundle alike. */
import type { Ports } from '../kernel/ports.ts';
import { eventFile, eventPage } from './event-page.ts';
import { eventFrame } from './frame-page.ts';
import { invitePage } from './invite-page.ts';
import { brokenPage, missingPage, wrongPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, pathOf } from './page.ts';
import { pressPage } from './press-page.ts';
import { unsubscribePage } from './unsubscribe-page.ts';
import { upcomingFeed } from './upcoming-feed.ts';
import { upcomingFrame, upcomingPage } from './upcoming-page.ts';

type Answer = (ports: Ports, request: PageRequest, name: string) => PageAnswer | Promise<PageAnswer>;

export type PageRoute = readonly [pattern: RegExp, answer: Answer];

// Rarely asked for, and heavy (reading mail, reports): loaded when first needed, so that the small bundles start fast.
const confirmPage: Answer = async (...asked) => (await import('./confirm-page.ts')).confirmPage(...asked);
const dashboardPage: Answer = async (...asked) =>
  (await import('./dashboard-page.ts')).dashboardPage(...asked);
const signinPage: Answer = async (ports, request) =>
  (await import('./signin-page.ts')).signinPage(ports, request);
const signinCodePage: Answer = async (ports, request) =>
  (await import('./signin-page.ts')).signinCodePage(ports, request);
const signinLinkPage: Answer = async (...asked) =>
  (await import('./signin-page.ts')).signinLinkPage(...asked);
const digestPage: Answer = async (...asked) => (await import('./digest-page.ts')).digestPage(...asked);
const peopleFile: Answer = async (...asked) => (await import('./dashboard-page.ts')).peopleFile(...asked);

/** What mail programs hang on to a link's end; a signature never ends so. */
const WRAPPING = /(?:%3e|[.,;:!?>)\]'"])+$/i;
const SLUG = '([A-Za-z0-9-]{1,80})';
/** An organizer's slug, or a workspace's id. */
const OWNER = '([A-Za-z0-9_-]{1,80})';
const TOKEN = '([A-Za-z0-9._~-]{1,2048})';

const ROUTES: readonly PageRoute[] = [
  [/^\/signin$/, signinPage],
  [/^\/signin\/code$/, signinCodePage],
  [new RegExp(`^/signin/${TOKEN}$`), signinLinkPage],
  [new RegExp(`^/e/${SLUG}\\.ics$`), eventFile],
  [new RegExp(`^/e/${SLUG}/?$`), eventPage],
  [new RegExp(`^/w/e/${SLUG}/?$`), eventFrame],
  [new RegExp(`^/o/confirm/${TOKEN}$`), digestPage],
  [new RegExp(`^/o/${OWNER}\\.ics$`), upcomingFeed],
  [new RegExp(`^/o/${OWNER}/?$`), upcomingPage],
  [new RegExp(`^/w/o/${OWNER}/?$`), upcomingFrame],
  [new RegExp(`^/r/${TOKEN}$`), pressPage],
  [new RegExp(`^/u/${TOKEN}$`), unsubscribePage],
  [new RegExp(`^/c/${TOKEN}$`), confirmPage],
  [new RegExp(`^/i/${TOKEN}$`), invitePage],
  [new RegExp(`^/d/${TOKEN}/people\\.csv$`), peopleFile],
  [new RegExp(`^/d/${TOKEN}$`), dashboardPage],
];

/** Always a page, whatever was asked and whatever went wrong. `more`: pages that only this caller has. */
export async function answerPage(
  ports: Ports,
  request: PageRequest,
  more: readonly PageRoute[] = [],
): Promise<PageAnswer> {
  const answer = await pageFor(ports, request, more);
  return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
}

async function pageFor(ports: Ports, request: PageRequest, more: readonly PageRoute[]): Promise<PageAnswer> {
  const path = pathOf(request).replace(WRAPPING, '');
  for (const [pattern, answer] of [...ROUTES, ...more]) {
    const name = pattern.exec(path);
    if (name === null) continue;
    const refusal = refusalOf(ports, request);
    if (refusal !== undefined) return refusal;
    try {
      return await answer(ports, request, name[1] ?? '');
    } catch (error) {
      // The pattern, not the path: a path may hold a token (P15).
      ports.log.error('page failed', { method: request.method, route: pattern.source }, error);
      return brokenPage();
    }
  }
  return missingPage('page');
}

function refusalOf(ports: Pick<Ports, 'settings'>, request: PageRequest): PageAnswer | undefined {
  if (isReading(request)) return undefined;
  if (request.method !== 'POST') return wrongPage('method', { allow: 'GET, HEAD, POST' });
  if (request.headers['content-encoding'] !== undefined) return wrongPage('type');
  const tooLarge = Buffer.byteLength(request.body) > ports.settings.limits.FORM_BYTES;
  return tooLarge ? wrongPage('size') : undefined;
}

/**
 * The built dashboard (`dashboard/`, made by Vite into `dist/dashboard`): one document for all its paths, for who is signed in, and its hashed
 * files. It may run our own script and speak to this origin, and nothing else.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import type { Ports } from '../../kernel/ports.ts';
import { sessionOf } from '../../organizers/session.ts';
import { safeHeaders } from '../../pages/document.ts';
import { messagePage } from '../../pages/messages.ts';
import { sendPage } from '../../pages/over-http.ts';
import { ENGLISH } from '../../pages/speech.ts';
import { texts } from '../../texts/catalogue.ts';

/** What `dashboard/src/router.ts` knows: a path that is none of these is a page of ours, or nothing. */
const PATHS =
  /^\/(?:(?:events|upcoming|brand|widget|connections|people|account)(?:\/[A-Za-z0-9_-]{1,100}){0,3}\/?)?$/;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function dashboardRoutes(ports: Ports, folder: string | null): Router {
  const router = Router({ caseSensitive: true });
  router.get(PATHS, async (request, response) => {
    if ((await sessionOf(ports, request.get('cookie'))) === null) {
      const next = request.originalUrl === '/' ? '' : `?next=${encodeURIComponent(request.originalUrl)}`;
      response.set('Cache-Control', 'no-store').redirect(302, `/signin${next}`);
      return;
    }
    const document = documentIn(folder);
    if (document === null) return notBuilt(response);
    response.set({
      ...safeHeaders(true),
      'referrer-policy': 'same-origin',
      'content-security-policy': POLICY,
    });
    response.type('html').send(document);
  });
  if (folder !== null) router.use('/assets', files(join(folder, 'assets')));
  return router;
}

/** Their names hold their content's hash, so that they are kept for good. */
function files(folder: string): RequestHandler {
  const headers = { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' };
  return express.static(folder, {
    index: false,
    redirect: false,
    immutable: true,
    maxAge: '365d',
    setHeaders: response => void response.set(headers),
  });
}

function documentIn(folder: string | null): string | null {
  const file = folder === null ? null : join(folder, 'index.html');
  return file !== null && existsSync(file) ? readFileSync(file, 'utf8') : null;
}

async function notBuilt(response: Response): Promise<void> {
  const words = texts().signin.notBuilt;
  const message = { speech: ENGLISH, status: 503, title: words.title, paragraphs: [words.body] };
  await sendPage(response, messagePage(message));
}

/** Express around the page functions: reads the form's body within its limit, names the visitor's network, sends the answer. */
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { Ports } from '../kernel/ports.ts';
import { ALL_PAGES } from './all-pages.ts';
import { answerPage } from './answer-page.ts';
import { wrongPage } from './messages.ts';
import { pageRequest, sendPage } from './over-http.ts';
import { speechOf } from './speech.ts';

/** `response.locals.network`, where set, is what the platform says of the visitor's network. */
export function routes(ports: Ports): Router {
  const router = express.Router({ caseSensitive: true });
  const { FORM_BYTES, HOOK_BYTES } = ports.settings.limits;
  router.use('/hooks', express.raw({ type: () => true, limit: HOOK_BYTES, inflate: false }), badBody);
  router.use(express.text({ type: () => true, limit: FORM_BYTES, inflate: false }), badBody);
  router.use(async (incoming, response) => {
    const { originalUrl: path, body } = incoming;
    const { network } = response.locals;
    const request = pageRequest({ incoming, path, body, network });
    await sendPage(response, await answerPage(ports, request, ALL_PAGES));
  });
  return router;
}

const badBody: ErrorRequestHandler = async (error, incoming, response, _next) => {
  const tooLarge =
    typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
  const { originalUrl: path } = incoming;
  const speech = speechOf(pageRequest({ incoming, path, body: '', network: null }));
  await sendPage(response, wrongPage(speech, tooLarge ? 'size' : 'type', { connection: 'close' }));
};

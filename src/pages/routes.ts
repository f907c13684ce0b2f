/** Express around the page functions: reads the form's body within its limit, names the visitor's network, sends the answer. */
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { Ports } from '../kernel/ports.ts';
import { answerPage } from './answer-page.ts';
import { wrongPage } from './messages.ts';
import { pageRequest, sendPage } from './over-http.ts';

/** `response.locals.network`, where set, is what the platform says of the visitor's network. */
export function routes(ports: Ports): Router {
  const router = express.Router({ caseSensitive: true });
  router.use(
    express.text({ type: () => true, limit: ports.settings.limits.FORM_BYTES, inflate: false }),
    badBody,
  );
  router.use(async (incoming, response) => {
    const { originalUrl: path, body } = incoming;
    const { network } = response.locals;
    await sendPage(response, await answerPage(ports, pageRequest({ incoming, path, body, network })));
  });
  return router;
}

const badBody: ErrorRequestHandler = async (error, _request, response, _next) => {
  const tooLarge =
    typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
  await sendPage(response, wrongPage(tooLarge ? 'size' : 'type', { connection: 'close' }));
};

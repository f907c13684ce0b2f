/** `/local/`: Express around the local rooms. One machine only, and only for a browser that opened them by their own address. */
import express, { type Router } from 'express';
import type { Ports } from '../../../kernel/ports.ts';
import { pageRequest, sendPage } from '../../../pages/over-http.ts';
import { answerLocal } from './answer-local.ts';
import { isOwnRequest } from './guard.ts';
import type { LocalOptions } from './local.ts';

export function routes(ports: Ports, options: LocalOptions): Router {
  const router = express.Router({ caseSensitive: true });
  if (!ports.settings.local) return router;
  const form = express.text({
    type: 'application/x-www-form-urlencoded',
    limit: ports.settings.limits.FORM_BYTES,
    inflate: false,
  });
  const { sandbox } = options;
  if (sandbox !== undefined) {
    for (const platform of ['mailchimp', 'klaviyo'] as const) {
      router.use(`/local/vendors/${platform}`, async (incoming, response, next) => {
        const request = pageRequest({ incoming, path: incoming.originalUrl, body: '', network: null });
        if (!isOwnRequest(request, ports.settings.baseUrl)) return next();
        await sandbox.serve(platform, incoming, response, incoming.url);
      });
    }
  }
  // A campaign's HTML is larger than any form of ours.
  router.use(
    '/local/sandbox',
    express.text({
      type: 'application/x-www-form-urlencoded',
      limit: ports.settings.limits.JSON_BYTES,
      inflate: false,
    }),
  );
  router.use('/local', form, async (incoming, response) => {
    const { originalUrl: path, body } = incoming;
    const request = pageRequest({ incoming, path, body, network: null });
    await sendPage(response, await answerLocal(ports, options, request));
  });
  return router;
}

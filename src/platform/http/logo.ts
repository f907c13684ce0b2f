/** `/logo/<name>`: the pictures that workspaces put on their pages. A name never means another picture, so browsers keep it for good. */
import { Router } from 'express';
import type { Ports } from '../../kernel/ports.ts';
import { logoNamed } from '../../organizers/logo.ts';

export function logoFiles(ports: Pick<Ports, 'blobs'>): Router {
  const router = Router({ caseSensitive: true });
  router.get('/logo/:name', async (request, response, next) => {
    const found = await logoNamed(ports, request.params.name);
    if (found === undefined) return next();
    response.set({
      'Content-Type': found.type,
      'Content-Length': String(found.bytes.length),
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      // Opened by itself it is a picture and nothing else, whatever its bytes would say.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.end(found.bytes);
  });
  return router;
}

/**
 * `/e/<slug>/share.png`: an event as a picture, for chats and networks. Drawn once for what it shows, and kept in Blobs until it shows
 * something else; the part that draws is loaded when the first picture is wanted.
 */
import { Router } from 'express';
import type { Ports } from '../../kernel/ports.ts';
import { type Shared, sharedBySlug } from '../../pages/share-facts.ts';

const KEPT_SECONDS = 300;

type SharePorts = Pick<Ports, 'table' | 'blobs' | 'clock'>;

export function shareImages(ports: SharePorts): Router {
  const router = Router({ caseSensitive: true });
  const drawing = new Map<string, Promise<Uint8Array>>();
  router.get('/e/:slug/share.png', async (request, response, next) => {
    const shared = await sharedBySlug(ports, request.params.slug);
    if (shared === undefined) return next();
    const etag = `"${shared.stamp}"`;
    response.set({
      'Content-Type': 'image/png',
      'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
      ETag: etag,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    const known = request.get('if-none-match');
    if (known?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag) === true) {
      response.status(304).end();
      return;
    }
    const bytes = await picture(ports, shared, drawing);
    response.set('Content-Length', String(bytes.length));
    response.end(bytes);
  });
  return router;
}

/** Whoever asks while it is drawn waits for the same drawing. */
async function picture(
  ports: SharePorts,
  shared: Shared,
  drawing: Map<string, Promise<Uint8Array>>,
): Promise<Uint8Array> {
  const key = `share/${shared.event}/${shared.stamp}.png`;
  const kept = await ports.blobs.get(key);
  if (kept !== undefined) return kept;
  const begun = drawing.get(key) ?? draw(ports, shared, key);
  drawing.set(key, begun);
  try {
    return await begun;
  } finally {
    drawing.delete(key);
  }
}

/** What it showed before goes: an event has one picture. */
async function draw(ports: SharePorts, { event, facts }: Shared, key: string): Promise<Uint8Array> {
  const { drawShare } = await import('../share/draw.ts');
  const bytes = await drawShare(facts);
  const before = await ports.blobs.list(`share/${event}/`);
  await ports.blobs.put(key, bytes);
  for (const { key: old } of before.items) if (old !== key) await ports.blobs.remove(old);
  return bytes;
}

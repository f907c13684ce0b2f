/** `/widget.js` with its source map, and the script of our page inside the widget's frame: as `tools/build.mjs` made them, kept in memory. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Request, type Response, Router } from 'express';

const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/widget.js': { file: 'widget.js', type: 'text/javascript; charset=utf-8' },
  '/widget.js.map': { file: 'widget.js.map', type: 'application/json' },
  '/w/frame.js': { file: 'frame.js', type: 'text/javascript; charset=utf-8' },
};
const KEPT_SECONDS = 300;

interface Kept {
  readonly bytes: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

export function widgetFiles(): Router {
  const router = Router({ caseSensitive: true });
  const kept = new Map<string, Kept>();
  for (const [path, { file, type }] of Object.entries(FILES)) {
    router.get(path, (request, response, next) => {
      const found = kept.get(file) ?? load(file);
      if (found === undefined) return next();
      kept.set(file, found);
      send(request, response, found, type);
    });
  }
  return router;
}

/** Beside the running bundle; from the source tree, where the build puts it. */
function load(file: string): Kept | undefined {
  const places = [join(dirname(process.argv[1] ?? ''), file), resolve('dist', file)];
  const place = places.find(path => existsSync(path));
  if (place === undefined) return undefined;
  const bytes = readFileSync(place);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { bytes, zipped: gzipSync(bytes, { level: 9 }), etag };
}

function send(request: Request, response: Response, { bytes, zipped, etag }: Kept, type: string): void {
  response.set({
    'Content-Type': type,
    'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
    ETag: etag,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    // Other sites run it, also those that ask for it with CORS to check its hash.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  });
  const known = request.get('if-none-match');
  if (known?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag) === true) {
    response.status(304).end();
    return;
  }
  const zips = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(request.get('accept-encoding') ?? '');
  if (zips) response.set('Content-Encoding', 'gzip');
  response.end(zips ? zipped : bytes);
}

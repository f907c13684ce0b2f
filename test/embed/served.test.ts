/** How the widget's script is served: small, with a map, asked for again only when it changed. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { createApp } from '../../src/platform/http.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

const MOST_OCTETS = 5 * 1024;

let world: TestWorld;
let call: ReturnType<typeof supertest>;

beforeAll(async () => {
  const build = (await import('../../tools/build.mjs' as string)) as {
    buildWidget(root: string): Promise<void>;
  };
  await build.buildWidget(new URL('../..', import.meta.url).pathname);
  world = await localWorld();
  call = supertest(createApp(world, { operatorKey: 'operator-key-of-this-test' }));
});

afterAll(() => world.close());

test('the loader weighs at most 5 KB gzipped, and leads to its source map', async () => {
  const { headers, text } = await call.get('/widget.js').set('Accept-Encoding', 'identity');
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
  const octets = gzipSync(text, { level: 9 }).byteLength;
  if (process.env.SIS_PRINT !== undefined) process.stdout.write(`widget loader: ${octets} octets gzipped\n`);
  expect(octets).toBeLessThan(MOST_OCTETS);
  const map = /\/\/# sourceMappingURL=(\S+)/.exec(text)?.[1];
  expect((await call.get(`/${map}`)).body).toMatchObject({ version: 3 });
});

test('who takes gzip gets it, and who holds the newest gets a 304', async () => {
  const plain = await call.get('/widget.js').set('Accept-Encoding', 'identity');
  const zipped = await call
    .get('/widget.js')
    .set('Accept-Encoding', 'gzip')
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect(zipped.headers.vary).toBe('Accept-Encoding');
  const body = Buffer.from(zipped.body as Uint8Array);
  const text = zipped.headers['content-encoding'] === 'gzip' && body[0] === 0x1f ? gunzipSync(body) : body;
  expect(text.toString()).toBe(plain.text);
  const again = await call.get('/widget.js').set('If-None-Match', `"old", ${plain.headers.etag}`);
  expect([again.status, again.text]).toEqual([304, '']);
  expect((await call.get('/widget.js').set('If-None-Match', '"old"')).status).toBe(200);
});

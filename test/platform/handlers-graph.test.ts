/** What functions load before their first request: the small ones their own pages and the zone data, and nothing that waits for its use. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bundled, bundleFunction, loadedWith } from '../support/aws/bundle.ts';

const PLATFORMS =
  /^node_modules\/(?:@mailchimp|klaviyo-api|superagent|axios)\/|^connectors\/(?:mailchimp|klaviyo|registry)/;
const WEB = /^node_modules\/(?:express|zod|serverless-http)\//;
const MAIL =
  /^node_modules\/(?:mailauth|postal-mime|nodemailer|libmime)\/|^src\/mail\/(?:compose|inbound|layout)/;
const TOKENS = /^node_modules\/(?:jsonwebtoken|jws|semver)\//;
/** Of the zone library only its data: its code indexes every zone at once. */
const ZONES = /^node_modules\/(?:moment\/|moment-timezone\/(?!data\/))/;
const AWS = /^node_modules\/@(?:aws-sdk|smithy)\//;

/** The zone data are 730 KB of it. */
const BYTES = 1_600_000;

describe.each([
  ['click', 'src/pages/press-page.ts', 'src/pages/event-page.ts'],
  ['page', 'src/pages/event-page.ts', 'src/pages/press-page.ts'],
])('the function %s', (name, own, foreign) => {
  let folder: string;
  let bundled: Bundled;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sis-graph-'));
    bundled = await bundleFunction(name, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['SDK of a platform', PLATFORMS],
    ['Express and no zod', WEB],
    ['reading or composing of mail', MAIL],
    ['code of the zone library', ZONES],
    ['library for tokens', TOKENS],
    ['SDK of AWS', AWS],
  ])('loads no %s', (_, heavy) => {
    expect(loadedWith(bundled).sources.filter(file => heavy.test(file))).toEqual([]);
  });

  test('loads its own pages and not those of others', () => {
    const { sources } = loadedWith(bundled);
    expect(sources).toContain(own);
    expect(sources).not.toContain(foreign);
    expect(sources).not.toContain('src/pages/upcoming-page.ts');
  });

  test('has the SDKs of AWS in it, to be loaded when a port is first used', () => {
    expect(Object.keys(bundled.metafile.inputs).some(file => AWS.test(file))).toBe(true);
  });

  test('stays small', () => {
    expect(loadedWith(bundled).bytes).toBeLessThan(BYTES);
  });
});

describe.each(['api', 'jobsFast'])('the function %s', name => {
  let folder: string;
  let bundled: Bundled;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sis-graph-'));
    bundled = await bundleFunction(name, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('loads no SDK of a platform and none of AWS before its use', () => {
    const { sources } = loadedWith(bundled);
    expect(sources.filter(file => /^node_modules\/(?:@mailchimp|klaviyo-api)\//.test(file))).toEqual([]);
    expect(sources.filter(file => AWS.test(file))).toEqual([]);
  });

  // In parts, a package in CommonJS that `import()` names has its exports below `default` alone.
  test('finds what it takes from each package that it loads on use', () => {
    const bare = Object.values(bundled.metafile.outputs)
      .filter(
        ({ exports, entryPoint = '' }) => /^node_modules\//.test(entryPoint) && exports.join() === 'default',
      )
      .map(({ entryPoint }) => entryPoint);
    expect(bare).toEqual(['node_modules/@mailchimp/mailchimp_marketing/src/index.js']);
  });
});

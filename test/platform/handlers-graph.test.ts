/** What the small functions load before the first request: neither a platform's SDK nor Express nor zod. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Metafile, stop } from 'esbuild';

const ROOT = new URL('../../', import.meta.url).pathname;
const HEAVY = /^node_modules\/(?:@mailchimp|klaviyo-api|express|zod|mailauth|postal-mime|superagent|axios)\//;

let graph: Metafile;

beforeAll(async () => {
  const made = await build({
    absWorkingDir: ROOT,
    entryPoints: { click: 'src/platform/handlers/click.ts', page: 'src/platform/handlers/page.ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  graph = made.metafile;
});
afterAll(() => stop());

/** Everything that is loaded with the file; `import()` waits until it is called. */
function loadedWith(entry: string): readonly string[] {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, kind } of graph.inputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import' && graph.inputs[path] !== undefined) waiting.push(path);
    }
  }
  return [...seen];
}

describe.each(['src/platform/handlers/click.ts', 'src/platform/handlers/page.ts'])('%s', entry => {
  test('loads no SDK of a platform, no Express and no zod', () => {
    const loaded = loadedWith(entry);
    expect(loaded).toContain('src/pages/press-page.ts');
    expect(loaded.filter(file => HEAVY.test(file))).toEqual([]);
    expect(loaded.filter(file => /^connectors\/(?:mailchimp|klaviyo|registry)/.test(file))).toEqual([]);
  });

  test('has the SDKs of AWS in it, to be loaded when a port is first used', () => {
    expect(loadedWith(entry).filter(file => file.startsWith('node_modules/@aws-sdk/'))).toEqual([]);
    expect(Object.keys(graph.inputs).some(file => file.startsWith('node_modules/@aws-sdk/'))).toBe(true);
  });
});

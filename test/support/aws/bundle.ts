/** A function's code as `npm run package` makes it: serverless-esbuild passes the file's options on to esbuild. */
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { type Described, readServerless } from './resources.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;

export interface Bundled {
  /** What Lambda loads; the other parts lie beside it. */
  readonly file: string;
  readonly metafile: Metafile;
}

export async function bundleFunction(
  name: string,
  folder: string,
  described: Described = readServerless(),
): Promise<Bundled> {
  const source = (described.functions[name]?.handler ?? '').replace(/\.\w+$/, '');
  const { metafile } = await build({
    ...bundleOptions(described),
    entryPoints: [`${source}.ts`],
    outdir: join(folder, name),
    metafile: true,
  });
  return { file: join(folder, name, 'index.mjs'), metafile };
}

export function bundleOptions(described: Described = readServerless()) {
  const { concurrency: _, outputFileExtension, ...options } = described.esbuild;
  return {
    ...options,
    absWorkingDir: ROOT,
    outExtension: { '.js': outputFileExtension },
    logLevel: 'error',
  } satisfies BuildOptions;
}

/** The sources that are loaded with the function; what `import()` names waits until it is called. */
export function loadedWith({ metafile: { outputs } }: Pick<Bundled, 'metafile'>): {
  readonly sources: readonly string[];
  readonly bytes: number;
} {
  const entry = Object.keys(outputs).find(path => /\/index\.mjs$/.test(path)) ?? '';
  const seen = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) continue;
    seen.add(path);
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') waiting.push(next);
  }
  const files = [...seen].flatMap(path => outputs[path] ?? []);
  return {
    sources: files.flatMap(({ inputs }) => Object.keys(inputs)),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

// Bundles our own code for one machine; packages stay in node_modules. The entries are named by hand: a new command adds a line.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

export async function build(root) {
  const { build: bundle } = await import('esbuild');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      server: 'src/platform/local/main.ts',
      demo: 'src/platform/commands/demo-main.ts',
      corpus: 'src/platform/commands/corpus-main.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Parts of their own, so that the check of the running Node happens before anything it lacks is loaded.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  await buildWidget(root);
}

/** The script for other people's sites, and the one for our page inside its frame: small, without a dependency. */
export async function buildWidget(root) {
  const { build: bundle } = await import('esbuild');
  await bundle({
    absWorkingDir: root,
    entryPoints: { widget: 'embed/src/loader.ts', frame: 'embed/src/inside.ts' },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    sourcemap: true,
    sourcesContent: true,
    logLevel: 'warning',
  });
}

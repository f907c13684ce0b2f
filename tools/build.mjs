// Bundles our own code for one machine; packages stay in node_modules. The entries are named by hand: a new command adds a line.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export async function build(root) {
  const { build: bundle } = await import('esbuild');
  for (const entry of existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : []) {
    // The dashboard is slower to build and changes for other reasons.
    if (entry !== 'dashboard') rmSync(join(root, 'dist', entry), { recursive: true, force: true });
  }
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
  copyShare(root);
}

/** What an event's picture is drawn with: the library's WebAssembly and the letters that we use of the font. */
function copyShare(root) {
  const folder = join(root, 'dist', 'share');
  mkdirSync(folder, { recursive: true });
  const packages = join(root, 'node_modules');
  copyFileSync(join(packages, '@resvg', 'resvg-wasm', 'index_bg.wasm'), join(folder, 'index_bg.wasm'));
  const fonts = join(packages, '@fontsource', 'source-serif-4', 'files');
  for (const script of ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese']) {
    for (const weight of [400, 600]) {
      const file = `source-serif-4-${script}-${weight}-normal.woff`;
      copyFileSync(join(fonts, file), join(folder, file));
    }
  }
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

/** Static files that the service serves at `/`: when a source of theirs is newer, whatever else was built. */
export async function buildDashboard(root) {
  const built = join(root, 'dist', 'dashboard', 'index.html');
  const newest = Math.max(
    newestIn(join(root, 'dashboard')),
    statSync(join(root, 'src', 'texts', 'en', 'dashboard.ts')).mtimeMs,
    statSync(join(root, 'package-lock.json')).mtimeMs,
  );
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  const { build: bundle } = await import('vite');
  await bundle({ configFile: join(root, 'dashboard', 'vite.config.ts'), logLevel: 'error' });
}

export function newestIn(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs);
  }
  return newest;
}

// Makes a fresh clone ready: installs what is missing, builds what is stale. Plain JavaScript for the machine's own Node,
// since the project's Node comes with the install. Everything goes to standard error: standard output is the service's own.
//   --build    bundle src into dist when a source is newer
//   --browser  see that a Chromium is there for the browser tests, or install it, or name what is missing
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wants = new Set(process.argv.slice(2));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `Node ${process.versions.node} is too old to install with: use Node 20.19 or newer (https://nodejs.org).`,
  );
}

const installed = join(root, 'node_modules', '.package-lock.json');
if (!existsSync(installed) || modified(installed) < modified(join(root, 'package-lock.json'))) {
  say('installing packages (once) ...');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const result = spawnSync(command, [...first, 'ci'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) stop('npm ci failed; the lines above say why.');
}

if (wants.has('--build')) {
  const { build, buildDashboard, newestIn } = await import('./build.mjs');
  const bundle = join(root, 'dist', 'server.mjs');
  const newest = Math.max(
    newestIn(join(root, 'src')),
    newestIn(join(root, 'connectors')),
    newestIn(join(root, 'embed')),
    newestIn(join(root, 'tools')),
    modified(join(root, 'package-lock.json')),
  );
  if (!existsSync(bundle) || modified(bundle) < newest) await build(root);
  await buildDashboard(root);
}

if (
  wants.has('--browser') &&
  !['/usr/bin/chromium', process.env.SIS_TEST_CHROMIUM].some(file => file && existsSync(file))
) {
  say('the browser tests need Chromium: installing the package chromium ...');
  const quiet = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], quiet);
  const result = spawnSync('apt-get', ['install', '-y', '-q', 'chromium'], quiet);
  if (result.status !== 0 || !existsSync('/usr/bin/chromium')) {
    stop('No Chromium: install it as /usr/bin/chromium, or name it in SIS_TEST_CHROMIUM.');
  }
}

function modified(path) {
  return statSync(path).mtimeMs;
}

function say(text) {
  process.stderr.write(`sis: ${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}

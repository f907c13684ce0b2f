// `npm run corpus-demo -- DIR`: the demo for every REQUEST mail of a corpus that its manifest calls ok.
// A mail whose From is not the ORGANIZER has to end rejected(forwarded), and is then told as the organizer would have sent it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: npm run corpus-demo -- DIR');
  process.exit(2);
}

const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
const mails = files.filter(file => file.kind === 'mail' && file.expect === 'ok' && file.method === 'REQUEST');
let held = 0;
let forwarded = 0;
for (const { file } of mails) {
  const path = join(folder, file);
  let result = demo(path);
  if (result.status !== 0 && result.stdout.includes('rejected(forwarded)')) {
    forwarded += 1;
    result = demo(path, '--as-organizer');
  }
  if (result.status === 0) held += 1;
  else console.log(`${file}: ${result.stdout.trim().split('\n').at(-1)}\n${result.stderr.slice(-2000)}`);
}
console.log(
  `score: ${held} of ${mails.length} REQUEST mails held; ${forwarded} of them were forwarded ones, refused as such first`,
);
process.exitCode = held === mails.length ? 0 : 1;

function demo(...args) {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/demo.mjs', ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });
}

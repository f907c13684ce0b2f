/** The example of the README runs as it stands, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ROOT = new URL('../../', import.meta.url).pathname;

test('the ten lines of the README parse, apply, write and read a reply', () => {
  const page = readFileSync(`${ROOT}README.md`, 'utf8');
  const [, code = '', said] = /```js\n([\s\S]*?)```\n\nIt prints `([^`]+)`/.exec(page) ?? [];
  const lines = code.split('\n').filter(line => line !== '' && !line.startsWith('import '));
  expect(lines).toHaveLength(10);
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code];
  const ran = spawnSync(process.execPath, flags, { cwd: ROOT, encoding: 'utf8' });
  expect([ran.stderr, ran.stdout.trim()]).toEqual(['', said]);
});

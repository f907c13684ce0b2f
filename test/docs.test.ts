/** What the pages of the project say about its files is true. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = new URL('..', import.meta.url).pathname;
const ROOMS =
  /^(?:kernel|texts|calendar|mail|organizers|events|invites|rsvp|lists|intake|pages|connections|reports|admin|platform)\//;

function pagesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.md'))
    .map(entry => join(folder, entry.name));
}

/** Paths in backticks, from the root or from `src`. */
function filesNamed(page: string): string[] {
  const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/`([\w./-]+\.(?:ts|mjs|yml))`/g)].map(
    match => match[1] ?? '',
  );
  return named.map(path => (ROOMS.test(path) ? `src/${path}` : path)).filter(path => path.includes('/'));
}

describe('the documents', () => {
  test.each(['README.md', 'CONTRIBUTING.md', ...pagesOf('docs'), ...pagesOf('docs/adr')])(
    '%s names files that exist',
    page => {
      expect(
        filesNamed(page).filter(
          path => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'src/platform', path)),
        ),
      ).toEqual([]);
    },
  );

  test('every script the README names is in package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/npm run ([a-z-]+)/g)].map(
      match => match[1] ?? '',
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter(name => !(name in scripts))).toEqual([]);
  });
});

/**
 * `npm run corpus -- DIR [--facts FILE]`: reads every file of a corpus folder, compares with its manifest.json, prints each
 * difference and the score. Exit 0 from 95 % of the files that must be read on, with no crash and none slower than a mail may be.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { DEFAULT_LIMITS } from '../../kernel/limits.ts';
import { judge } from './corpus-compare.ts';
import { type FileFacts, factsOf } from './corpus-facts.ts';
import type { FileRecord, Manifest } from './corpus-manifest.ts';

const ENOUGH = 0.95;

interface Result {
  readonly record: FileRecord;
  readonly facts: FileFacts | null;
  readonly differences: readonly string[];
  readonly broken: boolean;
}

export async function main(argv: readonly string[]): Promise<number> {
  const args = readArguments(argv);
  if (args === null) {
    process.stderr.write('usage: npm run corpus -- DIR [--facts FILE]\n');
    return 64;
  }
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(args.folder, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    process.stderr.write(`no manifest.json can be read in ${args.folder}\n`);
    return 66;
  }
  const results: Result[] = [];
  for (const record of manifest.files) results.push(await tryFile(args.folder, record));
  for (const { record, differences } of results) {
    for (const difference of differences) print(`${record.file}: ${difference}`);
  }
  print(scoreTable(results));
  if (args.facts !== null) await writeFacts(args.facts, results);
  const needed = results.filter(({ record }) => record.expect === 'ok' || record.expect === 'tolerate');
  const share = passed(needed) / Math.max(1, needed.length);
  const broken = results.filter(result => result.broken).length;
  print(
    `must be read: ${passed(needed)} of ${needed.length} (${(share * 100).toFixed(1)} %); crashed or too slow: ${broken}`,
  );
  return share >= ENOUGH && broken === 0 ? 0 : 1;
}

function readArguments(
  argv: readonly string[],
): { readonly folder: string; readonly facts: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { facts: { type: 'string' } },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    return folder === undefined || more.length > 0 ? null : { folder, facts: values.facts ?? null };
  } catch {
    return null;
  }
}

async function tryFile(folder: string, record: FileRecord): Promise<Result> {
  const started = performance.now();
  try {
    const bytes = await readFile(join(folder, record.file));
    const facts = await factsOf(record.file, record.kind, bytes);
    const { differences } = judge(record, facts);
    const slow = performance.now() - started > DEFAULT_LIMITS.PARSE_MS;
    return { record, facts, differences: slow ? [...differences, 'too slow'] : differences, broken: slow };
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { record, facts: null, differences: [`crashed: ${what}`], broken: true };
  }
}

function passed(results: readonly Result[]): number {
  return results.filter(({ differences }) => differences.length === 0).length;
}

function scoreTable(results: readonly Result[]): string {
  const rows = ['        ok         tolerate   either     reject'];
  for (const kind of ['ics', 'mail']) {
    const cells = ['ok', 'tolerate', 'either', 'reject'].map(expect => {
      const those = results.filter(({ record }) => record.kind === kind && record.expect === expect);
      return `${passed(those)}/${those.length}`.padEnd(10);
    });
    rows.push(`${kind.padEnd(7)} ${cells.join(' ')}`.trimEnd());
  }
  return rows.join('\n');
}

async function writeFacts(path: string, results: readonly Result[]): Promise<void> {
  const files = results.map(({ record, facts }) => facts ?? { file: record.file, outcome: 'crashed' });
  await writeFile(path, `${JSON.stringify({ files }, null, 1)}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

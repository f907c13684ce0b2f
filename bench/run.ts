/** `npm run bench [name ...]`: every benchmark, a table, and `bench/out/<name>.json` beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { click } from './click.ts';
import { cold } from './cold.ts';
import { intake } from './intake.ts';
import { loop } from './loop.ts';
import { page } from './page.ts';
import { paint } from './paint.ts';
import { render } from './render.ts';
import { weight } from './weight.ts';

export interface Bench {
  readonly name: string;
  run(): Promise<{
    readonly rows: readonly { readonly what: string; readonly value: number }[];
    readonly details: { readonly [name: string]: unknown };
  }>;
}

const BENCHES: readonly Bench[] = [page, click, cold, loop, intake, render, weight, paint];

const wanted = process.argv.slice(2);
mkdirSync('bench/out', { recursive: true });
for (const bench of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  const { rows, details } = await bench.run();
  writeFileSync(
    `bench/out/${bench.name}.json`,
    `${JSON.stringify({ name: bench.name, rows, details }, null, 2)}\n`,
  );
  for (const { what, value } of rows)
    process.stdout.write(`table: ${bench.name.padEnd(8)} ${what.padEnd(64)} ${value}\n`);
}

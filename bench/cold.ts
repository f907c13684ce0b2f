/**
 * Loading the click and page functions' bundles, as the deployment makes them, in fresh processes: against one bundle of Express and the
 * DynamoDB client, in turns. Processor time counts: it doesn't depend on what else the machine does.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Bench } from './run.ts';
import { median } from './support/load.ts';

const ROUNDS = 15;
const PEER = `
import express from 'express';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
globalThis.peer = [express(), DynamoDBClient];
`;
const ENTRIES: Record<string, string> = {
  click: 'src/platform/handlers/click.ts',
  page: 'src/platform/handlers/page.ts',
};

export const cold: Bench = {
  name: 'cold',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-cold-'));
    try {
      const files = await bundles(folder);
      const times: Record<string, number[]> = Object.fromEntries(Object.keys(files).map(name => [name, []]));
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [name, file] of Object.entries(files)) times[name]?.push(importMs(file));
      }
      const of = (name: string) => median(times[name] ?? []);
      const ratio = (name: string) => Math.round((of(name) / of('peer')) * 100) / 100;
      return {
        rows: [
          { what: 'cold import of the click function, ms of processor time (median)', value: of('click') },
          { what: 'cold import of the page function, ms of processor time (median)', value: of('page') },
          {
            what: 'Express and DynamoDB client in one bundle, ms of processor time (median)',
            value: of('peer'),
          },
          { what: 'ratio of click (goal at most 0.5)', value: ratio('click') },
          { what: 'ratio of page (goal at most 0.5)', value: ratio('page') },
        ],
        details: {
          times,
          bytes: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, statSync(file).size])),
        },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** With the options of `serverless.yml`. */
async function bundles(folder: string): Promise<Readonly<Record<string, string>>> {
  const options = {
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['main', 'module'] as string[],
    outdir: folder,
    logLevel: 'error',
  } satisfies BuildOptions;
  await build({ ...options, entryPoints: ENTRIES });
  const peer = join(process.cwd(), 'node_modules', `.sis-cold-peer-${process.pid}.ts`);
  writeFileSync(peer, PEER);
  try {
    await build({ ...options, entryPoints: { peer } });
  } finally {
    rmSync(peer, { force: true });
  }
  return Object.fromEntries(
    readdirSync(folder)
      .filter(file => file.endsWith('.js'))
      .map(file => [file.replace('.js', ''), join(folder, file)]),
  );
}

function importMs(file: string): number {
  const code = `const a=process.cpuUsage();require(${JSON.stringify(file)});const b=process.cpuUsage(a);process.stdout.write(String((b.user+b.system)/1000))`;
  return Number(execFileSync(process.execPath, ['-e', code], { env: { TZ: 'UTC' } }).toString());
}

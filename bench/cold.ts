/**
 * Loading the click and page functions' bundles in fresh processes, against Express and the DynamoDB client bundled with the same options, in
 * turns. Processor time counts: it doesn't depend on what else the machine does. What a first press loads besides (the client of the table) is
 * told by a row of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunction, bundleOptions, loadedWith } from '../test/support/aws/bundle.ts';
import type { Bench } from './run.ts';
import { median } from './support/load.ts';

const ROUNDS = 15;
const PEER = `
import express from 'express';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
globalThis.peer = [express(), DynamoDBClient];
`;
const CLIENT = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
globalThis.peer = DynamoDBClient;
`;

export const cold: Bench = {
  name: 'cold',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-cold-'));
    try {
      const click = await bundleFunction('click', folder);
      const page = await bundleFunction('page', folder);
      const files: Record<string, string> = {
        click: click.file,
        page: page.file,
        peer: await bundleText('peer', PEER, folder),
        client: await bundleText('client', CLIENT, folder),
      };
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
          { what: 'Express and DynamoDB client, bundled alike, ms (median)', value: of('peer') },
          { what: 'ratio of click (goal at most 0.5)', value: ratio('click') },
          { what: 'ratio of page (goal at most 0.5)', value: ratio('page') },
          { what: 'the DynamoDB client alone, which both load on use, ms', value: of('client') },
        ],
        details: { times, bytes: { click: loadedWith(click).bytes, page: loadedWith(page).bytes } },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** From a file among the packages, where they are found. */
async function bundleText(name: string, text: string, folder: string): Promise<string> {
  const source = join(process.cwd(), 'node_modules', `.sis-cold-${name}-${process.pid}.ts`);
  writeFileSync(source, text);
  try {
    await build({ ...bundleOptions(), entryPoints: { index: source }, outdir: join(folder, name) });
  } finally {
    rmSync(source, { force: true });
  }
  return join(folder, name, 'index.mjs');
}

function importMs(file: string): number {
  const code = `const a=process.cpuUsage();import(${JSON.stringify(file)}).then(()=>{const b=process.cpuUsage(a);process.stdout.write(String((b.user+b.system)/1000))})`;
  return Number(execFileSync(process.execPath, ['-e', code], { env: { TZ: 'UTC' } }).toString());
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '../../src/platform/local/blobs.ts';
import { openStore } from '../../src/platform/local/store.ts';
import { testClock } from '../support/clock.ts';
import { blobsBattery } from './blobs.battery.ts';
import { jobsBattery } from './jobs.battery.ts';
import { tableBattery } from './table.battery.ts';

tableBattery('SQLite', async () => {
  const { store, clock, close } = await makeStore();
  return { table: store.table, jobs: store.jobs, clock, carryJobs: async () => undefined, close };
});

jobsBattery('SQLite', async () => {
  const { store, clock, close } = await makeStore();
  return { jobs: store.jobs, clock, pass: async ms => clock.advance(ms), close };
});

blobsBattery('files', async () => {
  const folder = await temporaryFolder();
  return { blobs: openBlobs({ folder }), close: () => rm(folder, { recursive: true }) };
});

async function makeStore() {
  const folder = await temporaryFolder();
  const clock = testClock();
  const store = openStore({ folder, clock });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { store, clock, close };
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sis-'));
}

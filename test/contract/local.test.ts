import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysFrom } from '../../src/platform/keys.ts';
import { openBlobs } from '../../src/platform/local/blobs.ts';
import { keyWrapOf } from '../../src/platform/local/key-wrap.ts';
import { openMailer } from '../../src/platform/local/mailer.ts';
import { openStore } from '../../src/platform/local/store.ts';
import { testClock } from '../support/clock.ts';
import { scriptedSmtp } from '../support/scripted-smtp.ts';

import { blobsBattery } from './blobs.battery.ts';
import { jobsBattery } from './jobs.battery.ts';
import { keyWrapBattery } from './key-wrap.battery.ts';
import { mailerBattery } from './mailer.battery.ts';
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

keyWrapBattery('the installation’s secret', async () => ({
  wrap: keyWrapOf(keysFrom('a secret of the tests, never used elsewhere')),
  other: keyWrapOf(keysFrom('another secret of the tests')),
  close: async () => undefined,
}));

mailerBattery('SMTP relay and outbox', async () => {
  const folder = await temporaryFolder();
  const far = await scriptedSmtp();
  const relay = { host: '127.0.0.1', port: far.port, timeoutMs: 500 };
  const local = openMailer({
    folder,
    rate: 1_000,
    relay,
    clock: testClock(),
    random: { bytes: count => randomBytes(count) },
  });
  let gone = false;
  return {
    mailer: local.mailer,
    next: async what => {
      if (what === 'says try later') far.next({ at: 'mail', reply: '451 <sam@example.org> not now' });
      if (what === 'refuses for good') far.next({ at: 'rcpt', reply: '550 <sam@example.org> unknown' });
      if (what === 'falls silent after taking it') far.next({ at: 'end', do: 'silence' });
      if (what === 'is not there') {
        gone = true;
        await far.close();
      }
    },
    taken: async () =>
      far.taken.map(({ from, to, raw }) => ({
        from,
        to: to.join(),
        raw,
        send: /^X-SIS-Send: (\S+)\r\n/m.exec(raw)?.[1] ?? '',
      })),
    close: async () => {
      await local.close();
      if (!gone) await far.close();
      await rm(folder, { recursive: true });
    },
  };
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

/** Requests a second of a button's page, for many contacts of one campaign, against a bare Express handler in the same run, in turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../src/connections/account/store.ts';
import { sealEnvelope } from '../src/connections/button/envelope.ts';
import { rememberContact } from '../src/connections/contacts/contacts.ts';
import { listEvents } from '../src/events/store.ts';
import { DEFAULT_LIMITS } from '../src/kernel/limits.ts';
import type { Settings } from '../src/kernel/ports.ts';
import { sampleMail } from '../src/platform/commands/sample-mail.ts';
import { keysFrom } from '../src/platform/keys.ts';
import { openBlobs } from '../src/platform/local/blobs.ts';
import { sendMail } from '../src/platform/local/smtp-client.ts';
import { openStore } from '../src/platform/local/store.ts';
import type { Bench } from './run.ts';
import { load, median } from './support/load.ts';
import { startProcess, startService } from './support/servers.ts';
import { eventPages } from './support/service.ts';

const ROUNDS = 5;
const LOAD = { connections: 16, seconds: 2 };
const CONTACTS = 500;
const SECRET = 'a secret of the bench, never used elsewhere';
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36',
  'accept-language': 'en',
  'sec-fetch-mode': 'navigate',
};

export const click: Bench = {
  name: 'click',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-bench-'));
    try {
      await receiveEvent(folder);
      const paths = await campaign(folder);
      const service = await startService(folder, { SIS_SECRET: SECRET });
      try {
        return await measured(paths.map(path => service.ready.http + path));
      } finally {
        await service.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(urls: readonly string[]) {
  const [first = ''] = urls;
  const page = await (await fetch(first, { headers: HEADERS })).text();
  if (!page.includes('You answer for p•••@example.com')) throw new Error('the page knows no contact');
  const peer = await startProcess(['bench/support/express-peer.ts', String(Buffer.byteLength(page))], {});
  const ours: number[] = [];
  const theirs: number[] = [];
  let failed = 0;
  await load(urls, { ...LOAD, seconds: 1, headers: HEADERS });
  await load(`${peer.ready.http}/e/peer`, { ...LOAD, seconds: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = await load(urls, { ...LOAD, headers: HEADERS });
    failed += one.failed;
    ours.push(one.perSecond);
    theirs.push((await load(`${peer.ready.http}/e/peer`, { ...LOAD, headers: HEADERS })).perSecond);
  }
  await peer.stop();
  const ratio = Math.round((median(ours) / median(theirs)) * 100) / 100;
  return {
    rows: [
      { what: `button page for ${CONTACTS} contacts, requests/s (median)`, value: median(ours) },
      { what: 'bare Express handler of the same size, requests/s (median)', value: median(theirs) },
      { what: 'ratio (goal 0.5)', value: ratio },
      { what: 'answers that were not 200', value: failed },
    ],
    details: { size: Buffer.byteLength(page), ours, theirs },
  };
}

async function receiveEvent(folder: string): Promise<void> {
  const service = await startService(folder, { SIS_SECRET: SECRET });
  await sendMail({
    port: Number(service.ready.smtp.split(':').at(-1)),
    from: 'organizer@example.org',
    to: ['create@sis.localhost'],
    raw: sampleMail(Date.now()),
  });
  await eventPages(service.ready.http, 1);
  await service.stop();
}

/** An account with contacts and a button's link, written straight into the store between two runs of the service. */
async function campaign(folder: string): Promise<readonly string[]> {
  const clock = { now: () => Date.now() };
  const store = openStore({ folder, clock });
  const settings = { limits: DEFAULT_LIMITS } as Settings;
  const blobs = openBlobs({ folder: join(folder, 'blobs'), clock });
  const ports = { table: store.table, blobs, clock, settings, keys: keysFrom(SECRET) };
  const [event] = (await listEvents(ports, null, { limit: 1 })).items;
  if (event === undefined) throw new Error('no event');
  const { workspace } = event;
  const account = { id: 'bench', name: 'Bench', endpoint: null };
  const { id: connection } = await openConnection(
    ports,
    { workspace, platform: 'mailchimp', account },
    () => [],
  );
  const audience = 'abc123';
  const references = Array.from({ length: CONTACTS }, (_, index) => `c0ffee${index}`);
  for (const reference of references) {
    const address = `p-${reference}@example.com`;
    const contact = { id: reference, reference, address, name: null, consent: 'subscribed' as const };
    await rememberContact(ports, { connection, audience, contact });
  }
  const token = await sealEnvelope(ports, {
    workspace,
    connection,
    audience,
    event: event.id,
    answer: 'yes',
    expiresAt: Math.floor(clock.now() / 1000) + 86_400,
  });
  await store.close();
  return references.map(reference => `/r/${token}?c=${reference}`);
}

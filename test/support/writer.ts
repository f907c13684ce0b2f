/** A process to be killed: writes rows with jobs, blobs and mails as fast as it can, and says on standard output what was acknowledged. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobs } from '../../src/platform/local/blobs.ts';
import { openMailer } from '../../src/platform/local/mailer.ts';
import { openStore } from '../../src/platform/local/store.ts';

const [, , folder = '', round = ''] = process.argv;
const clock = { now: () => Date.now() };
const store = openStore({ folder, clock });
const blobs = openBlobs({ folder: join(folder, 'blobs') });
const { mailer } = openMailer({ folder, rate: 1e6, clock, random: { bytes: count => randomBytes(count) } });

const say = (what: string) => writeSync(1, `${what}\n`);

async function rows(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const sk = `${round}-${writer}-${n}`;
    await store.table.put(
      { pk: 'P', sk, text: 'x'.repeat(200) },
      { jobs: [{ lane: 'bulk', kind: 'test', body: { sk } }] },
    );
    say(`row ${sk}`);
  }
}

async function files(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const key = `raw/${round}/${writer}/${n}`;
    await blobs.put(key, Buffer.from(key.repeat(500)));
    say(`blob ${key}`);
  }
}

async function mails(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const send = `${round}-${writer}-${n}`;
    const about = { send, kind: 'request', attempt: 1 } as const;
    const raw = Buffer.from(`Subject: ${send}\r\n\r\nHello\r\n`);
    const handover = await mailer.send({ raw, from: 'a@sis.example', to: 'b@example.org', about });
    if (handover.kind === 'accepted') say(`mail ${handover.messageId}`);
  }
}

await Promise.all([...[0, 1, 2, 3].map(rows), ...[0, 1].map(files), ...[0, 1].map(mails)]);

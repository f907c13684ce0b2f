/** The main loop's waiting times on one machine, and the memory it takes idle and under load. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../src/kernel/limits.ts';
import { sampleMail } from '../src/platform/commands/sample-mail.ts';
import { startSmtp } from '../src/platform/local/smtp.ts';
import { sendMail } from '../src/platform/local/smtp-client.ts';
import type { Bench } from './run.ts';
import { at } from './support/load.ts';
import { startService } from './support/servers.ts';
import { eventPages } from './support/service.ts';

const PRESSES = 100;
const EVENTS = 50;
const PARALLEL_PRESSES = 400;

export const loop: Bench = {
  name: 'loop',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-bench-'));
    const arrived = new Map<string, number>();
    const sink = await startSmtp({
      port: 0,
      name: 'bench',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      limits: DEFAULT_LIMITS,
      accepts: () => true,
      accept: async ({ recipients }) => void arrived.set(recipients[0] ?? '', performance.now()),
    });
    const service = await startService(folder, { SIS_SMTP_RELAY: `smtp://127.0.0.1:${sink.port}` });
    try {
      const smtpPort = Number(service.ready.smtp.split(':').at(-1));
      const live: number[] = [];
      for (let index = 0; index < EVENTS; index += 1) {
        const organizer = `organizer-${index}@example.org`;
        const begun = performance.now();
        await sendMail({
          port: smtpPort,
          from: organizer,
          to: ['create@sis.localhost'],
          raw: sampleMail(Date.now(), { organizer, uid: `bench-${index}@example.org` }),
        });
        await until(() => arrived.has(organizer));
        live.push((arrived.get(organizer) ?? 0) - begun);
      }
      const [url = ''] = await eventPages(service.ready.http, 1);
      const idle = service.memory();
      const press = async (email: string): Promise<number> => {
        const begun = performance.now();
        await fetch(url, { method: 'POST', body: new URLSearchParams({ email }) });
        await until(() => arrived.has(email));
        return (arrived.get(email) ?? 0) - begun;
      };
      const single: number[] = [];
      for (let index = 0; index < PRESSES; index += 1)
        single.push(await press(`single-${index}@example.com`));
      const parallel = await Promise.all(
        Array.from({ length: PARALLEL_PRESSES }, (_, index) => press(`many-${index}@example.com`)),
      );
      const loaded = service.memory();
      for (const list of [live, single, parallel]) list.sort((one, other) => one - other);
      return {
        rows: [
          { what: 'mail at create@ to the first mail back, ms (median)', value: at(live, 0.5) },
          { what: 'press on the page to the invite in the inbox, ms (median)', value: at(single, 0.5) },
          { what: 'press to invite, ms (p99)', value: at(single, 0.99) },
          { what: `${PARALLEL_PRESSES} presses at once, last invite, ms`, value: at(parallel, 1) },
          { what: 'memory idle, MB', value: idle },
          { what: 'memory under load, MB', value: loaded },
        ],
        details: { events: EVENTS, presses: PRESSES, parallel: PARALLEL_PRESSES },
      };
    } finally {
      await service.stop();
      await sink.close(1000);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 30_000 && !holds(); tries += 1)
    await new Promise(resolve => setTimeout(resolve, 1));
  if (!holds()) throw new Error('a mail did not arrive within 30 seconds');
}

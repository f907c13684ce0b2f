/** Requests a second of the event page against a bare Express handler in the same run, alternating, medians of the rounds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleMail } from '../src/platform/commands/sample-mail.ts';
import { sendMail } from '../src/platform/local/smtp-client.ts';
import type { Bench } from './run.ts';
import { load, median } from './support/load.ts';
import { startProcess, startService } from './support/servers.ts';
import { eventPages } from './support/service.ts';

const ROUNDS = 5;
const LOAD = { connections: 16, seconds: 2 };

export const page: Bench = {
  name: 'page',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-bench-'));
    const service = await startService(folder);
    try {
      const smtpPort = Number(service.ready.smtp.split(':').at(-1));
      await sendMail({
        port: smtpPort,
        from: 'organizer@example.org',
        to: ['create@sis.localhost'],
        raw: sampleMail(Date.now()),
      });
      const [url] = await eventPages(service.ready.http, 1);
      if (url === undefined) throw new Error('no event page');
      const size = (await (await fetch(url)).arrayBuffer()).byteLength;
      const peer = await startProcess(['bench/support/express-peer.ts', String(size)], {});
      const ours: number[] = [];
      const theirs: number[] = [];
      await load(url, { ...LOAD, seconds: 1 });
      await load(`${peer.ready.http}/e/peer`, { ...LOAD, seconds: 1 });
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push((await load(url, LOAD)).perSecond);
        theirs.push((await load(`${peer.ready.http}/e/peer`, LOAD)).perSecond);
      }
      await peer.stop();
      const ratio = Math.round((median(ours) / median(theirs)) * 100) / 100;
      return {
        rows: [
          { what: 'event page, requests/s (median)', value: median(ours) },
          { what: 'bare Express handler of the same size, requests/s (median)', value: median(theirs) },
          { what: 'ratio (goal 0.5)', value: ratio },
        ],
        details: { size, ours, theirs },
      };
    } finally {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

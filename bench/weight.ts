/**
 * What a visitor downloads: the event page whole, and the widget's loader beside the bundles of its peers, gzipped. The peers are no
 * dependencies: their packages are fetched for the occasion, and where that fails their rows carry the figures of an earlier run, saying so.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleMail } from '../src/platform/commands/sample-mail.ts';
import { sendMail } from '../src/platform/local/smtp-client.ts';
import type { Bench } from './run.ts';
import { startService } from './support/servers.ts';
import { eventPages } from './support/service.ts';

/** `noted`: octets, gzipped, as measured when this bench was written (November 2026). */
const PEERS = [
  { name: 'add-to-calendar-button', version: '2.15.0', file: 'dist/atcb.js', noted: 97_200 },
  { name: '@typeform/embed', version: '6.1.1', file: 'build/embed.js', noted: 14_200 },
  { name: '@calcom/embed-core', version: '1.5.3', file: 'dist/embed/embed.js', noted: 17_300 },
] as const;

export const weight: Bench = {
  name: 'weight',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-weight-'));
    const service = await startService(join(folder, 'data'));
    try {
      const { http, smtp } = service.ready;
      await sendMail({
        port: Number(smtp.split(':').at(-1)),
        from: 'organizer@example.org',
        to: ['create@sis.localhost'],
        raw: sampleMail(Date.now()),
      });
      const [url] = await eventPages(http, 1);
      if (url === undefined) throw new Error('no event page');
      const page = await (await fetch(url)).text();
      const loader = zipped(Buffer.from(await (await fetch(`${http}/widget.js`)).arrayBuffer()));
      const peers = PEERS.map(peer => ({ ...peer, octets: measured(folder, peer) }));
      return {
        rows: [
          { what: 'event page, HTML with its style, octets gzipped (goal 20480)', value: zipped(page) },
          { what: 'event page, requests beside the page itself', value: requestsOf(page) },
          { what: 'widget loader, octets gzipped (goal 5120)', value: loader },
          ...peers.map(({ name, version, octets, noted }) => ({
            what: `${name} ${version}, octets gzipped${octets === null ? ', of an earlier run, NOT MEASURED' : ''}`,
            value: octets ?? noted,
          })),
        ],
        details: { peers },
      };
    } finally {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function zipped(text: string | Buffer): number {
  return gzipSync(text, { level: 9 }).byteLength;
}

/** Scripts, style sheets, images and frames that the page would fetch. */
function requestsOf(page: string): number {
  const sources = [...page.matchAll(/<(?:script|img|iframe)\b[^>]*\ssrc="([^"]*)"/g)];
  const sheets = [...page.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/g)];
  return sources.filter(([, source = '']) => !source.startsWith('data:')).length + sheets.length;
}

/** Null where the registry can't be reached. */
function measured(
  folder: string,
  { name, version, file }: { readonly name: string; readonly version: string; readonly file: string },
): number | null {
  const packed = spawnSync('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (packed.status !== 0) return null;
  const [made] = JSON.parse(packed.stdout) as readonly { readonly filename: string }[];
  if (made === undefined) return null;
  const archive = join(folder, made.filename);
  const unpacked = spawnSync('tar', ['-xzf', archive, '-C', folder, `package/${file}`]);
  return unpacked.status === 0 ? zipped(readFileSync(join(folder, 'package', file))) : null;
}

/**
 * Requests a second of the event page, with 10,000 events in the store, against a bare Express handler in the same run, in turns; medians of
 * the rounds. One page, as a campaign opens it, and two hundred in turns.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './run.ts';
import { load, median } from './support/load.ts';
import { fillStore } from './support/many-events.ts';
import { startProcess, startService } from './support/servers.ts';

const EVENTS = 10_000;
const IN_TURNS = 200;
const ROUNDS = 5;
const LOAD = { connections: 16, seconds: 2 };

export const page: Bench = {
  name: 'page',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sis-bench-'));
    try {
      const slugs = await fillStore(folder, EVENTS);
      const service = await startService(folder);
      try {
        return await measured(slugs.slice(-IN_TURNS).map(slug => `${service.ready.http}/e/${slug}`));
      } finally {
        await service.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(urls: readonly string[]) {
  const [url = ''] = urls;
  const first = await fetch(url);
  if (first.status !== 200) throw new Error(`the page answered ${first.status}`);
  const size = (await first.arrayBuffer()).byteLength;
  const peer = await startProcess(['bench/support/express-peer.ts', String(size)], {});
  const peerUrl = `${peer.ready.http}/e/peer`;
  const rates: Record<'one' | 'many' | 'peer', number[]> = { one: [], many: [], peer: [] };
  let failed = 0;
  for (const each of [url, urls, peerUrl]) await load(each, { ...LOAD, seconds: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, each] of [
      ['one', url],
      ['many', urls],
      ['peer', peerUrl],
    ] as const) {
      const one = await load(each, LOAD);
      rates[name].push(one.perSecond);
      failed += one.failed;
    }
  }
  await peer.stop();
  const ratio = (name: 'one' | 'many') => Math.round((median(rates[name]) / median(rates.peer)) * 100) / 100;
  return {
    rows: [
      { what: 'events in the store', value: EVENTS },
      { what: 'event page, requests/s (median)', value: median(rates.one) },
      { what: `${IN_TURNS} event pages in turns, requests/s (median)`, value: median(rates.many) },
      { what: 'bare Express handler of the same size, requests/s (median)', value: median(rates.peer) },
      { what: 'ratio of one page (goal 0.5)', value: ratio('one') },
      { what: 'ratio of pages in turns', value: ratio('many') },
      { what: 'answers that were not 200', value: failed },
    ],
    details: { size, rates },
  };
}

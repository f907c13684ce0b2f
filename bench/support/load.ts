/** A bounded load on loopback: `connections` keep-alive connections, each one request after the other, for `seconds`. */
import { Agent, request } from 'node:http';

type Headers = Readonly<Record<string, string>>;

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

export async function load(
  /** Several are asked for in turns. */
  urls: string | readonly string[],
  { connections, seconds, headers = {} }: { connections: number; seconds: number; headers?: Headers },
): Promise<Load> {
  const all = typeof urls === 'string' ? [urls] : urls;
  let turn = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const end = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const started = performance.now();
        turn += 1;
        if ((await get(all[turn % all.length] ?? '', agent, headers)) !== 200) failed += 1;
        times.push(performance.now() - started);
      }
    }),
  );
  const took = (performance.now() - begun) / 1000;
  agent.destroy();
  times.sort((one, other) => one - other);
  return {
    requests: times.length,
    perSecond: Math.round(times.length / took),
    failed,
    medianMs: at(times, 0.5),
    p99Ms: at(times, 0.99),
  };
}

/** The value below which the share of a sorted list lies, to a hundredth. */
export function at(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 100) / 100;
}

export function median(values: readonly number[]): number {
  return at(
    [...values].sort((one, other) => one - other),
    0.5,
  );
}

function get(url: string, agent: Agent, headers: Headers): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, answer => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.once('error', reject);
    asked.end();
  });
}

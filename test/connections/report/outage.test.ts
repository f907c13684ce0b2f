/** A sample of `npm run outage`, which runs 200 seeds. */
import { expect, test } from '@jest/globals';
import { outage, summary } from './outage.ts';
import { httpSummary, outageOverHttp } from './outage-http.ts';

const SEEDS = [1, 2, 3, 4];

test('[P14] after 28 hours without the platform and one call in twenty failing, every contact ends in its last state, none older after a newer', async () => {
  const results = [];
  for (const seed of SEEDS) results.push(await outage(seed));
  if (process.env.SIS_PRINT === '1') process.stdout.write(`${summary(results)}\n`);
  expect(results.filter(({ broken }) => broken.length > 0)).toEqual([]);
  expect(Math.min(...results.map(({ callsInOutage }) => callsInOutage))).toBeGreaterThan(10);
  expect(results.reduce((total, { unheard }) => total + unheard, 0)).toBeGreaterThan(5);
}, 180_000);

test.each(['mailchimp', 'klaviyo'] as const)(
  '[P14] likewise through the real connector of %s',
  async platform => {
    const result = await outageOverHttp(1, platform);
    if (process.env.SIS_PRINT === '1') process.stdout.write(`${httpSummary([result])}\n`);
    expect(result.broken).toEqual([]);
    expect(result.faults).toBeGreaterThan(10);
  },
  180_000,
);

/**
 * `npm run outage -- [--seeds N] [--from S] [--http M]`: the long outage over N seeds in one process, and over M through the real
 * connectors and both fakes; exit 0 when every promise held in each.
 */
import { parseArgs } from 'node:util';
import { outage, summary } from './outage.ts';
import { httpSummary, outageOverHttp } from './outage-http.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    http: { type: 'string', default: '10' },
  },
});
const from = Number(values.from);
let broken = 0;

function told<T extends { readonly seed: number; readonly broken: readonly string[] }>(result: T): T {
  if (result.broken.length > 0) console.log(`seed ${result.seed}: ${result.broken.join('; ')}`);
  broken += result.broken.length;
  return result;
}

const results = [];
for (let seed = from; seed < from + Number(values.seeds); seed += 1) results.push(told(await outage(seed)));
if (results.length > 0) console.log(summary(results));

const overHttp = [];
for (let seed = from; seed < from + Number(values.http); seed += 1) {
  for (const platform of ['mailchimp', 'klaviyo'] as const) {
    overHttp.push(told(await outageOverHttp(seed, platform)));
  }
}
if (overHttp.length > 0) console.log(httpSummary(overHttp));
process.exitCode = broken === 0 ? 0 : 1;

/** `npm run outage -- [--seeds N] [--from S]`: the long outage over many seeds; exit 0 when every promise held in each. */
import { parseArgs } from 'node:util';
import { outage, summary } from './outage.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
});
const from = Number(values.from);
const results = [];
for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
  const result = await outage(seed);
  if (result.broken.length > 0) console.log(`seed ${seed}: ${result.broken.join('; ')}`);
  results.push(result);
}
console.log(summary(results));
process.exitCode = results.some(({ broken }) => broken.length > 0) ? 1 : 0;

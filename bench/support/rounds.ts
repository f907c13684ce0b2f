/** Two sides of one job in turns, so that a machine's bad moment hits both; the median round of each counts. */
import { median } from './load.ts';

export interface Compared {
  /** Per second, a round each. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  readonly oursMedian: number;
  readonly theirsMedian: number;
  readonly ratio: number;
}

type Work = (turn: number) => Promise<unknown>;

export async function compare(
  ours: Work,
  theirs: Work,
  { rounds = 9, milliseconds = 700 }: { readonly rounds?: number; readonly milliseconds?: number } = {},
): Promise<Compared> {
  const rates = { ours: [] as number[], theirs: [] as number[] };
  await perSecond(ours, milliseconds);
  await perSecond(theirs, milliseconds);
  for (let round = 0; round < rounds; round += 1) {
    rates.ours.push(await perSecond(ours, milliseconds));
    rates.theirs.push(await perSecond(theirs, milliseconds));
  }
  const [oursMedian, theirsMedian] = [median(rates.ours), median(rates.theirs)];
  return {
    ...rates,
    oursMedian,
    theirsMedian,
    ratio: Math.round((oursMedian / theirsMedian) * 100) / 100,
  };
}

let turns = 0;

async function perSecond(work: Work, milliseconds: number): Promise<number> {
  const begun = performance.now();
  let done = 0;
  while (performance.now() - begun < milliseconds) {
    turns += 1;
    await work(turns);
    done += 1;
  }
  return Math.round((done * 1000) / (performance.now() - begun));
}

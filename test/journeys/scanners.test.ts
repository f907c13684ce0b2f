/** A small sample of the scanner park; `npm run scanners -- --sessions 1000` runs all of it. */
import { expect, test } from '@jest/globals';
import { lineOf, runPark } from './scanners.ts';

test('machines that open, follow, prefetch and press commit nothing; people do, with one press', async () => {
  const { machines, people } = await runPark({ sessions: 3, people: 3 });
  if (process.env.SIS_PRINT === '1') for (const one of [...machines, ...people]) console.log(lineOf(one));
  expect(machines.map(({ name, commits }) => [name, commits])).toEqual([
    ['HEAD, then GET', 0],
    ['all links within two seconds, and what they lead to', 0],
    ['headless browser that runs scripts', 0],
    ['headless browser that presses buttons and submits forms', 0],
    ['again after half an hour, with the form of the first time', 0],
    ['the same link from three networks', 0],
    ['prefetch', 0],
    ['disguised browser that clicks by script', 0],
  ]);
  expect(people.map(({ sessions, commits }) => [sessions, commits])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
}, 120_000);

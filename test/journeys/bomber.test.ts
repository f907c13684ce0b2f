/** A small part of what `npm run bomber` does: 240 sign-ups for one address over 12 pages of three workspaces and 24 networks. */
import { expect, test } from '@jest/globals';
import { bomb } from './bomber.ts';

test('many forms, many networks, one address: three mails within the hour, and one press stops all (P11)', async () => {
  const bombed = await bomb({ signUps: 240, pages: 12, networks: 24 });
  if (process.env.SIS_PRINT !== undefined) process.stdout.write(`${JSON.stringify(bombed)}\n`);
  expect(bombed.mails).toBe(3);
  expect(bombed.mailsAfterStop).toBe(0);
  expect(Object.keys(bombed.answers).sort()).toEqual(['200']);
}, 120_000);

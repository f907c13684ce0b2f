/** The sandbox's file: what was connected stays connected, under this installation's secret alone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keysFrom } from '../../../../src/platform/keys.ts';
import { realDisk } from '../../../../src/platform/local/disk.ts';
import { openSandbox, type Sandbox } from '../../../../src/platform/local/vendors/sandbox.ts';
import { seededRandom, setClock } from '../../../support/world.ts';

let folder: string;
const random = seededRandom(5);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sis-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(secret = 'a secret of the tests'): Promise<Sandbox> {
  return openSandbox({
    disk: realDisk(),
    folder,
    keys: keysFrom(secret),
    clock: setClock('2026-03-01T09:00:00Z'),
    random,
    fetch: async () => Promise.reject(new Error('no network here')),
    http: 'http://127.0.0.1:3000',
    baseUrl: 'http://127.0.0.1:3000',
  });
}

async function accountsAs(sandbox: Sandbox, access: string): Promise<number> {
  const answer = await sandbox.klaviyo.answer({
    method: 'GET',
    path: '/api/accounts',
    query: new URLSearchParams(),
    headers: { authorization: `Bearer ${access}`, revision: '2026-07-15' },
    body: new Uint8Array(),
  });
  return answer.status;
}

test('contacts, tags and tokens are there again; no token and no address stands in the file', async () => {
  const first = await open();
  const { access } = first.klaviyo.grant();
  const people = first.mailchimp.people();
  const [list = ''] = Object.keys(first.mailchimp.account().lists);
  people.unsubscribe(list, 'ada.berg@example.com');
  await first.close();
  const bytes = readFileSync(join(folder, 'sandbox'));
  expect([bytes.includes(access), bytes.includes('ada.berg')]).toEqual([false, false]);
  const second = await open();
  expect(await accountsAs(second, access)).toBe(200);
  expect(second.mailchimp.account().lists[list]?.members).toEqual(
    first.mailchimp.account().lists[list]?.members,
  );
});

test('under another secret the sandbox begins anew', async () => {
  const first = await open();
  const { access } = first.klaviyo.grant();
  first.klaviyo.uninstall('nobody');
  await first.close();
  expect(await accountsAs(await open('another secret of the tests'), access)).toBe(401);
});

test('a sandbox that nobody used leaves no file', async () => {
  await (await open()).close();
  expect(() => readFileSync(join(folder, 'sandbox'))).toThrow('ENOENT');
});

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openBlobs } from '../../../src/platform/local/blobs.ts';
import { openDatabase } from '../../../src/platform/local/database.ts';
import { JOBS_SCHEMA, jobsOn } from '../../../src/platform/local/jobs.ts';
import { openOutbox } from '../../../src/platform/local/outbox.ts';
import { openStore } from '../../../src/platform/local/store.ts';
import { TABLE_SCHEMA, tableOn } from '../../../src/platform/local/table.ts';
import { testClock } from '../../support/clock.ts';
import { eventually, inTemporaryFolder, pause } from '../../support/temporary.ts';

describe('the store', () => {
  test('runs SQLite with a write-ahead log that is synced at every commit', () =>
    inTemporaryFolder(async folder => {
      const database = openDatabase({ file: join(folder, 'x.db'), schema: '' });
      expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
      expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      await database.close();
    }));

  test('is readable by its owner alone', () =>
    inTemporaryFolder(async folder => {
      const store = openStore({ folder: join(folder, 'data'), clock: testClock() });
      await store.close();
      expect((await stat(join(folder, 'data', 'sis.db'))).mode & 0o077).toBe(0);
      expect((await stat(join(folder, 'data'))).mode & 0o077).toBe(0);
    }));

  test('lets the next start go on at once with the jobs that a killed process had in hand', () =>
    inTemporaryFolder(async folder => {
      const clock = testClock();
      const killed = openStore({ folder, clock });
      await killed.jobs.add([
        { lane: 'bulk', kind: 'test', body: { n: 1 } },
        { lane: 'bulk', kind: 'test', body: { n: 2 }, after: clock.now() + 5_000 },
      ]);
      const [held] = await killed.jobs.take('bulk', 9, 300_000);
      await killed.close();
      const store = openStore({ folder, clock });
      expect(await store.jobs.take('bulk', 9, 300_000)).toEqual([]);
      await store.jobs.takeBack();
      const again = await store.jobs.take('bulk', 9, 300_000);
      expect(again.map(({ body, attempt }) => ({ n: body.n, attempt }))).toEqual([{ n: 1, attempt: 2 }]);
      if (held !== undefined) await store.jobs.done(held);
      expect(store.jobs.backlog('bulk')).toBe(2);
      await store.close();
    }));

  test('puts the writes of one moment into one commit, and answers none before it', () =>
    inTemporaryFolder(async folder => {
      const database = openDatabase({ file: join(folder, 'x.db'), schema: 'CREATE TABLE t (n INTEGER)' });
      let commits = 0;
      let answered = 0;
      database.onCommit(() => {
        commits += 1;
        expect(answered).toBe(0);
      });
      const insert = (n: number) => database.write(() => database.prepare('INSERT INTO t VALUES (?)').run(n));
      await Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          await insert(n);
          answered += 1;
        }),
      );
      expect(commits).toBe(1);
      expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 50 });
      await database.close();
    }));

  test('on a full disk refuses a row together with its job, keeps what it had, and goes on when there is room', () =>
    inTemporaryFolder(async folder => {
      const clock = testClock();
      const database = openDatabase({ file: join(folder, 'x.db'), schema: TABLE_SCHEMA + JOBS_SCHEMA });
      const jobs = jobsOn(database, clock);
      const table = tableOn(database, jobs, clock);
      const write = (sk: string) =>
        table.put(
          { pk: 'P', sk, text: 'x'.repeat(20_000) },
          { jobs: [{ lane: 'fast', kind: 'test', body: { sk } }] },
        );
      await write('a');
      database.prepare('PRAGMA max_page_count = 1').get();
      const refused = await Promise.allSettled([write('b'), write('c')]);
      expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect((await table.query({ pk: 'P' })).items.map(({ sk }) => sk)).toEqual(['a']);
      database.prepare('PRAGMA max_page_count = 1000000').get();
      expect(await write('d')).toBe(true);
      expect((await jobs.take('fast', 9, 1_000)).map(({ body }) => body.sk)).toEqual(['a', 'd']);
      await database.close();
    }));

  test('lets a bad write fail alone', () =>
    inTemporaryFolder(async folder => {
      const schema = 'CREATE TABLE t (n INTEGER UNIQUE)';
      const database = openDatabase({ file: join(folder, 'x.db'), schema });
      const insert = (n: number) => database.write(() => database.prepare('INSERT INTO t VALUES (?)').run(n));
      const results = await Promise.allSettled([insert(1), insert(1), insert(2)]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(database.prepare('SELECT n FROM t ORDER BY n').all()).toEqual([{ n: 1 }, { n: 2 }]);
      await database.close();
    }));

  test('commits what waits when it closes, and takes nothing after', () =>
    inTemporaryFolder(async folder => {
      const store = openStore({ folder, clock: testClock() });
      const put = store.table.put({ pk: 'P', sk: 'S' });
      await store.close();
      expect(await put).toBe(true);
      await expect(store.table.put({ pk: 'P', sk: 'T' })).rejects.toThrow('the store is closed');
      const again = openStore({ folder, clock: testClock() });
      expect(await again.table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S' });
      await again.close();
    }));

  test('stores hints when it closes, as one change a row', () =>
    inTemporaryFolder(async folder => {
      const store = openStore({ folder, clock: testClock() });
      for (let n = 1; n <= 3; n += 1)
        await store.table.hint({ pk: 'P', sk: 'S' }, { set: { n }, add: { sum: n } });
      await store.close();
      const again = openStore({ folder, clock: testClock() });
      expect(await again.table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', n: 3, sum: 6 });
      await again.close();
    }));

  test('remembers nothing of a commit that was undone', () =>
    inTemporaryFolder(async folder => {
      const database = openDatabase({
        file: join(folder, 'own.db'),
        schema: `${TABLE_SCHEMA}${JOBS_SCHEMA}CREATE TABLE IF NOT EXISTS t (n INTEGER UNIQUE);`,
      });
      const clock = testClock();
      const table = tableOn(database, jobsOn(database, clock), clock);
      await table.put({ pk: 'P', sk: 'S', n: 1 });
      const insert = () => database.write(() => database.prepare('INSERT INTO t VALUES (1)').run());
      await insert();
      const group = await Promise.allSettled([
        table.update({ pk: 'P', sk: 'S' }, { add: { n: 1 } }),
        insert(),
      ]);
      expect(group.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(await table.get({ pk: 'P', sk: 'S' })).toEqual({ pk: 'P', sk: 'S', n: 2 });
      await database.close();
    }));

  test('frees the room of expired rows, oldest first, and of no others', () =>
    inTemporaryFolder(async folder => {
      const clock = testClock();
      const store = openStore({ folder, clock });
      const second = clock.now() / 1000;
      for (let n = 0; n < 5; n += 1) await store.table.put({ pk: 'P', sk: `gone${n}`, expires: second - n });
      await store.table.put({ pk: 'P', sk: 'later', expires: second + 1 });
      await store.table.put({ pk: 'P', sk: 'stays' });
      expect(await store.table.sweepExpired(3)).toBe(3);
      expect(await store.table.sweepExpired(3)).toBe(2);
      expect(await store.table.sweepExpired(3)).toBe(0);
      expect((await store.table.query({ pk: 'P' })).items.map(({ sk }) => sk)).toEqual(['later', 'stays']);
      await store.close();
    }));

  test('refuses a cursor that is not its own', () =>
    inTemporaryFolder(async folder => {
      const store = openStore({ folder, clock: testClock() });
      for (const sk of ['a', 'b', 'c']) await store.table.put({ pk: 'P', sk, i1pk: 'P', i1sk: sk });
      const { cursor = '' } = await store.table.query({ pk: 'P', limit: 1 });
      for (const wrong of ['', 'x', 'bnVsbA']) {
        await expect(store.table.query({ pk: 'P', cursor: wrong })).rejects.toMatchObject({
          code: 'invalid_cursor',
        });
      }
      await expect(store.table.query({ index: 1, pk: 'P', cursor })).rejects.toMatchObject({
        code: 'invalid_cursor',
      });
      await store.close();
    }));
});

describe('a process that is killed', () => {
  test(
    'loses nothing that it acknowledged, in 20 rounds on one folder',
    () =>
      inTemporaryFolder(async folder => {
        const acknowledged: string[] = [];
        for (let round = 0; round < 20; round += 1)
          acknowledged.push(...(await writeAndBeKilled(folder, round)));
        const kinds = ['row', 'blob', 'mail'].map(
          kind => acknowledged.filter(line => line.startsWith(`${kind} `)).length,
        );
        for (const count of kinds) expect(count).toBeGreaterThanOrEqual(20);
        expect(await missing(folder, acknowledged)).toEqual([]);
      }),
    120_000,
  );
});

async function writeAndBeKilled(folder: string, round: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, '../../support/writer.ts'),
      folder,
      String(round),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await eventually(() => (/^blob /m.test(said) && /^mail /m.test(said) ? true : undefined), 20_000);
  await pause(round * 7);
  child.kill('SIGKILL');
  await once(child, 'close');
  // What stands behind the last line end was cut off in mid-word.
  return said
    .slice(0, said.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}

async function missing(folder: string, acknowledged: readonly string[]): Promise<string[]> {
  const clock = { now: () => Date.now() };
  const store = openStore({ folder, clock });
  const blobs = openBlobs({ folder: join(folder, 'blobs') });
  const outbox = openOutbox({ folder, clock, random: { bytes: count => randomBytes(count) } });
  const jobs = new Set<string>();
  for (;;) {
    const taken = await store.jobs.take('bulk', 1_000, 60_000);
    if (taken.length === 0) break;
    for (const job of taken) jobs.add(String(job.body.sk));
  }
  const lost: string[] = [];
  for (const line of acknowledged) {
    const [kind, name = ''] = line.split(' ');
    if (kind === 'row' && ((await store.table.get({ pk: 'P', sk: name })) === undefined || !jobs.has(name)))
      lost.push(line);
    if (kind === 'blob' && Buffer.from((await blobs.get(name)) ?? []).toString() !== name.repeat(500))
      lost.push(line);
    if (kind === 'mail' && (await outbox.get(name)) === undefined) lost.push(line);
  }
  await outbox.close();
  await store.close();
  return lost;
}

import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Jobs, Json, NewJob } from '../../../src/kernel/ports.ts';
import { awsClients, type Clients } from '../../../src/platform/aws/clients.ts';
import { QueueJobs } from '../../../src/platform/aws/jobs.ts';
import { type FaultPoint, Outbox } from '../../../src/platform/aws/outbox.ts';
import { DynamoTable } from '../../../src/platform/aws/table.ts';
import { CREDENTIALS, REGION, type StandIns, startStandIns } from '../../support/aws/stand-ins.ts';
import { type TestClock, testClock } from '../../support/clock.ts';

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };
const KEY = { pk: 'P', sk: 'S' };

class Killed extends Error {}

function job(n: number): NewJob {
  return { lane: 'fast', kind: 'test', body: { n } };
}

describe('the outbox', () => {
  let standIns: StandIns;
  let clients: Clients;
  let clock: TestClock;
  let queue: Jobs;
  let tableName: string;

  beforeAll(async () => {
    standIns = await startStandIns();
    clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: standIns.endpoints });
  });
  afterAll(async () => {
    await clients.destroy();
    await standIns.close();
  });
  beforeEach(async () => {
    clock = testClock();
    tableName = await standIns.freshTable();
    const { FastQueue: fast = '', BulkQueue: bulk = '' } = await standIns.freshQueues();
    queue = new QueueJobs({ client: await clients.sqs(), clock, queues: { fast, bulk } });
  });

  /** A process of its own on the same table; killed at the named point, once. */
  async function process(options: { killAt?: FaultPoint; jobs?: Pick<Jobs, 'add'> } = {}) {
    const client = await clients.dynamodb();
    let { killAt } = options;
    const outbox = new Outbox({
      client,
      tableName,
      clock,
      jobs: options.jobs ?? queue,
      log: LOG,
      faults: point => {
        if (point !== killAt) return;
        killAt = undefined;
        throw new Killed();
      },
    });
    return { table: new DynamoTable({ client, tableName, clock, outbox }), outbox };
  }

  async function queued(): Promise<Json[]> {
    const taken = await queue.take('fast', 1_000, 60_000);
    await Promise.all(taken.map(each => queue.done(each)));
    return taken.map(({ body }) => body.n ?? null).sort();
  }

  async function stored() {
    const client = await clients.dynamodb();
    const answer = await client.send(
      new GetItemCommand({ TableName: tableName, Key: { pk: { S: KEY.pk }, sk: { S: KEY.sk } } }),
    );
    return Object.keys(answer.Item ?? {}).sort();
  }

  test('is empty again once the queue has the jobs', async () => {
    const { table, outbox } = await process();
    await table.put({ ...KEY, a: 1 }, { jobs: [job(1)] });
    expect(await queued()).toEqual([1]);
    expect(await stored()).toEqual(['_write', 'a', 'pk', 'sk']);
    clock.advance(60_000);
    expect(await outbox.sweepDue()).toBe(0);
    expect(await queued()).toEqual([]);
  });

  test.each(['written', 'sent'] as const)(
    'loses no job of a process that dies right after: %s',
    async killAt => {
      const dying = await process({ killAt });
      await expect(dying.table.put({ ...KEY, a: 1 }, { jobs: [job(1), job(2)] })).rejects.toThrow(Killed);
      const before = await queued();
      expect(before).toEqual(killAt === 'written' ? [] : [1, 2]);
      clock.advance(60_000);
      const next = await process();
      expect(await next.outbox.sweepDue()).toBe(1);
      expect([...new Set([...before, ...(await queued())])]).toEqual([1, 2]);
      expect(await next.outbox.sweepDue()).toBe(0);
      expect(await next.table.get(KEY)).toEqual({ ...KEY, a: 1 });
    },
  );

  test('leaves a young row to its own writer', async () => {
    const dying = await process({ killAt: 'written' });
    await expect(dying.table.put(KEY, { jobs: [job(1)] })).rejects.toThrow(Killed);
    clock.advance(14_000);
    const next = await process();
    expect(await next.outbox.sweepDue()).toBe(0);
    clock.advance(2_000);
    expect(await next.outbox.sweepDue()).toBe(1);
  });

  test('keeps the jobs of a killed update, and later updates leave them alone', async () => {
    const { table } = await process();
    await table.put({ ...KEY, count: 0 });
    const dying = await process({ killAt: 'written' });
    await expect(dying.table.update(KEY, { add: { count: 1 } }, { jobs: [job(1)] })).rejects.toThrow(Killed);
    expect(await table.update(KEY, { add: { count: 1 } })).toEqual({ ...KEY, count: 2 });
    clock.advance(60_000);
    expect(await (await process()).outbox.sweepDue()).toBe(1);
    expect(await queued()).toEqual([1]);
  });

  test.each([
    ['put', (table: DynamoTable) => table.put({ ...KEY, next: 1 })],
    ['remove', (table: DynamoTable) => table.remove(KEY)],
    ['update with jobs', (table: DynamoTable) => table.update(KEY, { set: { next: 1 } }, { jobs: [job(2)] })],
  ] as const)('sends what a row still owes before a %s takes its place', async (what, write) => {
    const dying = await process({ killAt: 'written' });
    await expect(dying.table.put(KEY, { jobs: [job(1)] })).rejects.toThrow(Killed);
    const { table } = await process();
    expect(await write(table)).toBeTruthy();
    expect(await queued()).toEqual(what === 'update with jobs' ? [1, 2] : [1]);
  });

  test('answers no to a write whose condition fails, whatever the row still owes', async () => {
    const dying = await process({ killAt: 'written' });
    await expect(dying.table.put({ ...KEY, a: 1 }, { jobs: [job(1)] })).rejects.toThrow(Killed);
    const { table } = await process();
    expect(await table.put({ ...KEY, a: 2 }, { if: { attribute: 'a', is: 9 } })).toBe(false);
    expect(await table.get(KEY)).toEqual({ ...KEY, a: 1 });
  });

  test('a write holds though the queue is away, and its jobs run when it is back', async () => {
    const away = { add: async () => Promise.reject(new Error('the queue is away')) };
    const { table } = await process({ jobs: away });
    expect(await table.put(KEY, { jobs: [job(1)] })).toBe(true);
    expect(await table.get(KEY)).toEqual(KEY);
    clock.advance(60_000);
    expect(await (await process()).outbox.sweepDue()).toBe(1);
    expect(await queued()).toEqual([1]);
  });

  test('sends the jobs of a row that has expired since', async () => {
    const dying = await process({ killAt: 'written' });
    const expires = clock.now() / 1000 + 5;
    await expect(dying.table.put({ ...KEY, expires }, { jobs: [job(1)] })).rejects.toThrow(Killed);
    clock.advance(60_000);
    expect(await (await process()).outbox.sweepDue()).toBe(1);
    expect(await queued()).toEqual([1]);
  });

  test('finds every row of a backlog of 120, over all its shards', async () => {
    const away = { add: async () => Promise.reject(new Error('the queue is away')) };
    const { table } = await process({ jobs: away });
    const writes = Array.from({ length: 120 }, (_, n) => ({ row: { pk: `P${n}`, sk: 'S' }, jobs: [job(n)] }));
    expect((await table.putAll(writes)).every(Boolean)).toBe(true);
    clock.advance(60_000);
    expect(await (await process()).outbox.sweepDue()).toBe(120);
    expect(new Set(await queued()).size).toBe(120);
  });

  test('two writers of one row with jobs lose none', async () => {
    const one = await process();
    const other = await process();
    await one.table.put({ ...KEY, count: 0 });
    const writes = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? one : other).table.update(KEY, { add: { count: 1 } }, { jobs: [job(n)] }),
    );
    await Promise.all(writes);
    expect((await one.table.get(KEY))?.count).toBe(20);
    clock.advance(60_000);
    await one.outbox.sweepDue();
    const ran = (await queued()).map(Number);
    expect([...new Set(ran)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(ran.length).toBeLessThan(60);
  });
});

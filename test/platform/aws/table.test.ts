/** What the shared battery cannot ask of DynamoDB: answers that get lost on the way back, and expressions that DynamoDB would refuse. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Condition } from '../../../src/kernel/ports.ts';
import { awsClients, type Clients } from '../../../src/platform/aws/clients.ts';
import { guard, Placeholders, textOf } from '../../../src/platform/aws/conditions.ts';
import { Outbox } from '../../../src/platform/aws/outbox.ts';
import { DynamoTable } from '../../../src/platform/aws/table.ts';
import { CREDENTIALS, REGION, type StandIns, startStandIns } from '../../support/aws/stand-ins.ts';
import { testClock } from '../../support/clock.ts';

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };
const KEY = { pk: 'P', sk: 'S' };

describe('a write whose answer is lost', () => {
  let standIns: StandIns;
  let clients: Clients;
  let table: DynamoTable;
  let lose: number;
  let calls: number;

  beforeEach(async () => {
    standIns = await startStandIns();
    clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: standIns.endpoints });
    const client = await clients.dynamodb();
    losing(client);
    const { tableName } = standIns;
    const clock = testClock();
    const outbox = new Outbox({ client, tableName, clock, jobs: { add: async () => undefined }, log: LOG });
    table = new DynamoTable({ client, tableName, clock, outbox });
    lose = 0;
    calls = 0;
  });
  afterEach(async () => {
    await clients.destroy();
    await standIns.close();
  });

  /** DynamoDB does its part; the SDK sees a broken connection and repeats the call by itself. */
  function losing(client: DynamoDBClient): void {
    client.middlewareStack.add(
      next => async args => {
        const answer = await next(args);
        calls += 1;
        if (lose === 0) return answer;
        lose -= 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
      { step: 'deserialize', priority: 'high' },
    );
  }

  test('still counts once', async () => {
    await table.put({ ...KEY, count: 0 });
    lose = 2;
    expect(await table.update(KEY, { add: { count: 1 } })).toEqual({ ...KEY, count: 1 });
    expect(await table.get(KEY)).toEqual({ ...KEY, count: 1 });
    expect(calls).toBeGreaterThanOrEqual(4);
  });

  test('still says that it held: a claim is not lost to its own repetition', async () => {
    lose = 1;
    expect(await table.put({ ...KEY, a: 1 }, { if: { row: 'absent' } })).toBe(true);
    lose = 1;
    const claimed = await table.update(
      KEY,
      { set: { state: 'CLAIMED' } },
      { if: { attribute: 'state', missing: true } },
    );
    expect(claimed).toEqual({ ...KEY, a: 1, state: 'CLAIMED' });
    expect(
      await table.update(KEY, { set: { state: 'X' } }, { if: { attribute: 'state', missing: true } }),
    ).toBeUndefined();
  });
});

describe('a condition as an expression', () => {
  const written = (condition: Condition) => {
    const x = new Placeholders();
    const text = textOf(guard(x, condition, 100));
    return { text, ...x.of(text) };
  };

  test('asks nothing where nothing can fail', () => {
    expect(written({ any: [{ row: 'absent' }, { row: 'present' }] })).toEqual({ text: undefined });
  });

  test('carries only the brackets and placeholders that it needs', () => {
    expect(written({ row: 'absent' }).text).toBe('NOT (attribute_exists(#n0) AND NOT #n1 <= :v0)');
    const nested = written({
      all: [
        {
          any: [
            { attribute: 'a', is: 1 },
            { attribute: 'b', below: 2 },
          ],
        },
        { all: [{ row: 'present' }] },
      ],
    });
    expect(nested.text).toBe('attribute_exists(#n2) AND NOT #n3 <= :v2 AND (#n0 = :v0 OR #n1 < :v1)');
    const dropped = written({ any: [{ attribute: 'a', is: 1 }, { row: 'present' }] });
    expect(dropped.text).toBe('attribute_exists(#n1) AND NOT #n2 <= :v1');
    expect(dropped.ExpressionAttributeNames).toEqual({ '#n1': 'pk', '#n2': 'expires' });
  });

  test('refuses the names that the adapter keeps for itself', () => {
    expect(() => written({ attribute: '_due', missing: true })).toThrow('_due');
  });
});

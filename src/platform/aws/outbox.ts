/**
 * Jobs of a write, at least once if and only if the write holds, without a transaction over DynamoDB and SQS: the row itself carries them
 * and a mark in a sparse index until SQS has them; whatever a crash left behind is found by `sweepDue` each minute.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock, Jobs, Key, Log, NewJob } from '../../kernel/ports.ts';
import { HIDDEN, type Item, toKey } from './marshal.ts';

/** Where a test may stop the process: the row is written, SQS has nothing; SQS has the jobs, the mark still stands. */
export type FaultPoint = 'written' | 'sent';
export type Faults = (point: FaultPoint) => void | Promise<void>;

export interface OutboxOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  readonly jobs: Pick<Jobs, 'add'>;
  readonly log: Log;
  readonly faults?: Faults;
}

export interface Owed {
  readonly key: Key;
  readonly since: string;
  readonly jobs: readonly NewJob[];
}

export const OUTBOX_INDEX = 'outbox';
/** Marks go on so many partitions of the index, so that a fan-out's writes are not held back by one. */
const SHARDS = 8;
const MILLISECOND_DIGITS = 15;
/** A write younger than this is most likely still being sent by its own writer. */
const GRACE_MS = 15_000;
const ROWS_A_SWEEP = 1_000;
const ROWS_A_PAGE = 100;

export class Outbox {
  readonly #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The mark's sort key: time first, so that the sweep takes the oldest; the write's id makes it one of a kind. */
  since(writeId: string): string {
    return `${this.#moment(this.#options.clock.now())}#${writeId}`;
  }

  /** What the row carries until its jobs are sent. */
  marks(key: Key, since: string, jobs: readonly NewJob[]): Item {
    return {
      [HIDDEN.due]: { S: shardOf(key) },
      [HIDDEN.since]: { S: since },
      [HIDDEN.jobs]: { S: JSON.stringify(jobs) },
    };
  }

  /** Right after the writes. A failure here is no failure of the write: the sweep sends what is left. */
  async leave(owed: readonly Owed[]): Promise<void> {
    if (owed.length === 0) return;
    await this.#options.faults?.('written');
    try {
      await this.#options.jobs.add(owed.flatMap(({ jobs }) => jobs));
    } catch (error) {
      this.#options.log.warn('jobs stay in the outbox', { rows: owed.length, error: nameOf(error) });
      return;
    }
    await this.#options.faults?.('sent');
    await Promise.all(owed.map(({ key, since }) => this.#clear(key, since)));
  }

  /** True for a mark whose writer has had time enough. */
  isOld(item: Item): boolean {
    return (item[HIDDEN.since]?.S ?? '') < this.#moment(this.#options.clock.now() - GRACE_MS);
  }

  /** Sends what one row still owes, as it was read. A second sender at the same time makes doubles, never a loss. */
  async settle(key: Key, item: Item): Promise<boolean> {
    const since = item[HIDDEN.since]?.S;
    const jobs = item[HIDDEN.jobs]?.S;
    if (since === undefined || jobs === undefined) return false;
    await this.#options.jobs.add(JSON.parse(jobs) as NewJob[]);
    await this.#clear(key, since);
    return true;
  }

  /** Sends what crashes left behind; answers how many rows owed something. */
  async sweepDue(): Promise<number> {
    let settled = 0;
    for (let shard = 0; shard < SHARDS; shard += 1) {
      let keys: readonly Key[];
      do {
        keys = await this.#dueKeys(`due#${shard}`);
        const answers = await Promise.all(keys.map(key => this.#settleStored(key)));
        settled += answers.filter(Boolean).length;
      } while (keys.length === ROWS_A_PAGE && settled < ROWS_A_SWEEP);
    }
    return settled;
  }

  /** The index may lag: only the row itself says what is still owed. */
  async #settleStored(key: Key): Promise<boolean> {
    const { Item: item } = await this.#options.client.send(
      new GetItemCommand({ TableName: this.#options.tableName, Key: toKey(key), ConsistentRead: true }),
    );
    return item !== undefined && (await this.settle(key, item));
  }

  async #dueKeys(shard: string): Promise<Key[]> {
    const answer = await this.#options.client.send(
      new QueryCommand({
        TableName: this.#options.tableName,
        IndexName: OUTBOX_INDEX,
        KeyConditionExpression: '#due = :shard AND #since < :before',
        ExpressionAttributeNames: { '#due': HIDDEN.due, '#since': HIDDEN.since },
        ExpressionAttributeValues: {
          ':shard': { S: shard },
          ':before': { S: this.#moment(this.#options.clock.now() - GRACE_MS) },
        },
        Limit: ROWS_A_PAGE,
      }),
    );
    return (answer.Items ?? []).flatMap(({ pk, sk }) =>
      pk?.S === undefined || sk?.S === undefined ? [] : [{ pk: pk.S, sk: sk.S }],
    );
  }

  async #clear(key: Key, since: string): Promise<void> {
    try {
      await this.#options.client.send(
        new UpdateItemCommand({
          TableName: this.#options.tableName,
          Key: toKey(key),
          UpdateExpression: 'REMOVE #due, #since, #jobs',
          ConditionExpression: '#since = :since',
          ExpressionAttributeNames: { '#due': HIDDEN.due, '#since': HIDDEN.since, '#jobs': HIDDEN.jobs },
          ExpressionAttributeValues: { ':since': { S: since } },
        }),
      );
    } catch (error) {
      // Somebody else has cleared it, or the row is gone.
      if (error instanceof ConditionalCheckFailedException) return;
      this.#options.log.warn('a sent outbox mark stays', { error: nameOf(error) });
    }
  }

  #moment(ms: number): string {
    return String(Math.max(0, Math.floor(ms))).padStart(MILLISECOND_DIGITS, '0');
  }
}

function shardOf({ pk, sk }: Key): string {
  let sum = 0;
  for (const byte of Buffer.from(`${pk}\n${sk}`)) sum = (sum * 31 + byte) % 65_521;
  return `due#${sum % SHARDS}`;
}

/** The error's kind; its message may quote what must not be logged. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/**
 * DynamoDB, SQS and S3 in this process, on free ports of the loopback: dynalite and fauxqs, with the table, queues and bucket of
 * serverless.yml in them. fauxqs checks no permissions.
 */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { startDynalite } from './dynalite.ts';
import type { Described } from './resources.ts';
import { readServerless } from './resources.ts';

export const REGION = 'eu-west-1';
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface StandIns {
  readonly endpoints: { readonly dynamodb: string; readonly sqs: string; readonly s3: string };
  readonly described: Described;
  readonly tableName: string;
  readonly bucket: string;
  /** Queue addresses by logical id. */
  readonly queues: Readonly<Record<string, string>>;
  /** A table of its own, so that tests of one file share the servers and nothing else. */
  freshTable(): Promise<string>;
  freshBucket(): Promise<string>;
  freshQueues(): Promise<Readonly<Record<string, string>>>;
  /** Lets time go by for the queues: delays and leases end that much earlier. */
  pass(ms: number): void;
  /** Messages of a queue: waiting, delayed, in flight. */
  counts(queueUrl: string): { readonly ready: number; readonly delayed: number; readonly inFlight: number };
  close(): Promise<void>;
}

/** The part of fauxqs's queue that time passes through. */
interface FauxQueue {
  readonly messages: unknown[];
  readonly delayedMessages: { delayUntil?: number }[];
  readonly inflightMessages: Map<string, { visibilityDeadline: number }>;
}

interface FauxStore {
  readonly queues: Map<string, FauxQueue>;
  shutdown(): void;
}

export async function startStandIns(): Promise<StandIns> {
  const described = readServerless();
  const dynalite = await startDynalite();
  const faux = await startFauxqs();
  const config = { region: REGION, credentials: CREDENTIALS };
  const dynamodb = new DynamoDBClient({ ...config, endpoint: dynalite.url });
  const sqs = new SQSClient({ ...config, endpoint: faux.url, useQueueUrlAsEndpoint: false });
  const s3 = new S3Client({ ...config, endpoint: faux.url, forcePathStyle: true });
  let fresh = 0;
  const next = () => {
    fresh += 1;
    return fresh;
  };

  const createTable = async (name: string) => {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = described.table;
    await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...AttributeDefinitions],
        KeySchema: [...KeySchema],
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(index => ({
          ...index,
          KeySchema: [...index.KeySchema],
        })),
      }),
    );
    return name;
  };
  const createBucket = async (name: string) => {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    return name;
  };
  const createQueues = async (suffix: string) => {
    const urls: Record<string, string> = {};
    const deadFirst = [...described.queues].sort(
      (a, b) => Number(a.redrive !== null) - Number(b.redrive !== null),
    );
    for (const { logicalId, name, visibilitySeconds, redrive } of deadFirst) {
      const answer = await sqs.send(
        new CreateQueueCommand({
          QueueName: suffix + name,
          Attributes: {
            VisibilityTimeout: String(visibilitySeconds),
            ...(redrive !== null && {
              RedrivePolicy: JSON.stringify({
                deadLetterTargetArn: arnOf(urls[redrive.deadLogicalId] ?? ''),
                maxReceiveCount: redrive.receives,
              }),
            }),
          },
        }),
      );
      urls[logicalId] = answer.QueueUrl ?? '';
    }
    return urls;
  };
  const queueAt = (url: string): FauxQueue => {
    const found = faux.store.queues.get(url);
    if (found === undefined) throw new Error(`no queue ${url}`);
    return found;
  };

  return {
    endpoints: { dynamodb: dynalite.url, sqs: faux.url, s3: faux.url },
    described,
    tableName: await createTable(`${described.configurationSet}-table`),
    bucket: await createBucket(described.bucket),
    queues: await createQueues(''),
    freshTable: () => createTable(`table-${next()}`),
    freshBucket: () => createBucket(`bucket-${next()}`),
    freshQueues: () => createQueues(`q${next()}-`),
    pass(ms) {
      for (const queue of faux.store.queues.values()) {
        for (const message of queue.delayedMessages) {
          if (message.delayUntil !== undefined) message.delayUntil -= ms;
        }
        for (const entry of queue.inflightMessages.values()) entry.visibilityDeadline -= ms;
      }
    },
    counts(url) {
      const queue = queueAt(url);
      return {
        ready: queue.messages.length,
        delayed: queue.delayedMessages.length,
        inFlight: queue.inflightMessages.size,
      };
    },
    async close() {
      dynamodb.destroy();
      sqs.destroy();
      s3.destroy();
      await Promise.all([dynalite.close(), faux.close()]);
    },
  };
}

function arnOf(queueUrl: string): string {
  return `arn:aws:sqs:${REGION}:000000000000:${queueUrl.split('/').at(-1)}`;
}

/** Not `startFauxqs`: that one listens on every network of the machine, and keeps its queues' clock to itself. */
async function startFauxqs(): Promise<{ url: string; store: FauxStore; close(): Promise<void> }> {
  const folder = new URL('../../../node_modules/fauxqs/dist/', import.meta.url);
  const [{ SqsStore }, { SnsStore }, { S3Store }] = await Promise.all([
    import(new URL('sqs/sqsStore.js', folder).href),
    import(new URL('sns/snsStore.js', folder).href),
    import(new URL('s3/s3Store.js', folder).href),
  ]);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const app = buildApp({ logger: false, defaultRegion: REGION, stores });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    store: stores.sqsStore,
    close: async () => {
      stores.sqsStore.shutdown();
      await app.close();
    },
  };
}

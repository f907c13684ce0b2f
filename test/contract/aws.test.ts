import { afterAll, beforeAll } from '@jest/globals';
import { bucketBlobs } from '../../src/platform/aws/blobs.ts';
import { awsClients, type Clients } from '../../src/platform/aws/clients.ts';
import { QueueJobs } from '../../src/platform/aws/jobs.ts';
import { kmsKeyWrap } from '../../src/platform/aws/key-wrap.ts';
import { sesMailer } from '../../src/platform/aws/mailer.ts';
import { Outbox } from '../../src/platform/aws/outbox.ts';
import { DynamoTable } from '../../src/platform/aws/table.ts';
import { startKmsEndpoint } from '../support/aws/kms-endpoint.ts';
import { startSesEndpoint } from '../support/aws/ses-endpoint.ts';
import { CREDENTIALS, REGION, type StandIns, startStandIns } from '../support/aws/stand-ins.ts';
import { testClock } from '../support/clock.ts';
import { blobsBattery } from './blobs.battery.ts';
import { jobsBattery } from './jobs.battery.ts';
import { keyWrapBattery } from './key-wrap.battery.ts';
import { mailerBattery } from './mailer.battery.ts';
import { tableBattery } from './table.battery.ts';

let standIns: StandIns;
let clients: Clients;

beforeAll(async () => {
  standIns = await startStandIns();
  clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: standIns.endpoints });
});

afterAll(async () => {
  await clients.destroy();
  await standIns.close();
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

tableBattery('DynamoDB', async () => {
  const clock = testClock();
  const { jobs } = await makeJobs(clock);
  const client = await clients.dynamodb();
  const tableName = await standIns.freshTable();
  const outbox = new Outbox({ client, tableName, clock, jobs, log: silent });
  return {
    table: new DynamoTable({ client, tableName, clock, outbox }),
    jobs,
    clock,
    carryJobs: async () => {
      clock.advance(60_000);
      await outbox.sweepDue();
    },
    close: async () => undefined,
  };
});

jobsBattery('SQS', async () => {
  const clock = testClock();
  const { jobs } = await makeJobs(clock);
  return {
    jobs,
    clock,
    pass: async ms => {
      clock.advance(ms);
      standIns.pass(ms);
    },
    close: async () => undefined,
  };
});

blobsBattery('S3', async () => {
  const bucket = await standIns.freshBucket();
  return { blobs: bucketBlobs({ client: await clients.s3(), bucket }), close: async () => undefined };
});

keyWrapBattery('KMS', async () => {
  const kms = await startKmsEndpoint();
  const own = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: { kms: kms.url } });
  const client = await own.kms();
  return {
    wrap: kmsKeyWrap({ client, keyId: 'alias/one' }),
    other: kmsKeyWrap({ client, keyId: 'alias/other' }),
    close: async () => {
      await own.destroy();
      await kms.close();
    },
  };
});

mailerBattery('SES', async () => {
  const ses = await startSesEndpoint({ region: REGION, configurationSet: 'sis', verified: ['sis.example'] });
  const own = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints: { ses: ses.url } });
  const mailer = sesMailer({
    client: await own.ses(),
    configurationSet: 'sis',
    region: REGION,
    clock: testClock(),
    dropIdle: () => own.dropIdleSes(),
  });
  const close = async () => {
    await own.destroy();
    await ses.close();
  };
  return {
    mailer,
    next: async what => {
      if (what === 'says try later') ses.next('throttle');
      if (what === 'refuses for good') ses.next('refuse');
      if (what === 'falls silent after taking it') ses.next('drop');
      if (what === 'is not there') await ses.close();
    },
    taken: async () =>
      ses.sent().map(({ from, to, handed, tags }) => ({
        from,
        to: to[0] ?? '',
        raw: handed.toString('latin1'),
        send: tags.sis_send ?? '',
      })),
    close,
  };
});

async function makeJobs(clock: { now(): number }) {
  const queues = await standIns.freshQueues();
  const { FastQueue: fast = '', BulkQueue: bulk = '' } = queues;
  return { jobs: new QueueJobs({ client: await clients.sqs(), clock, queues: { fast, bulk } }) };
}

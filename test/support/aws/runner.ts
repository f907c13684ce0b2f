/**
 * The service as it runs on AWS, in this process: the handlers of serverless.yml over the stand-ins, fed with AWS-shaped input. Nothing runs
 * by itself: `settle` plays EventBridge, the SQS triggers and SES's feedback until no work is due, `minute` the schedule.
 */
import { randomBytes } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Json, Log, LogFields, Ports, Resolver } from '../../../src/kernel/ports.ts';
import type { PageRoute } from '../../../src/pages/answer-page.ts';
import { EVENT_PAGES } from '../../../src/pages/event-pages.ts';
import { LINK_PAGES } from '../../../src/pages/link-pages.ts';
import { awsClients, type Clients } from '../../../src/platform/aws/clients.ts';
import type { Faults } from '../../../src/platform/aws/outbox.ts';
import { type AwsRuntime, awsRuntime } from '../../../src/platform/aws/runtime.ts';
import { type Environment, readAwsConfig } from '../../../src/platform/config.ts';
import { apiOf } from '../../../src/platform/handlers/api/index.ts';
import type { BatchAnswer, HttpAnswer, HttpEvent, SqsEvent } from '../../../src/platform/handlers/events.ts';
import { takeFeedback } from '../../../src/platform/handlers/feedback/index.ts';
import { runBatch } from '../../../src/platform/handlers/jobs/index.ts';
import { takeMail } from '../../../src/platform/handlers/mail/index.ts';
import { sweep } from '../../../src/platform/handlers/schedule/index.ts';
import { answerWeb } from '../../../src/platform/handlers/web.ts';
import { OPERATOR_KEY } from '../../journeys/runtime.ts';
import { type TestClock, testClock } from '../clock.ts';
import { type KmsEndpoint, startKmsEndpoint } from './kms-endpoint.ts';
import { type SentMail, type SesEndpoint, type SesEvent, startSesEndpoint } from './ses-endpoint.ts';
import { asSesStores, type InboundEnvelope } from './ses-inbound.ts';
import { CREDENTIALS, REGION, type StandIns, startStandIns } from './stand-ins.ts';

const SECRET = 'a secret of the tests, never used elsewhere';
const SOURCE_IP = '203.0.113.9';
const RUNAWAY_ROUNDS = 2_000;

export interface AwsWorldOptions {
  /** RFC 3339. */
  readonly now?: string;
  /** On top of what serverless.yml gives the functions. */
  readonly env?: Environment;
  readonly resolver?: Resolver;
  readonly faults?: Faults;
  /** What SES tells of each accepted mail by itself; default `Send` and `Delivery`. */
  readonly events?: readonly SesEvent['eventType'][];
}

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
  readonly cause: unknown;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsWorld {
  readonly ports: Ports;
  readonly runtime: AwsRuntime;
  readonly clock: TestClock;
  readonly ses: SesEndpoint;
  readonly kms: KmsEndpoint;
  readonly standIns: StandIns;
  readonly lines: readonly LoggedLine[];
  /** Puts the mail into the bucket as SES does, and lets EventBridge tell it (or lose the event). Answers the object's key. */
  deliverMail(
    raw: Uint8Array,
    recipients: readonly string[],
    options?: Partial<InboundEnvelope> & { readonly loseEvent?: boolean },
  ): Promise<string>;
  http(
    method: string,
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<WebAnswer>;
  /** Runs what is due now and what comes of it; answers how many messages were handled. */
  settle(): Promise<number>;
  /** Time goes by, for the clock and the queues. */
  pass(ms: number): void;
  /** One turn of the schedule. */
  minute(): Promise<void>;
  /** SES tells something of a mail, later than by itself. */
  tell(mail: SentMail, eventType: SesEvent['eventType'], part?: Record<string, Json>): Promise<void>;
  /** Every mail that SES took, in order. */
  sent(): readonly SentMail[];
  close(): Promise<void>;
}

type Batch = (event: SqsEvent) => Promise<BatchAnswer>;

export async function awsWorld(options: AwsWorldOptions = {}): Promise<AwsWorld> {
  const clock = testClock(options.now);
  const standIns = await startStandIns();
  const { configurationSet, mailDomain } = standIns.described;
  const ses = await startSesEndpoint({
    region: REGION,
    configurationSet,
    verified: [options.env?.SIS_MAIL_DOMAIN ?? mailDomain],
    now: () => clock.now(),
  });
  const kms = await startKmsEndpoint();
  const endpoints = { ...standIns.endpoints, ses: ses.url, kms: kms.url };
  const lines: LoggedLine[] = [];
  const runtime = awsRuntime({
    config: configOf(standIns, options.env ?? {}),
    endpoints,
    credentials: CREDENTIALS,
    clock,
    log: recordingLog(lines),
    resolver: options.resolver ?? noNames(),
    fetch: async () => Promise.reject(new Error('nothing outside is asked in a test')),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
  });
  const clients = awsClients({ region: REGION, credentials: CREDENTIALS, endpoints });
  const context = { getRemainingTimeInMillis: () => 60_000 };
  const triggers: [queue: string, handle: Batch][] = [
    [queueOf(standIns, 'FastQueue'), event => runBatch(runtime, 'fast', event, context)],
    [queueOf(standIns, 'BulkQueue'), event => runBatch(runtime, 'bulk', event, context)],
    [queueOf(standIns, 'FeedbackQueue'), event => takeFeedback(runtime, event)],
  ];
  const web = webOf(runtime, standIns);
  const told: Promise<void>[] = [];

  const tell: AwsWorld['tell'] = async (mail, eventType, part = {}) => {
    const sqs = await clients.sqs();
    const body = inSns(ses.event(mail, eventType, part));
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueOf(standIns, 'FeedbackQueue'), MessageBody: body }),
    );
  };
  ses.onSent(mail => {
    for (const eventType of options.events ?? ['Send', 'Delivery']) told.push(tell(mail, eventType));
  });

  return {
    ports: runtime.ports,
    runtime,
    clock,
    ses,
    kms,
    standIns,
    lines,
    tell,
    sent: () => ses.sent(),
    minute: () => sweep(runtime),
    pass(ms) {
      clock.advance(ms);
      standIns.pass(ms);
    },
    async deliverMail(raw, recipients, more = {}) {
      const id = randomBytes(20).toString('hex');
      const key = `inbound/${id}`;
      const stored = asSesStores(raw, recipients, { id, region: REGION, now: clock.now(), ...more });
      const s3 = await clients.s3();
      await s3.send(new PutObjectCommand({ Bucket: standIns.bucket, Key: key, Body: stored }));
      if (!more.loseEvent) await takeMail(runtime, objectCreated(standIns.bucket, key, clock.now()));
      return key;
    },
    async http(method, path, { headers = {}, body } = {}) {
      const answer = await web(httpEvent(method, path, headers, body));
      const text = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
      return { status: answer.statusCode, headers: answer.headers, body: text };
    },
    async settle() {
      let handled = 0;
      for (let round = 0; round < RUNAWAY_ROUNDS; round += 1) {
        await Promise.all(told.splice(0));
        const counts = [];
        for (const [queue, handle] of triggers) counts.push(await poll(clients, queue, handle));
        const sum = counts.reduce((a, b) => a + b, 0);
        if (sum === 0 && told.length === 0) return handled;
        handled += sum;
      }
      throw new Error('the work never ends: a job adds itself again and again');
    },
    async close() {
      await Promise.allSettled(told);
      await runtime.close();
      await clients.destroy();
      await ses.close();
      await kms.close();
      await standIns.close();
    },
  };
}

/** What Lambda does for a queue: takes a batch, calls the function, deletes what did not fail. */
async function poll(clients: Clients, queue: string, handle: Batch): Promise<number> {
  const sqs = await clients.sqs();
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );
  if (messages.length === 0) return 0;
  const { batchItemFailures } = await handle({ Records: messages.map(recordOf) });
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { MessageId, ReceiptHandle } of messages) {
    if (failed.has(MessageId ?? '')) continue;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  }
  return messages.length;
}

function recordOf(message: Message) {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: { ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '1' },
  };
}

/** What the small functions carry. */
const SMALL: Readonly<Record<string, readonly PageRoute[]>> = { page: EVENT_PAGES, click: LINK_PAGES };

/** The functions behind the HTTP API, chosen by the routes of serverless.yml. */
function webOf(runtime: AwsRuntime, standIns: StandIns): (event: HttpEvent) => Promise<HttpAnswer> {
  const api = apiOf(runtime);
  const routes = Object.entries(standIns.described.functions).flatMap(([name, { events }]) =>
    events.flatMap(event => (typeof event.httpApi === 'string' ? [{ name, route: event.httpApi }] : [])),
  );
  return event => {
    const asked = `${event.requestContext.http.method} ${event.rawPath}`;
    const chosen = routes.find(({ route }) => patternOf(route).test(asked));
    const pages = SMALL[chosen?.name ?? ''];
    return pages === undefined ? api(event) : answerWeb(runtime.ports, event, pages);
  };
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
}

function httpEvent(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): HttpEvent {
  const [rawPath = '/', rawQueryString = ''] = path.split('?');
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers: {
      host: 'api.example.com',
      'x-forwarded-for': SOURCE_IP,
      'x-forwarded-proto': 'https',
      ...lower,
    },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString('base64') }),
    // API Gateway encodes the body of anything that is not plainly text.
    isBase64Encoded: body !== undefined,
    requestContext: { http: { method, path: rawPath, sourceIp: SOURCE_IP } },
  };
}

function objectCreated(bucket: string, key: string, now: number) {
  return {
    version: '0',
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: new Date(now).toISOString(),
    detail: { version: '0', bucket: { name: bucket }, object: { key }, reason: 'PutObject' },
  };
}

function inSns(event: SesEvent): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: event.mail.messageId,
    TopicArn: `arn:aws:sns:${REGION}:000000000000:feedback`,
    Subject: 'Amazon SES Email Event Notification',
    Message: JSON.stringify(event),
    Timestamp: event.mail.timestamp,
  });
}

function queueOf(standIns: StandIns, logicalId: string): string {
  const url = standIns.queues[logicalId];
  if (url === undefined) throw new Error(`serverless.yml has no queue ${logicalId}`);
  return url;
}

/** What CloudFormation would fill in, given through the same environment as on Lambda. */
function configOf(standIns: StandIns, env: Environment) {
  const dead = Object.keys(standIns.queues).filter(logicalId => logicalId.endsWith('DeadQueue'));
  const read = readAwsConfig({
    AWS_REGION: REGION,
    SIS_BASE_URL: 'https://sis.example.com',
    SIS_MAIL_DOMAIN: standIns.described.mailDomain,
    SIS_SECRET: SECRET,
    SIS_OPERATOR_KEY: OPERATOR_KEY,
    SIS_AWS_TABLE: standIns.tableName,
    SIS_AWS_BUCKET: standIns.bucket,
    SIS_AWS_FAST_QUEUE: queueOf(standIns, 'FastQueue'),
    SIS_AWS_BULK_QUEUE: queueOf(standIns, 'BulkQueue'),
    SIS_AWS_DEAD_QUEUES: dead.map(logicalId => queueOf(standIns, logicalId)).join(','),
    SIS_AWS_ENCRYPTION_KEY: 'alias/sis',
    SIS_AWS_CONFIGURATION_SET: standIns.described.configurationSet,
    ...env,
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  return read.config;
}

function noNames(): Resolver {
  return {
    resolve: async () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
  };
}

function recordingLog(lines: LoggedLine[]): Log {
  const record =
    (level: LoggedLine['level']) =>
    (message: string, fields: LogFields = {}, cause?: unknown): void => {
      lines.push({ level, message, fields, cause });
    };
  return { info: record('info'), warn: record('warn'), error: record('error') };
}

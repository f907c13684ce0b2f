/**
 * The Ports of a Lambda function, built once a cold start. What costs time to load (the SDK) is loaded when a port is first used,
 * so that a page that only reads one row starts fast.
 */
import { randomBytes } from 'node:crypto';
import type {
  Blobs,
  Clock,
  Jobs,
  KeyWrap,
  Log,
  Mailer,
  PlatformSettings,
  Ports,
  Random,
  Resolver,
  Table,
} from '../../kernel/ports.ts';
import { type AwsConfig, environment, type PlatformConfig, readAwsConfig } from '../config.ts';
import { keysFrom } from '../keys.ts';
import { awsClients, type ClientOptions } from './clients.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { QueueJobs } from './jobs.ts';
import { lambdaLog } from './log.ts';
import type { Faults, Outbox } from './outbox.ts';

export interface RuntimeOptions extends Omit<ClientOptions, 'region'> {
  readonly config: AwsConfig;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly resolver?: Resolver;
  readonly fetch?: Ports['fetch'];
  readonly faults?: Faults;
}

export interface AwsRuntime {
  readonly ports: Ports;
  readonly config: AwsConfig;
  /** The queues' own face, with what only a Lambda trigger needs. */
  queues(): Promise<QueueJobs>;
  outbox(): Promise<Outbox>;
  deadLetters(): Promise<DeadLetters>;
  close(): Promise<void>;
}

export function awsRuntime(options: RuntimeOptions): AwsRuntime {
  const { config } = options;
  const clients = awsClients({ ...options, region: config.region });
  const clock = options.clock ?? { now: () => Date.now() };
  const log = options.log ?? lambdaLog('sis');
  const tableName = config.table;

  const queues = once(async () => {
    const [{ QueueJobs }, client] = await Promise.all([import('./jobs.ts'), clients.sqs()]);
    return new QueueJobs({ client, clock, queues: { fast: config.fastQueue, bulk: config.bulkQueue } });
  });
  const jobs = lazyJobs(queues);
  const outbox = once(async () => {
    const [{ Outbox }, client] = await Promise.all([import('./outbox.ts'), clients.dynamodb()]);
    const { faults } = options;
    return new Outbox({ client, tableName, clock, jobs, log, ...(faults !== undefined && { faults }) });
  });
  const table = lazyTable(
    once(async () => {
      const [{ DynamoTable }, client] = await Promise.all([import('./table.ts'), clients.dynamodb()]);
      return new DynamoTable({ client, tableName, clock, outbox: await outbox() });
    }),
  );
  const blobs = lazyBlobs(
    once(async () => {
      const [{ bucketBlobs }, client] = await Promise.all([import('./blobs.ts'), clients.s3()]);
      return bucketBlobs({ client, bucket: config.bucket });
    }),
  );
  const mailer = lazyMailer(
    once(async () => {
      const [{ sesMailer }, client] = await Promise.all([import('./mailer.ts'), clients.ses()]);
      const { configurationSet, region } = config;
      return sesMailer({ client, configurationSet, region, clock, dropIdle: () => clients.dropIdleSes() });
    }),
  );
  const wrap = lazyWrap(
    once(async () => {
      const [{ kmsKeyWrap }, client] = await Promise.all([import('./key-wrap.ts'), clients.kms()]);
      return kmsKeyWrap({ client, keyId: config.encryptionKey });
    }),
  );
  const resolver = once(async () => options.resolver ?? (await import('./resolver.ts')).dnsResolver());

  return {
    config,
    queues,
    outbox,
    deadLetters: once(async () => {
      const [{ DeadLetters }, client] = await Promise.all([import('./dead-letters.ts'), clients.sqs()]);
      return new DeadLetters({ client, queues: config.deadQueues });
    }),
    close: () => clients.destroy(),
    ports: {
      table,
      blobs,
      jobs,
      mailer,
      resolver: { resolve: async (name, type) => (await resolver()).resolve(name, type) },
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      clock,
      random: options.random ?? { bytes: count => new Uint8Array(randomBytes(count)) },
      log,
      keys: keysFrom(config.secret),
      wrap,
      settings: {
        baseUrl: config.baseUrl,
        mailDomain: config.mailDomain,
        trustLoopback: false,
        // API Gateway is the last hop.
        trustProxy: true,
        local: false,
        limits: config.limits,
        platforms: {
          mailchimp: vendorApp(config.platforms.mailchimp),
          klaviyo: vendorApp(config.platforms.klaviyo),
        },
      },
    },
  };
}

/** The runtime of this process, from its environment. All that is wrong with it is named in one error. */
export const coldRuntime: () => AwsRuntime = once(() => {
  const read = readAwsConfig(environment());
  if (!read.ok) throw new Error(`The function is not configured: ${read.problems.join(' ')}`);
  return awsRuntime({ config: read.config });
});

/** Without an app of its own an installation has no such platform. */
function vendorApp({ app, url }: PlatformConfig): PlatformSettings | null {
  return app === null ? null : { ...app, url };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function lazyTable(load: () => Promise<Table>): Table {
  return {
    get: async key => (await load()).get(key),
    put: async (row, options) => (await load()).put(row, options),
    putAll: async writes => (await load()).putAll(writes),
    update: async (key, change, options) => (await load()).update(key, change, options),
    hint: async (key, hint) => (await load()).hint(key, hint),
    remove: async (key, options) => (await load()).remove(key, options),
    query: async query => (await load()).query(query),
  };
}

function lazyWrap(load: () => Promise<KeyWrap>): KeyWrap {
  return {
    wrap: async (key, context) => (await load()).wrap(key, context),
    unwrap: async (wrapped, context) => (await load()).unwrap(wrapped, context),
  };
}

function lazyBlobs(load: () => Promise<Blobs>): Blobs {
  return {
    put: async (key, bytes) => (await load()).put(key, bytes),
    get: async key => (await load()).get(key),
    remove: async key => (await load()).remove(key),
    list: async (prefix, cursor) => (await load()).list(prefix, cursor),
  };
}

function lazyJobs(load: () => Promise<Jobs>): Jobs {
  return {
    add: async jobs => (await load()).add(jobs),
    take: async (lane, max, leaseMs) => (await load()).take(lane, max, leaseMs),
    done: async job => (await load()).done(job),
    retry: async (job, delayMs) => (await load()).retry(job, delayMs),
  };
}

function lazyMailer(load: () => Promise<Mailer>): Mailer {
  return { send: async mail => (await load()).send(mail) };
}

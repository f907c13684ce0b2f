/** The AWS clients of one process. Each is made, and its code loaded, only when it is first used: a page that sends no mail pays for none. */
import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SQSClient } from '@aws-sdk/client-sqs';

export interface ClientOptions {
  readonly region: string;
  /** Left out: AWS's own. A test names its stand-ins. */
  readonly endpoints?: {
    readonly dynamodb?: string;
    readonly sqs?: string;
    readonly s3?: string;
    readonly ses?: string;
    readonly kms?: string;
  };
  /** Left out: the role of the function. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface Clients {
  dynamodb(): Promise<DynamoDBClient>;
  s3(): Promise<S3Client>;
  sqs(): Promise<SQSClient>;
  ses(): Promise<SESv2Client>;
  kms(): Promise<KMSClient>;
  /** Closes the connections to SES that no call is using. */
  dropIdleSes(): void;
  /** Open keep-alive sockets hold a process. */
  destroy(): Promise<void>;
}

const PATIENCE = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } as const;
/** A throttled call comes back with the SDK's jittered backoff (F9); every write may run twice. */
const TRIES = 6;

export function awsClients(options: ClientOptions): Clients {
  const made: Promise<{ destroy(): void }>[] = [];
  const once = <T extends { destroy(): void }>(make: () => Promise<T>): (() => Promise<T>) => {
    let client: Promise<T> | undefined;
    return () => {
      if (client === undefined) {
        client = make();
        made.push(client);
      }
      return client;
    };
  };
  const common = (endpoint: string | undefined) => ({
    region: options.region,
    maxAttempts: TRIES,
    requestHandler: PATIENCE,
    ...(endpoint !== undefined && { endpoint }),
    ...(options.credentials !== undefined && { credentials: options.credentials }),
  });
  const { dynamodb, s3, sqs, ses, kms } = options.endpoints ?? {};
  let sesAgents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } | undefined;
  return {
    dynamodb: once(async () => {
      const sdk = await import('@aws-sdk/client-dynamodb');
      return new sdk.DynamoDBClient(common(dynamodb));
    }),
    kms: once(async () => {
      const sdk = await import('@aws-sdk/client-kms');
      return new sdk.KMSClient(common(kms));
    }),
    s3: once(async () => {
      const sdk = await import('@aws-sdk/client-s3');
      return new sdk.S3Client({
        ...common(s3),
        requestHandler: { ...PATIENCE, requestTimeout: 30_000 },
        ...(s3 !== undefined && { forcePathStyle: true }),
      });
    }),
    sqs: once(async () => {
      const sdk = await import('@aws-sdk/client-sqs');
      return new sdk.SQSClient({ ...common(sqs), useQueueUrlAsEndpoint: sqs === undefined });
    }),
    ses: once(async () => {
      const [sdk, http, https] = await Promise.all([
        import('@aws-sdk/client-sesv2'),
        import('node:http'),
        import('node:https'),
      ]);
      sesAgents = {
        httpAgent: new http.Agent({ keepAlive: true }),
        httpsAgent: new https.Agent({ keepAlive: true }),
      };
      return new sdk.SESv2Client({
        ...common(ses),
        // The ledger decides about retries: a hidden one could be a second mail.
        maxAttempts: 1,
        requestHandler: {
          connectionTimeout: 3_000,
          requestTimeout: 20_000,
          throwOnRequestTimeout: true,
          ...sesAgents,
        },
      });
    }),
    dropIdleSes() {
      for (const { freeSockets } of Object.values(sesAgents ?? {})) {
        for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
      }
    },
    async destroy() {
      for (const client of made) (await client).destroy();
    },
  };
}

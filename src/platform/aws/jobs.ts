/**
 * The Jobs port on SQS: a queue and a dead-letter queue for each lane. SQS delays at most 15 minutes, so a job for later says when
 * (`after`) and is passed on until then; a retry is a fresh message, because SQS counts each receive towards the dead-letter queue
 * and waiting is no failure.
 */
import { randomBytes } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  MessageNotInflight,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { UpstreamError } from '../../kernel/errors.ts';
import type { Clock, Jobs, Lane, NewJob, TakenJob } from '../../kernel/ports.ts';
import { type JobMessage, readMessage, writeMessage } from './job-message.ts';

export interface JobsOptions {
  readonly client: SQSClient;
  readonly queues: Readonly<Record<Lane, string>>;
  readonly clock: Clock;
  /** How long `take` waits for a first message. */
  readonly waitSeconds?: number;
}

const DELAY_MAX_SECONDS = 900;
const BATCH = 10;
/** SQS takes 256 KB a batch; the rest is room for its own envelope. */
const BATCH_BYTES = 240_000;
const SEND_TURNS = 3;
const LEASE_MAX_SECONDS = 43_200;
/** Room to send the copy and delete the original. */
const HANDOVER_SECONDS = 60;

export class QueueJobs implements Jobs {
  readonly #client: SQSClient;
  readonly #queues: Readonly<Record<Lane, string>>;
  readonly #clock: Clock;
  readonly #waitSeconds: number;

  constructor(options: JobsOptions) {
    this.#client = options.client;
    this.#queues = options.queues;
    this.#clock = options.clock;
    this.#waitSeconds = options.waitSeconds ?? 0;
  }

  async add(jobs: readonly NewJob[]): Promise<void> {
    await this.#send(jobs.map(job => ({ ...job, id: randomBytes(12).toString('base64url'), attempts: 0 })));
  }

  async take(lane: Lane, max: number, leaseMs: number): Promise<readonly TakenJob[]> {
    const taken: TakenJob[] = [];
    while (taken.length < max) {
      const { Messages: messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queues[lane],
          MaxNumberOfMessages: Math.min(BATCH, max - taken.length),
          VisibilityTimeout: Math.min(LEASE_MAX_SECONDS, Math.ceil(leaseMs / 1000)),
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          WaitTimeSeconds: taken.length === 0 ? this.#waitSeconds : 0,
        }),
      );
      if (messages.length === 0) break;
      for (const message of messages) {
        const job = takenJob(lane, message);
        if (job !== undefined && !(await this.postponed(job))) taken.push(job);
      }
    }
    return taken;
  }

  /** True: the job was not due yet and has been passed on. */
  async postponed(job: TakenJob): Promise<boolean> {
    if (job.after === undefined || job.after <= this.#clock.now()) return false;
    await this.#send([{ ...job, attempts: job.attempt - 1 }]);
    await this.done(job);
    return true;
  }

  async done(job: TakenJob): Promise<void> {
    try {
      await this.#client.send(
        new DeleteMessageCommand({ QueueUrl: this.#queues[job.lane], ReceiptHandle: job.receipt }),
      );
    } catch (error) {
      // The lease ran out and the message is somebody else's now, or gone.
      if (!(error instanceof ReceiptHandleIsInvalid)) throw error;
    }
  }

  /** The copy leaves before the original goes, so a crash between the two makes a double, never a loss. */
  async retry(job: TakenJob, delayMs: number): Promise<void> {
    if (!(await this.#stillLeased(job))) return;
    await this.#send([{ ...job, attempts: job.attempt, after: this.#clock.now() + delayMs }]);
    await this.done(job);
  }

  /** Asking for a little more time is the only question SQS answers about a lease. */
  async #stillLeased(job: TakenJob): Promise<boolean> {
    try {
      await this.#client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: this.#queues[job.lane],
          ReceiptHandle: job.receipt,
          VisibilityTimeout: HANDOVER_SECONDS,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof MessageNotInflight || error instanceof ReceiptHandleIsInvalid) return false;
      throw error;
    }
  }

  async #send(messages: readonly (JobMessage & { readonly lane: Lane })[]): Promise<void> {
    for (const lane of ['fast', 'bulk'] as const) {
      const texts = messages
        .filter(message => message.lane === lane)
        .map(message => ({ text: writeMessage(message), delay: this.#delay(message.after) }));
      for (const batch of batches(texts)) await this.#sendBatch(this.#queues[lane], batch);
    }
  }

  async #sendBatch(queue: string, batch: readonly Outgoing[]): Promise<void> {
    let left = batch.map(({ text, delay }, index) => ({
      Id: String(index),
      MessageBody: text,
      DelaySeconds: delay,
    }));
    for (let turn = 0; turn < SEND_TURNS && left.length > 0; turn += 1) {
      const answer = await this.#client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries: left }));
      const failed = new Set((answer.Failed ?? []).map(({ Id }) => Id));
      left = left.filter(({ Id }) => failed.has(Id));
    }
    if (left.length > 0) throw new UpstreamError('queue_refused', 'The queue did not take every job.');
  }

  #delay(after: number | undefined): number {
    if (after === undefined) return 0;
    return Math.min(DELAY_MAX_SECONDS, Math.max(0, Math.ceil((after - this.#clock.now()) / 1000)));
  }
}

interface Outgoing {
  readonly text: string;
  readonly delay: number;
}

function* batches(texts: readonly Outgoing[]): Generator<Outgoing[]> {
  let batch: Outgoing[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text.text);
    if (batch.length === BATCH || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(text);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function takenJob(lane: Lane, message: Message): TakenJob | undefined {
  return readMessage(lane, {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    receiveCount: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
  });
}

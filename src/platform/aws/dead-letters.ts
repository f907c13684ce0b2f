/** What the dead-letter queues hold: SQS deletes it after 14 days, so `schedule` takes it out into the parked list. */
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface DeadLetter {
  /** The queue it died on: `fast`, `bulk`, `feedback` or `mail`. */
  readonly source: string;
  readonly messageId: string;
  readonly body: string;
}

export interface DeadLettersOptions {
  readonly client: SQSClient;
  /** Their addresses; a queue's name ends in `-<source>-dead`. */
  readonly queues: readonly string[];
}

const BATCH = 10;

export class DeadLetters {
  readonly #client: SQSClient;
  readonly #queues: readonly string[];

  constructor(options: DeadLettersOptions) {
    this.#client = options.client;
    this.#queues = options.queues;
  }

  /** Gives each letter to `keep`; one that was kept is deleted, one whose keeping throws comes again. */
  async drain(keep: (letter: DeadLetter) => Promise<void>, max = 200): Promise<number> {
    let kept = 0;
    for (const queue of this.#queues) {
      const source = /-([a-z]+)-dead$/.exec(queue)?.[1] ?? 'unknown';
      while (kept < max) {
        const { Messages: messages = [] } = await this.#client.send(
          new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: BATCH }),
        );
        if (messages.length === 0) break;
        for (const { MessageId: messageId = '', Body: body = '', ReceiptHandle: receipt } of messages) {
          await keep({ source, messageId, body });
          await this.#client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: receipt }));
          kept += 1;
        }
      }
    }
    return kept;
  }
}

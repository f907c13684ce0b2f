/** Jobs from SQS, a function a lane. Answers exactly the messages that must come again; what a job came to is its own affair. */
import type { Lane } from '../../../kernel/ports.ts';
import { readMessage } from '../../aws/job-message.ts';
import { type AwsRuntime, coldRuntime } from '../../aws/runtime.ts';
import { runJob } from '../../jobs.ts';
import type { BatchAnswer, Context, SqsEvent, SqsRecord } from '../events.ts';

/** Nothing new is begun so close to the function's end (F23). */
const LAST_CALL_MS = 10_000;

export function fast(event: SqsEvent, context: Context): Promise<BatchAnswer> {
  return runBatch(coldRuntime(), 'fast', event, context);
}

export function bulk(event: SqsEvent, context: Context): Promise<BatchAnswer> {
  return runBatch(coldRuntime(), 'bulk', event, context);
}

/** Fast jobs side by side; bulk jobs one after the other, so that the function's concurrency is the pace of a fan-out. */
export async function runBatch(
  runtime: AwsRuntime,
  lane: Lane,
  event: SqsEvent,
  context: Context,
): Promise<BatchAnswer> {
  const failed: string[] = [];
  const one = async (record: SqsRecord): Promise<void> => {
    try {
      const settled =
        context.getRemainingTimeInMillis() > LAST_CALL_MS && (await runOne(runtime, lane, record));
      if (!settled) failed.push(record.messageId);
    } catch (error) {
      runtime.ports.log.error('job not settled', { message: record.messageId, lane }, error);
      failed.push(record.messageId);
    }
  };
  if (lane === 'fast') await Promise.all(event.Records.map(one));
  else for (const record of event.Records) await one(record);
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}

/** False for a message that no version of this code has written. */
async function runOne({ ports, queues }: AwsRuntime, lane: Lane, record: SqsRecord): Promise<boolean> {
  const job = readMessage(lane, {
    messageId: record.messageId,
    receiptHandle: record.receiptHandle,
    body: record.body,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
  });
  if (job === undefined) return false;
  if (await (await queues()).postponed(job)) return true;
  const result = await runJob(ports, job);
  if (!('done' in result)) await ports.jobs.retry(job, result.retryAfterMs);
  return true;
}

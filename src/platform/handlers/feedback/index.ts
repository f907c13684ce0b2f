/** What SES tells about mails sent: SES event in an SNS notification in an SQS message. Late, twice and out of order is normal (F24). */
import { feedback } from '../../../invites/feedback.ts';
import { type AwsRuntime, coldRuntime } from '../../aws/runtime.ts';
import { readSesEvent } from '../../aws/ses-event.ts';
import type { BatchAnswer, SqsEvent, SqsRecord } from '../events.ts';

export function handler(event: SqsEvent): Promise<BatchAnswer> {
  return takeFeedback(coldRuntime(), event);
}

export async function takeFeedback(runtime: AwsRuntime, event: SqsEvent): Promise<BatchAnswer> {
  const failed: string[] = [];
  const one = async ({ messageId, body }: SqsRecord): Promise<void> => {
    try {
      await noteFeedback(runtime, body);
    } catch (error) {
      runtime.ports.log.error('feedback not noted', { message: messageId }, error);
      failed.push(messageId);
    }
  };
  await Promise.all(event.Records.map(one));
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}

/** A text that is no event of a mail of ours is nothing to try again. */
export async function noteFeedback({ ports }: AwsRuntime, body: string): Promise<void> {
  const told = readSesEvent(body);
  if (told === null) return ports.log.info('feedback', { outcome: 'not_ours' });
  const { outcome } = await feedback(ports, told);
  ports.log.info('feedback', { outcome, kind: told.kind, hard: told.hard });
}

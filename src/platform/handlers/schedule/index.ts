/** Each minute: the sweeps of both runtimes, and AWS's own: the outbox, mails without an arrival, dead letters. Each step may fail alone. */
import { type FailedJob, park } from '../../../admin/parked.ts';
import type { Ports } from '../../../kernel/ports.ts';
import type { DeadLetter } from '../../aws/dead-letters.ts';
import { readMessage } from '../../aws/job-message.ts';
import { type AwsRuntime, coldRuntime } from '../../aws/runtime.ts';
import { everyMinute } from '../../schedule.ts';
import { noteFeedback } from '../feedback/index.ts';
import { acceptStored, sweepInbound } from '../inbound.ts';

export function handler(): Promise<void> {
  return sweep(coldRuntime());
}

export async function sweep(runtime: AwsRuntime): Promise<void> {
  const { ports } = runtime;
  await step(ports, 'outbox', async () => (await runtime.outbox()).sweepDue());
  await step(ports, 'inbound objects', () => sweepInbound(ports));
  await everyMinute(ports);
  await step(ports, 'dead letters', async () =>
    (await runtime.deadLetters()).drain(letter => keep(runtime, letter)),
  );
}

async function step(ports: Pick<Ports, 'log'>, what: string, run: () => Promise<number>): Promise<void> {
  try {
    const swept = await run();
    if (swept > 0) ports.log.info('swept', { what, swept });
  } catch (error) {
    ports.log.error('sweep failed', { what }, error);
  }
}

/** Visible and replayable (P8) is better than dead; what can simply be done again is done again. */
async function keep(runtime: AwsRuntime, letter: DeadLetter): Promise<void> {
  const { ports } = runtime;
  if (letter.source === 'mail') {
    const key = /"key"\s*:\s*"(inbound\/[a-z0-9]+)"/.exec(letter.body)?.[1];
    if (key !== undefined) await acceptStored(ports, key);
    return;
  }
  if (letter.source === 'feedback') return noteFeedback(runtime, letter.body);
  await park(ports, failedJob(letter));
}

function failedJob({ source, messageId, body }: DeadLetter): FailedJob {
  const lane = source === 'bulk' ? 'bulk' : 'fast';
  const job = readMessage(lane, { messageId, receiptHandle: '', body, receiveCount: 0 });
  if (job === undefined) {
    return { id: messageId, lane, kind: 'unreadable', body: {}, attempts: 0, reason: 'unreadable_message' };
  }
  return { ...job, attempts: job.attempt, reason: 'dead_letter' };
}

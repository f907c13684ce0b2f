/** A job as the text of an SQS message and back. `v` lets old and new code read each other's messages during a deploy (F21). */
import type { Json, Lane, NewJob, TakenJob } from '../../kernel/ports.ts';

export interface JobMessage extends Omit<NewJob, 'lane'> {
  readonly id: string;
  /** Runs before this message was sent; SQS counts only its own receives. */
  readonly attempts: number;
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly receiveCount: number;
}

export function writeMessage({ id, kind, body, after, attempts }: JobMessage): string {
  return JSON.stringify({ v: 1, id, kind, body, after, attempts });
}

/** Undefined for a text that no version of this code has written: it goes to the dead-letter queue by itself. */
export function readMessage(lane: Lane, message: ReceivedMessage): TakenJob | undefined {
  const read = parsed(message.body);
  if (read === undefined || typeof read.kind !== 'string' || !isObject(read.body)) return undefined;
  const attempts = typeof read.attempts === 'number' ? read.attempts : 0;
  return {
    lane,
    id: typeof read.id === 'string' ? read.id : message.messageId,
    kind: read.kind,
    body: read.body,
    attempt: attempts + message.receiveCount,
    receipt: message.receiptHandle,
    ...(typeof read.after === 'number' && { after: read.after }),
  };
}

function parsed(text: string): { readonly [name: string]: Json } | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One HTTP call: follows no redirect (it would carry the token along), ends in time, reads no more than it was told to. */
import type { PlatformName } from './contract.ts';
import { type Effect, tooLarge, unanswered } from './failure.ts';
import { retryAfterMs } from './retry-after.ts';

export interface Call {
  readonly platform: PlatformName;
  readonly effect: Effect;
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  /** What was sent as JSON; undefined where it was something else, or nothing. */
  readonly json: unknown;
  readonly empty: boolean;
  readonly retryAfterMs: number | null;
}

export async function send(call: Call): Promise<Answer> {
  const response = await asked(call);
  const text = await bodyOf(call, response);
  return {
    status: response.status,
    ok: response.ok,
    json: parsed(text),
    empty: text.trim() === '',
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), response.headers.get('date')),
  };
}

async function asked(call: Call): Promise<Response> {
  try {
    return await fetch(call.url, {
      method: call.method,
      headers: { accept: 'application/json', 'user-agent': 'simple-invite-service', ...call.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
      ...(call.body === undefined ? {} : { body: call.body }),
    });
  } catch (cause) {
    throw unanswered(call.platform, call.effect, cause);
  }
}

/** A refusal counts by its status, whatever becomes of its text. */
async function bodyOf(call: Call, response: Response): Promise<string> {
  try {
    const text = await bounded(response, call.maxBytes);
    if (text === undefined && response.ok) throw tooLarge(call.platform, call.effect);
    return text ?? '';
  } catch (cause) {
    if (!response.ok) return '';
    throw cause instanceof Error && cause.name === 'PlatformError'
      ? cause
      : unanswered(call.platform, call.effect, cause);
  }
}

async function bounded(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

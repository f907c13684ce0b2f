/** What a story needs of a runtime: its doors, and what left through them. The local runtime and the Lambda handlers both give it. */

export interface Departed {
  readonly kind: string;
  readonly to: string;
  readonly event: string | null;
  readonly revision: number;
  readonly raw: Uint8Array;
}

export interface Answered {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface Runtime {
  readonly mailDomain: string;
  /** The service's clock, epoch milliseconds. */
  now(): number;
  /** Rejects where the door refuses the mail. */
  deliver(mail: {
    readonly raw: Uint8Array;
    readonly from: string;
    readonly to: readonly string[];
  }): Promise<void>;
  http(
    method: string,
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<Answered>;
  /** Every mail that left, in order. */
  departed(): readonly Departed[];
  /** Lets work that is due happen: moves queues on AWS, waits a moment on one machine. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

export const OPERATOR_KEY = 'operator-key-of-the-journeys';
const PATIENCE_MS = 20_000;

/** The first value that `look` finds while the runtime works. */
export async function until<T>(
  runtime: Runtime,
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
    await runtime.work();
  }
}

export async function api<T>(runtime: Runtime, path: string, body?: unknown): Promise<T> {
  const answered = await apiAnswer(runtime, path, body);
  if (answered.status >= 300) throw new Error(`${path} answered ${answered.status}: ${answered.body}`);
  return JSON.parse(answered.body) as T;
}

export function apiAnswer(
  runtime: Runtime,
  path: string,
  body?: unknown,
  key = OPERATOR_KEY,
): Promise<Answered> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return runtime.http(body === undefined ? 'GET' : 'POST', `/api/v1${path}`, {
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

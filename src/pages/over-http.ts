/** Page functions over Node's HTTP, for routers: what a request says as values, and an answer on the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PageAnswer, PageRequest } from './page.ts';

export interface Arrived {
  readonly incoming: IncomingMessage;
  /** The whole path with its query, whatever router it was mounted under. */
  readonly path: string;
  readonly body: unknown;
  readonly network: unknown;
}

/** `network` is what the platform says; where it says nothing, the peer's address: never a header (T37). */
export function pageRequest({ incoming, path, body, network }: Arrived): PageRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    headers,
    body: typeof body === 'string' ? body : '',
    ...(body instanceof Uint8Array ? { raw: body } : {}),
    network: typeof network === 'string' ? network : (incoming.socket.remoteAddress ?? null),
  };
}

export async function sendPage(response: ServerResponse, answer: PageAnswer): Promise<void> {
  response.statusCode = answer.status;
  // Not by `writeHead`: behind API Gateway the answer is read from what was set.
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  const { body } = answer;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    await pipeline(Readable.from(body), response);
    return;
  }
  if (body !== '') response.setHeader('content-length', String(Buffer.byteLength(body)));
  response.end(body);
}

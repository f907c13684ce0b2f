/** A platform that answers exactly as a test tells it, on a port of its own, and keeps every request it got. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Told {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** The connection ends instead. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

export interface FarSide {
  readonly url: string;
  readonly heard: Heard[];
  answer(how: Told | ((request: Heard) => Told)): void;
  close(): Promise<void>;
}

export async function openFarSide(): Promise<FarSide> {
  const heard: Heard[] = [];
  let how: (request: Heard) => Told = () => ({ status: 500 });
  const server = createServer(async (request, response) => {
    const one = await read(request);
    heard.push(one);
    await send(response, how(one));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answer(told) {
      how = typeof told === 'function' ? told : () => told;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://far.invalid');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function send(response: ServerResponse, told: Told): Promise<void> {
  if (told.delayMs !== undefined) await new Promise(resolve => setTimeout(resolve, told.delayMs).unref());
  if (told.cut === true) {
    response.socket?.destroy();
    return;
  }
  const text =
    typeof told.body === 'string' || told.body === undefined ? told.body : JSON.stringify(told.body);
  response.writeHead(told.status ?? 200, {
    ...(typeof told.body === 'object' ? { 'content-type': 'application/json' } : {}),
    ...told.headers,
  });
  response.end(text);
}

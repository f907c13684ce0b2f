/** One call at a fake vendor as plain values, so that the same fake answers inside the local server and alone in a test. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Fields = { readonly [name: string]: unknown };

export interface VendorRequest {
  readonly method: string;
  /** Below the vendor's root, without the query: `/3.0/lists`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: Uint8Array;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** The connection ends without an answer. */
  readonly cut?: boolean;
}

export interface Exchange {
  readonly platform: 'mailchimp' | 'klaviyo';
  readonly request: VendorRequest;
  readonly answer: VendorAnswer;
}

/** Holds an exchange against a description from elsewhere; answers what is wrong, in sentences. */
export type Validate = (exchange: Exchange) => readonly string[];

const BODY_BYTES = 6_000_000;
const NO_CONTENT = 204;

/** `path` with its query. */
export async function requestOf(incoming: IncomingMessage, path: string): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_BYTES) chunks.push(chunk);
  }
  const url = new URL(path, 'http://vendor.invalid');
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: new Uint8Array(Buffer.concat(chunks)),
  };
}

export function sendAnswer(response: ServerResponse, answer: VendorAnswer): void {
  if (answer.cut === true) {
    response.socket?.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

export function json(status: number, body: unknown, type = 'application/json; charset=utf-8'): VendorAnswer {
  return { status, headers: { 'content-type': type }, body: JSON.stringify(body) };
}

export function noContent(): VendorAnswer {
  return { status: NO_CONTENT, headers: {}, body: '' };
}

export function page(status: number, body: string): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}

export function redirect(location: string): VendorAnswer {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function formOf(request: VendorRequest): URLSearchParams {
  return new URLSearchParams(Buffer.from(request.body).toString('utf8'));
}

/** Undefined where the body is no JSON object. */
export function objectIn(request: VendorRequest): Fields | undefined {
  if (request.body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(request.body).toString('utf8'));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const found = valueAt(value, ...path);
  return isFields(found) ? found : {};
}

export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) here = isFields(here) ? here[name] : undefined;
  return here;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function bearerOf(request: VendorRequest): string | null {
  const match = /^(?:bearer|oauth) (\S+)$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

/** The large part of an event's row: small in the row itself, large (a series with many changes) gzipped in a blob of its own. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { randomText } from '../kernel/ids.ts';
import type { Ports } from '../kernel/ports.ts';
import type { RegisteredEvent } from './event.ts';

/** DynamoDB holds 400 KB a row; the rest of the row and its growth want room. */
const INLINE_BYTES = 100_000;
const UNPACKED_BYTES = 64 * 1024 * 1024;

export type Content = Pick<RegisteredEvent, 'state' | 'guests' | 'history' | 'base' | 'editors' | 'reach'>;

export interface PackedContent {
  readonly content: string | null;
  readonly blob: string | null;
}

export async function packContent(
  ports: Pick<Ports, 'blobs' | 'random'>,
  event: string,
  record: Content,
): Promise<PackedContent> {
  const { state, guests, history, base, editors, reach } = record;
  const text = JSON.stringify({ state, guests, history, base, editors, reach });
  if (Buffer.byteLength(text) <= INLINE_BYTES) return { content: text, blob: null };
  // Random-named: what lost a race can be removed without taking the winner's bytes.
  const blob = `events/${event}/${randomText(ports.random, 26)}.json.gz`;
  await ports.blobs.put(blob, gzipSync(text));
  return { content: null, blob };
}

/** Undefined: the blob is gone, because a newer write took its place meanwhile. */
export async function unpackContent(
  ports: Pick<Ports, 'blobs'>,
  packed: PackedContent,
): Promise<Content | undefined> {
  if (packed.content !== null) return JSON.parse(packed.content) as Content;
  const bytes = packed.blob === null ? undefined : await ports.blobs.get(packed.blob);
  if (bytes === undefined) return undefined;
  return JSON.parse(gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES }).toString('utf8')) as Content;
}

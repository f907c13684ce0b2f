/**
 * DynamoDB in this process. dynalite differs from the real one in two ways that matter here, both mended: its conditions order text by
 * UTF-16 instead of UTF-8, and a failed condition does not answer the item as it is. Left: no sweep by TTL, indexes that never lag.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface ConditionError extends Error {
  readonly body: Record<string, unknown>;
}

type CheckConditional = (
  data: { _condition?: { expression: unknown } },
  item: Record<string, unknown> | undefined,
) => ConditionError | null | undefined;

interface DynaliteDb {
  checkConditional: CheckConditional & { mended?: true };
}

const require = createRequire(import.meta.url);

export async function startDynalite(): Promise<{ url: string; close(): Promise<void> }> {
  mendConditions(require('dynalite/db'));
  const dynalite: (options: object) => Server = require('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(done => server.close(() => done())),
  };
}

function mendConditions(db: DynaliteDb): void {
  const original = db.checkConditional;
  if (original.mended) return;
  const mended: CheckConditional & { mended?: true } = (data, item) => {
    const { _condition: condition } = data;
    const asked = condition === undefined ? data : { ...data, _condition: inByteOrder(condition) };
    const error = original(asked, item && inByteOrder(item));
    if (error && item !== undefined) error.body.Item = item;
    return error;
  };
  mended.mended = true;
  db.checkConditional = mended;
}

/** Every `{ S: text }` with its UTF-16 units renumbered so that their order is that of the text's UTF-8 bytes. */
function inByteOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inByteOrder) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'S' && typeof inner === 'string' ? renumbered(inner) : inByteOrder(inner),
    ]),
  ) as T;
}

function renumbered(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, unit => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}

/** The rows read last, as text: one process holds the file, so that what it has read stays true until it writes. */

import type { Key } from '../../kernel/ports.ts';
import { Recent } from '../../kernel/recent.ts';

const ROWS = 4_000;
/** Longer ones would fill the memory. */
const CHARS = 16_000;

export interface KeptRow {
  /** Null: there is none. */
  readonly body: string | null;
  /** Epoch seconds. */
  readonly expires: number | null;
}

export interface KeptRows {
  get(key: Key): KeptRow | undefined;
  set(key: Key, row: KeptRow): void;
  clear(): void;
}

export function keptRows(): KeptRows {
  let rows = new Recent<string, KeptRow>(ROWS);
  return {
    get: key => rows.get(idOf(key)),
    set(key, row) {
      if ((row.body?.length ?? 0) <= CHARS) rows.set(idOf(key), row);
      else rows.delete(idOf(key));
    },
    clear: () => {
      rows = new Recent<string, KeptRow>(ROWS);
    },
  };
}

function idOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

/** Hints wait for one another: many of them are one commit. Those for one row become one change. */
import type { Hint, Json, Key } from '../../kernel/ports.ts';

/** How long one waits at most, unless somebody reads its row. */
const WAIT_MS = 1_000;
const MOST = 5_000;

export interface Hints {
  add(key: Key, hint: Hint): void;
  /** Without a key: for any row. */
  waitFor(key?: Key): boolean;
  /** Hands over all that wait. */
  write(): void;
}

interface Waiting {
  readonly key: Key;
  readonly set: { [name: string]: Json };
  readonly add: { [name: string]: number };
}

export function hintsTo(store: (key: Key, hint: Hint) => void): Hints {
  const waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { key, set, add } of all) store(key, { set, add });
  };
  return {
    add(key, hint) {
      const id = idOf(key);
      const one = waiting.get(id) ?? { key, set: {}, add: {} };
      waiting.set(id, one);
      Object.assign(one.set, hint.set);
      for (const [name, amount] of Object.entries(hint.add ?? {}))
        one.add[name] = (one.add[name] ?? 0) + amount;
      if (waiting.size >= MOST) write();
      else timer ??= setTimeout(write, WAIT_MS).unref();
    },
    waitFor: key => (key === undefined ? waiting.size > 0 : waiting.size > 0 && waiting.has(idOf(key))),
    write,
  };
}

function idOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

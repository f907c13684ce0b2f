/** A bounded memory of what was used last: a map that forgets the entry unused for longest. */
export class Recent<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}

/** One memory for each owner (the ports of a process), gone with it. */
export function recentOf<O extends object, K, V>(): (owner: O, most: number) => Recent<K, V> {
  const kept = new WeakMap<O, Recent<K, V>>();
  return (owner, most) => {
    const known = kept.get(owner);
    if (known !== undefined) return known;
    const made = new Recent<K, V>(most);
    kept.set(owner, made);
    return made;
  };
}

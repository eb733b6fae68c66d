interface Entry<V> {
  readonly value: V;
  weight: number;
  /** Whether it has been used since it was last passed over. */
  isUsed: boolean;
}

/**
 * A map that forgets what has not been used for long once the weights in it exceed its limit. Which that
 * is, is known roughly: each entry that has been used since is passed over once, so that a look-up has
 * nothing to reorder.
 */
export class RecentMap<V> {
  readonly #limit: number;
  readonly #onForget: (value: V) => void;
  readonly #entries = new Map<string, Entry<V>>();
  #weight = 0;

  /** @param onForget is called with each value that makes room for others. */
  constructor(limit: number, onForget: (value: V) => void = () => undefined) {
    this.#limit = limit;
    this.#onForget = onForget;
  }

  /** Of all entries together. */
  get weight(): number {
    return this.#weight;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    entry.isUsed = true;
    return entry.value;
  }

  set(key: string, value: V, weight = 1): void {
    this.delete(key);
    if (weight > this.#limit) return;
    this.#makeRoom(weight);
    this.#entries.set(key, { value, weight, isUsed: false });
    this.#weight += weight;
  }

  /** Gives another weight to what an entry holds. Nothing is done where it has been forgotten meanwhile. */
  weigh(key: string, value: V, weight: number): void {
    const entry = this.#entries.get(key);
    if (entry?.value !== value) return;
    this.#weight += weight - entry.weight;
    entry.weight = weight;
    entry.isUsed = true;
    this.#makeRoom(0);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  #makeRoom(weight: number): void {
    // What is put at the end again is met a second time, and is then not used any more: this comes to an end.
    for (const [key, entry] of this.#entries) {
      if (this.#weight + weight <= this.#limit) return;
      this.delete(key);
      if (!entry.isUsed) {
        this.#onForget(entry.value);
        continue;
      }
      entry.isUsed = false;
      this.#entries.set(key, entry);
      this.#weight += entry.weight;
    }
  }
}

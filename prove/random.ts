/** Chance that a seed repeats. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1, that left out. */
  next(): number {
    // Mulberry32: small, and good enough to choose by.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `below`, that left out. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** @throws Error where there is nothing to choose from. */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new Error("Nothing to choose from");
    return from[this.below(from.length)] as T;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** Some of the items, at least one. @throws Error where there is none. */
  some<T>(items: readonly T[], share = 0.5): T[] {
    const chosen = items.filter(() => this.chance(share));
    return chosen.length > 0 ? chosen : [this.pick(items)];
  }

  /** The same things in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  /** Whether something of this probability happens. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** A number that stands for a text: the seed of whatever is made for it. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

import { SeededRandom } from "../demo/random.ts";

/** Chance that repeats, with what a proof needs besides. */
export class Random extends SeededRandom {
  /** A whole number from 0 up to `below`, that left out. */
  below(below: number): number {
    return Math.floor(this.next() * below);
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
}

/** A number that stands for a text: the seed of whatever is made for it. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

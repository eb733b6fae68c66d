import type { Random } from "../random.ts";

/**
 * Made-up people whom an attack speaks of: their BSNs and names may come back nowhere. BSNs are of the test series,
 * and pass the eleven-test, so that nothing refuses them before they could leak.
 */
export class Canaries {
  readonly #random: Random;
  readonly #sown = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  bsn(): string {
    for (;;) {
      const digits = `99999${String(this.#random.below(10_000)).padStart(4, "0")}`;
      const sum = [...digits].reduce(
        (total, digit, place) => total + Number(digit) * (place === 8 ? -1 : 9 - place),
        0,
      );
      if (sum % 11 === 0) return this.#sow(digits);
    }
  }

  name(): string {
    return this.#sow(`Kanarie${this.#random.below(2 ** 32).toString(36)}`);
  }

  any(): string {
    return this.#random.chance(0.5) ? this.bsn() : this.name();
  }

  /** The first canary that a text holds, in whatever form it would be written. */
  foundIn(text: string): string | undefined {
    const plain = text.toLowerCase();
    for (const sown of this.#sown) if (plain.includes(sown)) return sown;
    return undefined;
  }

  #sow(canary: string): string {
    this.#sown.add(canary.toLowerCase());
    return canary;
  }
}

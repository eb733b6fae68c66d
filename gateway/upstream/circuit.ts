/** How many failures in a row open a circuit, and how long it stays open; milliseconds. */
const failuresToOpen = 10;
const openFor = 1_000;

/**
 * Spares a subgraph that does not answer, and those who would wait for it. After a row of failures no
 * call is made for a while; then one is let through, and what comes of it decides.
 */
export class Circuit {
  readonly #now: () => number;
  #failures = 0;
  #openUntil = 0;

  /** @param now the milliseconds of a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether calls are held back, but for one now and then. */
  get isOpen(): boolean {
    return this.#failures >= failuresToOpen;
  }

  /** Whether a call may be made; each that is made is followed by `succeed` or `fail`. */
  admit(): boolean {
    if (!this.isOpen) return true;
    if (this.#now() < this.#openUntil) return false;
    // The others wait for what comes of this one, or for as long again.
    this.#openUntil = this.#now() + openFor;
    return true;
  }

  succeed(): void {
    this.#failures = 0;
  }

  fail(): void {
    this.#failures += 1;
    if (this.isOpen) this.#openUntil = this.#now() + openFor;
  }
}

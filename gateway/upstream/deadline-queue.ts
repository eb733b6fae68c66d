/** Until when one wait may last. */
export class Deadline {
  /** In milliseconds of `performance.now()`. */
  readonly until: number;
  readonly onPassed: () => void;
  #before: Deadline = this;
  #after: Deadline = this;

  constructor(until: number, onPassed: () => void) {
    this.until = until;
    this.onPassed = onPassed;
  }

  /** The one that passes next, in the ring of which this one is. */
  get next(): Deadline {
    return this.#after;
  }

  /** Takes its place in a ring, from the end of which this one is looked at: nearly always it is the last. */
  enter(ring: Deadline): void {
    let before = ring.#before;
    while (before !== ring && before.until > this.until) before = before.#before;
    this.#before = before;
    this.#after = before.#after;
    before.#after = this;
    this.#after.#before = this;
  }

  /** The wait is over: nobody is told any more. */
  lift(): void {
    this.#before.#after = this.#after;
    this.#after.#before = this.#before;
    this.#before = this;
    this.#after = this;
  }
}

/**
 * The deadlines of many waits under one timer. Nearly all waits end long before theirs, and timers that are set and cleared
 * for nothing took 8 % of what a small request costs.
 */
export class DeadlineQueue {
  readonly #ring = new Deadline(Number.POSITIVE_INFINITY, () => undefined);
  #timer: NodeJS.Timeout | undefined;
  /** When the timer rings. */
  #armedFor = Number.POSITIVE_INFINITY;

  /**
   * @param until in milliseconds of `performance.now()`.
   * @param onPassed is called once if the deadline has not been lifted by then.
   */
  set(until: number, onPassed: () => void): Deadline {
    const deadline = new Deadline(until, onPassed);
    deadline.enter(this.#ring);
    if (until < this.#armedFor) this.#arm(until);
    return deadline;
  }

  #arm(until: number): void {
    clearTimeout(this.#timer);
    this.#armedFor = until;
    // It keeps no process alive: what is waited for does.
    this.#timer = setTimeout(() => this.#ringOut(), Math.ceil(until - performance.now())).unref();
  }

  /** The first may have been lifted meanwhile, so that the timer has rung for nobody. */
  #ringOut(): void {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = performance.now();
    let first = this.#ring.next;
    for (; first.until <= now; first = this.#ring.next) {
      first.lift();
      first.onPassed();
    }
    if (first !== this.#ring && first.until < this.#armedFor) this.#arm(first.until);
  }
}

import type { Clock } from "../../plumbing/clock.ts";

/** Past it, Node's timers ring at once. */
const longestTimer = 2 ** 31 - 1;

/** Ends what hangs on a right when the right does. All that end in the same second have one timer. */
export class Expiries<T> {
  readonly #clock: Clock;
  readonly #onEnd: (one: T) => void;
  readonly #ends = new Map<number, { readonly timer: NodeJS.Timeout; readonly all: Set<T> }>();

  constructor(clock: Clock, onEnd: (one: T) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** @param until in seconds since 1970; infinite for a right without an end. */
  add(until: number, one: T): void {
    const left = until * 1000 - this.#clock.now().getTime();
    if (left > longestTimer) return;
    let end = this.#ends.get(until);
    if (end === undefined) {
      end = { timer: setTimeout(() => this.#end(until), left), all: new Set() };
      this.#ends.set(until, end);
    }
    end.all.add(one);
  }

  delete(until: number, one: T): void {
    const end = this.#ends.get(until);
    if (end === undefined || !end.all.delete(one) || end.all.size > 0) return;
    clearTimeout(end.timer);
    this.#ends.delete(until);
  }

  #end(until: number): void {
    const end = this.#ends.get(until);
    this.#ends.delete(until);
    for (const one of end?.all ?? []) this.#onEnd(one);
  }
}

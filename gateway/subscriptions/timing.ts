/** How a lost subgraph is waited for; milliseconds. */
export interface Timing {
  /** The first wait, which doubles with each attempt up to the longest. Half of each is left to chance. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** How long readers are kept without being told. */
  readonly giveUpAfter: number;
  /** A stream that lasted so long counts as repaired, though no event has come. */
  readonly settledAfter: number;
  /** How long before a right ends another takes its place upstream. */
  readonly renewBefore: number;
}

export const usualTiming: Timing = {
  firstWait: 100,
  longestWait: 5_000,
  giveUpAfter: 30_000,
  settledAfter: 15_000,
  renewBefore: 10_000,
};

/** The attempts to repair one loss after another. */
export class Attempts {
  readonly #timing: Timing;
  #begunAt = 0;
  #lostAt: number | undefined;
  #count = 0;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** Whether the stream has been lost, and nothing has shown yet that it is repaired. */
  get isRepairing(): boolean {
    return this.#lostAt !== undefined;
  }

  begin(): void {
    this.#begunAt = performance.now();
  }

  succeeded(): void {
    this.#lostAt = undefined;
    this.#count = 0;
  }

  /** @returns how long to wait for the next attempt, in milliseconds; undefined where it is time to give up. */
  failed(): number | undefined {
    const now = performance.now();
    if (now - this.#begunAt >= this.#timing.settledAfter) this.succeeded();
    this.#lostAt ??= now;
    const { firstWait, longestWait, giveUpAfter } = this.#timing;
    const most = Math.min(longestWait, firstWait * 2 ** this.#count);
    this.#count += 1;
    const wait = most * (0.5 + Math.random() / 2);
    return now + wait - this.#lostAt > giveUpAfter ? undefined : wait;
  }
}

/** A wait that can be cut short, and a moment that can be called off. */
export class Alarm {
  #timer: NodeJS.Timeout | undefined;
  #ring: (() => void) | undefined;

  /** @param delay in milliseconds. A new moment takes the place of the last. */
  set(delay: number, ring: () => void): void {
    this.clear();
    if (delay > longestTimer) return;
    this.#ring = ring;
    this.#timer = setTimeout(() => {
      this.#ring = undefined;
      ring();
    }, delay);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#ring = undefined;
  }

  /** Rings now what would ring later. */
  hasten(): void {
    const ring = this.#ring;
    this.clear();
    ring?.();
  }
}

/** Past it, Node's timers ring at once. */
const longestTimer = 2 ** 31 - 1;

import type { Settings } from "./settings.ts";

/** One promise of the system, attacked: what is done to it, what may never come of it, and what came. */
export interface Harness {
  /** What it shows, in one line. */
  readonly proves: string;
  run(settings: Settings, progress: Progress): Promise<Verdict>;
}

/** What a run came to. */
export interface Verdict {
  /** What was counted and measured, in the order in which it is printed. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** What may never be and was seen, each in one line. */
  readonly failures: readonly string[];
  /** The faults that were planted in the same run. A harness that misses one looks at nothing. */
  readonly controls: readonly Control[];
}

/** A leak or a broken safeguard, planted. */
export interface Control {
  readonly planted: string;
  readonly found: boolean;
}

/** How a harness keeps its verdict at hand while it is under way, for a run may be cut off or break. */
export interface Progress {
  /** @param verdict tells what was counted and found so far, at any moment. */
  soFar(verdict: () => Verdict): void;
}

/** Whether everything held, and the harness could have seen that it did not. */
export function holds({ failures, controls }: Verdict): boolean {
  return failures.length === 0 && controls.length > 0 && controls.every(({ found }) => found);
}

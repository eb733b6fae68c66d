import type { Settings } from "./settings.ts";

/** One promise of the system, attacked: what is done to it, what may never come of it, and what came. */
export interface Harness {
  /** What it shows, in one line. */
  readonly proves: string;
  run(settings: Settings): Promise<Verdict>;
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

/** Whether everything held, and the harness could have seen that it did not. */
export function holds({ failures, controls }: Verdict): boolean {
  return failures.length === 0 && controls.length > 0 && controls.every(({ found }) => found);
}

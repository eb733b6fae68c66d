import type { Verdict } from "./comparison.ts";

/** After how many comparisons it is told how far a run is. */
const told = 5_000;

/** After how many differences a run ends: they will be of few kinds. */
const enough = 20;

/** What has come of the operations over one kind of world. */
export class Tally {
  readonly over: string;
  readonly #wanted: number;
  readonly #tell: (line: string) => void;
  compared = 0;
  /** Of those, how many had a part without a plan. */
  partial = 0;
  /** How many operations had no plan at all. */
  unplanned = 0;
  /** Each in one line, with the seed that repeats it. */
  readonly failures: string[] = [];

  /** @param tell is told at once of what happens: a long run is watched. */
  constructor(over: string, wanted: number, tell: (line: string) => void) {
    this.over = over;
    this.#wanted = wanted;
    this.#tell = tell;
  }

  get isDone(): boolean {
    return this.compared >= this.#wanted || this.failures.length >= enough;
  }

  /** The share of operations of which a part, or all, has no plan. */
  get shareWithoutPlan(): number {
    return (this.partial + this.unplanned) / Math.max(1, this.compared + this.unplanned);
  }

  get different(): number {
    return this.failures.length;
  }

  add(seed: number, verdict: Verdict): void {
    if (verdict === "no operation") return;
    if (verdict === "no plan") {
      this.unplanned += 1;
      return;
    }
    this.compared += 1;
    if (verdict === "the same but for what has no plan") this.partial += 1;
    if (this.compared % told === 0) {
      this.#tell(`${this.over}: ${this.compared} compared, ${this.partial} of them with a part without a plan`);
    }
    if (typeof verdict === "string") return;
    const { source, expected, actual } = verdict;
    const answers = `expected ${JSON.stringify(expected)}, came ${JSON.stringify(actual)}`;
    const failure = `${this.over}, --seed ${seed}: ${source.replaceAll("\n", " ")}: ${answers}`;
    this.#tell(failure);
    this.failures.push(failure);
  }
}

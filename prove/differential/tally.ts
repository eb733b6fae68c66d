import type { Verdict } from "./comparison.ts";

/** After how many comparisons it is told how far a run is. */
const told = 5_000;

/** After how many differences a run ends: they will be of few kinds. */
const enough = 20;

/** What has come of the operations over one kind of world. */
export class Tally {
  readonly over: string;
  readonly #wanted: number;
  compared = 0;
  unplannable = 0;
  /** Each in one line, with the seed that repeats it. */
  readonly failures: string[] = [];

  constructor(over: string, wanted: number) {
    this.over = over;
    this.#wanted = wanted;
  }

  get isDone(): boolean {
    return this.compared >= this.#wanted || this.failures.length >= enough;
  }

  get different(): number {
    return this.failures.length;
  }

  add(seed: number, verdict: Verdict): void {
    if (verdict === "no operation") return;
    if (verdict === "unplannable") {
      this.unplannable += 1;
      return;
    }
    this.compared += 1;
    if (this.compared % told === 0) {
      console.error(`${this.over}: ${this.compared} compared, ${this.unplannable} without a plan`);
    }
    if (verdict === "same") return;
    const { source, expected, actual } = verdict;
    const answers = `expected ${JSON.stringify(expected)}, came ${JSON.stringify(actual)}`;
    this.failures.push(`${this.over}, --seed ${seed}: ${source.replaceAll("\n", " ")}: ${answers}`);
  }
}

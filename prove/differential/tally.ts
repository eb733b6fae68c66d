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
  unplannable = 0;
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
      this.#tell(`${this.over}: ${this.compared} compared, ${this.unplannable} without a plan`);
    }
    if (verdict === "same") return;
    const { source, expected, actual } = verdict;
    const answers = `expected ${JSON.stringify(expected)}, came ${JSON.stringify(actual)}`;
    const failure = `${this.over}, --seed ${seed}: ${source.replaceAll("\n", " ")}: ${answers}`;
    this.#tell(failure);
    this.failures.push(failure);
  }
}

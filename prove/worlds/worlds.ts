import type { Harness, Verdict } from "../harness.ts";
import { Random } from "../random.ts";
import { nothingCounted } from "./counted.ts";
import { Crew } from "./crew.ts";
import { leaks } from "./show-leaks.ts";
import type { Done, Task } from "./tasks.ts";

/**
 * How much longer a planted look-up takes, in milliseconds. A short run on a busy machine notices less: there it is five
 * times of what chance alone sets apart, and at least this.
 */
const delays = { small: 40, long: 1 };

export const worlds: Harness = {
  proves: "nothing that somebody can see over HTTP or WebSocket depends on what they may not know",
  async run(settings, progress) {
    const wanted = settings.amount("observations", { small: 250, long: 1_000_000 });
    const first = settings.amount("first", { small: 0, long: 0 });
    const looks = settings.amount("looks", { small: 10, long: 300 });
    const planted = settings.amount("leaks", { small: 3, long: leaks.length });
    const each = settings.amount("times", { small: 24, long: 2_000 });
    const size = settings.amount("processes", { small: 1, long: 2 });
    const random = new Random(settings.seed);
    const tally = new Tally(first);
    progress.soFar(() => tally.verdict());
    await using crew = await Crew.start(size, settings.seed);
    // Alone, before there is more to do: what is measured is time.
    await crew.work(
      iterate<Task>([
        {
          kind: "times",
          seed: settings.seed,
          each,
          isAdaptive: settings.isSmall,
          delay: delays[settings.isSmall ? "small" : "long"],
        },
      ]),
      (done) => tally.add(done),
    );
    const shown = random.shuffle(leaks).slice(0, planted);
    await crew.work(
      iterate<Task>([{ kind: "nothing" }, ...shown.map((place) => ({ kind: "leak", place }) as const)]),
      (done) => tally.add(done),
    );
    const live = function* (): Generator<Task> {
      for (let number = first; tally.observations < wanted && tally.holds; number += 1) {
        yield { kind: "live", seed: settings.seed, number, looks };
      }
    };
    tally.beginLooking();
    await crew.work(live(), (done) => tally.addPair(done));
    return tally.verdict();
  },
};

function iterate<T>(items: readonly T[]): Iterator<T> {
  return items[Symbol.iterator]();
}

/** What has come of a run so far. */
class Tally {
  readonly #first: number;
  readonly #counted = nothingCounted();
  readonly #figures: Record<string, string | number> = {};
  readonly #failures: string[] = [];
  readonly #controls: Verdict["controls"][number][] = [];
  #pairs = 0;
  #began = 0;

  constructor(first: number) {
    this.#first = first;
  }

  get observations(): number {
    const { answers, frames, conversations, imports } = this.#counted;
    return answers + frames + conversations + imports;
  }

  get holds(): boolean {
    return this.#failures.length === 0;
  }

  beginLooking(): void {
    this.#began = performance.now();
  }

  add({ figures, failures, controls }: Done): void {
    Object.assign(this.#figures, figures);
    this.#failures.push(...failures);
    this.#controls.push(...controls);
  }

  addPair(done: Done): void {
    this.add(done);
    this.#pairs += 1;
    for (const [name, count] of Object.entries(done.counted)) this.#counted[name as keyof Done["counted"]] += count;
  }

  verdict(): Verdict {
    const seconds = this.#began === 0 ? 0 : (performance.now() - this.#began) / 1000;
    const { signals, bytes, ...observed } = this.#counted;
    return {
      figures: {
        "observations, each made in both worlds": this.observations,
        ...observed,
        "observations a second": seconds === 0 ? 0 : Math.round(this.observations / seconds),
        bytes,
        "pairs of worlds": this.#pairs,
        "signals, each with a cause of its own in each world": signals,
        "to go on": `--first ${this.#first + this.#pairs}`,
        ...this.#figures,
      },
      failures: this.#failures,
      controls: this.#controls,
    };
  }
}

import type { Figures, MonthFigures } from "../../../subgraphs/leerplicht/store/figures.ts";

/** What an operator is answered about a range. */
export interface Answer {
  readonly total: Figures;
  readonly months: readonly MonthFigures[];
}

/** Everything that can be asked right after one signal moved. */
export interface Moment {
  /** The signal that moved, and its month and municipality. */
  readonly signal: string;
  readonly cell: string;
  /** By the range that was asked for. */
  readonly answers: ReadonlyMap<string, Answer>;
}

const counts = ["signals", "seen", "supported"] as const;

/**
 * What somebody who asks after every movement, for every range, finds out about fewer than five signals. It is told which
 * signal moved when, which no operator knows.
 */
export function attack(history: readonly Moment[]): string[] {
  return [...new Set([...smallDifferences(history), ...quickChanges(history), ...changesOfNoCell(history)])];
}

/** Counts of which the difference is one to four: between two times, two ranges, or the whole and its cells. */
function smallDifferences(history: readonly Moment[]): string[] {
  const found: string[] = [];
  const compare = (what: string, a: number, b: number) => {
    const difference = Math.abs(a - b);
    if (difference > 0 && difference < 5) found.push(`${what} differ by ${difference}`);
  };
  for (const figure of counts) {
    const seen = new Map<string, Set<number>>();
    for (const { answers } of history) {
      for (const [range, { total, months }] of answers) {
        const all = total[figure] ?? 0;
        compare(
          `${figure} and its cells`,
          all,
          months.reduce((sum, cell) => sum + (cell[figure] ?? 0), 0),
        );
        for (const other of answers.values()) compare(`${figure} of two ranges`, all, other.total[figure] ?? 0);
        for (const before of seen.get(range) ?? []) compare(`${figure} at two times`, all, before);
        seen.set(range, new Set([...(seen.get(range) ?? []), all]));
      }
    }
  }
  return found;
}

/** Figures of a cell that changed though fewer than five of its signals had moved since they last did. */
function quickChanges(history: readonly Moment[]): string[] {
  const found: string[] = [];
  const known = new Map<string, { value: unknown; moved: Set<string> }>();
  const everMoved = new Set<string>();
  for (const { signal, cell, answers } of history) {
    for (const { moved } of known.values()) moved.add(`${cell} ${signal}`);
    everMoved.add(`${cell} ${signal}`);
    const cells = new Map(
      [...answers.values()].flatMap(({ months }) => months.map((one) => [nameOf(one), one] as const)),
    );
    for (const [name, figures] of cells) {
      for (const [figure, value] of Object.entries(figures)) {
        const key = `${name} ${figure}`;
        const before = known.get(key);
        // Until it is told, a figure gathers those that it will be about.
        if (before?.value === value || value === null) continue;
        const moved = before?.moved ?? everMoved;
        // What is left of a month may be of any municipality.
        const own = [...moved].filter((one) => one.startsWith(name.replace(/rest$/, "")));
        if (own.length < 5) found.push(`${figure} changed after ${own.length} signals of its cell`);
        known.set(key, { value, moved: new Set() });
      }
    }
  }
  return found;
}

/** Totals that changed while none of the cells that they stand for did. */
function changesOfNoCell(history: readonly Moment[]): string[] {
  const found: string[] = [];
  for (const [place, { answers }] of history.entries()) {
    for (const [range, answer] of answers) {
      const before = history[place - 1]?.answers.get(range);
      if (before === undefined || JSON.stringify(before.months) !== JSON.stringify(answer.months)) continue;
      if (JSON.stringify(before.total) !== JSON.stringify(answer.total))
        found.push("a total changed and none of its cells");
    }
  }
  return found;
}

function nameOf({ month, municipality }: MonthFigures): string {
  return `${month} ${municipality}`;
}

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
  return [...smallDifferences(history), ...unpaidChanges(history)];
}

/** Counts of which the difference is one to four, between two times or two ranges; and wholes that are not the sum of their cells. */
function smallDifferences(history: readonly Moment[]): string[] {
  const found = new Set<string>();
  const compare = (what: string, a: number, b: number) => {
    const difference = Math.abs(a - b);
    if (difference > 0 && difference < 5) found.add(`${what} differ by ${difference}`);
  };
  for (const figure of counts) {
    const seen = new Map<string, Set<number>>();
    for (const { answers } of history) {
      for (const [range, { total, months }] of answers) {
        const all = total[figure] ?? 0;
        const sum = months.reduce((sum, cell) => sum + (cell[figure] ?? 0), 0);
        if (sum !== all) found.add(`${figure} and its cells differ`);
        for (const other of answers.values()) compare(`${figure} of two ranges`, all, other.total[figure] ?? 0);
        const earlier = seen.get(range) ?? new Set();
        for (const before of earlier) compare(`${figure} at two times`, all, before);
        seen.set(range, earlier.add(all));
      }
    }
  }
  return [...found];
}

/**
 * Figures that changed though there were no five signals that had moved, and that no change before was about. What is
 * left of a month is told a minute later than it is gathered, and may have waited for another municipality: so those five
 * need not have moved since the last change.
 */
function unpaidChanges(history: readonly Moment[]): string[] {
  const found = new Set<string>();
  const told = new Map<string, { value: unknown; paid: number }>();
  const moved = new Set<string>();
  for (const { signal, cell, answers } of history) {
    moved.add(`${cell} ${signal}`);
    for (const { name, figures, cells } of partsOf(answers)) {
      for (const [figure, value] of Object.entries(figures)) {
        const key = `${name} ${figure}`;
        const before = told.get(key);
        if (before?.value === value || value === null) continue;
        const own = [...moved].filter((one) => cells.some((start) => one.startsWith(start))).length;
        const paid = counts.some((one) => one === figure) ? Number(value) : (before?.paid ?? 0) + 5;
        if (paid > own) found.add(`${figure} changed, for which ${paid} signals must have moved, after ${own} had`);
        told.set(key, { value, paid });
      }
    }
  }
  return [...found];
}

/** A whole or a cell of it, and how the cells begin whose signals it may be about. */
interface Part {
  readonly name: string;
  readonly figures: Figures;
  readonly cells: readonly string[];
}

function partsOf(answers: Moment["answers"]): Part[] {
  const parts = new Map<string, Part>();
  for (const [range, { total, months }] of answers) {
    for (const { month, municipality, ...figures } of months) {
      const name = `${month} ${municipality}`;
      // What is left of a month may be of any municipality.
      parts.set(name, { name, figures, cells: [municipality === "rest" ? month : name] });
    }
    parts.set(range, { name: range, figures: total, cells: months.map(({ month }) => month) });
  }
  return [...parts.values()];
}

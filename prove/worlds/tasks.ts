import type { Control } from "../harness.ts";
import { type Counted, nothingCounted } from "./counted.ts";
import type { Difference } from "./pair.ts";
import type { leaks } from "./show-leaks.ts";

/** What one process does at a time, over a pair of worlds that it keeps. */
export type Task =
  | { readonly kind: "live"; readonly seed: number; readonly number: number; readonly looks: number }
  | { readonly kind: "leak"; readonly place: (typeof leaks)[number] }
  | { readonly kind: "nothing" }
  | {
      readonly kind: "times";
      readonly seed: number;
      readonly each: number;
      readonly delay: number;
      readonly isAdaptive: boolean;
    };

/** What came of it. */
export interface Done {
  readonly figures: Readonly<Record<string, string | number>>;
  readonly counted: Counted;
  readonly failures: readonly string[];
  readonly controls: readonly Control[];
}

export const nothingDone: Done = {
  figures: {},
  counted: nothingCounted(),
  failures: [],
  controls: [],
};

/** What a process answers: what came of a task, or why nothing did. */
export type Report = { readonly done: Done } | { readonly error: string };

/** Where two worlds part, with the little that stands before and after. */
export function told({ where, A, B }: Difference): string {
  let at = 0;
  while (at < A.length && A[at] === B[at]) at += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `${where}: ${around(A)} and ${around(B)}`;
}

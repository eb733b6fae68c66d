/** Every problem that a report can have, with what it means to the vendor whose system sent it. */
export const problems = {
  IDEMPOTENCY_KEY_INVALID: "not 1–128 printable characters",
  OCCURRED_IN_FUTURE: "more than five minutes from now",
  OCCURRED_TOO_LONG_AGO: "more than thirty days ago",
  CHILDREN_COUNT: "not 1–20 children",
  CHILD_NOT_IDENTIFIED: "neither a BSN nor a given name, a family name and a birth date",
  CHILD_REPEATED: "the same child as one before it",
  BSN_INVALID: "not a citizen service number (eleven-proof)",
  BIRTH_DATE_IN_FUTURE: "a day that has not come yet",
  AGE_OUT_OF_RANGE: "not from 0 up to and including 18 years old on the day of the incident",
  TEXT_TOO_LONG: "over 64 characters in `reference`, 40 in `prefix`, 200 in another name",
  TEXT_UNPRINTABLE: "holds control characters",
} as const;

export type Problem = keyof typeof problems;

/** One thing that is wrong with a report. It says where, and never what was there. */
export interface ReportProblem {
  /** For example `children[2].bsn`. */
  readonly path: string;
  readonly code: Problem;
}

/** Takes down the problem of one place. */
export type Note = (code: Problem) => void;

export interface FoundProblems {
  readonly problems: readonly ReportProblem[];
  add(path: string, code: Problem): void;
  at(path: string): Note;
}

export function collectProblems(): FoundProblems {
  const found: ReportProblem[] = [];
  const add = (path: string, code: Problem): void => {
    found.push({ path, code });
  };
  return { problems: found, add, at: (path) => (code) => add(path, code) };
}

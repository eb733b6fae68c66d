import { checkChildren } from "./check-children.ts";
import { checkText } from "./check-text.ts";
import type { GivenReport, IncidentReport } from "./incident-report.ts";
import { collectProblems, type Problem, type ReportProblem } from "./problem.ts";

/** How far a client's clock may be ahead of ours, in milliseconds. */
const clockSkew = 5 * 60_000;

/** How long after an incident it may be reported, in milliseconds: a day less than `care.raises_signal` looks back. */
const reportableFor = 30 * 24 * 3_600_000;

const longestReference = 64;

export type CheckedReport = { readonly report: IncidentReport } | { readonly problems: readonly ReportProblem[] };

/** Checks all of a report and names every problem at once, so that a client mends it in one go. */
export function checkReport(given: GivenReport, now: Date): CheckedReport {
  const found = collectProblems();
  if (!isIdempotencyKey(given.idempotencyKey)) found.add("idempotencyKey", "IDEMPOTENCY_KEY_INVALID");
  const reference = checkText(given.reference, longestReference, found.at("reference"));
  const moment = checkMoment(given.occurredAt, now);
  if (moment !== undefined) found.add("occurredAt", moment);
  const children = checkChildren(given.children, { now, occurredAt: given.occurredAt }, found);
  if (found.problems.length > 0) return { problems: found.problems };
  return { report: { reference, occurredAt: given.occurredAt, category: given.category, children } };
}

/** A key has 1 to 128 characters, each of which can be printed. */
export function isIdempotencyKey(key: string): boolean {
  return /^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u.test(key);
}

/** When an incident may have been, for it to be reported now. */
export function checkMoment(occurredAt: Date, now: Date): Problem | undefined {
  if (occurredAt.getTime() > now.getTime() + clockSkew) return "OCCURRED_IN_FUTURE";
  if (occurredAt.getTime() < now.getTime() - reportableFor) return "OCCURRED_TOO_LONG_AGO";
  return undefined;
}

import { Temporal } from "temporal-polyfill";
import type { Period } from "../../../plumbing/school-days/school-calendar.ts";

export type PeriodProblem = "PERIOD_REVERSED" | "PERIOD_TOO_LONG" | "PERIOD_PAST" | "PERIOD_TOO_FAR";

/**
 * What is wrong with the days that somebody says to be absent on. They may have begun before today.
 * @param today `YYYY-MM-DD`
 */
export function periodProblem({ firstDay, lastDay }: Period, today: string): PeriodProblem | undefined {
  if (lastDay < firstDay) return "PERIOD_REVERSED";
  if (lastDay >= aYearAfter(firstDay)) return "PERIOD_TOO_LONG";
  if (lastDay < today) return "PERIOD_PAST";
  if (firstDay >= aYearAfter(today)) return "PERIOD_TOO_FAR";
  return undefined;
}

function aYearAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ years: 1 }).toString();
}

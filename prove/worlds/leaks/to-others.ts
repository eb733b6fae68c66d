import { StatisticsDoor } from "../../../subgraphs/leerplicht/doors/statistics.ts";
import { inAnswer } from "./in-answers.ts";
import { inTheAgencysDatabases } from "./in-databases.ts";
import { from } from "./in-the-school.ts";
import type { Leak } from "./leak.ts";

/** What would tell an agency whether, or where, a child is enrolled. */
export const toAgencies: readonly Leak[] = [
  ...inTheAgencysDatabases,
  inAnswer("an agency's answer with a header where the child is found", ({ headers }, { isEnrolled }) => {
    headers["x-cache"] = isEnrolled ? "HIT" : "MISS";
  }),
  inAnswer("another status where nobody is found", (answer, { isEnrolled }) => {
    if (!isEnrolled) answer.status = 202;
  }),
  inAnswer("a deadline by the school days of the child's school", (answer, { isEnrolled }) => {
    if (isEnrolled) answer.text = answer.text.replace(/"dueBy":"(\d{4}-\d\d-\d\d)T\d\d/, '"dueBy":"$1T06');
  }),
  inAnswer("a report that is refused where nobody is found", (answer, { isEnrolled }) => {
    if (!isEnrolled) answer.text = answer.text.replace('"IncidentReported"', '"InvalidInput"');
  }),
  inAnswer("a signal without progress where nobody is found", (answer, { isEnrolled }) => {
    if (!isEnrolled) answer.text = answer.text.replace(/"progress":"[A-Z]+"/, '"progress":null');
  }),
];

/** What would tell an operator of fewer than five. */
export const toOperators: readonly Leak[] = [
  from("a count that is exact", StatisticsDoor, "statistics", (figures, { elsewhere }) => ({
    ...figures,
    signals: (figures.signals ?? 0) + elsewhere,
  })),
  from("a backlog that is exact", StatisticsDoor, "statistics", (figures, { elsewhere }) => ({
    ...figures,
    backlog: elsewhere,
  })),
  from("a median of one", StatisticsDoor, "statistics", (figures, { hour }) => ({
    ...figures,
    medianMinutesToSeen: (figures.medianMinutesToSeen ?? 0) + hour,
  })),
  from("a month of one signal", StatisticsDoor, "statistics", (figures, { elsewhere }) => ({
    ...figures,
    months:
      elsewhere > 1 ? [...figures.months, { month: "2027-12", municipality: "9002", signals: 1 }] : figures.months,
  })),
];

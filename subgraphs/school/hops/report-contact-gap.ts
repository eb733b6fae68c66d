import type { Hop } from "../../../plumbing/outbox.ts";

/** Tells Leerplicht that nobody of a school can be reached on a day, or that somebody can after all. */
export const reportContactGap: Hop = {
  document: `mutation ReportContactGap($input: ReportContactGapInput!) {
    reportContactGap(input: $input) { accepted }
  }`,
};

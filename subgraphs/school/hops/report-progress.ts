import type { Hop } from "../../../plumbing/outbox.ts";

/** Tells Leerplicht how far a delivery is. */
export const reportProgress: Hop = {
  document: `mutation ReportProgress($input: ReportProgressInput!) {
    reportProgress(input: $input) { accepted }
  }`,
};

import type { Hop } from "../../../plumbing/outbox.ts";

/** Tells Leerplicht that a delivery that waits for the inbox to open appears at another time than was said. */
export const reportAppearance: Hop = {
  document: `mutation ReportAppearance($input: ReportAppearanceInput!) {
    reportAppearance(input: $input) { accepted }
  }`,
};

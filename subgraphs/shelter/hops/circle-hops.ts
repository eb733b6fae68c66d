import type { Hop } from "../../../plumbing/outbox.ts";

/** Asks Leerplicht for the school of a child for whom a parent has consented; to tell that school, or the one that the parent named. */
export const findSchool: Hop = {
  document: "mutation FindSchool($input: FindSchoolInput!) { findSchool(input: $input) { accepted } }",
};

/** Tells Leerplicht how far the talk is that it called for, and nothing of its content. */
export const reportTalk: Hop = {
  document: "mutation ReportTalk($input: ReportTalkInput!) { reportTalk(input: $input) { accepted } }",
};

/** Tells Leerplicht that the consent is no more. It may overtake the question itself. */
export const endSearch: Hop = {
  document: "mutation EndSearch($input: EndSearchInput!) { endSearch(input: $input) { accepted } }",
};

import type { Claims } from "../../../plumbing/claims.ts";

/** The stream of what happens on the list of the caller's office or release desk. */
export function listStream({ organisation }: Claims): readonly string[] {
  return organisation === undefined ? [] : [organisation];
}

/** The stream of what happens to the absences of the caller's office. */
export function absenceStream(claims: Claims): readonly string[] {
  return listStream(claims).map((office) => `absence:${office}`);
}

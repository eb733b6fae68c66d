import type { Claims } from "../../../plumbing/claims.ts";

/** The stream of what happens to the signals of the caller's organisation. */
export function ownStream({ organisation }: Claims): readonly string[] {
  return organisation === undefined ? [] : [organisation];
}

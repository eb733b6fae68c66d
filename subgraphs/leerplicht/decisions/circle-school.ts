import type { RoutingReason } from "./route.ts";

/** The school of a support circle, or why an officer has to look. */
export type CircleSchool =
  | { readonly schoolId: string; readonly reason?: never }
  | { readonly schoolId: null; readonly reason: CircleReason };

/** Why a search for the school of a support circle is given to an officer. */
export type CircleReason = Extract<RoutingReason, "CIRCLE_SCHOOL_UNKNOWN" | "CIRCLE_SCHOOL_NOT_NAMED">;

/**
 * Which school is to be told of a support circle: where the child goes, unless the parent named another. What the parent
 * did not agree to is not told, whatever the registry says.
 * @param found where the registry says that the child goes today, or an officer does; null where neither knows.
 * @param named the school that the parent named; null where they named none.
 */
export function circleSchool(found: string | null, named: string | null): CircleSchool {
  if (found === null) return { schoolId: null, reason: "CIRCLE_SCHOOL_UNKNOWN" };
  if (named !== null && named !== found) return { schoolId: null, reason: "CIRCLE_SCHOOL_NOT_NAMED" };
  return { schoolId: found };
}

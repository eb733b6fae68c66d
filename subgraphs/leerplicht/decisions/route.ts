import type { PersonMatch } from "../../../plumbing/person-match.ts";

/** Why a signal could not be routed, or has come back. */
export const routingReasons = [
  "NO_MATCH",
  "SEVERAL_MATCHES",
  "NO_ENROLMENT",
  "SEVERAL_ENROLMENTS",
  "SCHOOL_NOT_PARTICIPATING",
  "PUPIL_UNKNOWN_AT_SCHOOL",
  "RETURNED_BY_SCHOOL",
  "NOT_SEEN_IN_TIME",
  "OTHER_MUNICIPALITY",
  "CIRCLE_SCHOOL_UNKNOWN",
] as const;

export type RoutingReason = (typeof routingReasons)[number];

/** Why a school says that a signal is not for it. */
export const returnReasons = ["NOT_OUR_PUPIL", "LEFT_SCHOOL"] as const;

export type ReturnReason = (typeof returnReasons)[number];

/** An enrolment with what the office knows of its site. */
export interface Enrolment {
  /** BRIN and site number, for example `99AA00`. */
  readonly schoolId: string;
  /** `YYYY-MM-DD` */
  readonly from: string;
  /** The first day on which it no longer holds; null while it has no end. */
  readonly until: string | null;
  /** Null where the site lies outside the office's area. */
  readonly site: { readonly participates: boolean } | null;
}

export type Route =
  | { readonly to: "school"; readonly schoolId: string }
  | { readonly to: "officer"; readonly reason: RoutingReason };

/** Whether an enrolment holds on a day (`YYYY-MM-DD`). */
export function holdsOn(day: string, { from, until }: Pick<Enrolment, "from" | "until">): boolean {
  return from <= day && (until === null || day < until);
}

/**
 * Where a signal goes: to the one school that the child goes to today, or to an officer with the
 * reason why no machine may choose.
 */
export function decideRoute(match: PersonMatch<unknown>["kind"], enrolments: readonly Enrolment[], day: string): Route {
  if (match === "none") return { to: "officer", reason: "NO_MATCH" };
  if (match === "several") return { to: "officer", reason: "SEVERAL_MATCHES" };
  const [enrolment, another] = enrolments.filter((one) => holdsOn(day, one));
  if (enrolment === undefined) return { to: "officer", reason: "NO_ENROLMENT" };
  if (another !== undefined) return { to: "officer", reason: "SEVERAL_ENROLMENTS" };
  if (enrolment.site === null) return { to: "officer", reason: "OTHER_MUNICIPALITY" };
  if (!enrolment.site.participates) return { to: "officer", reason: "SCHOOL_NOT_PARTICIPATING" };
  return { to: "school", schoolId: enrolment.schoolId };
}

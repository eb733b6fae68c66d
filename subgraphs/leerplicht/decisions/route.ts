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
  "CIRCLE_SCHOOL_NOT_NAMED",
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
  readonly site: Site | null;
}

/** What the office knows of a site, as far as it decides whether a signal can go there. */
export interface Site {
  readonly participates: boolean;
  /** The first day on which it no longer exists (`YYYY-MM-DD`); null while it has no end. */
  readonly endedOn: string | null;
}

export type Route<Known extends Enrolment = Enrolment> =
  | { readonly to: "school"; readonly enrolment: Known }
  | { readonly to: "officer"; readonly reason: RoutingReason };

/** Whether an enrolment holds on a day (`YYYY-MM-DD`): none does at a site that has ended. */
export function holdsOn(day: string, { from, until, site }: Pick<Enrolment, "from" | "until" | "site">): boolean {
  return from <= day && isBefore(day, until) && isBefore(day, site?.endedOn ?? null);
}

/** Whether a signal can go to a site on a day (`YYYY-MM-DD`). */
export function takesPartOn(day: string, { participates, endedOn }: Site): boolean {
  return participates && isBefore(day, endedOn);
}

function isBefore(day: string, end: string | null): boolean {
  return end === null || day < end;
}

/**
 * Where a signal goes: to the one school that the child goes to today, or to an officer with the
 * reason why no machine may choose.
 */
export function decideRoute<Known extends Enrolment>(
  match: PersonMatch<unknown>["kind"],
  enrolments: readonly Known[],
  day: string,
): Route<Known> {
  if (match === "none") return { to: "officer", reason: "NO_MATCH" };
  if (match === "several") return { to: "officer", reason: "SEVERAL_MATCHES" };
  const [enrolment, another] = enrolments.filter((one) => holdsOn(day, one));
  if (enrolment === undefined) return { to: "officer", reason: "NO_ENROLMENT" };
  if (another !== undefined) return { to: "officer", reason: "SEVERAL_ENROLMENTS" };
  if (enrolment.site === null) return { to: "officer", reason: "OTHER_MUNICIPALITY" };
  if (!enrolment.site.participates) return { to: "officer", reason: "SCHOOL_NOT_PARTICIPATING" };
  return { to: "school", enrolment };
}

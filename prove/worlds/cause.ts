import type { Random } from "../random.ts";
import type { Side } from "./region.ts";

/**
 * Who may have reported it, unknown to whoever looks on: never the unit that looks on itself. `registry` is a row that the
 * police's own system writes, `guidance` a shelter whose worker accompanies the family.
 */
const agencies = ["police", "shelter", "registry", "guidance"] as const;

/** What a signal came from, in one world. */
export interface Cause {
  readonly agency: (typeof agencies)[number];
  readonly category: string;
  /** How long before the report it happened, in hours. */
  readonly hoursAgo: number;
  /** How often the child is reported, all in all. */
  readonly reports: number;
  /** Whether one of several reports is taken back. */
  readonly takesOneBack: boolean;
  /** Children of the same incident who go to other schools, or to none. */
  readonly siblings: readonly number[];
  /** Children of other incidents at other schools. */
  readonly elsewhere: readonly number[];
  readonly hasDesk: boolean;
  readonly byNumber: boolean;
  /** Reports that come to nothing: rehearsals, wrong ones, repeats under the same key. */
  readonly vain: number;
}

/** What the two worlds of a pair differ in, where a leak can get at it. */
export interface Secret {
  readonly agency: string;
  readonly category: string;
  /** Of the incident. */
  readonly hour: number;
  readonly reports: number;
  readonly siblings: number;
  readonly elsewhere: number;
  readonly isEnrolled: boolean;
}

export const noSecret: Secret = {
  agency: "",
  category: "",
  hour: 0,
  reports: 1,
  siblings: 0,
  elsewhere: 0,
  isEnrolled: true,
};

/** The same signal in both worlds, and what it came from in each. */
export interface Happening {
  readonly child: number;
  readonly causes: Readonly<Record<Side, Cause>>;
}

const categories = ["DOMESTIC_VIOLENCE", "CHILD_ABUSE", "SERIOUS_THREAT", "OTHER"];

/** Another cause of the same. @param others the children of other schools, by number */
export function anyCause(random: Random, others: readonly number[]): Cause {
  const agency = random.pick(agencies);
  return {
    agency,
    category: random.pick(categories),
    hoursAgo: random.below(20),
    reports: 1 + random.below(3),
    takesOneBack: random.chance(0.3),
    siblings: random.shuffle(others).slice(0, random.below(3)),
    elsewhere: random.shuffle(others).slice(0, random.below(2)),
    hasDesk: random.chance(0.25),
    byNumber: random.chance(0.5),
    vain: random.below(3),
  };
}

const hour = 3_600_000;

/** What of a cause a planted leak may tell. @param at when it is reported */
export function secretOf(cause: Cause, isEnrolled: boolean, at = 0): Secret {
  const { agency, category, hoursAgo, reports, siblings, elsewhere } = cause;
  const occurred = new Date(at - hoursAgo * hour);
  const counts = { reports, siblings: siblings.length, elsewhere: elsewhere.length };
  return { agency, category, hour: occurred.getUTCHours(), ...counts, isEnrolled };
}

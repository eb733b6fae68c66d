import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { Bsn } from "../../../plumbing/identifiers.ts";
import { sameName } from "../../../plumbing/names.ts";
import { checkText } from "./check-text.ts";
import type { GivenChild, ReportedChild } from "./incident-report.ts";
import type { FoundProblems, Problem } from "./problem.ts";

interface Moments {
  readonly now: Date;
  readonly occurredAt: Date;
}

const mostChildren = 20;

/** In whole years, on the day of the incident. The practice says 4–18; a younger child may go to school early. */
const oldest = 18;

const longest = { name: 200, prefix: 40 };

/** The children of a report, as far as they passed; each problem goes to `found`. */
export function checkChildren(
  given: readonly GivenChild[],
  moments: Moments,
  found: FoundProblems,
): readonly ReportedChild[] {
  if (given.length < 1 || given.length > mostChildren) {
    found.add("children", "CHILDREN_COUNT");
    return [];
  }
  const children = given.map((child, index) => checkChild(child, `children[${index}]`, moments, found));
  children.forEach((child, index) => {
    if (children.slice(0, index).some((earlier) => isSameChild(earlier, child))) {
      found.add(`children[${index}]`, "CHILD_REPEATED");
    }
  });
  return children;
}

function checkChild(given: GivenChild, path: string, moments: Moments, found: FoundProblems): ReportedChild {
  const before = found.problems.length;
  const bsnText = given.bsn?.trim() ?? "";
  const bsn = Bsn.parse(bsnText);
  if (bsnText !== "" && bsn === undefined) found.add(`${path}.bsn`, "BSN_INVALID");
  const birthDate = given.birthDate ?? undefined;
  const age = birthDate === undefined ? undefined : checkAge(birthDate, moments);
  if (age !== undefined) found.add(`${path}.birthDate`, age);
  const name = `${path}.name`;
  const child: ReportedChild = {
    bsn,
    givenName: checkText(given.name?.givenName, longest.name, found.at(`${name}.givenName`)),
    prefix: checkText(given.name?.prefix, longest.prefix, found.at(`${name}.prefix`)),
    familyName: checkText(given.name?.familyName, longest.name, found.at(`${name}.familyName`)),
    birthDate,
  };
  // A child whose BSN or name is wrong would only be told a second time that it is not identified.
  if (found.problems.length === before && !isIdentified(child)) found.add(path, "CHILD_NOT_IDENTIFIED");
  return child;
}

function isIdentified({ bsn, givenName, familyName, birthDate }: ReportedChild): boolean {
  return bsn !== undefined || (givenName !== undefined && familyName !== undefined && birthDate !== undefined);
}

/** Whether a child is of an age for a signal: what is wrong, else undefined. */
export function checkAge(birthDate: string, { now, occurredAt }: Moments): Problem | undefined {
  if (birthDate > dutchDay(now)) return "BIRTH_DATE_IN_FUTURE";
  const age = ageOn(birthDate, dutchDay(occurredAt));
  return age < 0 || age > oldest ? "AGE_OUT_OF_RANGE" : undefined;
}

/** Whole years between two days, `YYYY-MM-DD`; negative before the birth. */
function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Twins share a birth date and a family name; two BSNs are two children whatever the names. */
function isSameChild(a: ReportedChild, b: ReportedChild): boolean {
  if (a.bsn !== undefined && b.bsn !== undefined) return a.bsn.equals(b.bsn);
  return a.birthDate !== undefined && a.birthDate === b.birthDate && sameName(nameOf(a), nameOf(b));
}

function nameOf({ givenName, prefix, familyName = "" }: ReportedChild) {
  return { givenName, prefix, familyName };
}

import { choose, diceOf } from "../../simulate/dice.ts";
import { type Child, type Circumstance, makeRegion, type Region } from "../../simulate/region.ts";

/** The two that are compared. */
export const sides = ["A", "B"] as const;

export type Side = (typeof sides)[number];

const schools = 9;
const pupils = 24;

/** How many schools people look on from; what is enrolled there is the same in both worlds. */
const observed = 6;

/** Where another child may be, as the office and the schools have it. */
const elsewhere: readonly (readonly [Circumstance, number])[] = [
  ["enrolled", 4],
  ["two enrolments", 2],
  ["no enrolment", 2],
  ["unknown to the office", 2],
  ["namesake", 1],
  ["in another area", 1],
];

/** A child whom an agency reports, and who is found in one world only: whatever the seed. */
export const soughtChild = observed * pupils;

/**
 * The same schools and children in both worlds. At the observed schools all is the same; of every other child, whether
 * and where it is enrolled is each world's own, and so is whether the last school takes part.
 */
export function regionOf(seed: number, side: Side): Region {
  const made = makeRegion(diceOf(`worlds ${seed}`), { schools, pupils });
  const dice = diceOf(`worlds ${seed} ${side}`);
  const all = made.schools.map((school, place) => {
    const takesPart = place < schools - 1 || side === "A";
    return { ...school, participates: takesPart, hasContact: takesPart, hasDeputy: false };
  });
  return {
    schools: all,
    children: made.children,
    child(number): Child {
      const child = made.child(number);
      const at = (place: number) => all[place] ?? child.school;
      if (isObserved(number)) return { ...child, circumstance: "enrolled", school: at(siteOf(number)) };
      // Neither a first nor a second enrolment is at an observed school.
      const place = observed + (number % (schools - observed));
      const circumstance = choose(dice("circumstance", number), elsewhere);
      const home = { school: at(place), otherSchool: at(place + 1 < schools ? place + 1 : observed) };
      if (number !== soughtChild) return { ...child, circumstance, ...home };
      return { ...child, circumstance: side === "A" ? "enrolled" : "unknown to the office", ...home };
    },
  };
}

/** Which of the observed schools a child goes to who is enrolled at one. */
export function siteOf(number: number): number {
  return number % observed;
}

/**
 * Whether a child goes to one of the schools whose people look on. These are the first, so that the registries number
 * them alike.
 */
export function isObserved(number: number): boolean {
  return number < observed * pupils;
}

const numbers = Array.from({ length: schools * pupils }, (_, number) => number);

/** The children of the observed schools, by number. */
export const observedChildren: readonly number[] = numbers.filter(isObserved);

/** The children of the other schools, by number. */
export const strangers: readonly number[] = numbers.filter((number) => !isObserved(number));

/** The observed schools, by their site ids, whatever the seed. */
export const sites: readonly string[] = regionOf(0, "A")
  .schools.slice(0, observed)
  .map(({ id }) => id);

/** How an agency describes a child: the same in both worlds, whatever they have of it. */
export function describe({ bsn, givenName, familyName, birthDate }: Child, byNumber: boolean): object {
  return byNumber && bsn !== null ? { bsn } : { name: { givenName, familyName }, birthDate };
}

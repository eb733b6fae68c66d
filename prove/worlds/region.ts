import { choose, diceOf } from "../../simulate/dice.ts";
import { type Child, type Circumstance, makeRegion, type Region } from "../../simulate/region.ts";

/** The two that are compared. */
export const sides = ["A", "B"] as const;

export type Side = (typeof sides)[number];

const schools = 5;
const pupils = 24;

/** The schools whose people look on; what is enrolled there is the same in both worlds. */
const observed = 2;

/** Where another child may be, as the office and the schools have it. */
const elsewhere: readonly (readonly [Circumstance, number])[] = [
  ["enrolled", 4],
  ["two enrolments", 2],
  ["no enrolment", 2],
  ["unknown to the office", 2],
  ["namesake", 1],
  ["in another area", 1],
];

/**
 * The same schools and children in both worlds. At the observed schools all is the same; of every other child, whether
 * and where it is enrolled is each world's own, and so is whether the last school takes part.
 */
export function regionOf(side: Side): Region {
  const made = makeRegion(diceOf("worlds"), { schools, pupils });
  const dice = diceOf(`worlds ${side}`);
  const all = made.schools.map((school, place) => {
    const takesPart = place < schools - 1 || side === "A";
    return { ...school, participates: takesPart, hasContact: takesPart };
  });
  return {
    schools: all,
    children: made.children,
    child(number): Child {
      const child = made.child(number);
      const at = (place: number) => all[place] ?? child.school;
      if (isObserved(number)) return { ...child, circumstance: "enrolled", school: at(number % observed) };
      // Neither a first nor a second enrolment is at an observed school.
      const place = observed + (number % (schools - observed));
      const circumstance = choose(dice("circumstance", number), elsewhere);
      return { ...child, circumstance, school: at(place), otherSchool: at(place + 1 < schools ? place + 1 : observed) };
    },
  };
}

/**
 * Whether a child goes to one of the schools whose people look on. These are the first, so that the registries number
 * them alike.
 */
export function isObserved(number: number): boolean {
  return number < observed * pupils;
}

/** How an agency describes a child: the same in both worlds, whatever they have of it. */
export function describe({ bsn, givenName, familyName, birthDate }: Child, byNumber: boolean): object {
  return byNumber && bsn !== null ? { bsn } : { name: { givenName, familyName }, birthDate };
}

import { comparableFamilyName } from "../../../plumbing/names.ts";
import { type KnownPerson, matchPerson, type SoughtPerson } from "../../../plumbing/person-match.ts";
import { type Enrolment, holdsOn } from "./route.ts";

/** Why a school is offered to an officer. */
export const candidateReasons = [
  "ENROLLED",
  "FORMERLY_ENROLLED",
  "NAMESAKE_ENROLLED",
  "SIMILAR_CHILD_ENROLLED",
  "CAME_BACK",
] as const;

export type CandidateReason = (typeof candidateReasons)[number];

/** How a child of the registry resembles the one sought. */
export type Likeness = "same" | "namesake" | "similar";

/**
 * The children of the registry whom an officer may want to look at: the one who matches, else those
 * who all match, else those with the birth date and the family name.
 */
export function likenesses<Known extends KnownPerson>(
  sought: SoughtPerson,
  known: readonly Known[],
): { person: Known; likeness: Likeness }[] {
  const match = matchPerson(sought, known);
  if (match.kind === "one") return [{ person: match.person, likeness: "same" }];
  const likeness = match.kind === "several" ? "namesake" : "similar";
  return known
    .filter((person) =>
      match.kind === "several" ? matchPerson(sought, [person]).kind === "one" : resembles(sought, person),
    )
    .map((person) => ({ person, likeness }));
}

function resembles({ name, birthDate }: SoughtPerson, person: KnownPerson): boolean {
  return (
    name !== undefined &&
    person.birthDate === birthDate &&
    comparableFamilyName(name) === comparableFamilyName(person.name)
  );
}

/**
 * Why an enrolment of such a child is offered; undefined where it is not worth a look.
 * @param cameBack whether the signal has been to this school, and it said no. The registry may be right all the same.
 */
export function reasonFor(
  likeness: Likeness,
  enrolment: Enrolment,
  day: string,
  cameBack: boolean,
): CandidateReason | undefined {
  const holds = holdsOn(day, enrolment);
  if (cameBack && (holds || likeness === "same")) return "CAME_BACK";
  switch (likeness) {
    case "same":
      return holds ? "ENROLLED" : "FORMERLY_ENROLLED";
    case "namesake":
      return holds ? "NAMESAKE_ENROLLED" : undefined;
    case "similar":
      return holds ? "SIMILAR_CHILD_ENROLLED" : undefined;
    default:
      return likeness satisfies never;
  }
}

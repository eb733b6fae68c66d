import { Bsn } from "./identifiers.ts";
import { type PersonName, sameName } from "./names.ts";

/** Who is looked for: by number, by name and birth date, or by all of these. */
export interface SoughtPerson {
  readonly bsn?: Bsn | undefined;
  readonly name?: PersonName | undefined;
  /** `YYYY-MM-DD` */
  readonly birthDate?: string | undefined;
}

/** A person as another part describes one: every field may be missing. */
export interface DescribedPerson extends Omit<PersonName, "familyName"> {
  readonly familyName?: string | null | undefined;
  readonly bsn?: string | null | undefined;
  /** `YYYY-MM-DD` */
  readonly birthDate?: string | null | undefined;
}

/** Reads a description. A BSN that fails the eleven-proof is nobody's, so it is not looked for. */
export function soughtPerson(described: DescribedPerson): SoughtPerson {
  const { bsn, givenName, callName, prefix, familyName, birthDate } = described;
  return {
    bsn: bsn == null ? undefined : Bsn.parse(bsn),
    name: familyName == null ? undefined : { givenName, callName, prefix, familyName },
    birthDate: birthDate ?? undefined,
  };
}

/** Who is known: a registry's row that may be the person. */
export interface KnownPerson {
  readonly bsn?: string | null | undefined;
  readonly name: PersonName;
  readonly birthDate: string | null;
}

export type PersonMatch<Known> = { kind: "one"; person: Known } | { kind: "none" } | { kind: "several" };

/**
 * Finds a person among a registry's rows, and never guesses. The number decides where the registry
 * has it. Else name and birth date must both agree with exactly one row, and a row that carries
 * another number than the one sought is somebody else whatever its name.
 */
export function matchPerson<Known extends KnownPerson>(
  sought: SoughtPerson,
  known: readonly Known[],
): PersonMatch<Known> {
  const { bsn, name, birthDate } = sought;
  if (bsn !== undefined) {
    const numbered = known.filter((person) => person.bsn === bsn.reveal());
    if (numbered.length > 0) return only(numbered);
  }
  if (name === undefined || birthDate === undefined) return { kind: "none" };
  return only(
    known.filter(
      (person) =>
        person.birthDate === birthDate && (bsn === undefined || person.bsn == null) && sameName(name, person.name),
    ),
  );
}

function only<Known>(found: readonly Known[]): PersonMatch<Known> {
  const [person, another] = found;
  if (person === undefined) return { kind: "none" };
  return another === undefined ? { kind: "one", person } : { kind: "several" };
}

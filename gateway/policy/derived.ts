import type { Clause } from "./clauses.ts";

type Lists = readonly (readonly string[])[];

/**
 * Takes from the clauses of an interface those that composition has put there: an interface asks for
 * all that its types ask for together, so that a gateway which cannot tell the types apart is safe.
 * We can, and judge each object by its own type. What is left was written for the interface itself.
 * @param ofTypes the clauses of the same thing on each type that implements it.
 */
export function withoutDerived(clauses: Iterable<Clause>, ofTypes: Iterable<Clause>): Clause[] {
  const below = [...ofTypes];
  return [...clauses].filter((clause) => {
    const alike = below.filter(({ kind }) => kind === clause.kind);
    if (alike.length === 0) return true;
    if (clause.kind === "authenticated") return false;
    const together = alike.map((one) => ("anyOf" in one ? one.anyOf : [])).reduce(both);
    return !isSame(minimal(clause.anyOf), minimal(together));
  });
}

/** Lists of which one is had when one of each side is. */
function both(one: Lists, other: Lists): Lists {
  return minimal(one.flatMap((left) => other.map((right) => [...left, ...right])));
}

/** Each list in order and without repeats, and no list that another makes superfluous. */
function minimal(lists: Lists): Lists {
  const sets = lists.map((list) => new Set(list)).sort((one, other) => one.size - other.size);
  const kept: Set<string>[] = [];
  for (const set of sets) if (!kept.some((smaller) => smaller.isSubsetOf(set))) kept.push(set);
  return kept.map((set) => [...set].sort());
}

function isSame(one: Lists, other: Lists): boolean {
  const text = (lists: Lists) => JSON.stringify(lists.map((list) => JSON.stringify(list)).sort());
  return text(one) === text(other);
}

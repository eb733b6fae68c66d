import { isSignedIn } from "../sign-in.ts";
import type { Caller } from "../upstream/port.ts";
import type { Clause } from "./clauses.ts";

/**
 * Says which of the named policies hold for a caller. One that it does not name does not hold, and
 * where it throws none does.
 */
export type PolicyPort = (caller: Caller, policies: readonly string[]) => Promise<Iterable<string>> | Iterable<string>;

/** Where nobody decides on policies, none holds. */
export const noPolicies: PolicyPort = () => [];

/** The clauses that a caller does not meet. */
export async function unmetClauses(
  clauses: readonly Clause[],
  caller: Caller,
  port: PolicyPort,
): Promise<readonly Clause[]> {
  const named = new Set(clauses.flatMap((clause) => (clause.kind === "policies" ? clause.anyOf.flat() : [])));
  const policies = named.size === 0 ? named : await heldPolicies([...named], caller, port);
  const scopes = scopesOf(caller);
  return clauses.filter((clause) => {
    switch (clause.kind) {
      case "authenticated":
        return !isSignedIn(caller);
      case "scopes":
        return !isSignedIn(caller) || !holds(clause.anyOf, scopes);
      case "policies":
        return !holds(clause.anyOf, policies);
      default:
        return clause satisfies never;
    }
  });
}

async function heldPolicies(named: readonly string[], caller: Caller, port: PolicyPort): Promise<ReadonlySet<string>> {
  try {
    return new Set(await port(caller, named));
  } catch {
    return new Set();
  }
}

function holds(anyOf: readonly (readonly string[])[], held: ReadonlySet<string>): boolean {
  return anyOf.some((all) => all.every((name) => held.has(name)));
}

/** The scopes of a token, as RFC 9068 writes them. */
function scopesOf({ rights }: Caller): ReadonlySet<string> {
  const scope = rights["scope"];
  return new Set(typeof scope === "string" ? scope.split(" ").filter((name) => name !== "") : []);
}

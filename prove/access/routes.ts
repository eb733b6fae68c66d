import type { ContractTerms, FieldReading, SupergraphReading } from "./reading.ts";

export type RootKind = "query" | "mutation" | "subscription";

/** How a field is come to from a root: each field in turn, and the type as which the one before it is taken. */
export interface Route {
  readonly kind: RootKind;
  readonly steps: readonly FieldReading[];
}

const roots: readonly (readonly [RootKind, string])[] = [
  ["query", "Query"],
  ["mutation", "Mutation"],
  ["subscription", "Subscription"],
];

/**
 * The shortest routes from each root to each field, over what a contract shows.
 * @param terms without them, over the whole supergraph.
 */
export function routesOf(reading: SupergraphReading, terms?: ContractTerms): Map<string, Route[]> {
  const routes = new Map<string, Route[]>();
  for (const [kind, root] of roots) {
    const reached = new Set([root]);
    const waiting: { readonly type: string; readonly steps: readonly FieldReading[] }[] = [{ type: root, steps: [] }];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const field of reading.types.get(next.type)?.fields.values() ?? []) {
        if (terms !== undefined && !reading.shows(terms, field)) continue;
        const steps = [...next.steps, field];
        const coordinate = `${field.type}.${field.name}`;
        routes.set(coordinate, [...(routes.get(coordinate) ?? []), { kind, steps }]);
        const returned = reading.types.get(field.returned);
        for (const type of [field.returned, ...(returned?.members ?? [])]) {
          if (reached.has(type) || !reading.types.has(type)) continue;
          reached.add(type);
          waiting.push({ type, steps });
        }
      }
    }
  }
  return routes;
}

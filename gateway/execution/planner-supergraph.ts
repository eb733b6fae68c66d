import { type ConstDirectiveNode, type DocumentNode, print } from "graphql";
import { textArgument } from "../contracts/directives.ts";

/**
 * The supergraph as the planner is given it: texts that mean the same, to be tried one after another.
 *
 * The planner, version 0.0.38, comes back to an entity for a @requires by the key which that subgraph
 * lists last, whether or not the other subgraph knows it; where it does not, the planner breaks down.
 * So the keys are listed by how many subgraphs share them, those of the most last; and then in the
 * other direction, for the entity whose subgraphs share another key by twos.
 */
export function supergraphsForPlanner(supergraph: DocumentNode): readonly string[] {
  const texts = [withKeys(supergraph, 1), withKeys(supergraph, -1)];
  return [...new Set(texts)];
}

function withKeys(supergraph: DocumentNode, direction: 1 | -1): string {
  const definitions = supergraph.definitions.map((definition) =>
    definition.kind === "ObjectTypeDefinition" || definition.kind === "InterfaceTypeDefinition"
      ? { ...definition, directives: sortKeys(definition.directives ?? [], direction) }
      : definition,
  );
  return print({ ...supergraph, definitions });
}

function sortKeys(directives: readonly ConstDirectiveNode[], direction: 1 | -1): ConstDirectiveNode[] {
  const shares = new Map<string, number>();
  const keyOf = (directive: ConstDirectiveNode) =>
    directive.name.value === "join__type" ? textArgument(directive, "key") : undefined;
  for (const directive of directives) {
    const key = keyOf(directive);
    if (key !== undefined) shares.set(key, (shares.get(key) ?? 0) + 1);
  }
  const rank = (directive: ConstDirectiveNode) => direction * (shares.get(keyOf(directive) ?? "") ?? 0);
  return [...directives].sort((one, other) => rank(one) - rank(other));
}

import type { DocumentNode } from "graphql";
import { textArgument, uses } from "../contracts/directives.ts";

/**
 * Where each subgraph is: as the settings say, else as the supergraph does.
 * @throws TypeError where an address is no URL.
 */
export function subgraphAddresses(
  supergraph: DocumentNode,
  settings: ReadonlyMap<string, string>,
): ReadonlyMap<string, URL> {
  const addresses = new Map<string, URL>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== "EnumTypeDefinition" || definition.name.value !== "join__Graph") continue;
    for (const value of definition.values ?? []) {
      const [graph] = uses(value, "join__graph");
      const name = graph && textArgument(graph, "name");
      if (graph === undefined || name === undefined) continue;
      const url = settings.get(name) ?? textArgument(graph, "url");
      if (url) addresses.set(name, new URL(url));
    }
  }
  return addresses;
}

import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse, print } from "graphql";
import { joinSubscriptions, takeOutSharedSubscriptions } from "./shared-subscriptions.ts";

/** A published schema cannot be made, or is not what the sources say. */
export class SchemaProblem extends Error {}

/**
 * Composes the supergraph.
 * @param subgraphs SDLs by name
 * @throws SchemaProblem with everything that stands in the way
 */
export function composeSupergraph(subgraphs: ReadonlyMap<string, string>): string {
  const documents = new Map([...subgraphs].map(([name, sdl]) => [name, parse(sdl)]));
  const { documents: composable, shared } = takeOutSharedSubscriptions(documents);
  const supergraph = parse(compose(composable));
  return `${print(joinSubscriptions(supergraph, shared)).trim()}\n`;
}

function compose(subgraphs: ReadonlyMap<string, DocumentNode>): string {
  // Where a subgraph is, is a setting of the gateway and no part of the schema.
  const result = composeServices([...subgraphs].map(([name, typeDefs]) => ({ name, typeDefs, url: "" })));
  if (!compositionHasErrors(result)) return result.supergraphSdl;
  const list = result.errors.map(({ message }) => `  ${message}`).join("\n");
  throw new SchemaProblem(`The subgraphs do not compose:\n${list}`);
}

/**
 * A party's subscription must have one subgraph that serves it, for nothing chooses among several.
 * @param supergraph a contract's own, narrowed to its subgraphs
 * @param published what the contract shows
 * @throws SchemaProblem
 */
export function assertOneOwner(contract: string, supergraph: DocumentNode, published: ReadonlySet<string>): void {
  for (const field of subscriptionOf(supergraph)?.fields ?? []) {
    const owners = field.directives?.filter(({ name }) => name.value === "join__field").length ?? 0;
    if (published.has(field.name.value) && owners > 1) {
      throw new SchemaProblem(`The contract ${contract} leaves open who serves Subscription.${field.name.value}`);
    }
  }
}

function subscriptionOf({ definitions }: DocumentNode): ObjectTypeDefinitionNode | undefined {
  return definitions.find(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === "Subscription",
  );
}

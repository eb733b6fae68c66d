import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { parse } from "graphql";
import { accounts } from "./subgraphs/accounts.ts";
import { inventory } from "./subgraphs/inventory.ts";
import { products } from "./subgraphs/products.ts";
import { reviews } from "./subgraphs/reviews.ts";

/** In the order in which `subgraphs/main.ts` takes their ports. */
export const subgraphs = [accounts, inventory, products, reviews];

/** @param addresses where each subgraph is, by name. */
export function composeBenchSupergraph(addresses: Readonly<Record<string, string>>): string {
  const result = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs: parse(typeDefs), url: addresses[name] ?? "" })),
  );
  if (compositionHasErrors(result)) throw new Error(result.errors.map(({ message }) => message).join("\n"));
  return result.supergraphSdl;
}

import { buildSchema, type GraphQLSchema, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import type { World } from "./comparison.ts";
import { library, monolith } from "./library.ts";
import { makeWorld } from "./random-world.ts";
import { compose, inProcess, type Subgraph } from "./subgraphs.ts";

/** The world that was thought out. */
export function libraryWorld(): World {
  const contract = deriveContract("everyone", parse(compose(library)), {});
  const whole = withResolvers(buildSchema(contract.sdl));
  return { contract, whole, subgraphs: inProcess(library), reset: () => undefined };
}

/** @returns undefined where what was thrown together does not make a supergraph. */
export function randomWorld(seed: number): World | undefined {
  const { subgraphs, resolveIn, reset } = makeWorld(seed);
  const composed = composable(subgraphs);
  if (composed === undefined) return undefined;
  const contract = deriveContract("everyone", parse(composed), {});
  const whole = buildSchema(contract.sdl);
  resolveIn(whole);
  return { contract, whole, subgraphs: inProcess(subgraphs), reset };
}

function composable(subgraphs: readonly Subgraph[]): string | undefined {
  try {
    return compose(subgraphs);
  } catch {
    return undefined;
  }
}

function withResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, resolvers] of Object.entries<Record<string, unknown>>(monolith)) {
    const type = schema.getType(name);
    const fields = type && "getFields" in type ? type.getFields() : {};
    for (const [field, resolve] of Object.entries(resolvers)) {
      if (field === "__resolveType") Object.assign(type ?? {}, { resolveType: resolve });
      else if (fields[field]) Object.assign(fields[field], { resolve });
    }
  }
  return schema;
}

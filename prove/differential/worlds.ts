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

/** A world that was thrown together. */
export interface ServedWorld extends World {
  /**
   * A subgraph that may be down while an operation is run, so that it is known what must come of the rest: not
   * where a field is worked out from others, as that goes on with a null, and not where order counts.
   */
  mayBeDown(source: string, nth: number): string | undefined;
}

/** @returns undefined where what was thrown together does not make a supergraph. */
export function randomWorld(seed: number): ServedWorld | undefined {
  const { subgraphs, resolveIn, reset, workedOut } = makeWorld(seed);
  const composed = composable(subgraphs);
  if (composed === undefined) return undefined;
  const contract = deriveContract("everyone", parse(composed), {});
  const whole = buildSchema(contract.sdl);
  resolveIn(whole);
  return {
    contract,
    whole,
    subgraphs: inProcess(subgraphs),
    reset,
    mayBeDown: (source, nth) => {
      const isWorkedOut = workedOut.some((name) => new RegExp(`\\b${name}\\b`).test(source));
      return isWorkedOut || source.startsWith("mutation") ? undefined : subgraphs[nth % subgraphs.length]?.name;
    },
  };
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

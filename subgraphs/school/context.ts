import type { PartContext } from "../../plumbing/subgraph.ts";
import { openLoaders, type SchoolLoaders } from "./registry/loaders.ts";

/** The context of one request to the school subgraph. */
export interface SchoolContext extends PartContext {
  readonly loaders: SchoolLoaders;
}

export function schoolContext(base: PartContext): SchoolContext {
  return { ...base, loaders: openLoaders(base) };
}

/** The sites that the caller may act for. */
export function sitesOf({ claims }: PartContext): readonly string[] {
  return claims.schools ?? [];
}

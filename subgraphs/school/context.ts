import type { PartContext } from "../../plumbing/subgraph.ts";
import { openLoaders, type SchoolLoaders } from "./loaders.ts";
import { contactSites } from "./store/tell.ts";

/** The context of one request to the school subgraph. */
export interface SchoolContext extends PartContext {
  readonly loaders: SchoolLoaders;
}

export function schoolContext(base: PartContext): SchoolContext {
  return { ...base, loaders: openLoaders(base) };
}

/** The sites that the caller may act for, as a contact person. */
export function sitesOf({ claims }: PartContext): readonly string[] {
  return contactSites(claims);
}

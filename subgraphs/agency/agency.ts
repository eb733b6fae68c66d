import type { AgencyRegistry } from "./registry.ts";

/** What sets one agency apart from the others; the rooms of this folder make its subgraph of it. */
export interface Agency {
  /** The party of its callers, which is also the name of its subgraph and of its database. */
  readonly party: string;
  readonly registry: AgencyRegistry;
}

import { agencySubgraph } from "../agency/agency-subgraph.ts";
import { shelterRegistry } from "./registry/shelter-registry.ts";

export const shelterSubgraph = agencySubgraph({ party: "shelter", registry: shelterRegistry });

import { agencySubgraph } from "../agency/agency-subgraph.ts";
import { crisisRegistry } from "./registry/crisis-registry.ts";

export const crisisSubgraph = agencySubgraph({ party: "crisis", registry: crisisRegistry });

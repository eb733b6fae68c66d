import { agencySubgraph } from "../agency/agency-subgraph.ts";
import { policeRegistry } from "./registry/police-registry.ts";

export const policeSubgraph = agencySubgraph({ party: "police", registry: policeRegistry });

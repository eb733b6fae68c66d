import { runPart } from "../../plumbing/run.ts";
import { readSubgraphConfig, startSubgraph } from "../../plumbing/subgraph.ts";
import { crisisSubgraph } from "./part.ts";

await runPart((config) => startSubgraph(crisisSubgraph, readSubgraphConfig(config)));

import { runPart } from "../../plumbing/run.ts";
import { readSubgraphConfig, startSubgraph } from "../../plumbing/subgraph.ts";
import { shelterSubgraph } from "./part.ts";

await runPart((config) => startSubgraph(shelterSubgraph, readSubgraphConfig(config)));

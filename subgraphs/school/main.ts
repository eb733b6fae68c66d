import { runPart } from "../../plumbing/run.ts";
import { readSubgraphConfig, startSubgraph } from "../../plumbing/subgraph.ts";
import { schoolSubgraph } from "./part.ts";

await runPart((config) => startSubgraph(schoolSubgraph, readSubgraphConfig(config)));

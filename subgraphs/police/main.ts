import { runPart } from "../../plumbing/run.ts";
import { readSubgraphConfig, startSubgraph } from "../../plumbing/subgraph.ts";
import { policeSubgraph } from "./part.ts";

await runPart((config) => startSubgraph(policeSubgraph, readSubgraphConfig(config)));

import { runPart } from "../../plumbing/run.ts";
import { readSubgraphConfig, startSubgraph } from "../../plumbing/subgraph.ts";
import { leerplichtSubgraph } from "./part.ts";

await runPart((config) => startSubgraph(leerplichtSubgraph, readSubgraphConfig(config)));

import { runPart } from "../plumbing/run.ts";
import { readGatewayConfig, startGateway } from "./part.ts";

await runPart((config) => startGateway(readGatewayConfig(config)));

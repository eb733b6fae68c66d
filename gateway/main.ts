import { runPart } from "../plumbing/run.ts";
import { readArguments, readGatewayConfig, startGateway } from "./part.ts";

await runPart(async (config) => {
  const gateway = await startGateway(readGatewayConfig(config.with(readArguments(process.argv.slice(2)))));
  process.on("SIGHUP", () => void gateway.reload());
  return gateway;
});

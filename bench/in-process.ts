import { join } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "../system/ports.ts";
import type { Side } from "./gateway/contenders.ts";
import { chooseLoad } from "./gateway/load.ts";
import { assertIdentical, measure, type Runner } from "./gateway/measure.ts";
import { operations } from "./gateway/operations.ts";
import { installPeers } from "./gateway/peer-packages.ts";
import { startNode } from "./gateway/processes.ts";
import { formatTable } from "./gateway/table.ts";
import { temporaryFolder } from "./own-system.ts";

/*
 * npm run bench -- in-process [--rounds 5] [--seconds 2]: what is gained where a subgraph is in the gateway's own
 * process, as under `npm start`. One process holds the subgraph and two gateways, which are measured in turn.
 */

const { values: given } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, seconds: { type: "string", default: "2" } },
});

// autocannon comes with them, for machines without wrk.
installPeers();
await using scratch = await temporaryFolder();
const [over, within] = [await freePort(), await freePort()];
const answers = async () => (await fetch(`http://127.0.0.1:${within}/ready`)).ok;
const program = join(import.meta.dirname, `in-process/gateway-process${import.meta.filename.slice(-3)}`);
await using process = await startNode([program, scratch.path, String(over), String(within)], answers);
const runner = (name: string, port: number, side: Side): Runner => ({
  contender: {
    name,
    side,
    asking: { naming: "text", accept: "application/json" },
    environment: () => ({}),
    command: () => [],
  },
  process,
  url: `http://127.0.0.1:${port}/graphql`,
});
// The one over HTTP counts as the peer to which the other is compared.
const runners = [runner("over HTTP", over, "peers"), runner("within the process", within, "ours")];
const tiny = operations.find(({ name }) => name === "tiny");
if (tiny === undefined) throw new Error("No such operation");
await assertIdentical(runners, tiny);
const { load } = chooseLoad(scratch.path);
const timing = { load, rounds: Number(given.rounds), seconds: Number(given.seconds) };
console.log(formatTable("tiny, gateway and subgraph together", await measure(runners, tiny, timing)));

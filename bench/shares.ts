import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "../system/ports.ts";
import { contenders } from "./gateway/contenders.ts";
import { chooseLoad } from "./gateway/load.ts";
import { operations } from "./gateway/operations.ts";
import { installPeers } from "./gateway/peer-packages.ts";
import { startNode } from "./gateway/processes.ts";
import { microseconds, readShares, type Stretch } from "./gateway/shares.ts";
import { startWorld } from "./gateway/world.ts";
import { temporaryFolder } from "./own-system.ts";

/* npm run bench -- shares [--seconds 5]: on what our gateway spends its CPU time, as shares, for each way in which it is asked. */

const { values: given } = parseArgs({ options: { seconds: { type: "string", default: "5" } } });

// autocannon comes with them, for machines without wrk.
installPeers();
await using scratch = await temporaryFolder();
await using world = await startWorld(scratch.path);
const { load } = chooseLoad(scratch.path);
const columns = new Map<string, ReadonlyMap<string, number>>();

for (const [nth, contender] of contenders.filter(({ side }) => side === "ours").entries()) {
  const folder = join(scratch.path, `profile-${nth}`);
  await mkdir(folder);
  const port = await freePort();
  const command = ["--cpu-prof", "--cpu-prof-dir", folder, ...contender.command(world, port, "unshared")];
  const origin = `http://127.0.0.1:${port}`;
  const process = await startNode(
    command,
    async () => (await fetch(`${origin}/ready`)).ok,
    contender.environment(world),
  );
  const stretches = new Map<string, Stretch>();
  for (const operation of operations) {
    const run = (seconds: number) => load(`${origin}/graphql`, operation, contender.asking, seconds);
    await run(2);
    const from = microseconds();
    await run(Number(given.seconds));
    stretches.set(`${operation.name}, ${contender.name}`, { from, to: microseconds() });
  }
  // It writes its profile when it ends.
  await process[Symbol.asyncDispose]();
  for (const [name, stretch] of stretches) columns.set(name, await readShares(folder, stretch));
}

const owners = new Set([...columns.values()].flatMap((shares) => [...shares.keys()]));
const rows = [...owners].map((owner) => [
  owner,
  ...[...columns.values()].map((shares) => `${(100 * (shares.get(owner) ?? 0)).toFixed(0)} %`),
]);
const head = ["share of the CPU time", ...columns.keys()];
const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
console.log([head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"));

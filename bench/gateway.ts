import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { canAnswer, contenders, type Mode, type World } from "./gateway/contenders.ts";
import { chooseLoad, type Load } from "./gateway/load.ts";
import { assertIdentical, measure, type Runner } from "./gateway/measure.ts";
import { operations } from "./gateway/operations.ts";
import { installPeers } from "./gateway/peer-packages.ts";
import { formatTable } from "./gateway/table.ts";
import { startRunner, startWorld } from "./gateway/world.ts";

/*
 * npm run bench -- gateway [--rounds 3] [--seconds 3] [--only NAME,…] [--modes unshared,defaults]
 *
 * Our gateway and its peers over the same four subgraphs: how many requests a second, and at what cost.
 * Three rounds of three seconds take seven to eight minutes.
 */

const { values: given } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    modes: { type: "string", default: "unshared,defaults" },
  },
});

const titles: Readonly<Record<Mode, string>> = {
  unshared: "nothing shared in flight",
  defaults: "each one's defaults",
};

const wanted = given.only.toLowerCase().split(",");
const chosen = contenders.filter(({ name }) => wanted.some((part) => name.toLowerCase().includes(part)));

async function compare(mode: Mode, world: World, load: Load): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const runners: Runner[] = [];
  for (const contender of chosen) {
    const runner = await startRunner(contender, world, mode);
    stack.use(runner.process);
    runners.push(runner);
  }
  const measured = operations
    .map((operation) => ({ operation, able: runners.filter(({ contender }) => canAnswer(contender, operation)) }))
    .filter(({ able }) => able.length > 0);
  for (const { operation, able } of measured) await assertIdentical(able, operation);
  for (const { operation, able } of measured) {
    const timing = { load, rounds: Number(given.rounds), seconds: Number(given.seconds) };
    console.log(`${formatTable(`${operation.name}, ${titles[mode]}`, await measure(able, operation, timing))}\n`);
  }
}

installPeers();
const scratch = await mkdtemp(join(tmpdir(), "gateway-bench-"));
try {
  await using world = await startWorld(scratch);
  const { name, load } = chooseLoad(scratch);
  console.log(`Node ${process.versions.node}, ${name}, ${given.rounds} rounds of ${given.seconds} s\n`);
  for (const mode of ["unshared", "defaults"] as const) {
    if (given.modes.split(",").includes(mode)) await compare(mode, world, load);
  }
} finally {
  await rm(scratch, { recursive: true });
}

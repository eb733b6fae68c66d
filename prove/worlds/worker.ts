import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { root } from "../../system/root.ts";
import { audience } from "../../system/settings.ts";
import { startAnyProvider } from "../provider.ts";
import { Random } from "../random.ts";
import { openDatabases } from "./databases.ts";
import { registerOf } from "./documents.ts";
import { firstMoment, liveThrough, weeks } from "./episode.ts";
import { listenerDocuments } from "./hearing.ts";
import { lookers } from "./lookers.ts";
import { lookDocuments } from "./operations.ts";
import { Pair } from "./pair.ts";
import { learningDocuments } from "./seen.ts";
import { showLeak, showNothing } from "./show-leaks.ts";
import { type Done, nothingDone, type Report, type Task, told } from "./tasks.ts";
import { compareAllTimes } from "./times.ts";

/*
 * One process of the harness: two worlds over a PostgreSQL of its own. It is told what to do, one thing after the other,
 * and tells what came of it. Its argument is the seed that the registries follow from.
 */

const folder = await mkdtemp(join(tmpdir(), "handle-with-care-served-"));
const files = { contracts: join(folder, "contracts.json"), documents: join(folder, "documents.json") };
await writeFile(files.documents, registerOf([...lookDocuments, ...learningDocuments, ...listenerDocuments]));
// Of the others nobody looks on.
const contracts: Record<string, object> = JSON.parse(await readFile(join(root, "schema", "contracts.json"), "utf8"));
const looking = new Set(Object.values(lookers).map(({ party }) => party));
const served = Object.entries(contracts).filter(([name]) => looking.has(name));
await writeFile(files.contracts, JSON.stringify(Object.fromEntries(served)));
await using databases = await openDatabases(Number(process.argv[2]));
await using provider = await startAnyProvider(audience);

let pair: Pair | undefined;
/** The last week that has been lived through; showcases are in the one before the first. */
let lived = -1;

/** A pair of worlds whose clock has not come to this week yet, for time does not go back. */
async function pairBefore(week: number): Promise<Pair> {
  if (lived >= 0 && week <= lived) {
    await pair?.[Symbol.asyncDispose]();
    pair = undefined;
  }
  lived = week;
  pair ??= await Pair.start(databases, provider, files);
  return pair;
}

async function perform(task: Task): Promise<Done> {
  const week = task.kind === "live" ? task.number % weeks : -1;
  const worlds = await pairBefore(week);
  switch (task.kind) {
    case "live": {
      await liveThrough(worlds, task.seed + task.number, week, task.looks);
      const failures = worlds.differences.splice(0).map(told);
      return { ...nothingDone, counted: worlds.takeCount(), failures };
    }
    case "leak":
      return { ...nothingDone, controls: [await showLeak(worlds, firstMoment, task.place)] };
    case "nothing":
      return { ...nothingDone, failures: await showNothing(worlds, firstMoment) };
    case "times":
      return {
        ...nothingDone,
        ...(await compareAllTimes(worlds, firstMoment, new Random(task.seed), task)),
      };
    default:
      return task satisfies never;
  }
}

const end = Promise.withResolvers<void>();
process.on("message", (task: Task) => {
  void perform(task)
    .then(
      (done): Report => ({ done }),
      (error: unknown): Report => ({ error: inspect(error) }),
    )
    .then((report) => process.send?.(report));
});
process.once("disconnect", () => end.resolve());
process.send?.({ done: nothingDone } satisfies Report);
await end.promise;
await pair?.[Symbol.asyncDispose]();
await rm(folder, { recursive: true, force: true });

import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Config } from "../plumbing/config.ts";
import { announce, describeSystem } from "./announcement.ts";
import { writeWhole } from "./atomic-file.ts";
import { claimFolder, type RunFolder, runFolder } from "./run-folder.ts";
import { playScriptedSchool } from "./scripted-school.ts";
import { type RunningSystem, startSystem } from "./system.ts";
import type { SystemFile } from "./system-file.ts";

/* npm start: runs the whole system on this machine until it is told to stop. `--folder` keeps its files elsewhere. */

/** How long before their end the personas' tokens are renewed: they live an hour, in milliseconds. */
const renewal = 30 * 60_000;

/** How long the stop may take, in milliseconds. What a killed start leaves behind, the next one clears away. */
const patience = 15_000;

const { folder: path } = parseArgs({ options: { folder: { type: "string" } } }).values;
const folder = runFolder(path);
const stop = Promise.withResolvers<string>();
// Heard from the first moment on, so that a Ctrl-C in the middle of the set-up ends in good order too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.resolve(signal));

const claim = await claimFolder(folder);
if (claim === undefined) {
  console.error(`The system runs already: its addresses are in ${folder.system}. Stop it first (Ctrl-C).`);
  process.exit(1);
}
process.exitCode = await run(folder);
await claim[Symbol.asyncDispose]();
process.exit();

/** @returns the exit code */
async function run(folder: RunFolder): Promise<number> {
  await forget(folder);
  const config = new Config();
  let system: RunningSystem;
  try {
    system = await startSystem({
      folder,
      logLevel: config.text("LOG_LEVEL", "warn"),
      onStep: (text) => console.log(`${text} …`),
    });
  } catch (error) {
    console.error("The system could not be started:", error);
    return 1;
  }
  await using running = system;
  await writeWhole(folder.databases, `${JSON.stringify(running.databases, null, 2)}\n`);
  let description = await publish(running, folder);
  console.log(`\n${announce(description)}`);
  console.log(
    `Ready in ${(performance.now() / 1000).toFixed(1)} s. Ctrl-C stops it. More tokens: npm run token -- PERSONA`,
  );
  const timer = setInterval(() => {
    publish(running, folder).then(
      (renewed) => {
        description = renewed;
      },
      () => console.error("The personas' tokens could not be renewed"),
    );
  }, renewal);
  using _ = playScriptedSchool(() => description);
  const reason = await Promise.race([stop.promise, running.broken.then(() => "PostgreSQL")]);
  clearInterval(timer);
  setTimeout(() => process.exit(1), patience).unref();
  await forget(folder);
  if (reason === "PostgreSQL") console.error("PostgreSQL ended: start again");
  else console.log("Stopping …");
  return reason === "PostgreSQL" ? 1 : 0;
}

/** What told others of a running system goes with it. */
async function forget({ system, databases }: RunFolder): Promise<void> {
  await Promise.all([rm(system, { force: true }), rm(databases, { force: true })]);
}

/** Says where everything is in a file, which is there only while the system is ready. */
async function publish(system: RunningSystem, folder: RunFolder): Promise<SystemFile> {
  const description = await describeSystem(system);
  await writeWhole(folder.system, `${JSON.stringify(description, null, 2)}\n`);
  return description;
}

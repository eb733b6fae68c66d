// The way in for every npm script. Plain JavaScript without packages, for any Node from 20 on:
// it installs and compiles what is not there yet, and runs the program under Node 24.
import { spawn } from "node:child_process";
import module from "node:module";
import { join } from "node:path";
import { build, buildPages } from "./bootstrap/build.mjs";
import { installChromium } from "./bootstrap/chromium.mjs";
import { installFakeTime } from "./bootstrap/faketime.mjs";
import { install } from "./bootstrap/install.mjs";
import { node24 } from "./bootstrap/node24.mjs";
import { root } from "./bootstrap/root.mjs";

/** The compiled program of each script; the others are named below. */
const programs = {
  start: "system/start.js",
  token: "system/token.js",
  schema: "system/schema.js",
  check: "system/check.js",
  migrate: "system/migrate.js",
  demo: "system/demo.js",
  "demo:make": "demo/make.js",
  import: "system/import.js",
  "processing-log": "system/processing-log.js",
  "identity-keys": "system/identity-keys.js",
  gateway: "gateway/main.js",
  "gateway:register": "gateway/register.js",
  simulate: "simulate/main.js",
  audit: "bench/audit.js",
  prove: "prove/main.js",
};

/**
 * What Node is told of a program's memory. By itself it lets what is short-lived take so much that ten thousand idle
 * clients of the gateway take twice as much as they need.
 */
const memory = { gateway: ["--max-semi-space-size=16"] };

const [script = "start", ...given] = process.argv.slice(2);
process.chdir(root);

try {
  await install();
  if (script === "test" || script === "jest") {
    // Tests that run a program would else have to wait for it.
    if (script === "test") await build();
    // The gateway under test serves them.
    await buildPages();
    if (script === "test") await installChromium();
    runJest(given);
  } else if (script !== "install") {
    await build();
    if (script === "prove" && given[0] === "faults") await installFakeTime();
    if (script !== "build") await runProgram(script, given);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function runJest(options) {
  const jest = join(root, "node_modules/jest/bin/jest.js");
  runUnderNode24(["--experimental-vm-modules", "--no-warnings", jest, ...options]);
}

async function runProgram(name, options) {
  const [file, rest] = programOf(name, options);
  const path = join(root, "dist", file);
  const flags = memory[name] ?? [];
  const isHere = node24() === process.execPath && flags.every((flag) => process.execArgv.includes(flag));
  if (!isHere) return runUnderNode24([...flags, "--enable-source-maps", path, ...rest]);
  // In this process already: a second one would cost its start and stand between us and the signals.
  module.setSourceMapsSupport(true);
  module.enableCompileCache(join(root, "node_modules/.cache/node"));
  process.argv = [process.execPath, path, ...rest];
  await import(path);
}

/** `bench` and `subgraph` take the name of what to run as their first argument. */
function programOf(name, options) {
  const [which = "", ...rest] = options;
  if (Object.hasOwn(programs, name)) return [programs[name], options];
  if (!/^[a-z][a-z0-9-]*$/.test(which)) throw new Error(`Say which: npm run ${name} -- <name>`);
  return [name === "bench" ? `bench/${which}.js` : `subgraphs/${which}/main.js`, rest];
}

function runUnderNode24(options) {
  const child = spawn(node24(), options, { stdio: "inherit" });
  // A Ctrl-C reaches the child by itself too, with the whole group of the terminal; to be told twice does no harm.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

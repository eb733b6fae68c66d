import { inspect } from "node:util";
import { type Attempt, attempt } from "./attempt.ts";
import type { Verdict } from "./harness.ts";
import { harnesses } from "./harnesses.ts";
import { Settings, UsageError } from "./settings.ts";

/*
 * npm run prove -- NAME [--small] [--seed N] [--json] [--AMOUNT N …]: attacks one promise of the system. Exit code 0
 * where all held and each planted fault was found, 1 where not or where the run was cut off, 2 where the command line
 * cannot be read. A run that breaks, or is ended by SIGINT or SIGTERM, says all the same what it had come to.
 */

/** The most failures that are printed. */
const printed = 20;

/** How often a run says how far it is, in milliseconds. */
const tellEvery = 60_000;

try {
  process.exitCode = await prove(new Settings(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  const names = [...harnesses].map(([name, { proves }]) => `  ${name.padEnd(14)}${proves}`);
  console.error(`${error.message}: npm run prove -- NAME [--small] [--seed N] [--json]\n${names.join("\n")}`);
  process.exitCode = 2;
}
// A connection that an attack has left hanging does not hold up the end.
process.exit();

/** @returns the exit code */
async function prove(settings: Settings): Promise<number> {
  const { name, seed } = settings;
  const harness = harnesses.get(name);
  if (harness === undefined) throw new UsageError(`There is no ${name}`);
  // Before anything can go wrong: without its seed a run cannot be repeated.
  console.error(`${name}: seed ${seed}`);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const tell = (figures: Verdict["figures"]) =>
    console.error(`${name}: ${seconds().toFixed(0)} s, ${inOneLine(figures)}`);
  const ended = await attempt(harness, settings, endOfPatience(), tell, tellEvery);
  if (settings.isJson) {
    const held = ended.ending === "held";
    console.log(JSON.stringify({ name, seed, repeat: settings.repeat, held, ...ended.verdict }));
  } else console.log(report(settings, ended, seconds()));
  // Only now: a run of hours is not to lose its verdict to a word that was misspelt. One that was cut off has perhaps not
  // come to ask.
  if (ended.ending !== "CUT OFF") settings.assertAllUsed();
  return ended.ending === "held" ? 0 : 1;
}

/** Aborts when the process is asked to end, or an error was caught by nobody; the reason says which. */
function endOfPatience(): AbortSignal {
  const end = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => end.abort(name));
  process.once("uncaughtException", (error) => end.abort(inspect(error)));
  return end.signal;
}

function report(settings: Settings, { ending, verdict }: Attempt, seconds: number): string {
  const { figures, failures, controls } = verdict;
  const width = Math.max(...Object.keys(figures).map((name) => name.length)) + 2;
  return [
    `${settings.name}: ${ending} (${seconds.toFixed(1)} s)`,
    ...Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}${value}`),
    ...failures.slice(0, printed).map((failure) => `  FAILURE  ${failure}`),
    ...(failures.length > printed ? [`  … and ${failures.length - printed} more`] : []),
    ...controls.map(({ planted, found }) => `  ${found ? "found   " : "MISSED  "} planted: ${planted}`),
    `  repeat: ${settings.repeat}`,
  ].join("\n");
}

function inOneLine(figures: Verdict["figures"]): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
}

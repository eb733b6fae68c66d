import { holds, type Verdict } from "./harness.ts";
import { harnesses } from "./harnesses.ts";
import { Settings, UsageError } from "./settings.ts";

/*
 * npm run prove -- NAME [--small] [--seed N] [--json] [--AMOUNT N …]: attacks one promise of the system. Exit code 0
 * where all held and each planted fault was found, 1 where not, 2 where the command line cannot be read.
 */

/** The most failures that are printed. */
const printed = 20;

try {
  process.exitCode = await prove(new Settings(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  const names = [...harnesses].map(([name, { proves }]) => `  ${name.padEnd(10)}${proves}`);
  console.error(`${error.message}: npm run prove -- NAME [--small] [--seed N] [--json]\n${names.join("\n")}`);
  process.exitCode = 2;
}
// A connection that an attack has left hanging does not hold up the end.
process.exit();

/** @returns the exit code */
async function prove(settings: Settings): Promise<number> {
  const harness = harnesses.get(settings.name);
  if (harness === undefined) throw new UsageError(`There is no ${settings.name}`);
  const began = performance.now();
  const verdict = await harness.run(settings);
  settings.assertAllUsed();
  const seconds = (performance.now() - began) / 1000;
  const held = holds(verdict);
  if (settings.isJson) {
    console.log(
      JSON.stringify({ name: settings.name, seed: settings.seed, repeat: settings.repeat, held, ...verdict }),
    );
  } else console.log(report(settings, verdict, held, seconds));
  return held ? 0 : 1;
}

function report(settings: Settings, { figures, failures, controls }: Verdict, held: boolean, seconds: number): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length)) + 2;
  return [
    `${settings.name}: ${held ? "held" : "DID NOT HOLD"} (${seconds.toFixed(1)} s)`,
    ...Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}${value}`),
    ...failures.slice(0, printed).map((failure) => `  FAILURE  ${failure}`),
    ...(failures.length > printed ? [`  … and ${failures.length - printed} more`] : []),
    ...controls.map(({ planted, found }) => `  ${found ? "found   " : "MISSED  "} planted: ${planted}`),
    `  repeat: ${settings.repeat}`,
  ].join("\n");
}

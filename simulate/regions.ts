import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { simulateInOwnPostgres } from "./in-own-postgres.ts";
import type { YearOptions, YearReport } from "./year.ts";

/** What a process of one region is told. */
export type RegionOptions = Omit<YearOptions, "databases" | "onStep">;

/**
 * Lets the year go by in several regions side by side, each with its share of the schools and signals, its own office and
 * parts, and, where there is more than one, a process of its own: as a country has many offices, and a machine many cores.
 */
export function simulateRegions(
  options: RegionOptions,
  regions: number,
  onStep: YearOptions["onStep"],
): Promise<YearReport[]> {
  if (regions === 1) return simulateInOwnPostgres({ ...options, onStep }).then((year) => [year]);
  const shareOf = (whole: number, place: number) =>
    Math.floor((whole * (place + 1)) / regions) - Math.floor((whole * place) / regions);
  return Promise.all(
    Array.from({ length: regions }, (_, place) =>
      inOwnProcess({
        ...options,
        schools: shareOf(options.schools, place),
        signals: shareOf(options.signals, place),
        seed: `${options.seed}, region ${place + 1}`,
      }),
    ),
  );
}

function inOwnProcess(options: RegionOptions): Promise<YearReport> {
  const program = fileURLToPath(new URL("./region-process.js", import.meta.url));
  return new Promise((resolve, reject) => {
    const region = fork(program, [JSON.stringify(options)], { serialization: "advanced" });
    region.once("message", (year) => resolve(year as YearReport));
    region.once("error", reject);
    // After its report, this rejects nothing any more.
    region.once("exit", (code) => reject(new Error(`A region ended without a report, with code ${code}`)));
  });
}

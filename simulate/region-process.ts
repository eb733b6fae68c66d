import { simulateInOwnPostgres } from "./in-own-postgres.ts";
import type { RegionOptions } from "./regions.ts";

/* The year of one region, in a process of its own: tells its report to the process that began it. */

const options = JSON.parse(process.argv[2] ?? "") as RegionOptions;
const year = await simulateInOwnPostgres({
  ...options,
  onStep: (text) => console.error(`seed ${options.seed}: ${text}`),
});
process.send?.(year, () => process.disconnect());

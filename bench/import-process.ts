import { Pool } from "pg";
import { importEdexml } from "../imports/edexml/import.ts";
import { fileSource } from "../imports/source.ts";
import { Config } from "../plumbing/config.ts";

/* One import in a process of its own, so that its peak memory is its own. Forked by import-measure.ts. */

/** What the process tells its parent. */
export interface ImportMeasurement {
  readonly seconds: number;
  /** Largest resident set of the process, in bytes. */
  readonly peakBytes: number;
  readonly added: number;
  readonly unchanged: number;
}

const pool = new Pool({ connectionString: new Config().url("REGISTRY_DATABASE_URL"), max: 1 });
const startedAt = performance.now();
const outcome = await importEdexml(pool, await fileSource(process.argv[2] ?? ""), { today: "2026-11-23" });
const measurement: ImportMeasurement = {
  seconds: (performance.now() - startedAt) / 1_000,
  peakBytes: process.resourceUsage().maxRSS * 1_024,
  added: outcome.counts["pupils"]?.added ?? 0,
  unchanged: outcome.counts["pupils"]?.unchanged ?? 0,
};
await pool.end();
process.send?.(measurement);
